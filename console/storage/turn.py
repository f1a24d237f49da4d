"""Rows of bot turns, the dialogue checkpoint, and the buttons a turn offered.

A turn is fixed when it is claimed (`from_seq`…`to_seq`), so a retry after a crash asks the
engine the same thing under the same id, and an action that pays finds its own key again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.errors import NotFound
from console.storage.columns import Instant, Json, metadata
from console.storage.conversation import conversations
from console.storage.prepared import Prepared

turns = sa.Table(
    "turn",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
    sa.Column("from_seq", sa.Integer, nullable=False),
    sa.Column("to_seq", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # running, done, failed, dropped
    sa.Column("lease_owner", sa.Text),
    sa.Column("lease_until", Instant),
    sa.Column("fence", sa.Integer, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("finished_at", Instant),
    sa.Column("parse", Json),
    sa.Column("responses", Json),
    sa.Column("model_id", sa.Text),
    sa.Column("timing", Json),
    sa.Column("error", sa.Text),
    sa.UniqueConstraint("conversation_id", "to_seq"),
    sa.Index("ix_turn_state", "state", "lease_until"),
)

dialogues = sa.Table(
    "dialogue",
    metadata,
    sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), primary_key=True),
    sa.Column("slots", Json, nullable=False),
    sa.Column("active_loop", sa.Text),
    sa.Column("requested_slot", sa.Text),
    sa.Column("misses", sa.Integer, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
)

buttons = sa.Table(
    "button",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("intent", sa.Text, nullable=False),
    sa.Column("entities", Json, nullable=False),
    sa.Column("offered_seq", sa.Integer, nullable=False),
    sa.Column("chosen_at", Instant),
    sa.Index("ix_button_conversation", "conversation_id"),
)

# Built once, because every turn needs them (docs/adr/0017).
_RUNNING = Prepared(
    sa.select(turns)
    .where(turns.c.conversation_id == sa.bindparam("conversation_id"), turns.c.state == "running")
    .with_for_update()
)
_INSERT = Prepared(turns.insert())
_FINISH = Prepared(
    turns.update().where(
        turns.c.id == sa.bindparam("turn_id"),
        turns.c.fence == sa.bindparam("held_fence"),
        turns.c.state == "running",
    )
)
_SET_DONE = Prepared(
    conversations.update().where(
        conversations.c.id == sa.bindparam("conversation_id"),
        conversations.c.done_seq < sa.bindparam("below"),
    )
)
_DONE = Prepared(
    sa.select(conversations.c.done_seq).where(conversations.c.id == sa.bindparam("conversation_id"))
)
_DIALOGUE = Prepared(
    sa.select(dialogues).where(dialogues.c.conversation_id == sa.bindparam("conversation_id"))
)
_SAVE_DIALOGUE = Prepared(
    dialogues.update().where(dialogues.c.conversation_id == sa.bindparam("of"))
)
_INSERT_DIALOGUE = Prepared(dialogues.insert())
_INSERT_BUTTONS = Prepared(buttons.insert())


def owing(tx: Connection, now: datetime, limit: int = 20) -> list[str]:
    """Conversations that wait for the bot and whose turn nobody holds, longest waiting first."""
    held = (
        sa.select(turns.c.id)
        .where(
            turns.c.conversation_id == conversations.c.id,
            turns.c.state == "running",
            turns.c.lease_until > now,
        )
        .exists()
    )
    rows = tx.execute(
        sa.select(conversations.c.id)
        .where(conversations.c.owed_seq > conversations.c.done_seq, sa.not_(held))
        .order_by(conversations.c.last_at)
        .limit(limit)
    )
    return [row.id for row in rows]


def running_turn(tx: Connection, conversation_id: str) -> Any | None:
    return _RUNNING.first(tx, {"conversation_id": conversation_id})


def insert_turn(tx: Connection, values: dict[str, Any]) -> None:
    _INSERT.change(tx, values)


def renew_turn(tx: Connection, turn_id: str, owner: str, now: datetime, lease: timedelta) -> None:
    """Takes an abandoned turn over; the fence keeps the late owner from storing anything."""
    tx.execute(
        turns.update()
        .where(turns.c.id == turn_id)
        .values(
            lease_owner=owner,
            lease_until=now + lease,
            fence=turns.c.fence + 1,
            attempts=turns.c.attempts + 1,
        )
    )


def finish_turn(tx: Connection, turn_id: str, fence: int, **values: Any) -> bool:
    """True when the turn was still ours."""
    held = {"turn_id": turn_id, "held_fence": fence}
    return _FINISH.change(tx, {**values, **held, "lease_owner": None, "lease_until": None}) == 1


def release_turn(tx: Connection, turn_id: str, fence: int, error: str, again_at: datetime) -> None:
    """The engine failed: the same turn is tried again at `again_at`."""
    tx.execute(
        turns.update()
        .where(turns.c.id == turn_id, turns.c.fence == fence)
        .values(lease_until=again_at, error=error)
    )


def turns_of(tx: Connection, conversation_id: str, limit: int = 50) -> list[sa.Row[Any]]:
    """Newest first: what the trace shows."""
    rows = tx.execute(
        sa.select(turns)
        .where(turns.c.conversation_id == conversation_id)
        .order_by(turns.c.to_seq.desc())
        .limit(limit)
    )
    return list(rows)


def set_done(tx: Connection, conversation_id: str, seq: int) -> None:
    _SET_DONE.change(tx, {"done_seq": seq, "conversation_id": conversation_id, "below": seq})


def done_seq(tx: Connection, conversation_id: str) -> int:
    row = _DONE.first(tx, {"conversation_id": conversation_id})
    if row is None:
        raise NotFound("conversation")
    return int(row.done_seq)


def dialogue_row(tx: Connection, conversation_id: str) -> Any | None:
    return _DIALOGUE.first(tx, {"conversation_id": conversation_id})


def save_dialogue(tx: Connection, conversation_id: str, values: dict[str, Any]) -> None:
    if _SAVE_DIALOGUE.change(tx, {**values, "of": conversation_id}) == 0:
        _INSERT_DIALOGUE.change(tx, {**values, "conversation_id": conversation_id})


def insert_buttons(tx: Connection, rows: list[dict[str, Any]]) -> None:
    _INSERT_BUTTONS.change_many(tx, rows)


def find_button(tx: Connection, conversation_id: str, button_id: str) -> sa.Row[Any] | None:
    return tx.execute(
        sa.select(buttons).where(
            buttons.c.id == button_id, buttons.c.conversation_id == conversation_id
        )
    ).first()


def choose_button(tx: Connection, conversation_id: str, button_id: str, at: datetime) -> None:
    """Only of this conversation; the first choice stays."""
    tx.execute(
        buttons.update()
        .where(
            buttons.c.id == button_id,
            buttons.c.conversation_id == conversation_id,
            buttons.c.chosen_at.is_(None),
        )
        .values(chosen_at=at)
    )
