"""Hearing about an order: which one, what of it, and a yes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import override

from actions.consent import consent_buttons, inform_button, read_consent
from actions.form import Answers, Form
from actions.order import is_running
from actions.order_answer import choose, read_order
from actions.order_choice import Outcome, any_order, ask_which, explain
from actions.summary import Line, show_summary
from actions.tracking import say_state
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.card import order_title
from console.desk.order import Order
from console.desk.order_watch import (
    EVERY_EVENT,
    WatchEvent,
    events_in,
    is_over,
    still_to_come,
    wants_a_call,
)
from console.gateways.shop_orders import ChangeState
from console.services.order import find_order
from console.services.order_change import leave_note
from console.services.order_watch import stop_order_watch, subscribe_order_watch

OWN_SLOTS = ("watch_events", "watch_call", "watch_off", "watch_confirmed")
_NAMES = {
    WatchEvent.SHIPPED: ("发货", "it ships"),
    WatchEvent.DELIVERING: ("开始派送", "it is out for delivery"),
    WatchEvent.SIGNED: ("签收", "it is delivered"),
}


class WatchForm(Form):
    form_name = "watch_form"
    started_by = "subscribe_order_watch"
    orders = (is_running, any_order)

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(OWN_SLOTS)

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        if (off := turn.entity("watch_off")) is not None:
            answers.put("watch_off", str(off))
            return True
        heard = [
            await read_order(turn, answers, asked, self.orders),
            _read_events(turn, answers, asked),
        ]
        if any(heard):
            answers.forget(["watch_confirmed"])
            return True
        return read_consent(turn, answers, asked, "watch_confirmed")

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["watch_off"] is not None or answers["watch_confirmed"] is False:
            return None
        choice = await choose(turn, answers, self.orders)
        if choice.outcome is Outcome.SEVERAL:
            return "order_no"
        if choice.order is None:
            answers.forget(("watch_events",))
            await explain(turn, choice, self.started_by, "utter_no_orders")
            return None
        answers.put("order_no", choice.order.order_no)
        if is_over(choice.order.state):
            answers.forget(("watch_events",))
            say_state(turn, choice.order)
            return None
        if answers["watch_events"] is None:
            return "watch_events"
        return _consent_to(answers, choice.order)

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        choice = await choose(turn, answers, self.orders)
        if slot == "order_no":
            await ask_which(turn, choice, self.started_by)
        elif choice.order is not None and slot == "watch_confirmed":
            _ask_to_confirm(turn, answers, choice.order)
        elif choice.order is not None:
            turn.say("utter_question_watch_events", _offers(turn, choice.order))


def _coming(answers: Answers, order: Order) -> tuple[WatchEvent, ...]:
    wanted = [WatchEvent(str(one)) for one in answers["watch_events"] or ()]
    return still_to_come(wanted, order.state)


def _consent_to(answers: Answers, order: Order) -> str | None:
    """What has happened already needs no yes; it is said so."""
    is_settled = answers["watch_confirmed"] is True or not _coming(answers, order)
    return None if is_settled else "watch_confirmed"


def _ask_to_confirm(turn: Turn, answers: Answers, order: Order) -> None:
    yes, no = turn.words("对，提醒我", "Yes, tell me"), turn.words("先不用", "Not now")
    lines = [
        Line("order_no", order.order_no),
        Line("order_item_id", order_title(order, turn.lang)),
        Line("watched", _in_words(turn, _coming(answers, order))),
    ]
    heading = turn.words("订单提醒", "News about your order")
    show_summary(turn, heading, lines, consent_buttons("watch_confirmed", yes, no))


def _in_words(turn: Turn, events: Iterable[WatchEvent]) -> str:
    return turn.words("、", ", ").join(_NAMES[one][turn.lang == "en"] for one in events)


def _offers(turn: Turn, order: Order) -> list[Button]:
    """Only what has not happened yet."""
    coming = still_to_come(EVERY_EVENT, order.state)
    buttons = [
        inform_button(
            turn.words(f"{_NAMES[one][0]}时", f"When {_NAMES[one][1]}"), watch_events=str(one)
        )
        for one in coming
    ]
    every = inform_button(turn.words("每一步都提醒", "Every step"), watch_events="every")
    return [*buttons, every] if len(coming) > 1 else buttons


def _read_events(turn: Turn, answers: Answers, asked: str | None) -> bool:
    said = turn.entity("watch_events")
    events = events_in(turn.text)
    if said is not None:
        events = EVERY_EVENT if said == "every" else (WatchEvent(str(said)),)
    if wants_a_call(turn.text):
        answers.put("watch_call", turn.text[:120])
        events = events or (WatchEvent.DELIVERING,)
    if asked == "watch_events" and not events and turn.intent == "affirm":
        events = EVERY_EVENT
    if events:
        answers.put("watch_events", [str(one) for one in events])
    return bool(events)


class SubmitWatch(DeskAction):
    """Runs when the form is over."""

    action_name = "action_submit_watch"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        order_no, events = turn.slot("order_no"), turn.slot("watch_events")
        cleared = remember(**dict.fromkeys(OWN_SLOTS))
        if (off := turn.slot("watch_off")) is not None:
            was_on = await stop_order_watch(turn.desk, turn.conversation_id, str(off))
            turn.say("utter_watch_off" if was_on else "utter_watch_none")
            return cleared
        if turn.slot("watch_confirmed") is False:
            turn.say("utter_watch_kept")
            return cleared
        if not order_no or not events or not await _may_be_filed(turn, str(order_no)):
            return cleared
        await _subscribe(turn, str(order_no), [WatchEvent(one) for one in events])
        return [*cleared, *remember(last_task="track_logistics")]


async def _may_be_filed(turn: Turn, order_no: str) -> bool:
    """After a clear yes; that all of it has happened already is told without one."""
    if turn.slot("watch_confirmed") is True:
        return True
    order = await find_order(turn.desk, turn.conversation_id, order_no)
    return order is not None and not _coming(Answers(turn.tracker.slots), order)


async def _subscribe(turn: Turn, order_no: str, events: list[WatchEvent]) -> None:
    receipt = await subscribe_order_watch(
        turn.desk, turn.conversation_id, order_no, events, key=turn.key()
    )
    if turn.slot("watch_call") is not None:
        await _ask_for_a_call(turn, order_no)
    if receipt.watch is None:
        turn.say("utter_watch_too_late")
        say_state(turn, receipt.order)
        return
    what = _in_words(turn, receipt.watch.events)
    title = turn.words("不用提醒了", "No reminder after all")
    payload = f'/subscribe_order_watch{{"watch_off": "{order_no}"}}'
    button = {"title": title, "payload": payload}
    turn.say("utter_watch_on", [button], title=order_title(receipt.order, turn.lang), events=what)


async def _ask_for_a_call(turn: Turn, order_no: str) -> None:
    text = str(turn.slot("watch_call"))
    state = await leave_note(turn.desk, turn.conversation_id, order_no, text, key=turn.key())
    if state is ChangeState.DONE:
        turn.say("utter_watch_call_noted")
