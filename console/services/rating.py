"""Keeping a customer's marks: never while they wait, and only after somebody has served."""

from __future__ import annotations

from sqlalchemy import Connection

from console.desk.errors import BadRequest
from console.desk.rating import HIGHEST, LOWEST, CannotRateYet, Rating, is_ratable
from console.services.parts import Desk
from console.storage import conversation as conversation_rows
from console.storage import rating as rows

LONGEST = 500  # characters of the comment


async def rate(desk: Desk, conversation_id: str, score: int, comment: str = "") -> Rating:
    """For who served last. Raises `CannotRateYet` and `BadRequest`; nothing is written then."""
    if not LOWEST <= score <= HIGHEST:
        raise BadRequest("a score is 1 to 5", field="score")
    now = desk.clock.now()

    def work(tx: Connection) -> Rating:
        head = conversation_rows.locked_head(tx, conversation_id)
        if not is_ratable(head.state, was_served=rows.was_served(tx, conversation_id)):
            raise CannotRateYet(state=head.state.value)
        rating = Rating(
            conversation_id=conversation_id,
            score=score,
            comment=comment[:LONGEST],
            agent_id=head.last_agent_id,
            at=now,
        )
        rows.save_rating(tx, rating)
        return rating

    return await desk.database.write(work)


async def may_rate(desk: Desk, conversation_id: str) -> bool:
    def query(tx: Connection) -> bool:
        head = conversation_rows.conversation(tx, conversation_id)
        served = rows.was_served(tx, conversation_id)
        return is_ratable(head.state, was_served=served)

    return await desk.database.read(query)
