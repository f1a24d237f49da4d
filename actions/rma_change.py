"""Withdrawing or changing a request on file: which one, what, the new value, and a clear yes."""

from __future__ import annotations

import re
from typing import ClassVar, override

from actions.answers import Answers
from actions.closed_list import read_reason
from actions.consent import read_consent
from actions.form import Form
from actions.handoff import hand_over
from actions.order_choice import Outcome
from actions.request_choice import (
    Fits,
    any_request,
    ask_which_request,
    choose_request,
    explain_request,
    is_running,
    read_request,
)
from actions.rma_change_kind import ask_variant, missing_of_kind, read_variant
from actions.rma_change_question import ask_to_confirm
from actions.rma_change_words import CHANGE_OF, Field, read_field
from actions.slot_reading import read_time, time_offers, window_in
from actions.turn import Turn
from console.desk.after_sale import AfterSaleKind, AfterSaleRequest, ReturnReason
from console.desk.after_sale_change import Change, decide_change
from console.desk.after_sale_change import Outcome as Decided
from console.desk.handoff import HandoffReason
from console.desk.reason_text import return_reason
from console.desk.time_window import COURIER
from console.desk.words import Words
from console.services.after_sale_wish import preview_reason

OWN_SLOTS = (
    "change_field",
    "new_reason",
    "pickup_address",
    "new_variant",
    "slot_window",
    "change_confirmed",
)
SHORTEST_ADDRESS = 6  # characters; less names no door
REFUSED = {
    "not_approved": "utter_pickup_not_approved",
    "sent_back": "utter_pickup_sent_back",
    "closed": "utter_request_closed",
}


def with_customer(request: AfterSaleRequest) -> bool:
    return decide_change(request.state, Change.WITHDRAWN).is_allowed


class RmaChangeForm(Form):
    form_name = "rma_change_form"
    started_by = "modify_after_sale"
    also_started_by = frozenset({"cancel_after_sale"})
    below: ClassVar = {"rma_no": OWN_SLOTS, "change_field": OWN_SLOTS[1:]}
    kinds: tuple[Fits, ...] = (with_customer, is_running, any_request)

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(OWN_SLOTS)

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        heard = [
            await read_request(turn, answers, asked, self.kinds),
            _read_field(turn, answers, asked),
            _read_value(turn, answers, asked),
            await read_variant(turn, answers, asked),
        ]
        if any(heard):
            answers.put("change_confirmed", None)
            return True
        return read_consent(turn, answers, asked, "change_confirmed")

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["change_confirmed"] is False:
            return None
        choice = await choose_request(turn, self.kinds, known=answers["rma_no"])
        if choice.outcome is Outcome.SEVERAL:
            return "rma_no"
        if choice.request is None:
            explain_request(turn, choice, str(turn.intent), "utter_no_after_sale_request")
            return None
        answers.put("rma_no", choice.request.rma_no)
        if answers["change_field"] is None:
            return "change_field"
        field = Field(answers["change_field"])
        if not await _may_be_changed(turn, choice.request, field):
            return None
        missing = _missing(turn, answers, field)
        if field is Field.KIND:
            missing = await missing_of_kind(turn, answers, choice.request)
            if missing == "":
                return None
        if missing is None and field is Field.REASON and await _is_refused(turn, answers):
            return "new_reason"
        if missing is None and answers["change_confirmed"] is not True:
            return "change_confirmed"
        return missing

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "rma_no":
            choice = await choose_request(turn, self.kinds)
            ask_which_request(turn, choice, str(turn.intent or self.started_by))
        elif slot == "new_variant":
            await ask_variant(turn, str(answers["rma_no"]))
        elif slot == "slot_window":
            turn.say("utter_question_new_pickup", time_offers(turn, COURIER))
        elif slot == "change_confirmed":
            await ask_to_confirm(turn, answers)
        else:
            turn.say(f"utter_question_{slot}")

    @override
    def title(self, turn: Turn) -> str:
        is_withdrawal = turn.slot("change_field") == Field.WITHDRAW
        words = ("撤销售后申请", "Withdraw a request") if is_withdrawal else None
        return turn.words(*words) if words else super().title(turn)


