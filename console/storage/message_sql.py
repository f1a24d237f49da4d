"""The four statements of the hot path, as each database wants them.

They go to the driver as they are: building and caching them as expressions, and turning every
value by a column type, cost more than the database did (docs/adr/0015).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from sqlalchemy import Connection

from console.desk.conversation import Tip

_READ = [name for name in Tip._fields if name not in Tip._field_defaults]
_TIP = ", ".join(f"conversation.{name}" for name in _READ)
_STORED = (
    "event.conversation_id, event.actor_kind, event.actor_id, event.client_msg_id,"
    " event.seq, event.at, event.body"
)
_KEY = ("conversation_id", "actor_kind", "actor_id", "client_msg_id")
_EVENT = (
    "conversation_id, seq, type, public, prev_public, actor_kind, actor_id, actor_name,"
    " client_msg_id, body, at"
)
_CHANGED = "last_seq, last_public_seq, owed_seq, unread, last_text, last_at, waiting_since"


@dataclass(frozen=True, slots=True)
class Statements:
    """`tips`: one JSON list of ids. `stored`: one JSON list of keys.

    `insert` and `update` take a row each for every event and for every head. `insert` leaves out
    what is there; `update` ends with the id and the `last_seq` that must still be there.
    """

    tips: str
    stored: str
    insert: str
    update: str


def statements(tx: Connection) -> Statements:
    return _of_dialect(tx.dialect.name)


@functools.cache
def _of_dialect(name: str) -> Statements:
    return _sqlite() if name == "sqlite" else _postgresql()


def _sqlite() -> Statements:
    matches = _matching("json_extract(value, '$[{0}]')")
    return Statements(
        tips=f"SELECT {_TIP} FROM conversation"  # noqa: S608 - no value is put into a text here
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        stored=f"SELECT {_STORED} FROM json_each(?) JOIN event ON {matches}",  # noqa: S608
        insert=_insert("?"),
        update=_update("?"),
    )


def _postgresql() -> Statements:
    matches = _matching("(value->>{0})")
    return Statements(
        tips=f"SELECT {_TIP} FROM conversation"  # noqa: S608 - as above
        " WHERE id IN (SELECT json_array_elements_text(CAST(%s AS json)))"
        " ORDER BY id FOR UPDATE OF conversation",
        stored=f"SELECT {_STORED} FROM json_array_elements(CAST(%s AS json)) AS value"  # noqa: S608
        f" JOIN event ON {matches}",
        insert=_insert("%s"),
        update=_update("%s"),
    )


def _matching(item: str) -> str:
    """Rows travel as one JSON value: a statement per message would cost more than the message."""
    return " AND ".join(f"event.{key} = {item.format(at)}" for at, key in enumerate(_KEY))


def _insert(mark: str) -> str:
    marks = ", ".join(mark for _ in _EVENT.split(","))
    return f"INSERT INTO event ({_EVENT}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608


def _update(mark: str) -> str:
    changes = ", ".join(f"{name.strip()} = {mark}" for name in _CHANGED.split(","))
    return f"UPDATE conversation SET {changes} WHERE id = {mark} AND last_seq = {mark}"  # noqa: S608
