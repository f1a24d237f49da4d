"""Reports of goods that came damaged, incomplete or wrong, or that fail: what, pictures, remedy.

The policy is asked as soon as the goods are known; the remedies it leaves are offered as buttons,
best first. What the customer picks is shown as a summary (`report_summary.py`) and carried out in
`remedy.py` after a yes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, override

from actions.answers import Answers
from actions.closed_list import read_reason
from actions.consent import inform_button, read_consent
from actions.item_form import ItemForm
from actions.remedy import CONSENT, has_own_form, remedy_buttons, report_of
from actions.report_answer import (
    part_named,
    read_box_answer,
    read_pictures,
    read_remedy_answer,
    read_words,
)
from actions.report_summary import ask_to_confirm
from actions.report_words import LONGEST, OWN_SLOTS, PIECE, UNKNOWN_PART, read_remedy
from actions.return_decision import say_no, say_why_not_yet
from actions.return_words import BELOW
from actions.strange_goods import CAME_INSTEAD
from actions.summary import ask_what_to_change
from actions.turn import Button, Turn
from console.desk.after_sale import GRAVE, ReturnReason
from console.desk.card import line_title
from console.desk.order import Order, OrderLine
from console.desk.remedy import Remedy
from console.services.goods import parts_of
from console.services.remedy import check_report, take_report

_TOLD = ("fault_text", "missing_part", "outer_box", "photos")
_OFFER = ("remedy", "remedy_offered", "policy_result_id")


class ReportForm(ItemForm):
    reason: ClassVar[ReturnReason]
    questions: ClassVar[tuple[str, ...]]  # in asking order; pictures are always last
    below: ClassVar[Mapping[str, Sequence[str]]] = {
        **BELOW,
        "order_no": (*BELOW["order_no"], *_TOLD, *_OFFER),
        "order_item_id": (*BELOW["order_item_id"], *_TOLD, *_OFFER),
    }

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        heard = [
            await self.read_goods(turn, answers, asked),
            await self._read_part(turn, answers, asked),
            read_words(turn, answers, asked),
            read_box_answer(turn, answers, asked),
            read_pictures(turn, answers, asked),
            read_remedy_answer(turn, answers, asked),
            self._read_field(turn, answers),
        ]
        if any(heard):
            answers.forget((CONSENT,))
            return True
        return read_consent(turn, answers, asked, CONSENT)

    @override
    def is_answer(self, turn: Turn, asked: str | None) -> bool:
        """Asked for the remedy, "a refund" is one of them and no wish of its own."""
        offered = turn.slot("remedy_offered") or []
        is_asked = asked in {"remedy", CONSENT} and bool(turn.text)
        return (is_asked and read_remedy(turn.text, offered) is not None) or super().is_answer(
            turn, asked
        )

    def _read_field(self, turn: Turn, answers: Answers) -> bool:
        """A button that says which answer is wrong."""
        field = turn.entity("field")
        if field not in self._fields():
            return False
        answers.forget((str(field), *self.below.get(str(field), ())))
        return True

    def _fields(self) -> tuple[str, ...]:
        told = [slot for slot in self.questions if slot != "photos"]
        return ("order_item_id", *told, "remedy")

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        if answers["rma_no"] is not None:
            answers.forget(OWN_SLOTS)  # the last one was filed; this is another one
        answers.forget((*_OFFER, CONSENT))
        said = read_reason(turn.text)
        is_grave = said is not None and ReturnReason(said) in GRAVE
        answers.put("reason", said if is_grave else str(self.reason))

    async def _read_part(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        """By a button, by the shop's words for the part, or as a whole piece."""
        if "missing_part" not in self.questions:
            return False
        if (chosen := turn.entity("missing_part")) is not None:
            answers.put("missing_part", str(chosen))
            return True
        if not turn.text or (answers["missing_part"] and asked != "missing_part"):
            return False
        found = await part_named(turn, answers, turn.text, asked)
        if found is not None:
            answers.put("missing_part", found)
            answers.put("fault_text", turn.text[:LONGEST])
        return found is not None

    @override
    async def say_why_not_yet(self, turn: Turn, answers: Answers, order: Order) -> None:
        await say_why_not_yet(turn, answers, order)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        return await self.next_of_goods(turn, answers)

    @override
    async def next_of_line(
        self, turn: Turn, answers: Answers, order: Order, line: OrderLine
    ) -> str | None:
        if not await _is_open(turn, answers):
            return None
        if "missing_part" in self.questions and answers["missing_part"] is None:
            told = str(answers["fault_text"] or "")  # perhaps before the item was known
            answers.put("missing_part", await part_named(turn, answers, told, None))
        for slot in self.questions:
            if answers[slot] is None:
                return slot
        if not await _offer(turn, answers):
            return None
        if answers["remedy"] not in answers["remedy_offered"]:
            return "remedy"
        is_over = has_own_form(Remedy(answers["remedy"])) or answers[CONSENT] is True
        return None if is_over else CONSENT

    @override
    async def ask_of_line(self, turn: Turn, answers: Answers, slot: str, line: OrderLine) -> None:
        title = line_title(line, turn.lang)
        if slot == "remedy":
            buttons = await remedy_buttons(turn, answers)
            turn.say("utter_question_remedy", buttons, title=title)
        elif slot == CONSENT and answers[CONSENT] is False:
            answers.put(CONSENT, None)
            ask_what_to_change(turn, self._fields())
        elif slot == CONSENT:
            await ask_to_confirm(turn, answers, self.title(turn), line)
        elif slot == "missing_part":
            buttons = await _part_buttons(turn, line)
            turn.say("utter_question_missing_part", buttons, title=title)
        elif slot == "fault_text":
            turn.say(f"utter_question_what_{self.form_name.removesuffix('_form')}", title=title)
        else:
            turn.say(f"utter_question_report_{slot}", title=title)


