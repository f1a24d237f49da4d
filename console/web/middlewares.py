"""What every answer gets: the one error shape, and headers that keep browsers careful."""

from __future__ import annotations

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from console.desk.errors import BadRequest, DeskError, NotFound, TooLarge
from console.web.error_text import error_view, internal_error_view
from console.web.keys import DESK
from console.web.plain import NUL
from console.web.request import language_of

log = structlog.get_logger()

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-src 'self'; frame-ancestors {ancestors}"
)


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refusals become their JSON; surprises are logged and say nothing about the inside."""
    try:
        if NUL in request.path or NUL in "".join(request.query.values()):
            raise NotFound()
        return await handler(request)
    except DeskError as error:
        return web.json_response(error_view(error, language_of(request)), status=error.status)
    except web.HTTPException as error:
        return _http_error(request, error)
    except Exception:
        log.exception("request failed", path=request.path)
        return web.json_response(internal_error_view(language_of(request)), status=500)


def _http_error(request: web.Request, error: web.HTTPException) -> web.StreamResponse:
    if error.status < 400:
        raise error
    view: DeskError = BadRequest()
    if error.status == 404:
        view = NotFound()
    elif error.status == 413:
        view = TooLarge()
    return web.json_response(error_view(view, language_of(request)), status=error.status)


@web.middleware
async def careful_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if response.prepared:
        return response
    ancestors = "'none'"
    if request.path == "/widget/frame":
        ancestors = " ".join(("'self'", *request.app[DESK].settings.widget_origins))
    response.headers.setdefault("Content-Security-Policy", _POLICY.format(ancestors=ancestors))
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.path.startswith(("/api/", "/console", "/demo")):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
