"""Trading old things in: a short questionnaire for each, an estimate, then mode, pickup, and a yes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, override

from actions.answers import Answers
from actions.consent import consent_buttons, inform_button, read_consent
from actions.form import Form, says_no, says_yes
from actions.slot_reading import first_of, read_time, time_offers, window_in
from actions.summary import Line, show_summary
from actions.trade_in_words import read_age, read_category, read_looks, read_mode, read_works
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.money import yuan
from console.desk.product import Category
from console.desk.time_window import COURIER
from console.desk.trade_in import Age, Looks, Mode, OldItem
from console.desk.wording import local_time
from console.services.trade_in import TradeInWish, estimate_of, file_trade_in, taken
from console.storage.trade_in import item_json, item_of

ITEM_SLOTS = ("old_category", "old_model", "old_age", "old_works", "old_looks")
OWN_SLOTS = (
    *("trade_in_items", *ITEM_SLOTS, "more_items", "new_product"),
    *("trade_in_mode", "slot_window", "trade_in_confirmed"),
)
MOST_ITEMS = 5
_OPEN = "open"  # of `more_items`: an item is told, and the question is out
_READERS = {
    "old_category": (read_category, frozenset(Category)),
    "old_age": (read_age, frozenset(Age)),
    "old_looks": (read_looks, frozenset(Looks)),
    "old_works": (read_works, frozenset({"yes", "no"})),
    "trade_in_mode": (read_mode, frozenset(Mode)),
}
_FREE = ("old_model", "new_product")
_LONGEST = 80


class TradeInForm(Form):
    form_name = "trade_in_form"
    started_by = "ask_trade_in"
    below: ClassVar = {"old_category": ITEM_SLOTS[1:]}

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(OWN_SLOTS)

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        if asked is None:
            return _read_closed(turn, answers, "old_category", asked)
        if asked in _READERS:
            return _read_in_passing(turn, answers, asked)
        if asked in _FREE:
            return _read_free(turn, answers, asked)
        if asked == "more_items":
            return _read_more(turn, answers)
        if read_time(turn, answers, COURIER, asked):
            answers.put("trade_in_confirmed", None)
            return True
        return read_consent(turn, answers, asked, "trade_in_confirmed")

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["trade_in_confirmed"] is False:
            return None
        missing = await self._of_items(turn, answers)
        if missing != "":
            return missing
        if not turn.is_verified:
            turn.say("utter_trade_in_sign_in", **await _worth(turn, answers))
            return None
        for slot in ("new_product", "trade_in_mode"):
            if answers[slot] is None:
                return slot
        if window_in(turn, answers["slot_window"], COURIER) is None:
            answers.forget(("slot_window",))
            return "slot_window"
        return None if answers["trade_in_confirmed"] is True else "trade_in_confirmed"

    async def _of_items(self, turn: Turn, answers: Answers) -> str | None:
        """The next question about old things; empty when all are told; None ends the form."""
        if answers["more_items"] is not None:
            return "" if answers["more_items"] == "no" else "more_items"
        category = answers["old_category"]
        if category is not None and not await taken(turn.desk, Category(category)):
            turn.say("utter_trade_in_not_taken")
            answers.forget(("old_category",))
            return "old_category"
        missing = next((slot for slot in ITEM_SLOTS if answers[slot] is None), None)
        if missing is not None:
            return missing
        items = [*(answers["trade_in_items"] or []), item_json(_item(answers))]
        answers.put("trade_in_items", items)
        answers.forget(ITEM_SLOTS)
        is_full = len(items) >= MOST_ITEMS
        answers.put("more_items", "no" if is_full else _OPEN)
        return "" if is_full else "more_items"

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        match slot:
            case "slot_window":
                turn.say("utter_question_trade_in_pickup", time_offers(turn, COURIER))
            case "more_items":
                turn.say("utter_question_more_items", **await _worth(turn, answers))
            case "new_product":
                none = inform_button(turn.words("还没选好", "Not chosen yet"), new_product="-")
                turn.say("utter_question_new_product", [none])
            case "trade_in_confirmed":
                await _ask_to_confirm(turn, answers)
            case _:
                turn.say(f"utter_question_{slot}")


def _read_closed(turn: Turn, answers: Answers, slot: str, asked: str | None) -> bool:
    reader, known = _READERS[slot]
    pressed = turn.entity(slot)
    value = str(pressed) if pressed is not None else reader(turn.text)
    if value is None and slot == "old_works" and asked == slot:
        value = "yes" if says_yes(turn, slot) else "no" if says_no(turn, slot) else None
    if value is None or value not in known:
        return False
    answers.put(slot, value)
    return True


def _read_in_passing(turn: Turn, answers: Answers, asked: str) -> bool:
    """The answer to the question, and those to the next ones that the message holds as well."""
    others = [one for one in ("old_age", "old_works", "old_looks") if asked in ITEM_SLOTS[1:]]
    heard = _read_closed(turn, answers, asked, asked)
    for slot in others:
        if slot != asked and answers[slot] is None and turn.text:
            heard = _read_closed(turn, answers, slot, asked) or heard
    return heard


def _read_free(turn: Turn, answers: Answers, slot: str) -> bool:
    """Brand and model, the new thing: any words; nothing depends on them but the check."""
    said = str(turn.entity(slot) or turn.text).strip()[:_LONGEST]
    if turn.intent == "deny" and slot == "new_product":
        said = "-"
    if said:
        answers.put(slot, said)
    return bool(said)


def _read_more(turn: Turn, answers: Answers) -> bool:
    category = read_category(turn.text)
    if turn.entity("more_items") == "no" or (says_no(turn, "more_items") and not category):
        answers.put("more_items", "no")
        return True
    if category is not None:
        answers.put("old_category", category)
        answers.put("more_items", None)
        return True
    if says_yes(turn, "more_items"):
        answers.put("more_items", None)
        return True
    return False


def _item(answers: Answers) -> OldItem:
    return OldItem(
        category=Category(answers["old_category"]),
        model=str(answers["old_model"]),
        age=Age(answers["old_age"]),
        works=answers["old_works"] == "yes",
        looks=Looks(answers["old_looks"]),
    )


def _items(slots: Answers | Mapping[str, Any]) -> tuple[OldItem, ...]:
    return tuple(item_of(one) for one in slots["trade_in_items"] or ())


async def _worth(turn: Turn, answers: Answers) -> dict[str, Any]:
    items = _items(answers)
    worth = await estimate_of(turn.desk, items)
    valid = await turn.span("trade_in.valid_hours")
    money = {"low": yuan(worth.low_fen), "high": yuan(worth.high_fen)}
    return {"count": len(items), **money, "valid": valid}


async def _ask_to_confirm(turn: Turn, answers: Answers) -> None:
    window = window_in(turn, answers["slot_window"], COURIER)
    yes, no = turn.words("确认预约", "Book it"), turn.words("先不换", "Not now")
    worth = await _worth(turn, answers)
    new_product = str(answers["new_product"])
    lines = [
        Line("old_things", turn.words("、", ", ").join(one.model for one in _items(answers))),
        Line("worth", turn.words("{low}-{high} 元", "¥{low}-{high}").format(**worth)),
        Line("new_product", "" if new_product == "-" else new_product),
        Line("paid_how", _mode(turn, str(answers["trade_in_mode"]))),
        Line("slot_window", window.label(turn.lang) if window else ""),
    ]
    note = turn.words(
        "请先备份并清除数据、退出账号。", "Please back up, erase your data and sign out first."
    )
    buttons = consent_buttons("trade_in_confirmed", yes, no)
    show_summary(turn, turn.words("以旧换新", "A trade-in"), lines, buttons, note)


def _mode(turn: Turn, mode: str) -> str:
    if mode == Mode.AT_ONCE:
        return turn.words(
            "下单时直接抵扣，检测后多退少补", "taken off at once, settled after the check"
        )
    return turn.words("先付全款，检测后打款", "you pay in full, the money follows the check")


class SubmitTradeIn(DeskAction):
    """Runs when the form is over; without a yes nothing is filed."""

    action_name = "action_submit_trade_in"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        cleared = remember(**dict.fromkeys(OWN_SLOTS))
        if turn.slot("trade_in_confirmed") is False:
            turn.say("utter_trade_in_not_filed")
        if turn.slot("trade_in_confirmed") is not True:
            return cleared
        window = window_in(turn, turn.slot("slot_window"), COURIER)
        if window is None:  # it became too near between the question and the yes
            turn.say("utter_slot_too_soon", first=first_of(turn, COURIER))
            return cleared
        slots = turn.tracker.slots
        new_product = str(slots["new_product"])
        wish = TradeInWish(
            items=_items(slots),
            mode=Mode(slots["trade_in_mode"]),
            pickup=window,
            pickup_label=window.label(turn.lang),
            new_product="" if new_product == "-" else new_product,
        )
        filed = await file_trade_in(turn.desk, turn.conversation_id, wish, key=turn.key())
        turn.say(
            "utter_trade_in_filed",
            trade_in_no=filed.trade_in_no,
            when=filed.pickup_label,
            low=yuan(filed.low_fen),
            high=yuan(filed.high_fen),
            until=local_time(turn.lang, filed.valid_until),
        )
        return [*cleared, *remember(last_task="query_trade_in_progress")]
