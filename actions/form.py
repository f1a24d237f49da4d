"""How every form listens: one call per message reads the answer, checks it and asks what is next.

Rasa calls the validation of a form at its start, for every answer, and again after a side
question was answered by a rule. The questions are asked here and not by Rasa (which would look
for `utter_ask_<slot>`): that saves a call per message. A message that is no answer rejects the
form: the rule for its intent answers, and the form asks again.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import ClassVar, override

from actions.answers import Answers
from actions.closed_list import read_reason
from actions.correction import (
    Correction,
    amended,
    exchanged,
    known_of,
    meant_answer,
    read_correction,
)
from actions.form_stack import (
    INSTANCE,
    NEXT,
    REMEDIES,
    RESUMED,
    STACK,
    WISH,
    frame_of,
    interrupted_form,
    pushed,
    recalled,
    shelved,
)
from actions.new_wish import REPORTS, has_wish_words, is_new_wish
from actions.opening import opening_of, said_at_first
from actions.order_answer import choose
from actions.order_choice import Fits, any_order
from actions.order_correction import read_another_order
from actions.readings import READINGS
from actions.strange_goods import STRANGE_GOODS, note_strange_goods
from actions.turn import Button, DeskAction, Event, Turn, since_last_message
from console.desk.fact_label import fact_label
from console.desk.handoff import HandoffReason
from console.desk.meaning import BY_ORDER, CHANGING, GIVING_BACK, Situation, meaning
from console.desk.order import Order
from console.desk.stage import STAGES
from console.desk.words import Words
from console.services.handoff import request_handoff, was_just_called

__all__ = ["CORRECTIONS", "Answers", "Call", "Form", "how_called", "says_no", "says_yes"]

BUTTONS_AFTER = 2  # invalid answers until the ways out stand below the question
MOST_MISSES = 3  # invalid answers until a person gets the half-filled form (spec 3.7)
# Always honoured, whatever the form is asking for.
NEVER_ANSWERS = frozenset(
    {
        "request_human",
        "request_previous_agent",
        "escalate_to_supervisor",
        "report_broken_promise",
        "restart_flow",
    }
)
# These may be answers that were not understood; every other intent is a side question.
MAYBE_ANSWERS = frozenset(
    {"inform", "correct_info", "affirm", "deny", "nlu_fallback", "out_of_scope"}
)
LEAVING = re.compile(
    r"算了|不弄|不办|不退了|不取消|退出|返回|重新|never ?mind|forget|start over|stop", re.IGNORECASE
)
HANDLES_FAULTS = REMEDIES | {"damage_form", "quality_form", "missing_form", "wrong_form"}
CORRECTIONS = frozenset({"correct_info", "deny"})
# Once these are known, words that were said before can be understood.
OPENS_THE_REST = frozenset({"order_no", "order_item_id", "reason"})
HANDED_OVER = frozenset({"action_request_handoff", "action_soothe"})


class Call(StrEnum):
    """Why the validation is called."""

    STARTED = "started"
    ANSWERED = "answered"
    RESUMED = "resumed"  # after a side question
    SILENT = "silent"  # the bot goes on by itself
    BACK = "back"  # the form that ran inside this one is over


class Form(DeskAction):
    """`validate_<form>`. Subclasses read, decide and ask; this class knows when."""

    form_name: ClassVar[str]
    started_by: ClassVar[str]
    also_started_by: ClassVar[frozenset[str]] = frozenset()
    # Which orders it is about, likeliest kind first; a form without `order_no` ignores it.
    orders: ClassVar[tuple[Fits, ...]] = (any_order,)
    # Its first message may name the goods of the order. `other_goods`: words before goods that
    # are not those.
    names_goods: ClassVar[bool] = False
    other_goods: ClassVar[re.Pattern[str] | None] = None
    # What falls when an answer is taken back.
    below: ClassVar[Mapping[str, Sequence[str]]] = {}

    @override
    def name(self) -> str:
        return f"validate_{self.form_name}"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        answers = Answers(turn.tracker.slots)
        call = how_called(turn, self.form_name)
        if call is Call.STARTED:
            await self._begin(turn, answers)
        elif call is Call.ANSWERED and not await self._hears(turn, answers):
            return await self._not_heard(turn, answers)
        elif call is Call.SILENT:
            for words in turn.heard:
                await self.overhear(turn.reworded(words), answers)
        elif call is Call.BACK and await was_just_called(turn.desk, turn.conversation_id):
            return answers.events(answers["requested_slot"])  # it waits: a person has the word
        self._say_that_it_goes_on(turn, answers, call)
        return await self._go_on(turn, answers, call)

    async def _begin(self, turn: Turn, answers: Answers) -> None:
        """A new filling. A form that was running waits until this one is over."""
        outer = interrupted_form(turn.tracker.events)
        if outer is not None and outer != self.form_name:
            frame = frame_of(outer, answers.as_slots(), turn.slots_of_form(outer))
            for name, value in pushed(frame, answers.as_slots()).items():
                answers.put(name, value)
        is_other = outer is not None or (turn.text and not _became_this(turn))
        wish = opening_of(turn, None if is_other else answers[WISH])
        await self.begin(turn, answers)
        answers.forget((STRANGE_GOODS,))
        if self.names_goods and not _became_this(turn):
            await note_strange_goods(turn, answers, self.other_goods)
        self._take_from_shelf(answers)
        answers.put("form_misses", 0)
        answers.put(INSTANCE, f"{turn.turn_id}.{self.form_name}")
        answers.put(WISH, wish)
        self._take_from_stack(answers)
        await self.read(turn, answers, None)
        await self._recall_wish(turn, answers)

    def _take_from_shelf(self, answers: Answers) -> None:
        kept, shelf = shelved(self.form_name, answers.as_slots())
        for name, value in kept.items():
            answers.put(name, value)
        if kept:
            answers.put("form_shelf", shelf)

    def _take_from_stack(self, answers: Answers) -> None:
        """Asked for again while it waits, the form goes on instead of waiting for itself."""
        frame, others = recalled(self.form_name, answers.as_slots())
        if frame is None:
            return
        for name, value in {**frame["slots"], STACK: others or None}.items():
            answers.put(name, value)
        answers.put(INSTANCE, frame["instance"])

    async def _hears(self, turn: Turn, answers: Answers) -> bool:
        asked = answers["requested_slot"]
        if self._is_for_others(turn, asked):
            return False
        heard = await self.correct(turn, answers, asked) or await self.read(turn, answers, asked)
        if asked in OPENS_THE_REST:
            heard = await self._hears_beside(turn, answers) or heard
        if heard:
            answers.put("form_misses", 0)
        return heard or self._is_own(turn.intent)

    async def _hears_beside(self, turn: Turn, answers: Answers) -> bool:
        """Said together with the choice of the goods, or before they were known."""
        told = bool(turn.text) and await self.overhear(turn, answers)
        await self._recall_wish(turn, answers)
        return told

    async def _recall_wish(self, turn: Turn, answers: Answers) -> None:
        """The sentence that began it all holds more once the order is known, or another form
        has taken over."""
        wish = answers[WISH]
        if wish is not None and wish["text"] != turn.text:
            await self.overhear(said_at_first(turn, wish), answers)

    def _is_own(self, intent: str | None) -> bool:
        return intent == self.started_by or intent in self.also_started_by

    def _is_for_others(self, turn: Turn, asked: str | None) -> bool:
        """A rule answers it, or another form begins; nothing of it is an answer to this one."""
        if self.is_answer(turn, asked):
            return False
        if turn.intent in NEVER_ANSWERS:
            return True
        if turn.intent in MAYBE_ANSWERS or self._is_own(turn.intent):
            return False
        if not turn.text:
            return True  # a button means exactly what it says
        if turn.intent in starters() and has_wish_words(turn):
            return True
        if self._is_same_matter(turn.intent):
            return False
        return is_new_wish(turn, asked, begins_form=turn.intent in starters())

    def _is_same_matter(self, intent: str | None) -> bool:
        """Two wishes that the state of the order tells apart, not the words."""
        is_presale = STAGES.get(self.started_by) == STAGES.get(str(intent)) == "presale"
        groups = (GIVING_BACK, CHANGING)
        return is_presale or any({intent, self.started_by} <= group for group in groups)

    async def _not_heard(self, turn: Turn, answers: Answers) -> list[Event]:
        if turn.intent not in MAYBE_ANSWERS and not self._tells_more(turn):
            return []
        if answers[RESUMED] == self.form_name:  # nobody has put the question again yet
            self._say_that_it_goes_on(turn, answers, Call.BACK)
            return await self._go_on(turn, answers, Call.BACK)
        return await self._missed(turn, answers)

    def _tells_more(self, turn: Turn) -> bool:
        """What is wrong with the goods, said while a remedy is under way, asks for no second one."""
        is_about_faults = turn.intent in REPORTS and self.form_name in HANDLES_FAULTS
        return is_about_faults and not has_wish_words(turn)

    def _say_that_it_goes_on(self, turn: Turn, answers: Answers, call: Call) -> None:
        if answers[RESUMED] != self.form_name:
            return
        answers.put(RESUMED, None)
        if call is not Call.ANSWERED:
            turn.say("utter_form_resumed", task=self.title(turn))

    async def _go_on(
        self, turn: Turn, answers: Answers, call: Call, *, ways_out: bool = False
    ) -> list[Event]:
        if call in {Call.RESUMED, Call.BACK}:
            turn = turn.unsaid()  # goods of a side question choose nothing here
        if await self._means_another(turn, answers):
            return answers.events(None)
        next_slot = await self.next_slot(turn, answers)
        if next_slot is not None and not (call is Call.RESUMED and was_handed_over(turn)):
            await self.ask(turn, answers, next_slot)
            if ways_out:
                turn.add_buttons(_ways_out(turn))
        return answers.events(next_slot)

    async def _means_another(self, turn: Turn, answers: Answers) -> bool:
        """The order is in a state in which the wish means another form; that one takes over."""
        if self.started_by not in BY_ORDER:
            return False
        order = (await choose(turn, answers, self.orders)).order
        if order is None:
            return False
        meant = meaning(self.started_by, await self.situation(turn, answers, order))
        form = starters().get(meant)
        if meant == self.started_by or form is None or _needs_item(meant, answers, order):
            return False
        turn.say(f"utter_means_{meant}")
        answers.put("order_no", order.order_no)
        answers.put(NEXT, form)
        return True

    async def situation(self, turn: Turn, answers: Answers, order: Order) -> Situation:
        """What decides between wishes that sound alike; `order`: the one that is meant."""
        return Situation(order.state, has_bought=True)

    async def _missed(self, turn: Turn, answers: Answers) -> list[Event]:
        misses = int(answers["form_misses"] or 0) + 1
        answers.put("form_misses", misses)
        if misses < MOST_MISSES:
            with_buttons = misses >= BUTTONS_AFTER
            turn.say("utter_pick_an_answer" if with_buttons else "utter_not_understood_here")
            return await self._go_on(turn, answers, Call.ANSWERED, ways_out=with_buttons)
        answers.put("form_misses", 0)
        await request_handoff(
            turn.desk,
            turn.conversation_id,
            HandoffReason.FORM_FAILED,
            wish=self._half_done(answers["requested_slot"]),
            key=turn.key(),
        )
        return answers.events(None)

    def title(self, turn: Turn) -> str:
        """What the customer is getting done, in words."""
        return self._title.of(turn.lang)

    @property
    def _title(self) -> Words:
        return Words(*READINGS.get(self.started_by, ("办理", "Your request")))

    def _half_done(self, asked: str | None) -> Words:
        zh, en = (fact_label(str(asked), lang) for lang in ("zh", "en"))
        return Words(f"{self._title.zh}（还差：{zh}）", f"{self._title.en} (open: {en})")

    async def correct(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        """Another order, a button that names an answer, or "not this but that" in free words."""
        if await self._correct_order(turn, answers, asked):
            return True
        correction = read_correction(turn.text) if turn.text else None
        if correction is None:
            return False
        known = known_of(self._own(turn), answers.as_slots())
        name = meant_answer(correction, turn.text, known, turn.lang)
        if name is None or name == asked:
            return False
        await self._put_right(turn, answers, name, correction)
        return True

    async def _correct_order(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        if "order_no" not in self._own(turn) or asked is None:
            return False
        if not await read_another_order(turn, answers, self.orders):
            return False
        self.forget_below(turn, answers, "order_no")
        return True

    async def _put_right(
        self, turn: Turn, answers: Answers, name: str, correction: Correction
    ) -> None:
        """The new words are read as the answer to that very question; if they are none, it is
        asked again."""
        old, kept = answers[name], correction.kept
        self.forget_below(turn, answers, name)
        piece = exchanged(old, correction) or amended(old, kept)
        answers.put(name, None)
        if piece is not None:
            answers.put(name, piece)
        elif kept:
            await self.read(turn.reworded(kept), answers, name)

    def forget_below(self, turn: Turn, answers: Answers, name: str) -> None:
        """No yes outlives a correction."""
        consents = [one for one in self._own(turn) if one.endswith("_confirmed")]
        answers.forget_old((*self.below.get(name, ()), *consents))

    def _own(self, turn: Turn) -> Sequence[str]:
        return turn.slots_of_form(self.form_name)

    def is_answer(self, turn: Turn, asked: str | None) -> bool:
        """Asked why, "I do not want it any more" is a reason and no wish to stop."""
        is_why = asked in {"reason", "cancel_reason"} and turn.intent == "restart_flow"
        return is_why and read_reason(turn.text) is not None and not LEAVING.search(turn.text)

    async def begin(self, turn: Turn, answers: Answers) -> None:
        """What a new filling does not take over from an earlier one."""

    @abstractmethod
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        """Takes what the message says into `answers`; False when it says nothing of use."""

    async def overhear(self, turn: Turn, answers: Answers) -> bool:
        """Takes what fits without doubt from words that answer no question, and what is open only.

        Words about another order or item are left alone.
        """
        known = answers.as_slots()
        heard = Answers(known)
        await self.read(turn.without_a_voice(), heard, None)
        if any(known.get(one) not in {None, heard[one]} for one in ("order_no", "order_item_id")):
            return False
        fresh = {name: value for name, value in heard.as_slots().items() if known.get(name) is None}
        found = {name: value for name, value in fresh.items() if value is not None}
        for name, value in found.items():
            answers.put(name, value)
        return bool(found)

    @abstractmethod
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        """What is still missing; None when the form is over, said why if it is not confirmed."""

    @abstractmethod
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        """Puts the question."""


def _needs_item(meant: str, answers: Answers, order: Order) -> bool:
    """Exchange or swap depends on the item; which one it is may be asked next."""
    of_item = {"request_exchange", "request_size_swap"}
    return meant in of_item and answers["order_item_id"] is None and len(order.lines) > 1


def starters() -> dict[str, str]:
    """Intents that begin a form, and the form."""
    found: dict[str, str] = {}
    open_ = list(Form.__subclasses__())
    while open_:
        kind = open_.pop()
        open_ += kind.__subclasses__()
        if hasattr(kind, "started_by"):
            found |= dict.fromkeys((kind.started_by, *kind.also_started_by), kind.form_name)
    return found


def _ways_out(turn: Turn) -> list[Button]:
    return [
        {"title": turn.words("转人工", "Talk to a person"), "payload": "/request_human"},
        {"title": turn.words("先不办了", "Leave it for now"), "payload": "/restart_flow"},
    ]


def how_called(turn: Turn, form_name: str) -> Call:
    if turn.is_silent:
        return Call.SILENT
    events = since_last_message(turn.tracker.events)
    if _is_back(turn, events, form_name):
        return Call.BACK
    if any(e.get("event") == "active_loop" and e.get("name") == form_name for e in events):
        return Call.STARTED
    if any(
        e.get("event") == "action_execution_rejected" and e.get("name") == form_name for e in events
    ):
        return Call.RESUMED
    return Call.ANSWERED


def _is_back(turn: Turn, events: list[Event], form_name: str) -> bool:
    """An action brought the form back in this very turn (actions/form_stack.py)."""
    names = [e.get("name") for e in events if e.get("event") == "active_loop"]
    return turn.slot(RESUMED) == form_name and bool(names) and names[-1] == form_name


def _became_this(turn: Turn) -> bool:
    """Another form ended in this very turn: the wish turned out to mean this one."""
    loops = [e for e in since_last_message(turn.tracker.events) if e.get("event") == "active_loop"]
    return any(one.get("name") is None for one in loops)


def was_handed_over(turn: Turn) -> bool:
    """A person was just called: the question waits, the customer has the word."""
    return any(
        e.get("event") == "action" and e.get("name") in HANDED_OVER
        for e in since_last_message(turn.tracker.events)
    )


def says_yes(turn: Turn, name: str = "confirmed") -> bool:
    return turn.entity(name) == "yes" or (turn.entity(name) is None and turn.intent == "affirm")


def says_no(turn: Turn, name: str = "confirmed") -> bool:
    return turn.entity(name) == "no" or (turn.entity(name) is None and turn.intent == "deny")
