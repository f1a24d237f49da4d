"""A parcel that stands still or went astray: the rules decide, the carrier is asked."""

from __future__ import annotations

import re
from typing import override

from actions.order import OrderAnswer, is_on_its_way, is_running
from actions.order_choice import any_order
from actions.tracking import promised, say_state, trace_text
from actions.turn import Turn
from console.desk.card import parcel_trace_card
from console.desk.order import SHIPPED, Order, OrderState
from console.desk.tracking import Movement
from console.desk.wording import local_time
from console.services.tracking import TrackingCheck, check_tracking

# Not slow but wrong: another place, the way back, or a number that is not theirs.
_ASTRAY = re.compile(
    r"(?:发|送|寄|走|跑|到)(?:错|反)|别的|另外的|绕|退回|返回|单号.{0,6}(?:不是|假|错)|方向"
    r"|(?:怎么|咋|给我).{0,8}(?:到了|去了|发到|写)"
    r"|wrong (?:city|place|address|way|direction)|another (?:city|place)|sent back|being returned",
    re.IGNORECASE,
)


class CheckStalled(OrderAnswer):
    action_name = "action_check_stalled"
    intent = "logistics_stalled"
    kinds = (is_on_its_way, is_running, any_order)

    @override
    async def answer(self, turn: Turn, order: Order) -> None:
        if order.state not in SHIPPED:
            _nothing_moves(turn, order)
            return
        found = await check_tracking(
            turn.desk,
            turn.conversation_id,
            order.order_no,
            turn.text,
            is_astray=_ASTRAY.search(turn.text) is not None,
            key=turn.key(),
        )
        _tell(turn, found)
        turn.show(parcel_trace_card(order, turn.lang), trace_text(order, turn.lang))


def _nothing_moves(turn: Turn, order: Order) -> None:
    if order.state in {OrderState.PAID, OrderState.PICKED}:
        turn.say("utter_not_shipped_yet", promised=promised(turn, order))
        return
    say_state(turn, order)
    if order.state is OrderState.SIGNED:
        title = turn.words("签收了但没收到", "Delivered, but I do not have it")
        turn.add_buttons([{"title": title, "payload": "/signed_not_received"}])


def _tell(turn: Turn, found: TrackingCheck) -> None:
    tracking, opened = found.tracking, found.work_order
    if tracking is None:
        say_state(turn, found.order)
        return
    scanned_at, stalls_at = tracking.last_scan_at, tracking.stalls_at
    scanned = local_time(turn.lang, scanned_at) if scanned_at else "-"
    if opened is None:
        stalls = local_time(turn.lang, stalls_at) if stalls_at else "-"
        turn.say("utter_parcel_moves", scanned=scanned, stalls=stalls)
        return
    response = {
        Movement.LOST: "utter_parcel_lost",
        Movement.STALLED: "utter_parcel_stalled",
    }.get(tracking.movement, "utter_parcel_astray")
    due = local_time(turn.lang, opened.due_at) if opened.due_at else ""
    turn.say(response, scanned=scanned, work_order_no=opened.work_order_no, due=due)
