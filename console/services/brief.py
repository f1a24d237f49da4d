"""Builds the handoff brief: everything an agent should know, in the customer's own words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from console.desk.case import ContextCard, Fact
from console.desk.conversation import Conversation
from console.desk.event import ActorKind, Event, EventType
from console.desk.fact_label import fact_label, shown_value
from console.desk.handoff import Brief, HandoffReason
from console.desk.masking import mask_fact, mask_name
from console.services.context import settled
from console.storage.case import context_card
from console.storage.conversation import customer_of
from console.storage.event import events_before
from console.storage.promise import promises_of_case

OWN_WORDS = 3  # of the customer's last messages
RECENT = 60  # events that are looked at


def build_brief(
    tx: Connection,
    head: Conversation,
    reason: HandoffReason,
    now: datetime,
    *,
    wish: str | None = None,
    policy: str | None = None,
    mood: int = 0,
) -> Brief:
    """Inside a unit of work, so that it shows what is true when the conversation changes hands."""
    customer = customer_of(tx, head.id)
    card = context_card(tx, head.case_id)
    recent = events_before(tx, head.id, head.last_seq + 1, limit=RECENT)
    facts = settled(card.facts, now)
    order = facts.get("order_no")
    return Brief(
        who=_who(customer.name, customer.band, customer.verified, head.lang),
        what=_own_words(recent),
        reason=reason,
        wish=wish,
        mood=mood,
        order_no=str(order.value) if order else None,
        known=tuple(
            (fact_label(name, head.lang), _shown(fact, head.lang)) for name, fact in facts.items()
        ),
        tried=_tried(card),
        policy=policy,
        promises=tuple(p.text for p in promises_of_case(tx, head.case_id) if p.is_open),
        pictures=pictures_in(recent),
        next_step=_next_step(reason, head.lang),
    )


def _shown(fact: Fact, lang: str) -> str:
    return shown_value(fact.name, mask_fact(fact.name, fact.value), lang)


def _who(name: str, band: str, verified: bool, lang: str) -> str:
    if lang == "en":
        known = "signed in" if verified else "not signed in"
        return f"{mask_name(name) or 'Visitor'} · band {band} · {known}"
    return f"{mask_name(name) or '访客'} · {band} 档会员 · {'已登录' if verified else '未登录'}"


def _own_words(events: list[Event]) -> str:
    said = [
        str(event.body.get("text") or "")
        for event in events
        if event.type is EventType.MESSAGE_POSTED
        and event.actor.kind is ActorKind.CUSTOMER
        and "button_id" not in event.body
        and event.body.get("text")
    ]
    return " / ".join(said[-OWN_WORDS:])[:240]


def pictures_in(events: list[Event]) -> int:
    return sum(
        event.body.get("kind") == "picture" and event.actor.kind is ActorKind.CUSTOMER
        for event in events
    )


def _tried(card: ContextCard) -> tuple[str, ...]:
    return tuple(f"{attempt.what}: {attempt.result}" for attempt in card.tried)


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


def _next_step(reason: HandoffReason, lang: str) -> str:
    zh, en = _NEXT[reason]
    return en if lang == "en" else zh
