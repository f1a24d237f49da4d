"""A desk around a real database and the demo shop; time is turned by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.case import Case
from console.desk.conversation import Conversation
from console.desk.customer import Customer
from console.desk.errors import ShopDown
from console.desk.event import EventType
from console.gateways.demo_people import CUSTOMERS
from console.gateways.demo_shop import DemoShop
from console.services.parts import Desk
from console.services.seed_shop import seed_demo_shop
from console.settings import Limits, Timers
from console.storage.case import insert_case
from console.storage.conversation import insert_conversation
from console.storage.customer import insert_customer
from console.storage.database import Database
from console.storage.event import events_after
from console.storage.schema import metadata
from console.storage.shop import shop_payments
from tests.furnished import furnish_sqlite

NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)  # in Shanghai, a Monday


class HandClock:
    def __init__(self, now: datetime = NOON) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def turn(self, **delta: float) -> None:
        self.time += timedelta(**delta)


class WeakShop:
    """The demo shop behind a bad line: the named calls fail before or after they have worked."""

    def __init__(self, shop: DemoShop) -> None:
        self.shop = shop
        self.down: set[str] = set()  # nothing happens, ShopDown
        self.answer_lost: set[str] = set()  # it happens, ShopDown
        self.calls: list[tuple[str, str]] = []  # write and key

    def __getattr__(self, name: str) -> Any:
        real = getattr(self.shop, name)

        async def call(*args: Any, **kwargs: Any) -> Any:
            if "key" in kwargs:
                self.calls.append((name, kwargs["key"]))
            if name in self.down:
                raise ShopDown(name)
            answer = await real(*args, **kwargs)
            if name in self.answer_lost:
                raise ShopDown(name)
            return answer

        return call


@dataclass(frozen=True)
class LimitsAndTimers:
    """The part of the settings that these services read."""

    limits: Limits
    timers: Timers


def desk_of(database: Database, clock: HandClock, shop: Any) -> Desk:
    return Desk(
        database=database,
        shop=shop,
        engine=cast("Any", None),
        hub=cast("Any", None),
        clock=clock,
        settings=cast("Any", LimitsAndTimers(Limits(), Timers())),
    )


@asynccontextmanager
async def running_desk(url: str) -> AsyncIterator[Desk]:
    """A desk with the demo shop in it and one conversation for each of its customers."""
    database, clock = Database(url), HandClock()
    if database.is_sqlite:
        furnish_sqlite(url, _arrange)
        await database.open()
    else:
        metadata.create_all(database.engine)
        await database.open()
        await database.write(_arrange)
    yield desk_of(database, clock, WeakShop(DemoShop(database, clock.now)))
    await database.close()


def _arrange(tx: Connection) -> None:
    seed_demo_shop(tx, NOON)
    for one in CUSTOMERS:
        add_conversation(tx, f"co_{one.customer_no}", one.customer_no)
    add_conversation(tx, "co_visitor", None)


def add_conversation(tx: Connection, conversation_id: str, customer_no: str | None) -> None:
    suffix = customer_no or "visitor"
    customer = Customer(
        id=f"cu_{suffix}", shop_customer_no=customer_no, verified=customer_no is not None
    )
    insert_customer(tx, customer, NOON)
    insert_case(tx, Case(id=f"ca_{suffix}", customer_id=customer.id, last_at=NOON))
    head = Conversation(id=conversation_id, customer_id=customer.id, case_id=f"ca_{suffix}")
    insert_conversation(tx, head, NOON)


async def actions_taken(desk: Desk, conversation_id: str) -> list[dict[str, Any]]:
    """What the conversation says about money and orders, oldest first."""
    events = await desk.database.read(lambda tx: events_after(tx, conversation_id, 0))
    return [event.body for event in events if event.type is EventType.ACTION_TAKEN]


async def count(desk: Desk, table: sa.Table) -> int:
    query = sa.select(sa.func.count()).select_from(table)
    return await desk.database.read(lambda tx: int(tx.execute(query).scalar_one()))


async def paid_back(desk: Desk, order_no: str) -> int:
    """What the shop has refunded on an order, by its own books."""
    table = shop_payments
    query = sa.select(sa.func.sum(table.c.refunded_fen)).where(table.c.order_no == order_no)
    return await desk.database.read(lambda tx: int(tx.execute(query).scalar() or 0))
