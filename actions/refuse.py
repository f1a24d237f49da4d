"""Refusing a parcel: what it means by the state of the order, and what is asked in the meantime."""

from __future__ import annotations

import json
import re
from typing import override

from actions.cancel_result import cancel_button
from actions.order import OrderAnswer, is_on_its_way, is_running
from actions.order_choice import any_order
from actions.tracking import say_state
from actions.turn import Turn
from console.desk.order import SHIPPED, Order, OrderState
from console.desk.wording import local_time
from console.services.refusal import follow_up_refusal, refusal_terms

_DONE = re.compile(
    r"(?:已经?|都|刚才?|昨天|前天|上周).{0,4}拒[收签]|拒[收签]了(?!.{0,4}(?:行|可以|吗|会|扣|怎么办))"
    r"|(?:没收|没要).{0,6}(?:了|退)|\bi (?:have )?(?:already )?refused\b|i sent it away",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"(?:包装|箱子|盒子|包裹|外箱).{0,6}(?:破|烂|湿|坏|压|变形)|damaged|torn|crushed|wet",
    re.IGNORECASE,
)


class AnswerRefusal(OrderAnswer):
    action_name = "action_answer_refusal"
    intent = "refuse_delivery"
    kinds = (is_on_its_way, is_running, any_order)

    @override
    async def answer(self, turn: Turn, order: Order) -> None:
        if order.state in SHIPPED:
            await _on_its_way(turn, order)
        elif order.state in {OrderState.UNPAID, OrderState.PAID, OrderState.PICKED}:
            turn.say("utter_refuse_not_shipped", [cancel_button(turn, order)])
        elif order.state is OrderState.SIGNED:
            payload = f"/request_return{json.dumps({'order_no': order.order_no})}"
            title = turn.words("申请退货", "Start a return")
            turn.say("utter_refuse_signed", [{"title": title, "payload": payload}])
        else:
            say_state(turn, order)


async def _on_its_way(turn: Turn, order: Order) -> None:
    if _DONE.search(turn.text):
        opened = await follow_up_refusal(
            turn.desk, turn.conversation_id, order.order_no, turn.text, key=turn.key()
        )
        due = local_time(turn.lang, opened.due_at) if opened.due_at else ""
        turn.say("utter_refuse_followed_up", work_order_no=opened.work_order_no, due=due)
        return
    terms = await refusal_terms(turn.desk)
    is_broken = _BROKEN.search(turn.text) is not None
    response = "utter_refuse_damaged" if is_broken else "utter_refuse_at_door"
    payload = cancel_button(turn, order)["payload"]
    title = turn.words("现在就拦截", "Stop it now")
    turn.say(response, [{"title": title, "payload": payload}], hours=terms.refund_hours)
