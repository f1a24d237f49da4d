"""How things look on the wire: plain JSON for browsers, times in UTC with Z."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.desk.agent import PERMISSIONS, Agent, Seat
from console.desk.brief import shown_fact, worded_brief
from console.desk.case import ContextCard, Fact
from console.desk.customer import Customer
from console.desk.event import ActorKind, Event
from console.desk.fact_label import fact_label
from console.desk.masking import mask_fact, mask_name, mask_phone, mask_text
from console.desk.own_promise import own_promise
from console.desk.promise import Promise, may_change, open_changes
from console.desk.words import Words, in_language
from console.services.conversation import Detail, Summary
from console.services.parts import Desk
from console.services.promise import optional_time, promise_view, wire_time
from console.services.upload import signed_address
from console.web.open_steps import open_steps_view, work_order_view


def event_view(desk: Desk, event: Event, *, public: bool) -> dict[str, Any]:
    """`prev`: the event before it in the reader's own stream."""
    return {
        "conversation_id": event.conversation_id,
        "seq": event.seq,
        "prev": event.prev_public if public else event.seq - 1,
        "type": event.type.value,
        "actor": _actor(event, public=public),
        "at": wire_time(event.at),
        "body": _body(desk, event, public=public),
        "client_msg_id": _client_msg_id(event, public=public),
    }


def _client_msg_id(event: Event, *, public: bool) -> str | None:
    """Customers get their own back; those of others name turns and agents."""
    is_own = event.actor.kind is ActorKind.CUSTOMER
    return event.client_msg_id if is_own or not public else None


def _actor(event: Event, *, public: bool) -> dict[str, Any]:
    if public:
        return {"kind": event.actor.kind.value, "name": event.actor.name}
    is_customer = event.actor.kind is ActorKind.CUSTOMER
    name = mask_name(event.actor.name) if is_customer else event.actor.name
    return {"kind": event.actor.kind.value, "id": event.actor.id, "name": name}


_INTERNAL_KEYS = frozenset(
    {"agent_id", "withdrawn_from", "owner_id", "from_agent_id", "to_agent_id", "wrap_up", "settled"}
)


def _body(desk: Desk, event: Event, *, public: bool) -> dict[str, Any]:
    body = event.body
    if body.get("kind") == "picture":
        body = {**body, "url": signed_address(desk, body["upload_id"])}
    if public and not _INTERNAL_KEYS.isdisjoint(body):
        body = {key: value for key, value in body.items() if key not in _INTERNAL_KEYS}
    return body


def summary_view(summary: Summary) -> dict[str, Any]:
    head = summary.head
    return {
        "conversation_id": head.id,
        "version": head.last_seq,
        "state": head.state.value,
        "customer": customer_view(summary.customer),
        "channel": head.channel,
        "stage": summary.stage,
        "queue": head.queue,
        "emotion": summary.emotion,
        "unread": summary.unread,
        "last_text": mask_text(head.last_text),
        "last_at": optional_time(head.last_at),
        "waiting_since": optional_time(head.waiting_since),
        "assignee": _named(head.assignee_id, summary.assignee_name),
        "offered_to": head.offered_to,
        "wait_reason": summary.wait_reason,
        "priority": summary.priority,
        "lang": head.lang,
    }


def customer_view(customer: Customer) -> dict[str, Any]:
    """Masked: the full phone is only shown on demand, and that is logged."""
    return {
        "id": customer.id,
        "name": mask_name(customer.name),
        "verified": customer.verified,
        "band": customer.band,
        "member_level": customer.member_level,
        "phone": mask_phone(customer.phone) if customer.phone else "",
    }


