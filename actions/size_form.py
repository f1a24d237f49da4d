"""Which size: asks only what the item's own table goes by, and how it should sit when between two."""

from __future__ import annotations

import re
from typing import override

from actions.answers import Answers
from actions.consent import inform_button
from actions.form import Form
from actions.product_choice import title_of
from actions.product_slot import ask_product, product_of, read_product
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.policy import Subject
from console.desk.product import Category, Product
from console.desk.product_sheet import Measure, SizeTable
from console.desk.size_advice import Confidence, Fit, SizeAdvice, advise, is_possible
from console.desk.stock import availability
from console.services.product import product, product_view, stock_levels
from console.services.return_terms import terms_of_product
from console.storage.policy import policy_book

OWN_SLOTS = ("height", "weight", "usual_size", "fit_wish")
_BARE = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{1,2})?)(?![\d.])")
_OTHER_UNIT = {
    Measure.HEIGHT: re.compile(r"(?<!\d)\d+(?:\.\d+)?\s*(?:公?斤|千克|kg|kilo)", re.IGNORECASE),
    Measure.WEIGHT: re.compile(r"(?<!\d)\d+(?:\.\d+)?\s*(?:cm|厘米|公分|米)", re.IGNORECASE),
    Measure.USUAL_SIZE: re.compile(r"(?<!\d)\d+(?:\.\d+)?\s*(?:公?斤|kg|cm|厘米)", re.IGNORECASE),
}
_PASSING_HEIGHT = re.compile(
    r"(?<![\d.])(1[4-9]\d)(?![\d.]|\s?(?:公?斤|kg|元|块|g\b))", re.IGNORECASE
)
_MOST_METRES = 2.5  # below it a height is in metres
_IN_JIN = re.compile(r"斤(?!.*公斤)")
_MOST_KG_OF_A_BARE_NUMBER = 90  # above it people mean 斤
_CLOSE = re.compile(r"合身|修身|紧|贴身|收|close|tight|slim|snug|fitted", re.IGNORECASE)
_LOOSE = re.compile(r"宽松|松|大一点|大点|舒服|肥|loose|roomy|relaxed|comfort|baggy", re.IGNORECASE)


class SizeForm(Form):
    form_name = "size_form"
    started_by = "ask_size_advice"

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(["fit_wish"])

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        heard = [
            await read_product(turn, answers, asked),
            _read_measure(turn, answers, asked, Measure.HEIGHT),
            _read_measure(turn, answers, asked, Measure.WEIGHT),
            _read_measure(turn, answers, asked, Measure.USUAL_SIZE),
            _read_fit(turn, answers, asked),
        ]
        return any(heard)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        found = await product_of(turn, answers)
        if found is None:
            return "product_id"
        table = (await product_view(turn.desk, found)).sheet.size_table
        if table is None:
            turn.say("utter_no_size_table", title=title_of(turn, found))
            return None
        missing = next((one for one in table.measures if answers[one] is None), None)
        if missing is not None:
            return str(missing)
        advice = advice_of(table, answers.as_slots())
        return "fit_wish" if advice.needs_wish else None

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "product_id":
            await ask_product(turn, answers, self.started_by)
        elif slot == "fit_wish":
            await _ask_fit(turn, answers)
        else:
            found = await product_of(turn, answers)
            is_baby = found is not None and found.category is Category.BABY_CONSUMABLES
            of_baby = "_of_baby" if slot == Measure.WEIGHT and is_baby else ""
            turn.say(f"utter_question_size_{slot}{of_baby}")


def _read_measure(turn: Turn, answers: Answers, asked: str | None, measure: Measure) -> bool:
    name = "size" if measure is Measure.USUAL_SIZE else str(measure)
    value = _number(turn.entity(name))
    if value is None and asked == measure:
        value = _bare_number(turn, measure)
    if value is None and asked is None and measure is Measure.HEIGHT:
        value = _height_in_passing(turn)
    if value is None or not is_possible(measure, value):
        return False
    answers.put(str(measure), value)
    return True


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def _bare_number(turn: Turn, measure: Measure) -> float | None:
    """Without a unit that says something else: "110斤" is no height, "165cm" no weight.

    Asked for kilograms people say 斤: by name, or with a number no person weighs.
    """
    found = _OTHER_UNIT[measure].sub(" ", turn.text)
    number = _BARE.search(found)
    if number is None:
        return None
    value = float(number[1])
    if measure is Measure.HEIGHT and value < _MOST_METRES:
        return round(value * 100)
    is_in_jin = _IN_JIN.search(turn.text) is not None or value > _MOST_KG_OF_A_BARE_NUMBER
    return value / 2 if measure is Measure.WEIGHT and is_in_jin else value


