""" "The refund is too small": every line explained; whoever still disagrees gets a person."""

from __future__ import annotations

from typing import override

from actions.handoff import hand_over
from actions.order_choice import Outcome
from actions.request_choice import Fits, choose_request, explain_request, title_of
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.after_sale import AfterSaleRequest
from console.desk.handoff import HandoffReason
from console.desk.money import yuan
from console.desk.reason_text import refund_line_label, refund_line_reason
from console.desk.words import Words
from console.services.cards import return_summary_card

TASK = "dispute_refund_amount"


def pays_back(request: AfterSaleRequest) -> bool:
    return request.pays_money_back and bool(request.refund.lines)


_KINDS: tuple[Fits, ...] = (pays_back,)


class ExplainRefund(DeskAction):
    """The second time about the same request goes to a person, with the lines."""

    action_name = "action_explain_refund"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        choice = await choose_request(turn, _KINDS, known=turn.slot("rma_no"))
        request = choice.request
        if request is None and choice.outcome is not Outcome.NONE:
            explain_request(turn, choice, TASK, "utter_no_after_sale_request")
            return turn.task_done(TASK)
        if request is None:
            turn.say("utter_refund_dispute_without_request")
            await _to_person(turn, None)
            return turn.task_done(TASK)
        if turn.slot("last_task") == TASK and turn.slot("rma_no") == request.rma_no:
            turn.say("utter_refund_dispute_to_person")
            await _to_person(turn, request)
            return turn.task_done(TASK)
        _explain(turn, request)
        known = remember(rma_no=request.rma_no)
        return [*turn.task_done(TASK), *([] if turn.is_in_form else known)]


def _explain(turn: Turn, request: AfterSaleRequest) -> None:
    lines = [
        f"{refund_line_label(line.key, turn.lang)} {_signed(line.amount_fen)}{_why(turn, line.key)}"
        for line in request.refund.lines
    ]
    turn.say(
        "utter_refund_explained",
        title=title_of(turn, request),
        lines="\n".join(lines),
        total=yuan(request.refund.total_fen),
        pickup=_pickup_fee(turn, request),
    )
    disagree: Button = {
        "title": turn.words("还是不对", "It is still wrong"),
        "payload": f'/dispute_refund_amount{{"rma_no": "{request.rma_no}"}}',
    }
    turn.show(return_summary_card(request, turn.lang), request.rma_no, [disagree])


def _signed(amount_fen: int) -> str:
    return f"{'-' if amount_fen < 0 else '+'}{yuan(abs(amount_fen))}"


def _why(turn: Turn, key: str) -> str:
    reason = refund_line_reason(key, turn.lang)
    if not reason:
        return ""
    return f" ({reason})" if turn.lang == "en" else f"（{reason}）"


def _pickup_fee(turn: Turn, request: AfterSaleRequest) -> str:
    """Not part of the refund, and often what the customer misses."""
    fee = request.refund.return_freight_fen
    if not fee:
        return ""
    return turn.words(
        f"另外，上门取件运费 {yuan(fee)} 元由快递员当面收取，不在退款里。",
        f" The courier's ¥{yuan(fee)} for the pickup is paid at the door and not part of it.",
    )


async def _to_person(turn: Turn, request: AfterSaleRequest | None) -> None:
    wish = Words("核对退款金额", "Check the amount of a refund")
    if request is not None:
        which = f"{request.rma_no} ¥{yuan(request.refund.total_fen)}"
        wish = Words(f"{wish.zh} {which}", f"{wish.en} {which}")
    await hand_over(turn, HandoffReason.POLICY, wish=wish, policy="refund.disputed")
