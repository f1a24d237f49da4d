"""Signed for, but not received: which parcel, who was asked already, then the carrier's proof."""

from __future__ import annotations

import re
from datetime import datetime
from typing import override

from actions.consent import consent_buttons, inform_button, read_consent
from actions.form import Answers, Form
from actions.handoff import hand_over
from actions.order import is_running
from actions.order_answer import ask_order, read_order, settle_order
from actions.order_choice import any_order
from actions.return_answer import read_photos
from actions.summary import Line, pictures, show_summary
from actions.tracking import promised
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.card import order_title
from console.desk.fact_label import shown_value
from console.desk.handoff import HandoffReason
from console.desk.lost_parcel import LostDecision, LostOutcome
from console.desk.order import Order, OrderState, Parcel
from console.desk.wording import local_time
from console.desk.words import Words
from console.services import order as orders_service
from console.services.lost_parcel import NotCheckable, lost_decisions, report_not_received

OWN_SLOTS = ("lost_waybill_no", "lost_checked", "lost_photo", "lost_confirmed")
LONGEST = 300  # characters of the customer's words
_NOT_YET = re.compile(
    r"还没|没问|没看|没去|没找过|没来得及|不清楚|忘了|马上问|这就问"
    r"|not yet|haven'?t|didn'?t (?:ask|check|look)|not asked",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:问|看|找|查)(?:过|了|遍)|都没|没人|没有|没见|不在"
    r"|asked|checked|looked|nobody|no one|nothing|none of them",
    re.IGNORECASE,
)
# In the first message only a place and a no count: "not at the station".
_PLACE_WITHOUT_IT = re.compile(
    r"(?:驿站|代收点|快递柜|柜子|门卫|保安|物业|前台|家人|家里|邻居|门口).{0,8}(?:没|不|找不到)"
    r"|(?:neighbou?r|locker|reception|guard|family|porch|station).{0,24}(?:n'?t|not|no|never)",
    re.IGNORECASE,
)
_NO_PHOTO = re.compile(r"没有|没拍|没照|不用|没得|\bno\b|none|don'?t have|haven'?t", re.IGNORECASE)


def is_signed(order: Order) -> bool:
    return any(parcel.signed_at is not None for parcel in order.parcels)


class LostForm(Form):
    form_name = "lost_form"
    started_by = "signed_not_received"
    orders = (is_signed, is_running, any_order)
    names_goods = True

    @override
    def is_answer(self, turn: Turn, asked: str | None) -> bool:
        """ "Asked them all, nobody has it" sounds like a promise that was not kept."""
        is_told = asked == "lost_checked" and turn.intent == "report_broken_promise"
        return (is_told and _checked_in(turn) is not None) or super().is_answer(turn, asked)

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(OWN_SLOTS)
        answers.put("lost_words", turn.text[:LONGEST] or None)

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        heard = [
            await read_order(turn, answers, asked, self.orders),
            _read_waybill(turn, answers, asked),
            _read_checked(turn, answers, asked),
            _read_photo(turn, answers, asked),
            read_consent(turn, answers, asked, "lost_confirmed"),
        ]
        return any(heard)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["lost_confirmed"] is False:
            return None
        settled = await settle_order(turn, answers, self.orders, self.started_by, "utter_no_orders")
        if settled.order is None:
            return settled.ask
        if not await _settle_parcel(turn, answers, settled.order):
            return None
        return next((slot for slot in OWN_SLOTS if answers[slot] is None), None)

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "order_no":
            await ask_order(turn, answers, self.orders, self.started_by)
        elif slot == "lost_waybill_no":
            found = await lost_decisions(turn.desk, turn.conversation_id, answers["order_no"])
            buttons = [
                inform_button(_parcel_label(turn, one), lost_waybill_no=one.waybill_no)
                for one in _checkable(found)
            ]
            turn.say("utter_question_lost_waybill_no", buttons)
        elif slot == "lost_confirmed":
            await _ask_to_confirm(turn, answers)
        else:
            turn.say(f"utter_question_{slot}")


def _checkable(found: list[tuple[Parcel, LostDecision]]) -> list[Parcel]:
    return [parcel for parcel, decision in found if decision.outcome is LostOutcome.CHECK]


def _parcel_label(turn: Turn, parcel: Parcel) -> str:
    signed = local_time(turn.lang, parcel.signed_at) if parcel.signed_at else ""
    carrier = parcel.carrier_en if turn.lang == "en" else parcel.carrier
    return f"{carrier} {parcel.waybill_no} · {signed}".strip(" ·")


