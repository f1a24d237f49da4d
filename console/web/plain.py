"""What came over the wire, without what no database and no page can hold."""

from __future__ import annotations

from typing import Any

from console.desk.errors import BadRequest

DEEPEST = 20  # objects and lists within each other; no command needs five
NUL = "\x00"


def plain(value: Any, depth: int = 0) -> Any:
    """The same without NUL, which PostgreSQL refuses in any text.

    Raises `BadRequest` for what is nested deeper than anything we ask for.
    """
    if isinstance(value, str):
        return value.replace(NUL, "") if NUL in value else value
    if depth > DEEPEST:
        raise BadRequest("nested too deeply")
    if isinstance(value, dict):
        return {plain(name): plain(one, depth + 1) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one, depth + 1) for one in value]
    return value
