"""Policy rows in force, and every decision that was taken by them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.event import Actor
from console.desk.identity import new_id
from console.desk.policy import PolicyBook, PolicyDecision, PolicyRow, Scope
from console.desk.policy_defaults import DEFAULT_POLICIES
from console.storage.columns import Instant, Json, metadata

policies = sa.Table(
    "policy",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("value", Json, nullable=False),
    sa.Column("valid_from", Instant, nullable=False),
    sa.Column("scope", sa.Integer, nullable=False),
    sa.Column("scope_id", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)
policy_decisions = sa.Table(
    "policy_decision",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("conversation_id", sa.Text, nullable=False),
    sa.Column("customer_no", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("rule_id", sa.Text, nullable=False),
    sa.Column("order_no", sa.Text, nullable=False),
    sa.Column("line_id", sa.Text, nullable=False),
    sa.Column("inputs", Json, nullable=False),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Index("ix_policy_decision_conversation", "conversation_id", "at"),
    sa.Index("ix_policy_decision_order", "order_no"),
)


def install_policies(tx: Connection, rows: Iterable[PolicyRow] = DEFAULT_POLICIES) -> int:
    """Adds the rows whose id is not there yet; what a merchant changed stays. Returns how many."""
    known = set(tx.execute(sa.select(policies.c.id)).scalars())
    fresh = [row for row in rows if row.id not in known]
    for row in fresh:
        values = {column.name: getattr(row, column.name) for column in policies.columns}
        tx.execute(policies.insert().values({**values, "scope": int(row.scope)}))
    return len(fresh)


def policy_book(tx: Connection) -> PolicyBook:
    return PolicyBook(_row_of(row) for row in tx.execute(sa.select(policies)))


def _row_of(row: sa.Row[Any]) -> PolicyRow:
    return PolicyRow(**{**row._mapping, "scope": Scope(row.scope)})


def record_decision(
    tx: Connection,
    decision: PolicyDecision,
    *,
    conversation_id: str,
    customer_no: str,
    actor: Actor,
    at: datetime,
) -> str:
    """Returns the id under which an agent can look the decision up."""
    decision_id = new_id("pd")
    tx.execute(
        policy_decisions.insert().values(
            id=decision_id,
            conversation_id=conversation_id,
            customer_no=customer_no,
            subject=decision.subject,
            outcome=decision.outcome,
            rule_id=decision.rule_id,
            order_no=decision.order_no,
            line_id=decision.line_id,
            inputs=dict(decision.inputs),
            actor_kind=actor.kind,
            actor_id=actor.id,
            at=at,
        )
    )
    return decision_id


def decision_of_key(tx: Connection, subject: str, order_no: str, key: str) -> sa.Row[Any] | None:
    """The one that was kept with this key among its inputs, before anything was done."""
    table = policy_decisions
    query = sa.select(table).where(table.c.order_no == order_no, table.c.subject == subject)
    return next((row for row in tx.execute(query) if row.inputs.get("key") == key), None)


def decisions_on_line(
    tx: Connection, subject: str, rule_id: str, order_no: str, line_id: str
) -> list[sa.Row[Any]]:
    """Oldest first."""
    table = policy_decisions
    query = sa.select(table).where(
        table.c.order_no == order_no,
        table.c.line_id == line_id,
        table.c.subject == subject,
        table.c.rule_id == rule_id,
    )
    return list(tx.execute(query.order_by(table.c.at, table.c.id)))
