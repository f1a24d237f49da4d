"""A desk's database with people in it: pairs of a customer and an agent, and customers with orders."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from console.desk.agent import Agent, Presence
from console.desk.case import Case
from console.desk.conversation import Conversation
from console.desk.customer import Customer
from console.desk.event import SYSTEM, EventType, NewEvent
from console.desk.order import Order
from console.gateways.demo_people import demo_orders
from console.services.customer import token_hash
from console.services.seed_shop import seed_demo_shop
from console.storage.agent import insert_agent, insert_session, set_presence
from console.storage.case import insert_case
from console.storage.conversation import insert_conversation
from console.storage.customer import insert_customer, insert_token
from console.storage.database import writing_engine
from console.storage.event import record
from console.storage.migration import migrate
from console.storage.shop import insert_order, shop_customers

_LASTS = timedelta(days=1)
_ORDER = "620026077402"  # of the demo shop, in transit; every buyer gets a copy


@dataclass(frozen=True, slots=True)
class Person:
    """A customer in a conversation. `token` opens the socket."""

    conversation_id: str
    token: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A customer and the agent who holds the conversation; `session` is the agent's cookie."""

    customer: Person
    session: str


def seed_pairs(file: Path, count: int) -> list[Pair]:
    """Conversations that agents hold, so that the bot stays silent."""
    now = datetime.now(UTC)
    engine = writing_engine(f"sqlite:///{file}")
    migrate(engine)
    with engine.begin() as tx:
        pairs = [_pair(tx, number, now) for number in range(count)]
    engine.dispose()
    return pairs


def seed_buyers(file: Path, count: int) -> list[Person]:
    """Signed-in customers with orders of the demo shop, each in a conversation with the bot."""
    now = datetime.now(UTC)
    engine = writing_engine(f"sqlite:///{file}")
    migrate(engine)
    with engine.begin() as tx:
        seed_demo_shop(tx, now)
        buyers = [_buyer(tx, number, now) for number in range(count)]
    engine.dispose()
    return buyers


def seed_agent(file: Path, name: str) -> str:
    """An agent who is online and takes any number of conversations; returns the session."""
    now = datetime.now(UTC)
    engine = writing_engine(f"sqlite:///{file}")
    with engine.begin() as tx:
        agent, session = _agent(tx, name, now)
        set_presence(tx, agent.id, Presence.ONLINE, now)
    engine.dispose()
    return session


def _pair(tx: Connection, number: int, now: datetime) -> Pair:
    agent, session = _agent(tx, f"a{number}", now)
    person = _customer(tx, Customer(id=f"cu_{number}"), now)
    joined = {"agent_id": agent.id, "name": agent.name}
    news = [
        NewEvent(EventType.CONVERSATION_STARTED, SYSTEM, {"lang": "zh"}),
        NewEvent(EventType.AGENT_JOINED, SYSTEM, joined),
    ]
    record(tx, person.conversation_id, news, now)
    return Pair(person, session)


def _agent(tx: Connection, name: str, now: datetime) -> tuple[Agent, str]:
    agent = Agent(id=f"ag_{name}", login=name, name=name, limit=10_000)
    insert_agent(tx, agent, "-", now)
    session = secrets.token_urlsafe(32)
    insert_session(tx, token_hash(session), agent.id, "-", now, now + _LASTS)
    return agent, session


def _buyer(tx: Connection, number: int, now: datetime) -> Person:
    customer_no = f"9{number:05}"
    tx.execute(
        shop_customers.insert().values(
            customer_no=customer_no, name="顾客", phone=f"139{number:08}", member_level=1
        )
    )
    order = next(one for one in demo_orders(now) if one.order_no == _ORDER)
    insert_order(tx, _copy(order, f"6399{number:08}", customer_no))
    customer = Customer(id=f"cu_b{number}", shop_customer_no=customer_no, verified=True)
    person = _customer(tx, customer, now)
    started = NewEvent(EventType.CONVERSATION_STARTED, SYSTEM, {"lang": "zh"})
    record(tx, person.conversation_id, [started], now)
    return person


def _copy(order: Order, order_no: str, customer_no: str) -> Order:
    new_ids = {line.line_id: f"{order_no}-{at}" for at, line in enumerate(order.lines)}
    return replace(
        order,
        order_no=order_no,
        customer_no=customer_no,
        lines=tuple(replace(line, line_id=new_ids[line.line_id]) for line in order.lines),
        parcels=tuple(
            replace(
                parcel,
                waybill_no=f"BB{order_no}{at}",
                line_ids=tuple(new_ids[line_id] for line_id in parcel.line_ids),
            )
            for at, parcel in enumerate(order.parcels)
        ),
    )


def _customer(tx: Connection, customer: Customer, now: datetime) -> Person:
    token, short = secrets.token_urlsafe(32), customer.id.removeprefix("cu_")
    insert_customer(tx, customer, now)
    insert_token(tx, token_hash(token), customer.id, now + _LASTS)
    insert_case(tx, Case(id=f"ca_{short}", customer_id=customer.id, last_at=now))
    head = Conversation(id=f"co_{short}", customer_id=customer.id, case_id=f"ca_{short}")
    insert_conversation(tx, head, now)
    return Person(head.id, token)
