"""Rows of cases and of what is known, asked and tried in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.case import (
    Attempt,
    Case,
    CaseState,
    ContextCard,
    Fact,
    Question,
    Source,
    replaces,
)
from console.desk.errors import NotFound
from console.storage.columns import InBoth, Instant, Json, metadata
from console.storage.prepared import Prepared

cases = sa.Table(
    "case",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("matter", sa.Text),
    sa.Column("owner_id", sa.Text, sa.ForeignKey("agent.id")),
    sa.Column("last_at", Instant, nullable=False),
    sa.Column("reask_count", sa.Integer, nullable=False, server_default="0"),
    sa.Index("ix_case_customer", "customer_id", "last_at"),
)

facts = sa.Table(
    "fact",
    metadata,
    sa.Column("case_id", sa.Text, sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", Json),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("expires_at", Instant),
)

questions = sa.Table(
    "question",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("case_id", sa.Text, sa.ForeignKey("case.id"), nullable=False, index=True),
    sa.Column("slot", sa.Text, nullable=False),
    sa.Column("asked_by", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("is_reask", sa.Boolean, nullable=False),
    # The agent's message that asked; a message that is read twice asks once. Empty for the bot.
    sa.Column("conversation_id", sa.Text, sa.ForeignKey("conversation.id")),
    sa.Column("seq", sa.Integer),
    sa.UniqueConstraint("conversation_id", "seq", "slot"),
)

attempts = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("case_id", sa.Text, sa.ForeignKey("case.id"), nullable=False, index=True),
    sa.Column("what", InBoth, nullable=False),
    sa.Column("result", InBoth, nullable=False),
    sa.Column("at", Instant, nullable=False),
)

# Built once, because every turn needs them (docs/adr/0017).
_TOUCH = Prepared(cases.update().where(cases.c.id == sa.bindparam("case_id")))
_FACTS = Prepared(
    sa.select(facts).where(facts.c.case_id == sa.bindparam("of_case")).order_by(facts.c.at)
)
_FORGET_FACT = Prepared(
    facts.delete().where(
        facts.c.case_id == sa.bindparam("of_case"), facts.c.name == sa.bindparam("called")
    )
)
_INSERT_FACT = Prepared(facts.insert())


def insert_case(tx: Connection, case: Case) -> None:
    tx.execute(
        cases.insert().values(
            id=case.id,
            customer_id=case.customer_id,
            state=case.state,
            stage=case.stage,
            matter=case.matter,
            owner_id=case.owner_id,
            last_at=case.last_at,
            reask_count=case.reask_count,
        )
    )


def case_by_id(tx: Connection, case_id: str) -> Case:
    """Raises `NotFound`."""
    row = tx.execute(sa.select(cases).where(cases.c.id == case_id)).first()
    if row is None:
        raise NotFound("case")
    return case_of(row)


def cases_of_customer(tx: Connection, customer_id: str, limit: int = 20) -> list[Case]:
    """Newest first."""
    rows = tx.execute(
        sa.select(cases)
        .where(cases.c.customer_id == customer_id)
        .order_by(cases.c.last_at.desc())
        .limit(limit)
    )
    return [case_of(row) for row in rows]


def touch_case(tx: Connection, case_id: str, at: datetime, **changes: Any) -> None:
    """Changes columns of a case; every touch is a sign of life."""
    _TOUCH.change(tx, {**changes, "last_at": at, "case_id": case_id})


def give_cases(tx: Connection, case_id: str, customer_id: str) -> None:
    """A visitor signed in: the case now belongs to the customer."""
    tx.execute(cases.update().where(cases.c.id == case_id).values(customer_id=customer_id))


def learn(tx: Connection, case_id: str, news: Sequence[Fact]) -> list[Fact]:
    """Stores facts; returns what changed. A guess never replaces what is settled."""
    if not news:
        return []
    known = facts_of(tx, case_id)
    changed = []
    for fact in news:
        old = known.get(fact.name)
        if not replaces(fact, old) or (old is not None and _is_same(old, fact)):
            continue
        _FORGET_FACT.change(tx, {"of_case": case_id, "called": fact.name})
        _INSERT_FACT.change(tx, {**_fact_row(fact), "case_id": case_id})
        known[fact.name] = fact
        changed.append(fact)
    return changed


def _is_same(old: Fact, new: Fact) -> bool:
    return (old.value, old.source, old.expires_at) == (new.value, new.source, new.expires_at)


def forget(tx: Connection, case_id: str, names: Iterable[str]) -> None:
    tx.execute(facts.delete().where(facts.c.case_id == case_id, facts.c.name.in_(list(names))))


def facts_of(tx: Connection, case_id: str) -> dict[str, Fact]:
    return {row.name: fact_of(row) for row in _FACTS.all(tx, {"of_case": case_id})}


def insert_question(tx: Connection, case_id: str, question: Question) -> None:
    """Records it and counts a re-ask on the case."""
    tx.execute(
        questions.insert().values(
            case_id=case_id,
            slot=question.slot,
            asked_by=question.asked_by,
            text=question.text,
            at=question.at,
            is_reask=question.is_reask,
            conversation_id=question.conversation_id,
            seq=question.seq,
        )
    )
    if question.is_reask:
        tx.execute(
            cases.update().where(cases.c.id == case_id).values(reask_count=cases.c.reask_count + 1)
        )


def slots_asked_at(tx: Connection, conversation_id: str, seq: int) -> set[str]:
    """What the message at this place is already known to ask for."""
    query = sa.select(questions.c.slot).where(
        questions.c.conversation_id == conversation_id, questions.c.seq == seq
    )
    return set(tx.execute(query).scalars())


def insert_attempt(tx: Connection, case_id: str, attempt: Attempt) -> None:
    tx.execute(
        attempts.insert().values(
            case_id=case_id, what=attempt.what, result=attempt.result, at=attempt.at
        )
    )


def context_card(tx: Connection, case_id: str) -> ContextCard:
    asked = tx.execute(
        sa.select(questions).where(questions.c.case_id == case_id).order_by(questions.c.id)
    )
    tried = tx.execute(
        sa.select(attempts).where(attempts.c.case_id == case_id).order_by(attempts.c.id)
    )
    return ContextCard(
        facts=facts_of(tx, case_id),
        asked=[
            Question(
                slot=row.slot,
                asked_by=row.asked_by,
                text=row.text,
                at=row.at,
                is_reask=bool(row.is_reask),
                conversation_id=row.conversation_id,
                seq=row.seq,
            )
            for row in asked
        ],
        tried=[Attempt(row.what, row.result, row.at) for row in tried],
    )


def _fact_row(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "value": fact.value,
        "source": fact.source,
        "at": fact.at,
        "confidence": fact.confidence,
        "expires_at": fact.expires_at,
    }


def fact_of(row: sa.Row[Any]) -> Fact:
    return Fact(row.name, row.value, Source(row.source), row.at, row.confidence, row.expires_at)


def case_of(row: sa.Row[Any]) -> Case:
    return Case(
        id=row.id,
        customer_id=row.customer_id,
        state=CaseState(row.state),
        stage=row.stage,
        matter=row.matter,
        owner_id=row.owner_id,
        last_at=row.last_at,
        reask_count=row.reask_count,
    )