class DamageForm(ReportForm):
    form_name = "damage_form"
    started_by = "report_damaged"
    reason = ReturnReason.DAMAGED
    questions = ("fault_text", "outer_box", "photos")


class MissingForm(ReportForm):
    form_name = "missing_form"
    started_by = "report_missing_parts"
    reason = ReturnReason.MISSING_PARTS
    questions = ("missing_part", "photos")
    quantity_question = "utter_question_how_many_missing"


class WrongForm(ReportForm):
    form_name = "wrong_form"
    other_goods = CAME_INSTEAD
    started_by = "report_wrong_item"
    reason = ReturnReason.WRONG_ITEM
    questions = ("fault_text", "photos")


class QualityForm(ReportForm):
    form_name = "quality_form"
    started_by = "report_quality_issue"
    reason = ReturnReason.QUALITY_FAULT
    questions = ("fault_text", "photos")


async def _is_open(turn: Turn, answers: Answers) -> bool:
    """Before anything is asked: too late, running already or grave ends it here."""
    signature = _signature("early", answers)
    if answers["policy_result_id"] in {signature, _signature("full", answers)}:
        return True
    report, is_part = report_of(answers.as_slots())
    decision = await check_report(turn.desk, turn.conversation_id, report, is_part=is_part)
    if decision.is_allowed:
        answers.put("policy_result_id", signature)
        return True
    await say_no(turn, answers, decision)
    return False


async def _offer(turn: Turn, answers: Answers) -> bool:
    """What the policy leaves; False when it is nothing, and why was said."""
    signature = _signature("full", answers)
    if answers["policy_result_id"] == signature and answers["remedy_offered"]:
        return True
    was_offered = bool(answers["remedy_offered"])
    report, is_part = report_of(answers.as_slots())
    found = await take_report(turn.desk, turn.conversation_id, report, is_part=is_part)
    if not found.decision.is_allowed:
        await say_no(turn, answers, found.decision)
        answers.forget(("photos",) if not answers["photos"] else ())
        return False
    answers.put("policy_result_id", signature)
    answers.put("remedy_offered", [str(one) for one in found.remedies])
    if found.has_carrier_claim and not was_offered:
        turn.say("utter_carrier_claim")
    return True


def _signature(phase: str, answers: Answers) -> str:
    names = ["order_no", "order_item_id", "quantity", "reason"]
    if phase == "full":
        names += ["missing_part", "fault_text", "photos"]
    return "|".join([phase, *(str(answers[name]) for name in names)])


async def _part_buttons(turn: Turn, line: OrderLine) -> list[Button]:
    parts = await parts_of(turn.desk, line.product_id)
    buttons = [inform_button(one.label(turn.lang), missing_part=one.part_id) for one in parts]
    whole = turn.words("少了整件", "A whole piece")
    other = turn.words("别的配件", "Another part")
    return [
        *buttons,
        inform_button(whole, missing_part=PIECE),
        inform_button(other, missing_part=UNKNOWN_PART),
    ]