async def _settle_parcel(turn: Turn, answers: Answers, order: Order) -> bool:
    """False when the rules leave nothing to check; the customer was told why."""
    found = await lost_decisions(turn.desk, turn.conversation_id, order.order_no)
    open_ = [parcel.waybill_no for parcel in _checkable(found)]
    if answers["lost_waybill_no"] not in open_:
        answers.put("lost_waybill_no", open_[0] if len(open_) == 1 else None)
    if open_:
        return True
    late = [decision for _, decision in found if decision.outcome is LostOutcome.TOO_LATE]
    if late:
        await _too_late(turn, late[0])
    elif order.state in {OrderState.CANCELLED, OrderState.CANCELLING}:
        turn.say(f"utter_status_{order.state}")
    else:
        turn.say("utter_lost_not_signed", promised=promised(turn, order))
    return False


async def _too_late(turn: Turn, decision: LostDecision) -> None:
    """A person may still find something; the rule alone does not end it."""
    turn.say("utter_lost_too_late", days=decision.report_days)
    wish = Words("显示签收但没收到", "Signed for but not received")
    await hand_over(turn, HandoffReason.POLICY, wish=wish, policy=decision.rule_id)


def _read_waybill(turn: Turn, answers: Answers, asked: str | None) -> bool:
    value = turn.entity("lost_waybill_no")
    if value is None and asked == "lost_waybill_no":
        value = turn.entity("waybill_no")
    if value is not None:
        answers.put("lost_waybill_no", str(value))
    return value is not None


def _read_checked(turn: Turn, answers: Answers, asked: str | None) -> bool:
    said = turn.entity("lost_checked")
    if said is None and asked == "lost_checked":
        said = _checked_in(turn)
    elif said is None and asked is None and _PLACE_WITHOUT_IT.search(turn.text):
        said = "yes"
    if said is not None:
        answers.put("lost_checked", said == "yes")
    return said is not None


def _checked_in(turn: Turn) -> str | None:
    if _NOT_YET.search(turn.text):
        return "no"
    if _ASKED.search(turn.text) or turn.intent == "affirm":
        return "yes"
    return "no" if turn.intent == "deny" else None


def _read_photo(turn: Turn, answers: Answers, asked: str | None) -> bool:
    if read_photos(turn, answers):
        answers.put("lost_photo", "sent")
        return True
    none = turn.entity("lost_photo") == "none" or turn.intent == "deny"
    if asked == "lost_photo" and (none or _NO_PHOTO.search(turn.text)):
        answers.put("lost_photo", "none")
        return True
    return False


async def _ask_to_confirm(turn: Turn, answers: Answers) -> None:
    order = await orders_service.find_order(turn.desk, turn.conversation_id, answers["order_no"])
    if order is None:
        return
    parcel = next(one for one in order.parcels if one.waybill_no == answers["lost_waybill_no"])
    buttons = consent_buttons(
        "lost_confirmed",
        turn.words("请快递核实", "Ask the courier"),
        turn.words("先不用", "Not now"),
    )
    photos = answers["photos"] if answers["lost_photo"] == "sent" else None
    lines = [
        Line("order_no", order.order_no),
        Line("order_item_id", order_title(order, turn.lang)),
        Line("parcel", _parcel_label(turn, parcel)),
        Line("lost_checked", shown_value("lost_checked", answers["lost_checked"], turn.lang)),
        Line("photos", pictures(turn, len(photos or ()))),
        Line("next", turn.words("请快递拿出签收凭证", "The courier has to prove the delivery")),
    ]
    show_summary(
        turn, turn.words("显示签收但没收到", "Signed for but not received"), lines, buttons
    )


class SubmitLost(DeskAction):
    """Runs when the form is over; without a yes nothing is filed."""

    action_name = "action_submit_lost"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        confirmed, order_no = turn.slot("lost_confirmed"), turn.slot("order_no")
        cleared = remember(**dict.fromkeys((*OWN_SLOTS, "lost_words")))
        if confirmed is False:
            turn.say("utter_lost_left")
        if confirmed is not True or not order_no:
            return cleared
        try:
            await _file(turn, str(order_no))
        except NotCheckable as error:  # the window closed between the question and the yes
            await _too_late(turn, error.decision)
        return [*cleared, *remember(last_task="signed_not_received")]


async def _file(turn: Turn, order_no: str) -> None:
    default = turn.words("显示签收但没收到", "Signed for but not received")
    photos = turn.slot("photos") if turn.slot("lost_photo") == "sent" else None
    opened = await report_not_received(
        turn.desk,
        turn.conversation_id,
        order_no,
        str(turn.slot("lost_waybill_no")),
        str(turn.slot("lost_words") or default),
        has_asked_around=bool(turn.slot("lost_checked")),
        photos=photos if isinstance(photos, list) else (),
        key=turn.key(),
    )
    due = local_time(turn.lang, opened.due_at) if opened.due_at else ""
    settled = datetime.fromisoformat(str(opened.details["settle_by"]))
    turn.say(
        "utter_lost_filed",
        work_order_no=opened.work_order_no,
        due=due,
        settled=local_time(turn.lang, settled),
    )
    if not turn.slot("lost_checked"):
        turn.say("utter_lost_ask_around")
