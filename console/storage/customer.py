"""Rows of customers, and the tokens their browsers carry (only hashes are kept)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.customer import Customer
from console.storage.columns import Instant, metadata
from console.storage.insert_unless import insert_unless_there

customers = sa.Table(
    "customer",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop_customer_no", sa.Text, unique=True),
    sa.Column("verified", sa.Boolean, nullable=False),
    sa.Column("name", sa.Text, nullable=False, server_default=""),
    sa.Column("phone", sa.Text, nullable=False, server_default=""),
    sa.Column("member_level", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created_at", Instant, nullable=False),
)

customer_tokens = sa.Table(
    "customer_token",
    metadata,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    # Who this browser was before it signed in: it alone goes on seeing what it wrote then.
    sa.Column("visitor_id", sa.Text),
    sa.Index("ix_customer_token_customer", "customer_id"),
    sa.Index("ix_customer_token_expires_at", "expires_at"),
)

used_jwts = sa.Table(
    "used_jwt",
    metadata,
    sa.Column("jti", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Index("ix_used_jwt_expires_at", "expires_at"),
)


def insert_customer(tx: Connection, customer: Customer, at: datetime) -> None:
    tx.execute(customers.insert().values(**_row(customer, at)))


def customer_of_shop(
    tx: Connection, shop_customer_no: str, fresh: Customer, at: datetime
) -> Customer:
    """The shop's customer; `fresh` for who comes for the first time, and on one desk first."""
    known = customer_by_shop_no(tx, shop_customer_no)
    if known is None and not insert_unless_there(tx, customers, _row(fresh, at)):
        known = customer_by_shop_no(tx, shop_customer_no)
    return known or fresh


def _row(customer: Customer, at: datetime) -> dict[str, Any]:
    return {
        "id": customer.id,
        "shop_customer_no": customer.shop_customer_no,
        "verified": customer.verified,
        "name": customer.name,
        "phone": customer.phone,
        "member_level": customer.member_level,
        "created_at": at,
    }


def customer(tx: Connection, customer_id: str) -> Customer | None:
    row = tx.execute(sa.select(customers).where(customers.c.id == customer_id)).first()
    return customer_of_row(row) if row else None


def customer_by_shop_no(tx: Connection, shop_customer_no: str) -> Customer | None:
    row = tx.execute(
        sa.select(customers).where(customers.c.shop_customer_no == shop_customer_no)
    ).first()
    return customer_of_row(row) if row else None


def save_profile(tx: Connection, customer: Customer) -> None:
    tx.execute(
        customers.update()
        .where(customers.c.id == customer.id)
        .values(name=customer.name, phone=customer.phone, member_level=customer.member_level)
    )


def insert_token(
    tx: Connection,
    token_hash: str,
    customer_id: str,
    expires_at: datetime,
    visitor_id: str | None = None,
) -> None:
    tx.execute(
        customer_tokens.insert().values(
            token_hash=token_hash,
            customer_id=customer_id,
            expires_at=expires_at,
            visitor_id=visitor_id,
        )
    )


def extend_token(tx: Connection, token_hash: str, expires_at: datetime) -> None:
    tx.execute(
        customer_tokens.update()
        .where(customer_tokens.c.token_hash == token_hash)
        .values(expires_at=expires_at)
    )


def visitor_of_token(tx: Connection, token_hash: str) -> str | None:
    """Who the browser was before it signed in."""
    return tx.execute(
        sa.select(customer_tokens.c.visitor_id).where(customer_tokens.c.token_hash == token_hash)
    ).scalar()


def customer_of_token(tx: Connection, token_hash: str, now: datetime) -> Customer | None:
    row = tx.execute(
        sa.select(customers)
        .join(customer_tokens, customer_tokens.c.customer_id == customers.c.id)
        .where(customer_tokens.c.token_hash == token_hash, customer_tokens.c.expires_at > now)
    ).first()
    return customer_of_row(row) if row else None


def forget_token(tx: Connection, token_hash: str) -> None:
    tx.execute(customer_tokens.delete().where(customer_tokens.c.token_hash == token_hash))


def forget_expired(tx: Connection, now: datetime) -> None:
    """What has expired opens nothing and refuses nothing any more."""
    for table in (customer_tokens, used_jwts):
        tx.execute(table.delete().where(table.c.expires_at <= now))


def use_jwt(tx: Connection, jti: str, customer_id: str, expires_at: datetime) -> bool:
    """True for the first use of a signed token, on whichever desk."""
    values = {"jti": jti, "customer_id": customer_id, "expires_at": expires_at}
    return insert_unless_there(tx, used_jwts, values)


def customer_of_row(row: sa.Row[Any]) -> Customer:
    return Customer(
        id=row.id,
        shop_customer_no=row.shop_customer_no,
        verified=bool(row.verified),
        name=row.name,
        phone=row.phone,
        member_level=row.member_level,
    )
