"""Changing where an order goes: free before picking, by the courier on its way, else stopped."""

from __future__ import annotations

from typing import override

from actions.address_words import (
    read_address,
    read_field,
    read_note,
    read_phone,
    read_receiver,
)
from actions.cancel_result import cancel_button
from actions.consent import consent_buttons, inform_button, read_consent
from actions.form import Answers, Form
from actions.order import is_running
from actions.order_answer import ask_order, read_order, settle_order
from actions.order_choice import any_order
from actions.order_note import leave_order_note
from actions.summary import Line, show_summary
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.card import order_title
from console.desk.masking import mask_address, mask_name, mask_phone
from console.desk.order import SHIPPED, Order
from console.desk.order_change import ChangeWay, city_of, decide_address_change
from console.desk.wording import local_time
from console.gateways.shop_orders import ChangeState, Receiver
from console.services import order as orders_service
from console.services.order_change import ReceiverChange, change_receiver

OWN_SLOTS = (
    "address_field",
    "new_address",
    "new_phone",
    "new_receiver",
    "order_note",
    "address_confirmed",
)
_FIELDS = (
    ("new_address", "改地址", "The address"),
    ("new_phone", "改电话", "The phone"),
    ("new_receiver", "改收件人", "The receiver"),
    ("order_note", "放代收点或门卫", "Where to leave it"),
)


class AddressForm(Form):
    form_name = "address_form"
    started_by = "change_address"
    orders = (is_running, any_order)

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(OWN_SLOTS)

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        is_free_text = asked in {"new_address", "order_note"}
        heard = [
            not is_free_text and await read_order(turn, answers, asked, self.orders),
            asked != "new_address" and read_phone(turn, answers, asked),
            read_address(turn, answers, asked, await _present(turn, answers)),
            read_receiver(turn, answers, asked),
            read_field(turn, answers, asked),
            read_note(turn, answers, asked),
            read_consent(turn, answers, asked, "address_confirmed"),
        ]
        return any(heard)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["address_confirmed"] is False:
            return None
        settled = await settle_order(turn, answers, self.orders, self.started_by, "utter_no_orders")
        if settled.order is None:
            return settled.ask
        if not _may_change(turn, settled.order, answers):
            return None
        field = answers["address_field"]
        if field is None:
            return "address_field"
        missing = field if answers[str(field)] is None else "address_confirmed"
        return str(missing) if answers["address_confirmed"] is None else None

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "order_no":
            await ask_order(turn, answers, self.orders, self.started_by)
        elif slot == "address_field":
            buttons = [
                inform_button(turn.words(zh, en), address_field=name) for name, zh, en in _FIELDS
            ]
            turn.say("utter_question_address_field", buttons)
        elif slot == "address_confirmed":
            await _ask_to_confirm(turn, answers)
        else:
            turn.say(f"utter_question_{slot}")


async def _present(turn: Turn, answers: Answers) -> str:
    order = await _order(turn, answers["order_no"])
    return order.receiver_address if order else ""


async def _order(turn: Turn, order_no: object) -> Order | None:
    if not order_no or not turn.is_verified:
        return None
    return await orders_service.find_order(turn.desk, turn.conversation_id, str(order_no))


def _may_change(turn: Turn, order: Order, answers: Answers) -> bool:
    """False when nothing can be done in this way; the customer hears what can be done instead."""
    new = answers["new_address"]
    way = decide_address_change(order, city_of(str(new)) if new else None).way
    if way is ChangeWay.TOO_LATE:
        turn.say("utter_address_signed")
    elif way is ChangeWay.ENDED:
        turn.say(f"utter_status_{order.state}")
    elif way is ChangeWay.STOP_AND_REORDER:
        turn.say("utter_address_other_city", [cancel_button(turn, order)])
    return way in {ChangeWay.FREE, ChangeWay.ASK_COURIER}


async def _ask_to_confirm(turn: Turn, answers: Answers) -> None:
    """What the customer typed is read back; what the order had before is masked."""
    order = await _order(turn, answers["order_no"])
    if order is None:
        return
    field = str(answers["address_field"])
    before = {
        "new_address": mask_address(order.receiver_address),
        "new_phone": mask_phone(order.receiver_phone),
        "new_receiver": mask_name(order.receiver_name),
    }.get(field, "")
    buttons = consent_buttons(
        "address_confirmed", turn.words("确认修改", "Change it"), turn.words("先不改", "Leave it")
    )
    lines = [
        Line("order_no", order.order_no),
        Line("order_item_id", order_title(order, turn.lang)),
        Line("before", before),
        Line(field, str(answers[field])),
    ]
    is_asked = order.state in SHIPPED and field != "order_note"
    show_summary(turn, _heading(turn, field), lines, buttons, _courier(turn) if is_asked else "")


def _heading(turn: Turn, field: str) -> str:
    return next(turn.words(zh, en) for name, zh, en in _FIELDS if name == field)


def _courier(turn: Turn) -> str:
    return turn.words(
        "这单已经在路上，要请快递员改，会晚 1-2 天。",
        "This order is on its way, so the courier has to change it; that takes a day or two longer.",
    )


class SubmitAddress(DeskAction):
    """Runs when the form is over; without a yes nothing is changed."""

    action_name = "action_submit_address"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        confirmed, order_no = turn.slot("address_confirmed"), turn.slot("order_no")
        cleared = remember(**dict.fromkeys(OWN_SLOTS))
        if confirmed is False:
            turn.say("utter_address_kept")
        if confirmed is not True or not order_no:
            return cleared
        if turn.slot("address_field") == "order_note":
            await leave_order_note(turn, str(order_no))
        else:
            await _change(turn, str(order_no))
        return [*cleared, *remember(last_task="confirm_order_info")]


async def _change(turn: Turn, order_no: str) -> None:
    field = str(turn.slot("address_field"))
    receiver = Receiver(
        **{field.removeprefix("new_").replace("receiver", "name"): str(turn.slot(field))}
    )
    changed = await change_receiver(
        turn.desk, turn.conversation_id, order_no, receiver, key=turn.key()
    )
    _say_change(turn, changed)


def _say_change(turn: Turn, changed: ReceiverChange) -> None:
    opened = changed.work_order
    if opened is not None:
        due = local_time(turn.lang, opened.due_at) if opened.due_at else ""
        turn.say("utter_address_asked", work_order_no=opened.work_order_no, due=due)
    elif changed.state is ChangeState.DONE:
        turn.say("utter_address_changed")
    else:
        turn.say("utter_address_too_late")
