"""A recommendation: what for whom, the budget, what must be there and what must not."""

from __future__ import annotations

import re
from typing import Any, override

from actions.answers import Answers
from actions.consent import inform_button
from actions.form import Form
from actions.product_choice import show_nearest, show_products, shown
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.money import FEN_PER_YUAN, yuan
from console.desk.need import (
    ANY,
    LEAST_ANSWERS,
    Need,
    Recommendation,
    drawbacks_in,
    features_in,
    is_no_matter,
    nearest_in_price,
    need_label,
    recommend,
    whom_in,
)
from console.desk.product_naming import names_said
from console.services.product import catalogue, views

OWN_SLOTS = ("category", "for_whom", "budget", "must_have", "deal_breaker")
_UNWANTED = re.compile(
    r"(?:不要|别太?|不想要?|怕|讨厌|不能太?|除了)[^,，。;；]{1,12}|\b(?:not?|without|avoid|hate)\b[^,.;]{1,24}",
    re.IGNORECASE,
)
_BARE = re.compile(r"(\d{2,6})(?:\s*(?:元|块|yuan))?")
_WHOM_BUTTONS = ("elder", "baby", "student", "office", "gift")
_BUDGETS = (200_00, 500_00, 1000_00, 3000_00)


class NeedForm(Form):
    form_name = "need_form"
    started_by = "recommend_product"

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(OWN_SLOTS)

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        if asked is not None and is_no_matter(turn.text):
            answers.put(asked, ANY)
            return True
        pressed = [_press(turn, answers, slot) for slot in OWN_SLOTS]
        heard = [
            *pressed,
            await _read_kind(turn, answers, asked),
            _read_budget(turn, answers, asked),
            _read_wishes(turn, answers, asked),
        ]
        return any(heard)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        given = [slot for slot in OWN_SLOTS if answers[slot] is not None]
        if answers["category"] is None:
            return "category"
        if len(given) >= LEAST_ANSWERS:
            return None
        return next((slot for slot in OWN_SLOTS if answers[slot] is None), None)

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        no_matter = inform_button(turn.words("都可以", "No matter"), **{slot: ANY})
        buttons = []
        if slot == "for_whom":
            buttons = [
                inform_button(need_label(key, turn.lang), for_whom=key) for key in _WHOM_BUTTONS
            ]
        elif slot == "budget":
            buttons = [
                inform_button(turn.words(f"{fen // 100} 元以内", f"Up to {fen // 100}"), budget=fen)
                for fen in _BUDGETS
            ]
        turn.say(f"utter_question_need_{slot}", [*buttons, no_matter])


def _press(turn: Turn, answers: Answers, slot: str) -> bool:
    """A button names its slot. Entities that were found in words are read below."""
    value = turn.entity(slot)
    if turn.text or value is None:
        return False
    answers.put(slot, value)
    return True


async def _read_kind(turn: Turn, answers: Answers, asked: str | None) -> bool:
    if not turn.text or asked not in {None, "category"}:
        return False
    said = [str(e["value"]) for e in turn.entities if e.get("entity") == "category"]
    names = names_said(await catalogue(turn.desk), " ".join([turn.text, *said]))
    if names:
        answers.put("category", names[0])
    return bool(names)


def _read_budget(turn: Turn, answers: Answers, asked: str | None) -> bool:
    if not turn.text:
        return False
    amount = turn.entity("budget") or (turn.entity("amount") if asked == "budget" else None)
    bare = _BARE.fullmatch(turn.text.strip()) if asked == "budget" else None
    if amount is None and bare is not None:
        amount = int(bare[1]) * FEN_PER_YUAN
    if amount is None or int(amount) <= 0:
        return False
    answers.put("budget", int(amount))
    return True


def _read_wishes(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """What is not wanted is no wish: "not too loud" asks for nothing loud."""
    unwanted = " ".join(_UNWANTED.findall(turn.text))
    wanted = _UNWANTED.sub(" ", turn.text)
    against = turn.text if asked == "deal_breaker" else unwanted
    found: dict[str, Any] = {
        "for_whom": whom_in(wanted),
        "must_have": features_in(wanted) or None,
        "deal_breaker": drawbacks_in(against) or None,
    }
    if asked == "deal_breaker":
        found["must_have"] = found["for_whom"] = None
    for slot, value in found.items():
        if value is not None:
            answers.put(slot, value)
    return any(value is not None for value in found.values())


class SubmitNeed(DeskAction):
    action_name = "action_submit_need"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if turn.slot("category") is None:
            return []
        need = need_of(turn)
        goods = [(one.product, one.sheet) for one in await views(turn.desk)]
        found = recommend(goods, need)
        done = remember(**dict.fromkeys(OWN_SLOTS), last_task="recommend_product")
        nearest = [] if found else nearest_in_price(goods, need)
        if nearest and need.budget_fen is not None:
            return [*done, *show_nearest(turn, nearest, need.budget_fen)]
        if found:
            _show(turn, need, found)
        else:
            turn.say("utter_nothing_fits")
        return [*done, *shown(turn, [one.product for one in found])]


def need_of(turn: Turn) -> Need:
    def condition(slot: str) -> Any:
        value = turn.slot(slot)
        return None if value == ANY else value

    budget = condition("budget")
    return Need(
        kind=condition("category"),
        for_whom=condition("for_whom"),
        budget_fen=int(budget) if budget is not None else None,
        must_have=tuple(condition("must_have") or ()),
        deal_breakers=tuple(condition("deal_breaker") or ()),
    )


def _show(turn: Turn, need: Need, found: list[Recommendation]) -> None:
    lacks = found[0].lacks
    if lacks:
        between = turn.words("、", ", ")
        turn.say("utter_recommend_nearly", lacks=between.join(one.of(turn.lang) for one in lacks))
    else:
        turn.say("utter_recommend", count=len(found))
    reasons = {one.product.product_id: _reason(turn, need, one) for one in found}
    show_products(turn, [one.product for one in found], reasons=reasons)


def _reason(turn: Turn, need: Need, one: Recommendation) -> str:
    parts = [reason.of(turn.lang) for reason in one.reasons]
    if need.budget_fen is not None:
        limit = yuan(need.budget_fen)
        parts.append(turn.words(f"在 ¥{limit} 以内", f"within ¥{limit}"))
    parts.append(turn.words(one.product.point, one.product.point_en))
    return turn.words("，", ", ").join(part for part in parts if part)
