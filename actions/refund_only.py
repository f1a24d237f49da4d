"""Money back while the goods stay: why, pictures, the amount, a clear yes.

What has not arrived is stopped instead; the state of the order sends that wish to the cancel form.
"""

from __future__ import annotations

from typing import override

from actions.answers import Answers
from actions.remedy import arrival_of
from actions.request_form import RequestForm, request_from
from actions.submit_request import SubmitRequest
from actions.summary import Line, as_line
from actions.turn import Turn
from console.desk.after_sale import (
    AfterSaleRequest,
    AfterSaleState,
    ReturnReason,
    ReturnWay,
)
from console.desk.money import yuan
from console.desk.order import OrderLine
from console.desk.reason_text import arrival_text
from console.desk.return_policy import Outcome, ReturnPolicyDecision
from console.services.audit_time import audit_hours
from console.services.refund_only import (
    check_refund_only,
    preview_refund_only,
    submit_refund_only,
)

OWN_SLOTS = (
    "order_item_id",
    "quantity",
    "reason",
    "fault_text",
    "photos",
    "refund_only_confirmed",
    "policy_result_id",
)


class RefundOnlyForm(RequestForm):
    form_name = "refund_only_form"
    started_by = "request_refund_only"
    questions = ("reason", "photos", "refund_only_confirmed")
    policy_before = "photos"
    policy_inputs = ("reason",)

    @override
    async def decide(self, turn: Turn, answers: Answers) -> ReturnPolicyDecision:
        return await check_refund_only(
            turn.desk,
            turn.conversation_id,
            answers["order_no"],
            answers["order_item_id"],
            ReturnReason(answers["reason"]),
            quantity=answers["quantity"],
        )

    @override
    def may_be_filed(self, decision: ReturnPolicyDecision) -> bool:
        is_audit = decision.outcome is Outcome.NEEDS_HUMAN
        return is_audit and decision.reason == "keep_needs_audit"

    @override
    async def ask_own(self, turn: Turn, answers: Answers, slot: str, title: str) -> None:
        if slot == "reason":
            turn.say("utter_question_refund_only_reason", title=title)
        else:
            await super().ask_own(turn, answers, slot, title)

    @override
    async def ask_consent(self, turn: Turn, answers: Answers, line: OrderLine) -> None:
        request = request_from(turn, answers.as_slots(), ReturnWay.KEEP)
        preview = await preview_refund_only(turn.desk, turn.conversation_id, request)
        hours = await audit_hours(turn.desk, turn.conversation_id)
        own = [
            Line("refund", amount_fen=preview.refund.total_fen),
            Line("arrival", as_line(arrival_text(preview.source, turn.lang))),
            Line("goods_back", turn.words("不用寄回", "You keep them")),
            Line("next", _next(turn, hours, is_now=preview.decision.is_allowed)),
        ]
        self.sum_up(turn, answers, line, own)


def _next(turn: Turn, hours: object, *, is_now: bool) -> str:
    if is_now:
        return turn.words("马上退款", "Refunded at once")
    return turn.words(
        f"金额需要同事审核，{hours} 小时内有结果，通过后退款",
        f"A colleague checks the amount within {hours} hours; then the money comes back",
    )


class SubmitRefundOnly(SubmitRequest):
    action_name = "action_submit_refund_only"
    consent = "refund_only_confirmed"
    own_slots = OWN_SLOTS

    @override
    async def file(self, turn: Turn) -> AfterSaleRequest:
        request = request_from(turn, turn.tracker.slots, ReturnWay.KEEP)
        return await submit_refund_only(turn.desk, turn.conversation_id, request, key=turn.key())

    @override
    async def say_filed(self, turn: Turn, filed: AfterSaleRequest) -> None:
        is_checked = filed.state is AfterSaleState.SUBMITTED
        turn.say(
            "utter_remedy_checked" if is_checked else "utter_remedy_refunded",
            rma_no=filed.rma_no,
            amount=yuan(filed.refund.total_fen),
            arrival=await arrival_of(turn, filed),
            hours=await audit_hours(turn.desk, turn.conversation_id),
        )
