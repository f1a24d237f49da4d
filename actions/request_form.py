"""Forms that end in an after-sale request: goods, the policy, then only what it still needs, a yes.

Subclasses name their questions in asking order; the last one is the consent. The policy is asked
before `policy_before` and again when one of its inputs has changed.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, override

from actions.answers import Answers
from actions.consent import read_consent
from actions.item_form import ItemForm
from actions.report_answer import read_pictures
from actions.report_words import LONGEST, describes
from actions.return_answer import read_closed_lists, read_pickup, tidy
from actions.return_decision import say_no, say_why_not_yet, terms_of_answers
from actions.return_question import window_buttons
from actions.return_words import BELOW
from actions.summary import (
    Line,
    ask_what_to_change,
    pictures,
    pieces,
    show_summary,
    summary_buttons,
)
from actions.turn import Turn
from console.desk.after_sale import (
    NEEDS_PHOTOS,
    Condition,
    ReturnReason,
    ReturnRequest,
    ReturnWay,
)
from console.desk.card import line_title
from console.desk.order import Order, OrderLine
from console.desk.return_policy import ReturnPolicyDecision
from console.desk.return_text import reason_label
from console.desk.time_window import window_of

_CLOSED = ("reason", "condition", "return_way")
_TEXTS = ("fault_text", "fault_since", "tried_steps")


class RequestForm(ItemForm):
    questions: ClassVar[tuple[str, ...]]
    policy_before: ClassVar[str]
    policy_inputs: ClassVar[tuple[str, ...]]
    refusals: ClassVar[Mapping[str, str]] = {}  # reasons that are said in words of this form
    below: ClassVar[Mapping[str, Sequence[str]]] = {
        **BELOW,
        "order_item_id": (
            *BELOW["order_item_id"],
            *("fault_text", "photos", "new_variant", "new_size", "door_offer", "tried_steps"),
        ),
    }

    @property
    def consent(self) -> str:
        return self.questions[-1]

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        tidy(turn, answers)
        summary = "return_confirmed" if asked == self.consent else asked
        heard = [
            await self.read_goods(turn, answers, asked),
            bool(set(_CLOSED) & set(self.questions)) and read_closed_lists(turn, answers, summary),
            "slot_window" in self.questions and read_pickup(turn, answers, summary),
            read_pictures(turn, answers, asked),
            self._read_texts(turn, answers, asked),
            await self.read_own(turn, answers, asked),
            self._read_field(turn, answers),
        ]
        if any(heard):
            answers.forget((self.consent,))
            return True
        return read_consent(turn, answers, asked, self.consent)

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        if answers["rma_no"] is not None:  # the last one was filed; this is another one
            answers.forget(("order_item_id", "quantity", "reason", *self.questions, "rma_no"))
        answers.forget((self.consent, "policy_result_id"))

    async def read_own(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        """Answers that only this form knows."""
        return False

    def _read_texts(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        """Verbatim; at the start only a message that says more than the wish."""
        if not turn.text or turn.pictures:
            return False
        if asked in _TEXTS and turn.intent not in {"affirm"}:
            answers.put(str(asked), turn.text[:LONGEST])
            return True
        is_told = asked is None and "fault_text" in self.questions and describes(turn.text)
        if is_told and answers["fault_text"] is None:
            answers.put("fault_text", turn.text[:LONGEST])
        return is_told

    def _read_field(self, turn: Turn, answers: Answers) -> bool:
        """A button that says which answer is wrong."""
        field = turn.entity("field")
        if field not in {"order_no", "order_item_id", *self.questions}:
            return False
        answers.forget((str(field), *self.below.get(str(field), ())))
        return True

    @override
    async def say_why_not_yet(self, turn: Turn, answers: Answers, order: Order) -> None:
        await say_why_not_yet(turn, answers, order)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        tidy(turn, answers)
        return await self.next_of_goods(turn, answers)

    @override
    async def next_of_line(
        self, turn: Turn, answers: Answers, order: Order, line: OrderLine
    ) -> str | None:
        first = self.questions.index(self.policy_before)
        for at, slot in enumerate(self.questions):
            if at >= first and not await self._policy_agrees(turn, answers):
                return None
            if not await self.is_settled(turn, answers, slot):
                return slot if await self.can_ask(turn, answers, slot) else None
        return None

    async def is_settled(self, turn: Turn, answers: Answers, slot: str) -> bool:
        if slot == self.consent:
            return answers[slot] is True
        if slot == "photos":
            return bool(answers["photos"]) or ReturnReason(answers["reason"]) not in NEEDS_PHOTOS
        if slot == "slot_window" and "return_way" in self.questions:
            return answers["return_way"] == ReturnWay.SELF_SHIP or answers[slot] is not None
        return answers[slot] is not None

    async def can_ask(self, turn: Turn, answers: Answers, slot: str) -> bool:
        """False ends the form; why was said. Pictures that there are none of end it as well."""
        if slot == "photos" and answers["photos"] == []:
            answers.put("photos", None)
            turn.say("utter_refused_photos_missing")
            return False
        return True

    async def _policy_agrees(self, turn: Turn, answers: Answers) -> bool:
        names = ("order_no", "order_item_id", "quantity", *self.policy_inputs)
        signature = "|".join([self.form_name, *(str(answers[name]) for name in names)])
        if answers["policy_result_id"] == signature:
            return True
        decision = await self.decide(turn, answers)
        if decision.is_allowed or self.may_be_filed(decision):
            answers.put("policy_result_id", signature)
            return True
        await self._say_no(turn, answers, decision)
        return False

    async def _say_no(self, turn: Turn, answers: Answers, decision: ReturnPolicyDecision) -> None:
        if decision.reason in self.refusals:
            terms = await terms_of_answers(turn, answers)
            turn.say(self.refusals[decision.reason], [], **terms)
            answers.forget(("reason", "policy_result_id"))
            return
        await say_no(turn, answers, decision)

    @abstractmethod
    async def decide(self, turn: Turn, answers: Answers) -> ReturnPolicyDecision:
        """Asks the policy; `None` is not known yet."""

    def may_be_filed(self, decision: ReturnPolicyDecision) -> bool:
        """Also when a person has to look: it is filed for audit then."""
        return False

    @override
    async def ask_of_line(self, turn: Turn, answers: Answers, slot: str, line: OrderLine) -> None:
        title = line_title(line, turn.lang)
        if slot == self.consent and answers[slot] is False:
            answers.put(slot, None)
            ask_what_to_change(turn, self._given(answers))
        elif slot == self.consent:
            await self.ask_consent(turn, answers, line)
        elif slot == "slot_window":
            turn.say("utter_question_slot_window", window_buttons(turn))
        else:
            await self.ask_own(turn, answers, slot, title)

    def _given(self, answers: Answers) -> list[str]:
        """What the summary rests on; no pickup time for somebody who sends the goods back."""
        names = ("order_item_id", *self.questions[:-1])
        given = (name for name in names if answers[name] is not None)
        return [name for name in given if name not in {"photos", "door_offer"}]

    async def ask_own(self, turn: Turn, answers: Answers, slot: str, title: str) -> None:
        name = f"utter_question_{slot}"
        own = {
            "photos": "utter_question_report_photos",
            "fault_text": "utter_question_what_quality",
        }
        turn.say(own.get(slot, name), title=title)

    @abstractmethod
    async def ask_consent(self, turn: Turn, answers: Answers, line: OrderLine) -> None:
        """The summary, with everything that will be filed."""

    def sum_up(
        self,
        turn: Turn,
        answers: Answers,
        line: OrderLine,
        own: Sequence[Line],
        note: str = "",
    ) -> None:
        """What every request names, then the lines of this one."""
        lines = [*self._told(turn, answers, line), *own]
        buttons = summary_buttons(turn, self.consent)
        show_summary(turn, self.title(turn), lines, buttons, note)

    def _told(self, turn: Turn, answers: Answers, line: OrderLine) -> list[Line]:
        slots = answers.as_slots()
        has_reason = "reason" in self.questions
        return [
            Line("order_no", str(slots["order_no"])),
            Line("order_item_id", line_title(line, turn.lang)),
            Line("quantity", pieces(turn, slots.get("quantity") or 1)),
            Line("reason", reason_label(slots["reason"], turn.lang) if has_reason else ""),
            Line("fault_text", note_of(slots)),
            Line("photos", pictures(turn, len(slots.get("photos") or ()))),
        ]


def request_from(turn: Turn, slots: Mapping[str, Any], way: ReturnWay) -> ReturnRequest:
    """Everything the form collected; a fault shows in use unless something else was said."""
    window = window_of(str(slots.get("slot_window")), turn.desk.clock.now())
    comes = window is not None and way in (ReturnWay.PICKUP, ReturnWay.SAME_VISIT)
    return ReturnRequest(
        order_no=slots["order_no"],
        line_id=slots["order_item_id"],
        quantity=int(slots.get("quantity") or 1),
        reason=ReturnReason(slots.get("reason") or ReturnReason.QUALITY_FAULT),
        condition=Condition(slots.get("condition") or Condition.USED),
        way=way,
        pickup_at=window.start if window and comes else None,
        pickup_label=window.label(turn.lang) if window and comes else "",
        photos=tuple(slots.get("photos") or ()),
        note=note_of(slots),
    )


def note_of(slots: Mapping[str, Any]) -> str:
    """The customer's own words: what, since when, what was tried."""
    told = (slots.get(name) for name in _TEXTS)
    return " / ".join(str(one) for one in told if one)