def _height_in_passing(turn: Turn) -> float | None:
    """ "165穿什么码": nothing else about a person is a number like that."""
    found = _PASSING_HEIGHT.search(turn.text)
    return float(found[1]) if found else None


def _read_fit(turn: Turn, answers: Answers, asked: str | None) -> bool:
    pressed = turn.entity("fit_wish")
    if pressed in set(Fit):
        answers.put("fit_wish", pressed)
        return True
    for fit, words in ((Fit.LOOSE, _LOOSE), (Fit.CLOSE, _CLOSE)):
        if words.search(turn.text):
            answers.put("fit_wish", fit.value)
            return True
    return False


def advice_of(table: SizeTable, slots: dict[str, object]) -> SizeAdvice:
    measures = {one: float(str(slots[one])) for one in table.measures}
    wish = slots.get("fit_wish")
    return advise(table, measures, Fit(str(wish)) if wish in set(Fit) else None)


async def _ask_fit(turn: Turn, answers: Answers) -> None:
    found = await product_of(turn, answers)
    table = (await product_view(turn.desk, found)).sheet.size_table if found else None
    if table is None:
        return
    smaller, larger = advice_of(table, answers.as_slots()).between
    buttons = [
        inform_button(turn.words("合身一点", "A close fit"), fit_wish=Fit.CLOSE.value),
        inform_button(turn.words("宽松一点", "A loose fit"), fit_wish=Fit.LOOSE.value),
    ]
    turn.say("utter_question_fit_wish", buttons, smaller=smaller, larger=larger)


class SubmitSize(DeskAction):
    action_name = "action_submit_size"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        found = await product(turn.desk, str(turn.slot("product_id") or ""))
        table = (await product_view(turn.desk, found)).sheet.size_table if found else None
        is_complete = table is not None and all(
            turn.slot(str(one)) is not None for one in table.measures
        )
        if found is None or table is None or not is_complete:
            return remember(fit_wish=None)
        advice = advice_of(table, dict(turn.tracker.slots))
        if advice.size is None:
            turn.say("utter_no_size_fits", title=title_of(turn, found), sizes=_sizes(table))
        else:
            await _tell(turn, found, table, advice, advice.size)
        return remember(fit_wish=None, last_task="ask_size_advice")


def _sizes(table: SizeTable) -> str:
    return " / ".join(row.size for row in table.rows)


_SAID = {
    Confidence.HIGH: "utter_size_sure",
    Confidence.MEDIUM: "utter_size_by_wish",
    Confidence.LOW: "utter_size_unsure",
}


async def _tell(
    turn: Turn, found: Product, table: SizeTable, advice: SizeAdvice, size: str
) -> None:
    note = table.note.of(turn.lang) if table.note else ""
    turn.say(
        _SAID[advice.confidence or Confidence.LOW],
        title=title_of(turn, found),
        size=size,
        between=" / ".join(advice.between),
        note=turn.words(f"{note}。", f" {note}.") if note else "",
    )
    levels = await stock_levels(turn.desk, found)
    available = availability(levels, [size])
    if available.is_known_variant and not available.is_in_stock:
        turn.say("utter_size_sold_out", size=size)
    await _tell_swap(turn, found)


async def _tell_swap(turn: Turn, found: Product) -> None:
    """Only what the policy in force really gives."""
    now = turn.desk.clock.now()
    book = await turn.desk.database.read(policy_book)
    subject = Subject.of(found)
    if book.is_on("size_swap.offered", now, subject):
        turn.say("utter_size_swap_offered")
    elif book.is_on("return.freight_is_free", now, subject):
        terms = await terms_of_product(turn.desk, found, turn.lang)
        turn.say("utter_size_return_free", [], **terms)
