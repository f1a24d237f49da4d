"""What is still owed about a request that has ended before anybody answered: nothing any more."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleState
from console.desk.after_sale_text import over_text
from console.desk.event import Actor
from console.services.parts import Desk
from console.services.work_order_end import end_answered
from console.storage import after_sale as rows


def end_overtaken(
    tx: Connection, desk: Desk, rma_no: str, state: AfterSaleState, actor: Actor
) -> None:
    """Inside a unit of work. Its work orders are cancelled and their promises void."""
    end_answered(
        tx, desk, rows.conversation_of(tx, rma_no),
        lambda order: order.details.get("rma_no") == rma_no,
        actor=actor, words=partial(over_text, state), is_gone=True,
    )  # fmt: skip
