"""Where a trade-in stands; a changed value is accepted, withdrawn or checked again."""

from __future__ import annotations

import re
from typing import Any, override

from actions.turn import Button, DeskAction, Event, Turn
from console.desk.errors import Conflict
from console.desk.money import yuan
from console.desk.trade_in import TradeInState, trade_in_state_label
from console.desk.wording import local_time
from console.services.trade_in import answer_revaluation, trade_ins_of
from console.storage.trade_in import TradeIn

TASK = "query_trade_in_progress"
SHOWN = 3
_ANSWERS = {
    "accept": TradeInState.ACCEPTED,
    "withdraw": TradeInState.WITHDRAWN,
    "recheck": TradeInState.RECHECKING,
}
_LABELS = {
    "accept": ("接受新估价", "Accept the new value"),
    "withdraw": ("不换了，退回旧机", "Withdraw it"),
    "recheck": ("申请复检", "Check it again"),
}
_DONE = {
    TradeInState.ACCEPTED: "utter_trade_in_accepted",
    TradeInState.WITHDRAWN: "utter_trade_in_withdrawn",
    TradeInState.RECHECKING: "utter_trade_in_rechecking",
}


class ShowTradeIns(DeskAction):
    action_name = "action_show_trade_ins"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if not turn.is_verified:
            turn.say("utter_sign_in_for_money")
            return turn.task_done(TASK)
        every = await trade_ins_of(turn.desk, turn.conversation_id)
        number = turn.entity("trade_in_no")
        if number is not None:
            plain = re.sub(r"[\s-]", "", str(number)).upper()
            every = [one for one in every if one.trade_in_no == plain]
        if not every:
            turn.say("utter_no_trade_in" if number is None else "utter_trade_in_not_found")
            return turn.task_done(TASK)
        answer = _ANSWERS.get(str(turn.entity("choice")))
        if answer is not None:
            await _answer(turn, every, answer)
        else:
            for one in every[:SHOWN]:
                await _show(turn, one)
        return turn.task_done(TASK)


async def _answer(turn: Turn, every: list[TradeIn], answer: TradeInState) -> None:
    """About the one that waits for an answer; pressed twice it stays the first answer."""
    waiting = [one for one in every if one.state in {TradeInState.REVALUED, answer}]
    if not waiting:
        turn.say("utter_trade_in_nothing_to_answer")
        return
    try:
        changed = await answer_revaluation(
            turn.desk, turn.conversation_id, waiting[0].trade_in_no, answer
        )
    except Conflict:
        turn.say("utter_trade_in_nothing_to_answer")
        return
    turn.say(
        _DONE[answer],
        trade_in_no=changed.trade_in_no,
        amount=yuan(changed.final_fen or changed.low_fen),
        check=await turn.span("trade_in.check_hours"),
    )


async def _show(turn: Turn, one: TradeIn) -> None:
    values: dict[str, Any] = {
        "trade_in_no": one.trade_in_no,
        "models": "、".join(item.model for item in one.items),
        "state": trade_in_state_label(one.state, turn.lang),
        "low": yuan(one.low_fen),
        "high": yuan(one.high_fen),
    }
    if one.state is TradeInState.REVALUED and one.final_fen is not None:
        until = local_time(turn.lang, one.answer_until) if one.answer_until else ""
        turn.say(
            "utter_trade_in_revalued",
            [_button(turn, one, name) for name in _ANSWERS],
            **values,
            amount=yuan(one.final_fen),
            until=until,
        )
    elif one.state is TradeInState.REQUESTED:
        check = await turn.span("trade_in.check_hours")
        turn.say("utter_trade_in_requested", when=one.pickup_label, check=check, **values)
    else:
        amount = yuan(one.final_fen if one.final_fen is not None else one.low_fen)
        turn.say("utter_trade_in_state", amount=amount, **values)


def _button(turn: Turn, one: TradeIn, name: str) -> Button:
    entities = f'{{"trade_in_no": "{one.trade_in_no}", "choice": "{name}"}}'
    return {"title": turn.words(*_LABELS[name]), "payload": f"/{TASK}{entities}"}
