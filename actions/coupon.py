"""Coupons: which one has, which may be fetched, and why one does not work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, override

from actions.price import quantity_of
from actions.product_answer import ProductAnswer
from actions.product_choice import asked, button, title_of
from actions.turn import Event, Turn
from console.desk.coupon import Coupon, CouponCheck, Diagnosis, live
from console.desk.money import FEN_PER_YUAN, yuan
from console.desk.product import Product
from console.desk.wording import local_time
from console.services.offer import CouponAnswer, diagnose_coupons, wallet


class AnswerCoupons(ProductAnswer):
    action_name = "action_answer_coupons"
    intent = "ask_coupon"
    prefers_known = True
    needs_product = False

    @override
    async def answer(self, turn: Turn, product: Product | None) -> list[Event]:
        mine = await wallet(turn.desk, turn.conversation_id)
        now = turn.desk.clock.now()
        have = [one.coupon for one in live(mine.grants, now)]
        if have:
            turn.say("utter_coupons", count=len(have), lines=coupon_lines(turn, have))
        elif mine.is_signed_in:
            turn.say("utter_no_coupons")
        else:
            turn.say("utter_coupons_sign_in")
        if mine.claimable:
            turn.say("utter_coupons_to_claim", lines=coupon_lines(turn, mine.claimable))
        return []


def coupon_lines(turn: Turn, coupons: Iterable[Coupon]) -> str:
    return "\n".join(
        turn.words(
            f"· {one.title.zh}，{local_time('zh', one.ends_at)} 到期",
            f"· {one.title.en}, until {local_time('en', one.ends_at)}",
        )
        for one in coupons
    )


class DiagnoseCoupon(ProductAnswer):
    """The first check that fails, then the nearest thing that works."""

    action_name = "action_diagnose_coupon"
    intent = "coupon_unusable"
    prefers_known = True
    needs_product = False

    @override
    async def answer(self, turn: Turn, product: Product | None) -> list[Event]:
        if not turn.is_verified:
            turn.say("utter_coupon_sign_in")
            return []
        coupon_id = asked(turn, "coupon_id")
        found = await diagnose_coupons(
            turn.desk,
            turn.conversation_id,
            product,
            quantity_of(turn),
            str(coupon_id) if coupon_id else None,
        )
        meant = _meant(turn, found)
        if meant:
            for one in meant:
                _explain(turn, one, product)
            _nearest(turn, found, product, meant)
        elif len(found.diagnoses) > 1:
            _ask_which(turn, found, product)
        else:
            turn.say("utter_no_coupons")
        return []


def _meant(turn: Turn, found: CouponAnswer) -> list[Diagnosis]:
    """One coupon, one whose amounts are named, or the only one that fails."""
    if len(found.diagnoses) == 1:
        return found.diagnoses
    amounts = amounts_in(turn)
    named = [
        one
        for one in found.diagnoses
        if amounts and amounts <= {one.grant.coupon.off_fen, one.grant.coupon.threshold_fen}
    ]
    failing = [one for one in found.diagnoses if not one.is_usable]
    return named[:1] or (failing if len(failing) == 1 else [])


_FROM_OFF = re.compile(r"满\s?(\d{2,5}).{0,3}?[减打]\s?(\d{1,4})|(\d{1,4}) off (?:from )?(\d{2,5})")


def amounts_in(turn: Turn) -> set[int]:
    """In fen: with a unit, or in the words coupons are called by ("满300减40")."""
    said = {int(e["value"]) for e in turn.entities if e.get("entity") in {"amount", "budget"}}
    pairs = (number for match in _FROM_OFF.findall(turn.text) for number in match if number)
    return said | {int(number) * FEN_PER_YUAN for number in pairs}


_CHECKS = {check: f"utter_coupon_{check}" for check in CouponCheck}


def _explain(turn: Turn, one: Diagnosis, product: Product | None) -> None:
    coupon = one.grant.coupon
    values: dict[str, Any] = {"coupon": coupon.title.of(turn.lang)}
    if one.failed is None:
        turn.say("utter_coupon_works", **values)
        return
    turn.say(
        _CHECKS[one.failed],
        **values,
        title=title_of(turn, product) if product else "",
        missing=yuan(one.missing_fen),
        level=coupon.least_level,
        start=local_time(turn.lang, coupon.starts_at),
        end=local_time(turn.lang, coupon.ends_at),
        used=local_time(turn.lang, one.grant.used_at) if one.grant.used_at else "",
    )


def _nearest(
    turn: Turn, found: CouponAnswer, product: Product | None, told: list[Diagnosis]
) -> None:
    """Another coupon of the account that works, or one that may be fetched."""
    if product is None or any(one.is_usable for one in told):
        return
    if found.nearest is not None:
        turn.say(
            "utter_coupon_instead",
            coupon=found.nearest.coupon.title.of(turn.lang),
            off=yuan(found.nearest.coupon.off_fen),
        )
    elif found.to_claim is not None:
        turn.say(
            "utter_coupon_to_claim_instead",
            coupon=found.to_claim.title.of(turn.lang), off=yuan(found.to_claim.off_fen),
        )  # fmt: skip
    else:
        turn.say("utter_coupon_no_other")


def _ask_which(turn: Turn, found: CouponAnswer, product: Product | None) -> None:
    said = {"product_id": product.product_id} if product else {}
    buttons = [
        button(
            one.grant.coupon.title.of(turn.lang),
            "coupon_unusable",
            coupon_id=one.grant.coupon.coupon_id,
            **said,
        )
        for one in found.diagnoses
    ]
    turn.say("utter_ask_which_coupon", buttons)
