"""Wraps socket handlers: every command is acknowledged, with its answer or the one error shape."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from console.desk.errors import BadRequest, DeskError
from console.web.error_text import error_view, internal_error_view
from console.web.plain import plain

log = structlog.get_logger()

Answer = dict[str, Any]
Handler = Callable[[Any, str, dict[str, Any]], Awaitable[Answer]]


def acknowledged(handler: Handler) -> Callable[..., Awaitable[Answer]]:
    """`handler(namespace, sid, data)` with `data` an object; its result gets `ok: true`."""

    @functools.wraps(handler)
    async def wrapped(self: Any, sid: str, *arguments: Any) -> Answer:
        try:
            return {"ok": True, **await handler(self, sid, _only_object(arguments))}
        except DeskError as error:
            return error_view(error, await self.language_of(sid))
        except Exception:
            log.exception("socket handler failed", socket_event=handler.__name__)
            return internal_error_view(await self.language_of(sid))

    return wrapped


def _only_object(arguments: tuple[Any, ...]) -> dict[str, Any]:
    if not arguments:
        return {}
    if len(arguments) == 1 and isinstance(arguments[0], dict):
        cleaned: dict[str, Any] = plain(arguments[0])
        return cleaned
    raise BadRequest("one object is expected")


def text_of(data: dict[str, Any], name: str, *, limit: int = 200) -> str:
    """A required short text field. Raises `BadRequest`."""
    value = data.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= limit:
        raise BadRequest(f"{name} must be text of at most {limit} characters", field=name)
    return value


def number_of(data: dict[str, Any], name: str, default: int | None = None) -> int:
    """A whole number, not negative. Raises `BadRequest`."""
    value = data.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise BadRequest(f"{name} must be a number", field=name)
    return value
