"""Carrying out a change that was confirmed; without a yes nothing happens."""

from __future__ import annotations

from typing import override

from actions.rma_change import OWN_SLOTS, REFUSED
from actions.rma_change_kind import chosen_variant
from actions.rma_change_words import Field
from actions.slot_reading import first_of, window_in
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.after_sale import (
    AfterSaleKind,
    AfterSaleRequest,
    AfterSaleState,
    ReturnReason,
)
from console.desk.errors import Conflict
from console.desk.goods import OutOfStock
from console.desk.money import yuan
from console.desk.reason_text import return_reason
from console.desk.time_window import COURIER
from console.services.after_sale_change import ChangeRefused
from console.services.after_sale_wish import change_reason, withdraw
from console.services.audit_time import audit_hours
from console.services.exchange import replacement
from console.services.kind_change import change_kind, variants_instead
from console.services.pickup_change import change_pickup, ship_alone

DONE = "query_after_sale_progress"


class SubmitChange(DeskAction):
    action_name = "action_submit_change"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        confirmed, rma_no = turn.slot("change_confirmed"), turn.slot("rma_no")
        cleared = remember(**dict.fromkeys(OWN_SLOTS))
        if confirmed is False:
            turn.say("utter_change_kept")
        if confirmed is not True or not rma_no:
            return cleared
        try:
            await _carry_out(turn, Field(turn.slot("change_field")), str(rma_no))
        except ChangeRefused as refused:
            _say_refused(turn, str(rma_no), refused)
        except Conflict:
            turn.say("utter_change_came_too_late", rma_no=rma_no)
        return [*cleared, *remember(last_task=DONE)]


async def _carry_out(turn: Turn, field: Field, rma_no: str) -> None:
    desk, conversation_id, key = turn.desk, turn.conversation_id, turn.key()
    match field:
        case Field.WITHDRAW:
            await withdraw(desk, conversation_id, rma_no, key=key)
            turn.say("utter_request_withdrawn", rma_no=rma_no)
        case Field.SELF_SHIP:
            await ship_alone(desk, conversation_id, rma_no, key=key)
            turn.say("utter_ships_alone", rma_no=rma_no)
        case Field.REASON:
            reason = ReturnReason(turn.slot("new_reason"))
            changed = await change_reason(desk, conversation_id, rma_no, reason, key=key)
            await _say_reason_changed(turn, changed)
        case Field.ADDRESS:
            address = str(turn.slot("pickup_address"))
            await change_pickup(desk, conversation_id, rma_no, key=key, address=address)
            turn.say("utter_pickup_address_changed", rma_no=rma_no)
        case Field.PICKUP:
            await _move_pickup(turn, rma_no, key)
        case Field.KIND:
            await _change_kind(turn, rma_no, key)
        case _:
            turn.say("utter_change_kept")


async def _change_kind(turn: Turn, rma_no: str, key: str) -> None:
    """To the exchange that was chosen; without one it becomes a return."""
    offered = await variants_instead(turn.desk, turn.conversation_id, rma_no)
    name = turn.slot("new_variant")
    chosen = chosen_variant(name, offered)
    if name and chosen is None:
        turn.say("utter_no_variant_instead", rma_no=rma_no)
        return
    new = replacement(chosen) if chosen else None
    try:
        changed = await change_kind(turn.desk, turn.conversation_id, rma_no, new, key=key)
    except OutOfStock:
        turn.say("utter_no_variant_instead", rma_no=rma_no)
        return
    if changed.kind is AfterSaleKind.EXCHANGE:
        label = chosen.label(turn.lang) if chosen else ""
        hold = await turn.span("exchange.hold_hours")
        turn.say("utter_became_exchange", rma_no=rma_no, variant=label, hold=hold)
    else:
        amount = yuan(changed.refund.total_fen)
        turn.say("utter_became_return", rma_no=rma_no, amount=amount)


async def _move_pickup(turn: Turn, rma_no: str, key: str) -> None:
    window = window_in(turn, turn.slot("slot_window"), COURIER)
    if window is None:  # it became too near between the question and the yes
        turn.say("utter_slot_too_soon", first=first_of(turn, COURIER))
        return
    when = window.label(turn.lang)
    await change_pickup(
        turn.desk, turn.conversation_id, rma_no, key=key, at=window.start, label=when
    )
    turn.say("utter_pickup_booked", when=when, rma_no=rma_no)


async def _say_reason_changed(turn: Turn, changed: AfterSaleRequest) -> None:
    in_audit = changed.state is AfterSaleState.SUBMITTED
    turn.say(
        "utter_reason_changed_in_audit" if in_audit else "utter_reason_changed",
        rma_no=changed.rma_no,
        amount=yuan(changed.refund.total_fen),
        hours=await audit_hours(turn.desk, turn.conversation_id),
    )


def _say_refused(turn: Turn, rma_no: str, refused: ChangeRefused) -> None:
    """The state moved on between question and yes, or the policy refuses the new reason."""
    reason = refused.decision.reason
    if turn.slot("change_field") == Field.KIND and reason not in REFUSED:
        turn.say("utter_kind_refused", rma_no=rma_no)
        return
    if reason in REFUSED:
        turn.say(REFUSED[reason], rma_no=rma_no)
        return
    turn.say("utter_reason_refused", rma_no=rma_no, why=return_reason(reason, turn.lang))