def detail_view(
    detail: Detail, agent: Agent, lang: str, names: Mapping[str, Words]
) -> dict[str, Any]:
    """In the language of `agent`, who reads it: only steps that this agent may take are named.

    `names`: of the goods that are mentioned, by id.
    """
    summary = detail.summary
    return {
        "summary": summary_view(summary),
        "case": {
            "id": detail.case.id,
            "state": detail.case.state.value,
            "stage": detail.case.stage,
            "matter": detail.case.matter,
            "reask_count": detail.case.reask_count,
        },
        "context_card": card_view(detail.card, lang, names),
        "brief": brief_view(detail.brief, lang, names),
        "promises": [_promise_view(one, detail, agent, lang) for one in detail.promises],
        "work_orders": [work_order_view(order, agent, lang) for order in detail.work_orders],
        "open_steps": open_steps_view(detail.open_steps, agent, lang),
        "customer": customer_view(summary.customer),
        "timeline": [
            {
                "conversation_id": earlier.conversation_id,
                "started_at": wire_time(earlier.started_at),
                "state": earlier.state.value,
                "summary": mask_text(earlier.last_text),
            }
            for earlier in detail.timeline
        ],
    }


def _promise_view(promise: Promise, detail: Detail, agent: Agent, lang: str) -> dict[str, Any]:
    may = may_change(promise, agent, detail.holder_ids)
    return {
        **worded_promise(promise_view(promise), lang),
        "steps": [change.value for change in open_changes(promise)] if may else [],
    }


def worded_promise(view: dict[str, Any], lang: str) -> dict[str, Any]:
    """What the desk promised by itself, in the reader's language; an agent's words stay."""
    return {**view, "text": in_language(own_promise(view["text"]), lang)}


def brief_view(
    brief: dict[str, Any] | None, lang: str, names: Mapping[str, Words]
) -> dict[str, Any] | None:
    if brief is None:
        return None
    return {**worded_brief(brief, lang, names), "queued_at": optional_time(brief["queued_at"])}


def card_view(card: ContextCard, lang: str, names: Mapping[str, Words]) -> dict[str, Any]:
    return {
        "facts": [fact_view(fact, lang, names) for fact in card.facts.values()],
        "asked": [
            {
                "slot": question.slot,
                "label": fact_label(question.slot, lang),
                "asked_by": question.asked_by,
                "text": question.text,
                "at": wire_time(question.at),
                "is_reask": question.is_reask,
            }
            for question in card.asked
        ],
        "tried": [
            {
                "what": attempt.what.of(lang),
                "result": attempt.result.of(lang),
                "at": wire_time(attempt.at),
            }
            for attempt in card.tried
        ],
    }


def fact_view(fact: Fact, lang: str, names: Mapping[str, Words] | None = None) -> dict[str, Any]:
    value = mask_fact(fact.name, fact.value)
    return {
        "name": fact.name,
        "label": fact_label(fact.name, lang),
        "value": value,
        "shown": shown_fact(fact.name, value, lang, names or {}),
        "source": fact.source.value,
        "at": wire_time(fact.at),
        "confidence": fact.confidence,
        "expired": fact.expires_at is not None,
    }


def answer_view(fact: Fact, lang: str) -> dict[str, Any]:
    """An answer that is known, as the composer shows it before the question is sent."""
    view = fact_view(fact, lang)
    return {"slot": view["name"], "label": view["label"], "shown": view["shown"]}


def agent_view(agent: Agent) -> dict[str, Any]:
    return {
        "id": agent.id,
        "name": agent.name,
        "role": agent.role.value,
        "limit": agent.limit,
        "lang": agent.lang,
        "queues": list(agent.queues),
        "permissions": sorted(permission.value for permission in PERMISSIONS[agent.role]),
    }


def seat_view(seat: Seat) -> dict[str, Any]:
    return {
        "id": seat.agent.id,
        "name": seat.agent.name,
        "status": seat.presence.value,
        "open": seat.open_count,
        "limit": seat.agent.limit,
        "queues": list(seat.agent.queues),
    }


def _named(id_: str | None, name: str | None) -> dict[str, Any] | None:
    return {"id": id_, "name": name or ""} if id_ else None
