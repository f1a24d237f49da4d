"""Rows of price claims: the request with its answer, each claim, and what a line has had so far.

`reserve` is the guard against paying twice: both ceilings are conditions of the update itself, so
they hold between transactions and between desks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.storage.columns import Instant, Json, metadata
from console.storage.insert_unless import insert_unless_there


class ClaimState(StrEnum):
    PENDING = "pending"  # decided; the shop has not confirmed the money yet
    PAID = "paid"
    AUDIT = "audit"  # a person decides
    REJECTED = "rejected"
    VOID = "void"  # the goods went back, or the shop refused the refund


# The answer that a repeat of the same request gets.
price_claim_requests = sa.Table(
    "price_claim_request",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("customer_no", sa.Text, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),  # an order number, or empty for all orders
    sa.Column("verdicts", Json, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
)
price_claims = sa.Table(
    "price_claim",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, sa.ForeignKey("price_claim_request.key"), nullable=False),
    sa.Column("conversation_id", sa.Text, nullable=False),
    sa.Column("customer_no", sa.Text, nullable=False),
    sa.Column("order_no", sa.Text, nullable=False),
    sa.Column("line_id", sa.Text, nullable=False),
    sa.Column("claim_fen", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("refund_no", sa.Text),
    sa.Column("actor_kind", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("settled_at", Instant),
    sa.UniqueConstraint("key", "line_id"),
    sa.Index("ix_price_claim_line", "line_id"),
    sa.Index("ix_price_claim_state", "state"),
    sa.CheckConstraint("claim_fen > 0", name="claims_something"),
)
# What was claimed on a line in every state but rejected and void.
price_claim_lines = sa.Table(
    "price_claim_line",
    metadata,
    sa.Column("line_id", sa.Text, primary_key=True),
    sa.Column("order_no", sa.Text, nullable=False),
    sa.Column("claimed_fen", sa.Integer, nullable=False),
)
# What the bot paid a customer on a natural day in Shanghai.
price_claim_days = sa.Table(
    "price_claim_day",
    metadata,
    sa.Column("customer_no", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("paid_fen", sa.Integer, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceClaim:
    """A claim that pays, or may pay once a person has looked."""

    id: str
    key: str
    conversation_id: str
    customer_no: str
    order_no: str
    line_id: str
    claim_fen: int
    state: ClaimState
    actor_kind: str
    actor_id: str
    created_at: datetime
    refund_no: str | None = None
    settled_at: datetime | None = None


def insert_request(
    tx: Connection,
    *,
    key: str,
    customer_no: str,
    scope: str,
    verdicts: list[dict[str, Any]],
    at: datetime,
) -> None:
    tx.execute(
        price_claim_requests.insert().values(
            key=key, customer_no=customer_no, scope=scope, verdicts=verdicts, created_at=at
        )
    )


def find_request(tx: Connection, key: str) -> sa.Row[Any] | None:
    table = price_claim_requests
    return tx.execute(sa.select(table).where(table.c.key == key)).first()


def insert_claim(tx: Connection, claim: PriceClaim) -> None:
    values = {column.name: getattr(claim, column.name) for column in price_claims.columns}
    tx.execute(price_claims.insert().values(**values))


def claimed_by_line(tx: Connection, line_ids: Iterable[str]) -> dict[str, int]:
    table = price_claim_lines
    query = sa.select(table.c.line_id, table.c.claimed_fen)
    query = query.where(table.c.line_id.in_(sorted(line_ids)))
    return {row.line_id: row.claimed_fen for row in tx.execute(query)}


def paid_on_day(tx: Connection, customer_no: str, day: date) -> int:
    table = price_claim_days
    query = sa.select(table.c.paid_fen).where(
        table.c.customer_no == customer_no, table.c.day == day
    )
    return int(tx.execute(query).scalar() or 0)


def reserve(
    tx: Connection, order_no: str, line_id: str, amount_fen: int, *, ceiling_fen: int
) -> bool:
    """Adds to what the line has had unless that would exceed `ceiling_fen`; `False`: it would."""
    table = price_claim_lines
    insert_unless_there(tx, table, {"line_id": line_id, "order_no": order_no, "claimed_fen": 0})
    done = tx.execute(
        table.update()
        .where(table.c.line_id == line_id, table.c.claimed_fen + amount_fen <= ceiling_fen)
        .values(claimed_fen=table.c.claimed_fen + amount_fen)
    )
    return done.rowcount == 1


def spend(tx: Connection, customer_no: str, day: date, amount_fen: int, *, limit_fen: int) -> bool:
    """Adds to what the bot paid this customer on `day` unless that would exceed `limit_fen`."""
    table = price_claim_days
    insert_unless_there(tx, table, {"customer_no": customer_no, "day": day, "paid_fen": 0})
    done = tx.execute(
        table.update()
        .where(
            table.c.customer_no == customer_no,
            table.c.day == day,
            table.c.paid_fen + amount_fen <= limit_fen,
        )
        .values(paid_fen=table.c.paid_fen + amount_fen)
    )
    return done.rowcount == 1


def release(tx: Connection, line_id: str, amount_fen: int) -> None:
    """Takes back what a rejected or void claim had reserved."""
    table = price_claim_lines
    tx.execute(
        table.update()
        .where(table.c.line_id == line_id)
        .values(claimed_fen=table.c.claimed_fen - amount_fen)
    )


def settle(
    tx: Connection,
    claim_id: str,
    *,
    old: ClaimState,
    new: ClaimState,
    at: datetime | None,
    refund_no: str | None = None,
) -> bool:
    """Moves a claim on if it still is in `old`; `False`: somebody else did."""
    done = tx.execute(
        price_claims.update()
        .where(price_claims.c.id == claim_id, price_claims.c.state == old)
        .values(state=new, settled_at=at, refund_no=refund_no)
    )
    return done.rowcount == 1


def void_audits(tx: Connection, line_ids: Iterable[str], at: datetime) -> list[PriceClaim]:
    """Claims that wait for a person fall when their goods go back; what they held is free."""
    fallen = []
    for claim in claims_on_lines(tx, line_ids, ClaimState.AUDIT):
        if settle(tx, claim.id, old=ClaimState.AUDIT, new=ClaimState.VOID, at=at):
            release(tx, claim.line_id, claim.claim_fen)
            fallen.append(claim)
    return fallen


def claims_of_request(tx: Connection, key: str) -> list[PriceClaim]:
    return _claims(tx, price_claims.c.key == key)


def claims_on_lines(tx: Connection, line_ids: Iterable[str], state: ClaimState) -> list[PriceClaim]:
    return _claims(tx, price_claims.c.line_id.in_(sorted(line_ids)), price_claims.c.state == state)


def claims_in(tx: Connection, state: ClaimState) -> list[PriceClaim]:
    return _claims(tx, price_claims.c.state == state)


def claims_of_customer(tx: Connection, customer_no: str) -> list[PriceClaim]:
    """Newest first."""
    return _claims(tx, price_claims.c.customer_no == customer_no)[::-1]


def lines_of_refunds(tx: Connection, customer_no: str) -> dict[str, str]:
    """Which line each of the customer's refunds was paid for, by the shop's refund number."""
    table = price_claims
    query = sa.select(table.c.refund_no, table.c.line_id).where(
        table.c.customer_no == customer_no, table.c.refund_no.is_not(None)
    )
    return {row.refund_no: row.line_id for row in tx.execute(query)}


def find_claim(tx: Connection, claim_id: str) -> PriceClaim | None:
    found = _claims(tx, price_claims.c.id == claim_id)
    return found[0] if found else None


def _claims(tx: Connection, *conditions: sa.ColumnElement[bool]) -> list[PriceClaim]:
    query = sa.select(price_claims).where(*conditions)
    query = query.order_by(price_claims.c.created_at, price_claims.c.id)
    return [_claim_of(row) for row in tx.execute(query)]


def _claim_of(row: sa.Row[Any]) -> PriceClaim:
    values = dict(row._mapping)
    values["state"] = ClaimState(row.state)
    return PriceClaim(**values)
