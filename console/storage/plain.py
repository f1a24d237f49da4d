"""Frozen dataclasses as JSON and back, by their type hints: for rows that are read whole."""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints


def rebuild[T](kind: type[T], value: Any) -> T:
    """The opposite of writing a dataclass into a `Json` column."""
    built: T = _build(kind, value)
    return built


def _build(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _build(next(one for one in get_args(kind) if one is not type(None)), value)
    if origin is tuple:
        return tuple(_items(get_args(kind), value))
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**_fields(kind, value))
    if kind is datetime:
        return datetime.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value


def _items(kinds: tuple[Any, ...], values: list[Any]) -> list[Any]:
    if kinds[-1] is Ellipsis:
        return [_build(kinds[0], value) for value in values]
    return [_build(kind, value) for kind, value in zip(kinds, values, strict=True)]


def _fields(kind: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    hints = _hints(kind)
    return {name: _build(hints[name], value) for name, value in values.items() if name in hints}


@functools.lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
