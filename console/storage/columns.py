"""Column types shared by every table: aware UTC instants, JSON by orjson, words in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, override

import orjson
from sqlalchemy import BigInteger, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from console.desk.words import Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_micros(moment: datetime) -> int:
    """Microseconds since the epoch, exact; a naive time is a bug and raises."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    delta = moment - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def from_micros(micros: int) -> datetime:
    return _EPOCH + timedelta(0, 0, micros)  # by place: every message and turn reads a time


class Instant(TypeDecorator[datetime]):
    """An aware UTC time, stored as integer microseconds so that both databases order it alike."""

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_micros(value)

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_micros(value)


class Json(TypeDecorator[Any]):
    """Any JSON value as text: the desk reads it whole; only the search looks inside, as text."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else orjson.dumps(value).decode()

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else orjson.loads(value)


class InBoth(TypeDecorator[Words]):
    """Words in both languages; text that was kept in one language alone is shown in both."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Words | None, dialect: Dialect) -> str | None:
        return None if value is None else orjson.dumps({"zh": value.zh, "en": value.en}).decode()

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> Words | None:
        if value is None or not value.startswith('{"zh":'):
            return None if value is None else Words(value, value)
        return Words(**orjson.loads(value))
