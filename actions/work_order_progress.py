"""Where the things stand that somebody looks into: the customer's work orders, newest first."""

from __future__ import annotations

import re
from typing import override

from actions.turn import DeskAction, Event, Turn
from console.desk.wording import local_time
from console.desk.work_order import WorkOrder, WorkOrderState, kind_label
from console.services.cards import work_orders_card
from console.services.work_order import work_orders_of

TASK = "query_ticket_progress"
SHOWN = 5


class ShowWorkOrders(DeskAction):
    """The one that is named; else all that are open; else the last ones that were closed."""

    action_name = "action_show_work_orders"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        every = await work_orders_of(turn.desk, turn.conversation_id)
        number = turn.entity("ticket_no")
        if number is not None:
            plain = re.sub(r"[\s-]", "", str(number)).upper()
            every = [one for one in every if one.work_order_no == plain]
            if not every:
                turn.say("utter_work_order_not_found", number=plain)
                return turn.task_done(TASK)
        shown = ([one for one in every if one.is_open] or every)[:SHOWN]
        if not shown:
            turn.say("utter_no_work_orders")
            return turn.task_done(TASK)
        _say(turn, shown)
        text = "\n".join(_line(turn, one) for one in shown)
        turn.show(work_orders_card(shown, turn.lang), text)
        return turn.task_done(TASK)


def _say(turn: Turn, shown: list[WorkOrder]) -> None:
    now = turn.desk.clock.now()
    if any(one.is_open and one.due_at is not None and now >= one.due_at for one in shown):
        turn.say("utter_work_orders_late")
    elif any(one.is_open for one in shown):
        turn.say("utter_work_orders_open")
    else:
        turn.say("utter_work_orders_done")


def _line(turn: Turn, one: WorkOrder) -> str:
    if one.state is WorkOrderState.OPEN and one.due_at is not None:
        due = local_time(turn.lang, one.due_at)
        state = turn.words(f"处理中，{due} 前答复", f"open, answer by {due}")
    else:
        state = turn.words("已处理", "closed")
    return f"{one.work_order_no} {kind_label(one.kind, turn.lang)} {state}"
