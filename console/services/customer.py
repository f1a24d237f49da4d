"""Who is writing: anonymous visitors with a token, and customers whom the shop has signed in."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from console.desk.case import Case, CaseState, Fact, Source, continues
from console.desk.conversation import Conversation, State
from console.desk.customer import Customer
from console.desk.errors import NotSignedIn
from console.desk.event import SYSTEM, EventType, NewEvent
from console.desk.identity import new_id
from console.gateways.customer_jwt import ShopSignIn
from console.services.parts import Desk
from console.storage import case as case_rows
from console.storage import conversation as conversation_rows
from console.storage import customer as customer_rows
from console.storage.event import record


@dataclass(frozen=True, slots=True)
class CustomerSession:
    """What a browser needs to go on. `token` is shown once and stored as a hash."""

    token: str
    conversation_id: str
    customer: Customer
    lang: str


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def customer_of_token(desk: Desk, token: str) -> Customer:
    """Raises `NotSignedIn` for an unknown or expired token."""
    now = desk.clock.now()
    found = await desk.database.read(
        lambda tx: customer_rows.customer_of_token(tx, token_hash(token), now)
    )
    if found is None:
        raise NotSignedIn()
    return found


async def open_session(
    desk: Desk, *, token: str | None, sign_in: ShopSignIn | None, lang: str
) -> CustomerSession:
    """Finds or makes the customer and the conversation to go on with.

    A visitor who signs in keeps the conversation; the transcript of another device is never
    shown. Raises `NotSignedIn` when a signed token was used before by somebody else.
    """
    profile = await desk.shop.customer(sign_in.customer_no) if sign_in else None
    now = desk.clock.now()
    fresh = secrets.token_urlsafe(32)
    lasts = timedelta(seconds=desk.settings.timers.visitor_token_s)

    def work(tx: Connection) -> CustomerSession:
        before = customer_rows.customer_of_token(tx, token_hash(token), now) if token else None
        customer = before
        if sign_in is not None:
            customer = _signed_in(tx, sign_in, before, now)
            if profile is not None:
                customer = replace(
                    customer,
                    name=profile.name,
                    phone=profile.phone,
                    member_level=profile.member_level,
                )
                customer_rows.save_profile(tx, customer)
        if customer is None:
            customer = Customer(id=new_id("cu"))
            customer_rows.insert_customer(tx, customer, now)
        head = _conversation(tx, customer, before, lang, now)
        return CustomerSession(
            _token(tx, customer, before, token, fresh, now + lasts), head.id, customer, head.lang
        )

    return await desk.database.write(work)


def _signed_in(
    tx: Connection, sign_in: ShopSignIn, before: Customer | None, now: datetime
) -> Customer:
    customer = customer_rows.customer_by_shop_no(tx, sign_in.customer_no)
    if customer is None:
        customer = Customer(id=new_id("cu"), shop_customer_no=sign_in.customer_no, verified=True)
        customer_rows.insert_customer(tx, customer, now)
    is_same_browser = before is not None and before.id == customer.id
    is_first_use = customer_rows.use_jwt(tx, sign_in.jti, customer.id, sign_in.expires_at)
    if not is_first_use and not is_same_browser:
        raise NotSignedIn("this sign-in was used before")
    return customer


def _token(
    tx: Connection,
    customer: Customer,
    before: Customer | None,
    token: str | None,
    fresh: str,
    expires_at: datetime,
) -> str:
    """The browser's token goes on when the person is the same; otherwise it gets a new one."""
    if token and before is not None and before.id == customer.id:
        return token
    if token:
        customer_rows.forget_token(tx, token_hash(token))
    customer_rows.insert_token(tx, token_hash(fresh), customer.id, expires_at)
    return fresh


def _conversation(
    tx: Connection, customer: Customer, before: Customer | None, lang: str, now: datetime
) -> Conversation:
    latest = conversation_rows.latest_of_customer(tx, customer.id)
    if latest is not None and latest.state is not State.RESOLVED:
        return latest
    if before is not None and before.id != customer.id and not before.verified:
        moved = _move_visitor(tx, before, customer, now)
        if moved is not None:
            return moved
    return start_conversation(tx, customer, lang, now)


def _move_visitor(
    tx: Connection, visitor: Customer, customer: Customer, now: datetime
) -> Conversation | None:
    """The visitor's own conversation of this browser becomes the customer's."""
    head = conversation_rows.latest_of_customer(tx, visitor.id)
    if head is None or head.state is State.RESOLVED:
        return None
    case_rows.give_cases(tx, head.case_id, customer.id)
    body = {"customer_id": customer.id, "case_id": head.case_id}
    record(tx, head.id, [NewEvent(EventType.CUSTOMER_IDENTIFIED, SYSTEM, body)], now)
    return conversation_rows.conversation(tx, head.id)


def start_conversation(
    tx: Connection, customer: Customer, lang: str, now: datetime
) -> Conversation:
    """A new conversation, on the unresolved case of the last 48 hours or on a new one."""
    case = next(
        (found for found in case_rows.cases_of_customer(tx, customer.id) if continues(found, now)),
        None,
    )
    if case is None:
        case = Case(id=new_id("ca"), customer_id=customer.id, state=CaseState.OPEN, last_at=now)
        case_rows.insert_case(tx, case)
    head = Conversation(id=new_id("co"), customer_id=customer.id, case_id=case.id, lang=lang)
    conversation_rows.insert_conversation(tx, head, now)
    started = NewEvent(EventType.CONVERSATION_STARTED, SYSTEM, {"lang": lang})
    record(tx, head.id, [started], now)
    return conversation_rows.conversation(tx, head.id)


async def set_page_context(desk: Desk, conversation_id: str, context: dict[str, str]) -> None:
    """What the page knows is never asked: the order or product that the customer looks at.

    An order counts only when it is this customer's own.
    """
    now = desk.clock.now()
    head, customer = await desk.database.read(
        lambda tx: (
            conversation_rows.conversation(tx, conversation_id),
            conversation_rows.customer_of(tx, conversation_id),
        )
    )
    news = []
    if (product_id := context.get("product_id")) and len(product_id) <= 64:
        news.append(Fact("product_id", product_id, Source.DATA, now))
    order_no = context.get("order_no")
    if order_no and customer.verified and customer.shop_customer_no:
        order = await desk.shop.find_order(customer.shop_customer_no, order_no)
        if order is not None:
            news.append(Fact("order_no", order.order_no, Source.DATA, now))
    if news:
        await desk.database.write(lambda tx: case_rows.learn(tx, head.case_id, news))
