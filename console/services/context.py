"""What is known, asked and tried in a case, and how that reaches the dialogue and the agent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from console.desk.case import Attempt, Fact, Question, Source, is_reask
from console.desk.customer import Customer
from console.desk.event import SYSTEM, EventType, NewEvent
from console.desk.words import Words
from console.services.parts import Desk
from console.storage import case as case_rows
from console.storage import conversation as conversation_rows
from console.storage.event import record

# Slots of the dialogue that are facts of the case; the rest is bookkeeping of a form.
FACT_SLOTS = (
    "order_no",
    "order_item_id",
    "product_id",
    "quantity",
    "reason",
    "condition",
    "accessories_complete",
    "fault_text",
    "fault_since",
    "tried_steps",
    "photos",
    "new_variant",
    "new_size",
    "return_way",
    "slot_window",
    "cancel_reason",
    "rma_no",
    "phone",
    "new_address",
    "complaint_target",
    "complaint_text",
    "complaint_wish",
    "invoice_title",
    "tax_no",
    "email",
    "budget",
    "category",
    "region",
    "height",
    "weight",
    "for_whom",
    "company",
)


async def known_facts(desk: Desk, conversation_id: str) -> dict[str, Fact]:
    """Facts that are settled and not expired, by slot."""
    now = desk.clock.now()

    def query(tx: Connection) -> dict[str, Fact]:
        head = conversation_rows.conversation(tx, conversation_id)
        return settled(case_rows.facts_of(tx, head.case_id), now)

    return await desk.database.read(query)


def settled(facts: dict[str, Fact], now: datetime) -> dict[str, Fact]:
    return {name: fact for name, fact in facts.items() if fact.is_known(now)}


async def record_question(
    desk: Desk, conversation_id: str, slot: str, asked_by: str, text: str = ""
) -> bool:
    """Remembers that something was asked. True when the answer was known: a re-ask."""
    now = desk.clock.now()

    def work(tx: Connection) -> bool:
        head = conversation_rows.conversation(tx, conversation_id)
        return ask(tx, head.case_id, slot, asked_by, text, now)

    return await desk.database.write(work)


def ask(
    tx: Connection,
    case_id: str,
    slot: str,
    asked_by: str,
    text: str,
    now: datetime,
    *,
    conversation_id: str | None = None,
    seq: int | None = None,
) -> bool:
    """Inside a unit of work: stores the question; True when it is a re-ask.

    `conversation_id`, `seq`: the agent's message that asked.
    """
    reask = is_reask(slot, case_rows.facts_of(tx, case_id), now)
    question = Question(slot, asked_by, text[:300], now, reask, conversation_id, seq)
    case_rows.insert_question(tx, case_id, question)
    return reask


async def record_attempt(desk: Desk, conversation_id: str, what: Words, result: Words) -> None:
    """Remembers a step that was tried for the customer."""
    now = desk.clock.now()

    def work(tx: Connection) -> None:
        head = conversation_rows.conversation(tx, conversation_id)
        case_rows.insert_attempt(tx, head.case_id, Attempt(what, result, now))

    await desk.database.write(work)


async def settle(
    desk: Desk, conversation_id: str, values: dict[str, Any], source: Source
) -> list[Fact]:
    """Stores facts that an agent or the data settled; watchers see the card change."""
    now = desk.clock.now()
    news = [Fact(name, value, source, now) for name, value in values.items()]

    def work(tx: Connection) -> list[Fact]:
        head = conversation_rows.conversation(tx, conversation_id)
        return learn_facts(tx, conversation_id, head.case_id, news, now)

    return await desk.database.write(work)


def learn_facts(
    tx: Connection, conversation_id: str, case_id: str, news: list[Fact], now: datetime
) -> list[Fact]:
    """Inside a unit of work: stores facts and says so with an internal event."""
    changed = case_rows.learn(tx, case_id, news)
    if changed:
        if order := next((fact for fact in changed if fact.name == "order_no"), None):
            case_rows.touch_case(tx, case_id, now, matter=f"order:{order.value}")
        body = {"names": [fact.name for fact in changed]}
        record(tx, conversation_id, [NewEvent(EventType.CONTEXT_UPDATED, SYSTEM, body)], now)
    return changed


def slots_for_dialogue(
    stored: dict[str, Any], facts: dict[str, Fact], customer: Customer, lang: str, now: datetime
) -> dict[str, Any]:
    """What the engine starts a turn with: its own slots, then everything the case knows."""
    slots = dict(stored)
    for name, fact in settled(facts, now).items():
        if name in FACT_SLOTS:
            slots[name] = fact.value
    slots["lang"] = lang
    slots["customer_verified"] = customer.verified
    return slots


def facts_from_slots(
    before: dict[str, Any], after: dict[str, Any], now: datetime
) -> tuple[list[Fact], list[str]]:
    """(news, ended): what the customer just told, and what a finished form let go of."""
    news = []
    ended = []
    for name in FACT_SLOTS:
        value = after.get(name)
        if value == before.get(name):
            continue
        if value is None:
            ended.append(name)
        else:
            news.append(Fact(name, value, Source.CUSTOMER, now))
    return news, ended


def expire(tx: Connection, case_id: str, names: list[str], now: datetime) -> None:
    """A finished form's answers stay on the card as history and may be asked anew."""
    if not names:
        return
    known = case_rows.facts_of(tx, case_id)
    case_rows.forget(tx, case_id, names)
    kept = [replace(known[name], expires_at=now) for name in names if name in known]
    case_rows.learn(tx, case_id, kept)
