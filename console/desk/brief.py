"""What an agent reads before the first word: kept as data, worded when it is read.

The customer's own words stay as they were said; everything else is in the reader's language.
Rule: business-rules 3.9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.desk.fact_label import fact_label, shown_value
from console.desk.form_label import form_label
from console.desk.handoff import HandoffReason
from console.desk.own_promise import own_promise
from console.desk.policy_text import policy_words
from console.desk.words import Words, in_language


@dataclass(frozen=True, slots=True)
class Brief:
    """Built by the system, never typed.

    `name`: masked, empty for a visitor. `wish`: ours in both languages, or as the customer said
    it. `known`: facts with masked values. `policy`: a rule, perhaps with its reason after a colon.
    `doing`: the form that was left unfinished; `lacks`: what it had asked for last.
    """

    name: str
    band: str
    verified: bool
    what: str  # in the customer's own words
    reason: HandoffReason
    wish: Words | str | None
    mood: int
    order_no: str | None
    known: tuple[tuple[str, Any], ...]
    tried: tuple[tuple[Words, Words], ...]
    policy: str | None
    promises: tuple[str, ...]  # as they were given to the customer
    pictures: int
    doing: str | None = None
    lacks: str | None = None


def worded_brief(
    kept: Mapping[str, Any], lang: str, names: Mapping[str, Words] | None = None
) -> dict[str, Any]:
    """A kept brief (`asdict`) as one reads it. `names`: of goods, by id."""
    data = ("name", "band", "verified", "lacks")
    return {
        "who": _who(kept["name"], kept["band"], kept["verified"], lang),
        **{name: value for name, value in kept.items() if name not in data},
        "wish": in_language(_words(kept["wish"]), lang),
        "known": [
            [fact_label(name, lang), shown_fact(name, value, lang, names or {})]
            for name, value in kept["known"]
        ],
        "tried": [_tried(what, result, lang) for what, result in kept["tried"]],
        "promises": [in_language(own_promise(text), lang) for text in kept["promises"]],
        "policy": policy_words(kept["policy"], lang) if kept["policy"] else None,
        "doing": _doing(kept, lang),
        "next_step": _next_step(kept, lang),
    }


def _doing(kept: Mapping[str, Any], lang: str) -> str | None:
    """None when nothing was under way, also for a brief of an older desk."""
    label = form_label(kept.get("doing") or "")
    if label is None:
        return None
    if not kept.get("lacks"):
        return label.of(lang)
    lacks = fact_label(kept["lacks"], lang)
    return (
        f"{label.en} – not answered yet: {lacks}"
        if lang == "en"
        else f"{label.zh}，还没答：{lacks}"
    )


def shown_fact(name: str, value: Any, lang: str, names: Mapping[str, Words]) -> str:
    """Goods by their name, where the shop tells it; everything else as its own kind shows."""
    title = names.get(value) if isinstance(value, str) else None
    return title.of(lang) if title else shown_value(name, value, lang)


def _words(kept: Any) -> Words | str | None:
    return Words(**kept) if isinstance(kept, Mapping) else kept


def _tried(what: Any, result: Any, lang: str) -> str:
    between = ": " if lang == "en" else "："
    return between.join(in_language(_words(one), lang) or "" for one in (what, result))


def _who(name: str, band: str, verified: bool, lang: str) -> str:
    if lang == "en":
        known = "signed in" if verified else "not signed in"
        return f"{name or 'Visitor'} · band {band} · {known}"
    return f"{name or '访客'} · {band} 档会员 · {'已登录' if verified else '未登录'}"


_NEXT = {
    HandoffReason.PRESALE: ("确认能给的价格再答复", "Find out which price you may give"),
    HandoffReason.WHOLESALE: (
        "按数量报价，说明交期和付款方式",
        "Quote for the quantity, with delivery and payment",
    ),
    HandoffReason.EXPERT: (
        "按商品资料解答，不做诊断",
        "Answer from the product's data; give no diagnosis",
    ),
    HandoffReason.WISH: ("先回应顾客要找人工的原因", "Answer what made them ask for a person"),
    HandoffReason.ANGER: (
        "先安抚，再给出具体方案和时间",
        "Calm first, then offer a plan and a time",
    ),
    HandoffReason.COMPLAINT: (
        "复述已知事实，为具体的事致歉，给出时限",
        "Restate the facts, apologise for one concrete thing, give a time",
    ),
    HandoffReason.MISUNDERSTOOD: ("确认顾客想办的事", "Find out what they want to get done"),
    HandoffReason.POLICY: ("按政策结果人工审核", "Review the policy result"),
    HandoffReason.FORM_FAILED: ("帮顾客补完表单里缺的一项", "Help with the one missing answer"),
    HandoffReason.ENGINE_DOWN: ("机器人故障，直接回答问题", "The bot is down: answer directly"),
    HandoffReason.PREVIOUS_AGENT: ("接着上次的进度处理", "Go on where you left off"),
    HandoffReason.BROKEN_PROMISE: (
        "核对承诺，先道歉再给新时间",
        "Check the promise, apologise, give a new time",
    ),
}


def _next_step(kept: Mapping[str, Any], lang: str) -> str:
    """Whoever asked for a person in the middle of something wants that to be finished."""
    reason, doing = HandoffReason(kept["reason"]), form_label(kept.get("doing") or "")
    if reason is HandoffReason.WISH and doing is not None:
        return Words(
            f"接着办{doing.zh}，已知的不用再问", f"Go on with {doing.en}; do not ask what is known"
        ).of(lang)
    return Words(*_NEXT[reason]).of(lang)
