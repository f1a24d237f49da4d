"""An alert for goods or a price: which product, what to wait for, and from which price on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, override

from actions.answers import Answers
from actions.consent import consent_buttons, inform_button, read_consent
from actions.form import Form
from actions.product_choice import button
from actions.product_slot import ask_product, product_of, read_product
from actions.summary import Line, show_summary
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.item_alert import AlertKind, AlertWish, kind_in
from console.desk.money import FEN_PER_YUAN, yuan
from console.services.item_alert import (
    AlertReceipt,
    cancel_item_alert,
    is_met_already,
    offering_of,
    subscribe_item_alert,
)

OWN_SLOTS = ("alert_kind", "alert_target", "alert_variant", "alert_off", "alert_confirmed")
_ASKED_FOR_A_PRICE = ("alert_target", "alert_confirmed")  # at the summary another one
ANY_FALL = 0  # as target: any price below the present one
_ANY = re.compile(
    r"随便|都行|降了就|降价就|只要降|不限|有优惠就|any(?: drop| price)?|whenever|as soon as",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d+(?:\.\d{1,2})?")


class AlertForm(Form):
    form_name = "alert_form"
    started_by = "subscribe_item_alert"
    below: ClassVar[Mapping[str, Sequence[str]]] = {"product_id": ("alert_target", "alert_variant")}

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(OWN_SLOTS)
        answers.put("alert_variant", _variant(turn))

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        if (off := turn.entity("alert_off")) is not None:
            answers.put("alert_off", str(off))
            return True
        heard = [
            await read_product(turn, answers, asked),
            _read_kind(turn, answers, asked),
            _read_target(turn, answers, asked),
        ]
        if any(heard):
            answers.forget(["alert_confirmed"])
            return True
        return read_consent(turn, answers, asked, "alert_confirmed")

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["alert_off"] is not None or answers["alert_confirmed"] is False:
            return None
        product = await product_of(turn, answers)
        if product is None:
            return "product_id"
        if answers["alert_kind"] is None:
            variant = str(answers["alert_variant"] or "")
            offering = await offering_of(turn.desk, product.product_id, variant)
            if offering.quantity == 0:
                answers.put("alert_kind", AlertKind.STOCK.value)
            else:
                return "alert_kind"
        wish = wish_of(answers.as_slots())
        if wish is None:
            return "alert_target"
        if answers["alert_confirmed"] is True or await is_met_already(turn.desk, wish):
            return None
        return "alert_confirmed"

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "product_id":
            await ask_product(turn, answers, self.started_by, alert_kind=answers["alert_kind"])
        elif slot == "alert_kind":
            turn.say("utter_question_alert_kind")
        elif slot == "alert_confirmed":
            await _ask_to_confirm(turn, answers)
        else:
            offering = await offering_of(turn.desk, str(answers["product_id"]))
            any_fall = inform_button(
                turn.words("只要降价就提醒", "Any drop"), alert_target=ANY_FALL
            )
            turn.say("utter_question_alert_target", [any_fall], price=yuan(offering.price_fen))


async def _ask_to_confirm(turn: Turn, answers: Answers) -> None:
    wish = wish_of(answers.as_slots())
    if wish is None:
        return
    offering = await offering_of(turn.desk, wish.product_id, wish.variant)
    yes, no = turn.words("对，提醒我", "Yes, tell me"), turn.words("先不用", "Not now")
    is_price = wish.kind is AlertKind.PRICE
    any_fall = turn.words("比现在便宜就提醒", "Anything below that")
    lines = [
        Line("order_item_id", offering.title(turn.lang)),
        Line("price_now", amount_fen=offering.price_fen if is_price else None),
        Line("target", any_fall if is_price and wish.target_fen is None else "", wish.target_fen),
    ]
    heading = turn.words("降价提醒", "A price alert")
    if not is_price:
        heading = turn.words("到货提醒", "A stock alert")
    note = turn.words("在这里提醒您，只提醒一次。", "I tell you here, once.")
    show_summary(turn, heading, lines, consent_buttons("alert_confirmed", yes, no), note)


def _case(wish: AlertWish) -> str:
    if wish.kind is AlertKind.STOCK:
        return "stock"
    return "any_fall" if wish.target_fen is None else "price"


def _variant(turn: Turn) -> str | None:
    words = [turn.entity(name) for name in ("variant", "size")]
    return " ".join(str(word) for word in words if word is not None) or None


def _read_kind(turn: Turn, answers: Answers, asked: str | None) -> bool:
    named = turn.entity("alert_kind")
    kind = AlertKind(named) if named in set(AlertKind) else None
    if kind is None and asked in {None, "alert_kind"}:
        kind = kind_in(turn.text)
    if kind is not None:
        answers.put("alert_kind", kind.value)
    return kind is not None


def _read_target(turn: Turn, answers: Answers, asked: str | None) -> bool:
    if (pressed := turn.entity("alert_target")) is not None:
        answers.put("alert_target", int(pressed))
        return True
    if asked not in {None, *_ASKED_FOR_A_PRICE}:
        return False
    amount = turn.entity("amount") or turn.entity("budget")
    if amount is None and asked in _ASKED_FOR_A_PRICE:
        bare = _BARE.fullmatch(turn.text.strip())
        amount = round(float(bare[0]) * FEN_PER_YUAN) if bare else None
    if amount is None and asked == "alert_target" and _ANY.search(turn.text):
        amount = ANY_FALL
    if amount is None or int(amount) < 0:
        return False
    answers.put("alert_target", int(amount))
    if int(amount) > 0:
        answers.put("alert_kind", AlertKind.PRICE.value)
    return True


class SubmitAlert(DeskAction):
    action_name = "action_submit_alert"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        done = remember(**dict.fromkeys(OWN_SLOTS))
        if (off := turn.slot("alert_off")) is not None:
            was_ended = await cancel_item_alert(turn.desk, turn.conversation_id, str(off))
            turn.say("utter_alert_off" if was_ended else "utter_alert_none")
            return done
        if turn.slot("alert_confirmed") is False:
            turn.say("utter_alert_kept")
        wish = wish_of(turn.tracker.slots)
        if wish is None or not await _may_be_filed(turn, wish):
            return done
        receipt = await subscribe_item_alert(turn.desk, turn.conversation_id, wish, key=turn.key())
        _say(turn, wish, receipt)
        return [*done, *remember(last_task="subscribe_item_alert")]


async def _may_be_filed(turn: Turn, wish: AlertWish) -> bool:
    """After a clear yes; what is there already is told without one."""
    return turn.slot("alert_confirmed") is True or await is_met_already(turn.desk, wish)


def wish_of(slots: Mapping[str, Any]) -> AlertWish | None:
    product_id, kind = slots.get("product_id"), slots.get("alert_kind")
    target = slots.get("alert_target")
    if not product_id or kind is None or (kind == AlertKind.PRICE and target is None):
        return None
    return AlertWish(
        product_id=str(product_id),
        kind=AlertKind(kind),
        variant=str(slots.get("alert_variant") or ""),
        target_fen=(int(target) or None) if target is not None and kind == "price" else None,
    )


def _say(turn: Turn, wish: AlertWish, receipt: AlertReceipt) -> None:
    title = receipt.offering.title(turn.lang)
    price = yuan(receipt.offering.price_fen)
    if receipt.alert is None:
        met = "utter_alert_in_stock" if wish.kind is AlertKind.STOCK else "utter_alert_low_already"
        turn.say(met, title=title, price=price)
        return
    off = button(
        turn.words("取消这个提醒", "Cancel this alert"),
        "subscribe_item_alert",
        alert_off=receipt.alert.id,
    )
    target = yuan(wish.target_fen or 0)
    turn.say(f"utter_alert_{_case(wish)}", [off], title=title, price=price, target=target)
