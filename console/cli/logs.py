"""Logs on stderr, as fields; for people on a terminal, as JSON lines elsewhere.

No phone, mail address or order number stands in a log in full, whoever wrote the line.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from typing import override

import structlog

from console.desk.masking import mask_all, mask_text

_OURS = ("timestamp", "level")  # written by the desk itself, and full of digits


def configure_logs(level: str) -> None:
    """structlog and the standard library write to stderr from `level` on."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(MaskedFormatter(logging.BASIC_FORMAT))
    logging.basicConfig(handlers=[handler], level=max(threshold, logging.WARNING), force=True)
    renderer = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            mask_personal_data,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def mask_personal_data(
    _logger: object, _method: str, fields: structlog.typing.EventDict
) -> Mapping[str, object]:
    """A processor: every text of the line, tracebacks and what libraries put into errors too."""
    return {
        name: value if name in _OURS else mask_all(_plain(value)) for name, value in fields.items()
    }


def _plain(value: object) -> object:
    """Objects are written by their `repr`, which may name anything."""
    is_plain = value is None or isinstance(value, (str, int, float, dict, list, tuple))
    return value if is_plain else repr(value)


class MaskedFormatter(logging.Formatter):
    """For lines of libraries."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return mask_text(super().format(record))
