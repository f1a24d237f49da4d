"""Whether a promise was broken: the ledger knows, whatever the customer's words sound like.

Who asks how it stands while an answer is overdue gets the apology and a person; who misses an
answer that is not due yet hears when it is (console/desk/meaning.py).
"""

from __future__ import annotations

from typing import override

from sqlalchemy import Connection

from actions.handoff import RequestHandoff, hand_over
from actions.turn import Event, Turn
from actions.work_order_progress import ShowWorkOrders
from console.desk.handoff import HandoffReason
from console.desk.meaning import Situation, meaning
from console.desk.promise import Promise
from console.desk.wording import local_time
from console.services.work_order import work_orders_of
from console.storage.conversation import conversation
from console.storage.promise import promises_of_case

BROKEN, PROGRESS = "report_broken_promise", "query_ticket_progress"


class ShowProgressOrApologise(ShowWorkOrders):
    @override
    async def act(self, turn: Turn) -> list[Event]:
        overdue, _ = await _ledger(turn)
        if meaning(PROGRESS, Situation(overdue=bool(overdue))) != BROKEN:
            return await super().act(turn)
        turn.say("utter_promise_apology")
        await hand_over(turn, HandoffReason.BROKEN_PROMISE, wish=overdue[0].text)
        if await work_orders_of(turn.desk, turn.conversation_id):
            return await super().act(turn)
        return turn.task_done(PROGRESS)


class RequestHandoffOrTell(RequestHandoff):
    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.intent != BROKEN:
            return await super().act(turn)
        overdue, in_time = await _ledger(turn)
        situation = Situation(overdue=bool(overdue), in_time=bool(in_time))
        if meaning(BROKEN, situation) == BROKEN:
            return await super().act(turn)
        next_one = min(in_time, key=lambda one: one.due_at)
        turn.say(
            "utter_promise_in_time",
            promise=next_one.text,
            due=local_time(turn.lang, next_one.due_at),
        )
        return turn.task_done(PROGRESS)


async def _ledger(turn: Turn) -> tuple[list[Promise], list[Promise]]:
    """Open promises of the case: those that are late, and those that are not."""
    now = turn.desk.clock.now()

    def query(tx: Connection) -> list[Promise]:
        return promises_of_case(tx, conversation(tx, turn.conversation_id).case_id)

    open_ones = [one for one in await turn.desk.database.read(query) if one.is_open]
    overdue = [one for one in open_ones if now >= one.due_at]
    return overdue, [one for one in open_ones if now < one.due_at]
