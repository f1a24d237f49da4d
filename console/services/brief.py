"""Builds the handoff brief: everything an agent should know, in the customer's own words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from console.desk.brief import Brief
from console.desk.conversation import Conversation
from console.desk.event import ActorKind, Event, EventType
from console.desk.handoff import HandoffReason
from console.desk.masking import mask_fact, mask_name
from console.desk.words import Words
from console.services.context import settled
from console.storage.case import context_card
from console.storage.conversation import customer_of
from console.storage.event import events_before
from console.storage.promise import promises_of_case
from console.storage.turn import dialogue_row

OWN_WORDS = 3  # of the customer's last messages
RECENT = 60  # events that are looked at
# Calls for a person that end a form: what it was about is in the reason and the wish.
_ENDS_A_FORM = frozenset({HandoffReason.COMPLAINT, HandoffReason.POLICY, HandoffReason.WHOLESALE})


def build_brief(
    tx: Connection,
    head: Conversation,
    reason: HandoffReason,
    now: datetime,
    *,
    wish: Words | str | None = None,
    policy: str | None = None,
    mood: int = 0,
) -> Brief:
    """Inside a unit of work, so that it shows what is true when the conversation changes hands."""
    customer = customer_of(tx, head.id)
    card = context_card(tx, head.case_id)
    recent = events_before(tx, head.id, head.last_seq + 1, limit=RECENT)
    facts = settled(card.facts, now)
    order = facts.get("order_no")
    doing, lacks = (None, None) if reason in _ENDS_A_FORM else _under_way(tx, head.id)
    return Brief(
        name=mask_name(customer.name),
        band=customer.band,
        verified=customer.verified,
        what=_own_words(recent),
        reason=reason,
        wish=wish,
        mood=mood,
        order_no=str(order.value) if order else None,
        known=tuple((name, mask_fact(name, fact.value)) for name, fact in facts.items()),
        tried=tuple((attempt.what, attempt.result) for attempt in card.tried),
        policy=policy,
        promises=tuple(p.text for p in promises_of_case(tx, head.case_id) if p.is_open),
        pictures=pictures_in(recent),
        doing=doing,
        lacks=None if lacks in facts else lacks,
    )


def _under_way(tx: Connection, conversation_id: str) -> tuple[str | None, str | None]:
    """The form that is open and what it asked for last."""
    dialogue = dialogue_row(tx, conversation_id)
    return (dialogue.active_loop, dialogue.requested_slot) if dialogue else (None, None)


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
