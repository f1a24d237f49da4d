"""Answers outside a form: they belong to what was talked about last, or to nothing.

`last_task` is the intent whose answer came last. Tasks are called here and not by a follow-up
action: no rule would end such a turn.
"""

from __future__ import annotations

from typing import override

from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from actions.cancel_result import AnswerCancelResult, ExplainCancelled
from actions.closed_list import read_ordinal
from actions.confirm_order import ConfirmOrderInfo
from actions.fallback import picture_outside_a_form
from actions.handoff import OFFER, hand_over
from actions.invoice_query import ShowInvoices
from actions.order import AnswerArrival, AnswerUrge, ShowOrder, TrackParcels
from actions.order_choice import Choice, Outcome, ask_which, choose_order
from actions.own_goods import named_own_products
from actions.payment import ExplainDouble, ExplainPayment
from actions.price_protection import ClaimPriceProtection
from actions.product import SearchProducts
from actions.product_task import PRODUCT_TASKS, says_more
from actions.refuse import AnswerRefusal
from actions.return_request import ShowRefunds
from actions.stalled import CheckStalled
from actions.troubleshooting import INTENT as GUIDE
from actions.troubleshooting import OFFER_REPAIR, go_on, says_it_works
from actions.turn import DeskAction, Event, Turn, remember
from actions.warranty import AnswerWarranty
from console.desk.handoff import HandoffReason
from console.services.shown_orders import shown_orders

_TASKS: dict[str, type[DeskAction]] = {
    "query_order_status": ShowOrder,
    "track_logistics": TrackParcels,
    "ask_arrival_time": AnswerArrival,
    "urge_delivery": AnswerUrge,
    "logistics_stalled": CheckStalled,
    "payment_problem": ExplainPayment,
    "duplicate_order_or_charge": ExplainDouble,
    "query_invoice": ShowInvoices,
    "query_cancel_result": AnswerCancelResult,
    "order_cancelled_unexpectedly": ExplainCancelled,
    "confirm_order_info": ConfirmOrderInfo,
    "refuse_delivery": AnswerRefusal,
    "apply_price_protect": ClaimPriceProtection,
    "query_refund_progress": ShowRefunds,
    "query_warranty": AnswerWarranty,
}
_YES_STARTS = {"ask_return_policy": "return_form", OFFER_REPAIR: "repair_form"}


class UseInformation(DeskAction):
    """An order number or a proof goes to the last task; a picture is kept."""

    action_name = "action_use_information"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.pictures:
            return picture_outside_a_form(turn)
        task = str(turn.slot("last_task") or "")
        if task == GUIDE and turn.slot("guide"):
            return await go_on(turn, works=says_it_works(turn.text))
        if task in PRODUCT_TASKS and says_more(turn):
            return await PRODUCT_TASKS[task](turn.desk).act(turn)
        if task == "search_product":
            return await SearchProducts(turn.desk).act(turn)
        if task in _TASKS and await _says_which(turn):
            return await _TASKS[task](turn.desk).act(turn)
        if task in _TASKS and (number := await _pointed_at(turn)) is not None:
            entity = {"entity": "order_no", "value": number}
            return await _TASKS[task](turn.desk).act(turn.recalling("", task, [entity]))
        turn.say("utter_what_about_it")
        return []


async def _says_which(turn: Turn) -> bool:
    """An order, goods of one, or a proof that the visitor has bought."""
    if turn.entity("order_no") or not turn.is_verified:
        return True
    return bool(await named_own_products(turn))


async def _pointed_at(turn: Turn) -> str | None:
    """ "The second one" of the orders that were shown."""
    at = read_ordinal(turn.text)
    if at is None:
        return None
    shown = await shown_orders(turn.desk, turn.conversation_id)
    return shown[at] if at < len(shown) else None


class CorrectInformation(DeskAction):
    """The other order: named, or picked from those that are left."""

    action_name = "action_correct_information"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        task = str(turn.slot("last_task") or "")
        if task not in _TASKS or not turn.is_verified:
            turn.say("utter_what_about_it")
            return []
        if turn.entity("order_no"):
            return await _TASKS[task](turn.desk).act(turn)
        rejected = turn.slot("order_no")
        choice = await choose_order(turn, not_this=str(rejected) if rejected else None)
        others = [choice.order] if choice.order else choice.candidates
        if others and choice.outcome in {Outcome.FOUND, Outcome.SEVERAL}:
            await ask_which(turn, Choice(Outcome.SEVERAL, candidates=others), task)
        else:
            turn.say("utter_what_about_it")
        return []


class Confirm(DeskAction):
    action_name = "action_confirm"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.slot("last_task") == OFFER:
            await hand_over(turn, HandoffReason.WISH)
            return remember(last_task=None)
        if turn.slot("last_task") == GUIDE and turn.slot("guide"):
            return await go_on(turn, works=True)
        form = _YES_STARTS.get(str(turn.slot("last_task")))
        if form is not None:
            return [*remember(last_task=None), FollowupAction(form)]
        turn.say("utter_ok")
        return []


class Decline(DeskAction):
    """ "None of these" below the readings counts as the second miss: a menu and a person."""

    action_name = "action_decline"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.entity("choice") == "none":
            turn.say("utter_offer_person")
            return remember(last_task=OFFER)
        if turn.slot("last_task") == GUIDE and turn.slot("guide"):
            return await go_on(turn, works=False)
        turn.say("utter_ok")
        return remember(last_task=None)


class LeaveTask(DeskAction):
    """Leaves a form; its answers stay known."""

    action_name = "action_leave_task"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if not (turn.tracker.active_loop or {}).get("name"):
            turn.say("utter_nothing_running")
            return []
        turn.say("utter_task_left")
        return [ActiveLoop(None), SlotSet("requested_slot", None)]