def _read_field(turn: Turn, answers: Answers, asked: str | None) -> bool:
    said = turn.entity("change_field")
    if said is None and turn.intent == "cancel_after_sale":
        said = Field.WITHDRAW
    if said is None and asked in {None, "change_field"}:
        said = read_field(turn.text)
    if said is None or str(said) not in set(Field):
        return False
    answers.put("change_field", str(said))
    answers.forget_old(OWN_SLOTS[1:])
    return True


def _read_value(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """The new value; in the first message only where it cannot be mistaken."""
    field = answers["change_field"]
    if field == Field.PICKUP:
        return read_time(turn, answers, COURIER, asked)
    if field == Field.REASON:
        return _read_reason(turn, answers)
    if field == Field.ADDRESS and asked == "pickup_address":
        return _read_address(turn, answers)
    return False


# "I chose the wrong reason" is about the form and no reason itself.
_ABOUT_THE_FORM = re.compile(
    r"(?:原因|理由)[^,，。;；]{0,4}(?:选|填|写|点|弄|搞)错了?|(?:选|填|写|点|弄|搞)错了?[^,，。;；]{0,3}(?:原因|理由)"
    r"|(?:chose|picked|gave|selected) the wrong reason|wrong reason",
    re.IGNORECASE,
)


def _read_reason(turn: Turn, answers: Answers) -> bool:
    reason = turn.entity("reason") or read_reason(_ABOUT_THE_FORM.sub("", turn.text))
    if reason is None or str(reason) not in set(ReturnReason):
        return False
    answers.put("new_reason", str(reason))
    return True


def _read_address(turn: Turn, answers: Answers) -> bool:
    address = turn.text.strip()[:200]
    if len(address) < SHORTEST_ADDRESS:
        return False
    answers.put("pickup_address", address)
    return True


async def _may_be_changed(turn: Turn, request: AfterSaleRequest, field: Field) -> bool:
    """Said why not; what only a person may do goes to one, with everything so far."""
    if field is Field.OTHER or not _has_rules(request, field):
        await _to_person(turn, request, f"after_sale.change_{field}")
        return False
    decision = decide_change(request.state, CHANGE_OF[field])
    if decision.outcome is Decided.NEEDS_HUMAN:
        turn.say("utter_change_needs_person", rma_no=request.rma_no)
        await _to_person(turn, request, decision.rule_id)
        return False
    if not decision.is_allowed:
        turn.say(REFUSED[decision.reason], rma_no=request.rma_no)
    return decision.is_allowed


def _has_rules(request: AfterSaleRequest, field: Field) -> bool:
    """Another reason for anything but a return is for a person, and so are other kinds."""
    if field is Field.KIND:
        return request.kind in {AfterSaleKind.RETURN, AfterSaleKind.EXCHANGE}
    return field is not Field.REASON or request.kind is AfterSaleKind.RETURN


async def _to_person(turn: Turn, request: AfterSaleRequest, rule: str) -> None:
    wish = Words(f"修改售后单 {request.rma_no}", f"Change request {request.rma_no}")
    await hand_over(turn, HandoffReason.POLICY, wish=wish, policy=rule)


async def _is_refused(turn: Turn, answers: Answers) -> bool:
    """Told before the yes; the refused reason is let go of, so that another can be given."""
    rma_no, reason = str(answers["rma_no"]), ReturnReason(answers["new_reason"])
    preview = await preview_reason(turn.desk, turn.conversation_id, rma_no, reason)
    if preview.refused:
        turn.say(
            "utter_reason_refused", rma_no=rma_no, why=return_reason(preview.refused, turn.lang)
        )
        answers.forget(("new_reason",))
    return bool(preview.refused)


def _missing(turn: Turn, answers: Answers, field: Field) -> str | None:
    if field is Field.PICKUP and window_in(turn, answers["slot_window"], COURIER) is None:
        return "slot_window"
    needed = {Field.REASON: "new_reason", Field.ADDRESS: "pickup_address"}.get(field)
    return needed if needed and answers[needed] is None else None
