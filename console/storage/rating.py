"""Rows of ratings: one for each conversation and who served in it; a later one replaces it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.event import ActorKind, EventType
from console.desk.rating import Rating
from console.storage.columns import Instant, metadata
from console.storage.event import events

ratings = sa.Table(
    "rating",
    metadata,
    sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id"), primary_key=True),
    sa.Column("served_by", sa.Text, primary_key=True),  # an agent's id, or "bot"
    sa.Column("score", sa.Integer, nullable=False),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.CheckConstraint("score BETWEEN 1 AND 5", name="score_is_one_to_five"),
)
BOT_SERVED = "bot"


def save_rating(tx: Connection, rating: Rating) -> None:
    mine = {
        "conversation_id": rating.conversation_id,
        "served_by": rating.agent_id or BOT_SERVED,
    }
    same = sa.and_(*(ratings.c[name] == value for name, value in mine.items()))
    values = {"score": rating.score, "comment": rating.comment, "at": rating.at}
    if tx.execute(ratings.update().where(same).values(**values)).rowcount == 0:
        tx.execute(ratings.insert().values(**mine, **values))


def was_served(tx: Connection, conversation_id: str) -> bool:
    """Somebody has answered in it, a person or the bot."""
    query = sa.select(events.c.seq).where(
        events.c.conversation_id == conversation_id,
        events.c.type == EventType.MESSAGE_POSTED,
        events.c.actor_kind.in_((ActorKind.BOT, ActorKind.AGENT)),
    )
    return tx.execute(query.limit(1)).first() is not None
