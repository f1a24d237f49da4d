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
from console.desk.errors import NotFound, NotSignedIn, ShopDown
from console.desk.event import SYSTEM, EventType, NewEvent
from console.desk.identity import new_id
from console.gateways.customer_jwt import ShopSignIn
from console.gateways.shop import ShopCustomer
from console.services.guest_proof import network_key
from console.services.parts import Desk
from console.services.shop_call import answer_of
from console.storage import case as case_rows
from console.storage import conversation as conversation_rows
from console.storage import customer as customer_rows
from console.storage.event import events_of_type, last_of_type, record
from console.storage.guest_proof import keep_network
from console.storage.money_lock import lock_customer

DEFAULT_LANGUAGE = "zh"  # of a page that names none
_BY_PAGE = "page"  # a change of language that the customer's words did not bring


@dataclass(frozen=True, slots=True)
class CustomerSession:
    """What a browser needs to go on. `token` is shown once and stored as a hash."""

    token: str
    conversation_id: str
    customer: Customer
    lang: str


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a token names and where they go on. `hidden_until`: seq this browser may not see."""

    customer: Customer
    conversation: Conversation
    hidden_until: int


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


async def customer_of_token(desk: Desk, token: str) -> Customer:
    """Raises `NotSignedIn` for an unknown or expired token."""
    now = desk.clock.now()
    found = await desk.database.read(
        lambda tx: customer_rows.customer_of_token(tx, token_hash(token), now)
    )
    if found is None:
        raise NotSignedIn()
    return found


async def conversation_of_token(desk: Desk, token: str) -> Found:
    """Raises `NotSignedIn`, and `NotFound` when no session was opened."""
    customer = await customer_of_token(desk, token)

    def query(tx: Connection) -> Found:
        head = conversation_rows.current_of_customer(tx, customer.id)
        if head is None:
            raise NotFound("conversation")
        return Found(customer, head, _hidden_until(tx, head.id, token))

    return await desk.database.read(query)


def _hidden_until(tx: Connection, conversation_id: str, token: str) -> int:
    """What was written before signing in is for the browser in which it was written."""
    moved = last_of_type(tx, conversation_id, EventType.CUSTOMER_IDENTIFIED)
    if moved is None:
        return 0
    visitor_id = customer_rows.visitor_of_token(tx, token_hash(token))
    return 0 if visitor_id == moved.body["visitor_id"] else moved.seq


async def open_session(
    desk: Desk,
    *,
    token: str | None,
    sign_in: ShopSignIn | None,
    lang: str | None,
    network: str | None = None,
) -> CustomerSession:
    """Finds or makes the customer and the conversation to go on with.

    A visitor who signs in keeps the conversation; the transcript of another device is never
    shown. `lang`: of the page, which the conversation follows; None leaves it. `network`: where
    the browser is, as limits count it. Raises `NotSignedIn` when a signed token was used before
    by somebody else.
    """
    profile = await _profile(desk, sign_in) if sign_in else None
    now = desk.clock.now()
    fresh = secrets.token_urlsafe(32)

    def work(tx: Connection) -> CustomerSession:
        customer_rows.forget_expired(tx, now)
        before = customer_rows.customer_of_token(tx, token_hash(token), now) if token else None
        customer = before
        if sign_in is not None:
            customer = _signed_in(tx, sign_in, profile, before, now)
        if customer is None:
            customer = Customer(id=new_id("cu"))
            customer_rows.insert_customer(tx, customer, now)
        if network is not None and not customer.verified:
            keep_network(tx, customer.id, network_key(desk, network), now)
        head = _conversation(tx, customer, before, lang, now)
        browser = _Browser(token, before, fresh)
        kept = _token(tx, desk, customer, browser, now, is_sign_in=sign_in is not None)
        return CustomerSession(kept, head.id, customer, head.lang)

    return await desk.database.write(work)


async def _profile(desk: Desk, sign_in: ShopSignIn) -> ShopCustomer | None:
    """None for a shop that is down, too: a chat begins all the same."""
    try:
        return await answer_of(desk, desk.shop.customer(sign_in.customer_no))
    except ShopDown:
        return None


def _signed_in(
    tx: Connection,
    sign_in: ShopSignIn,
    profile: ShopCustomer | None,
    before: Customer | None,
    now: datetime,
) -> Customer:
    fresh = Customer(id=new_id("cu"), shop_customer_no=sign_in.customer_no, verified=True)
    customer = customer_rows.customer_of_shop(tx, sign_in.customer_no, fresh, now)
    is_same_browser = before is not None and before.id == customer.id
    is_first_use = customer_rows.use_jwt(tx, sign_in.jti, customer.id, sign_in.expires_at)
    if not is_first_use and not is_same_browser:
        raise NotSignedIn("this sign-in was used before")
    return _with_profile(tx, customer, profile)


def _with_profile(tx: Connection, customer: Customer, profile: ShopCustomer | None) -> Customer:
    if profile is None:
        return customer
    known = replace(
        customer, name=profile.name, phone=profile.phone, member_level=profile.member_level
    )
    customer_rows.save_profile(tx, known)
    return known


@dataclass(frozen=True, slots=True)
class _Browser:
    """`token` and `before`: what it showed and whom that named. `fresh`: a token for it."""

    token: str | None
    before: Customer | None
    fresh: str


def _token(
    tx: Connection,
    desk: Desk,
    customer: Customer,
    browser: _Browser,
    now: datetime,
    *,
    is_sign_in: bool,
) -> str:
    """The browser's token goes on when the person is the same; otherwise it gets a new one.

    A visitor's lasts from its last use, a customer's only from the last sign-in of the shop.
    """
    timers, before = desk.settings.timers, browser.before
    lasts = timers.customer_token_s if customer.verified else timers.visitor_token_s
    expires_at = now + timedelta(seconds=lasts)
    if browser.token and before is not None and before.id == customer.id:
        if is_sign_in or not customer.verified:
            customer_rows.extend_token(tx, token_hash(browser.token), expires_at)
        return browser.token
    if browser.token:
        customer_rows.forget_token(tx, token_hash(browser.token))
    visitor_id = before.id if before is not None and not before.verified else None
    customer_rows.insert_token(tx, token_hash(browser.fresh), customer.id, expires_at, visitor_id)
    return browser.fresh


def _conversation(
    tx: Connection, customer: Customer, before: Customer | None, lang: str | None, now: datetime
) -> Conversation:
    if before is not None and before.id != customer.id and not before.verified:
        _move_visitor(tx, before, customer, now)
    return open_conversation(tx, customer, lang, now)


def _in_language(
    tx: Connection, head: Conversation, lang: str | None, now: datetime
) -> Conversation:
    """Who switches the shop to English is answered in English from then on.

    A page that is only loaded again switches nothing: what was said since counts.
    """
    if lang is None or lang == _language_of_page(tx, head):
        return head
    body = {"lang": lang, "by": _BY_PAGE}
    record(tx, head.id, [NewEvent(EventType.LANGUAGE_CHANGED, SYSTEM, body)], now)
    return conversation_rows.conversation(tx, head.id)


def _language_of_page(tx: Connection, head: Conversation) -> str:
    """When it was opened last."""
    began = events_of_type(tx, head.id, EventType.CONVERSATION_STARTED)
    changed = events_of_type(tx, head.id, EventType.LANGUAGE_CHANGED)
    of_page = [*began, *(one for one in changed if one.body.get("by") == _BY_PAGE)]
    return str(of_page[-1].body["lang"]) if of_page else head.lang


def _move_visitor(tx: Connection, visitor: Customer, customer: Customer, now: datetime) -> None:
    """What was said in this browser before signing in becomes the customer's."""
    head = conversation_rows.current_of_customer(tx, visitor.id)
    if head is None or head.state is State.RESOLVED or head.last_at is None:
        return
    case_rows.give_cases(tx, head.case_id, customer.id)
    body = {"customer_id": customer.id, "case_id": head.case_id, "visitor_id": visitor.id}
    record(tx, head.id, [NewEvent(EventType.CUSTOMER_IDENTIFIED, SYSTEM, body)], now)


def open_conversation(
    tx: Connection, customer: Customer, lang: str | None, now: datetime
) -> Conversation:
    """The one that is not over, else a new one; two desks at once begin one. `lang`: of the page,
    which it follows; None leaves it as it was.
    """
    current = conversation_rows.current_of_customer(tx, customer.id)
    if current is None or current.state is State.RESOLVED:
        lock_customer(tx, customer.id)
        current = conversation_rows.current_of_customer(tx, customer.id)
    if current is not None and current.state is not State.RESOLVED:
        return _in_language(tx, current, lang, now)
    last = current.lang if current is not None else DEFAULT_LANGUAGE
    return start_conversation(tx, customer, lang or last, now)


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
        order = await answer_of(desk, desk.shop.find_order(customer.shop_customer_no, order_no))
        if order is not None:
            news.append(Fact("order_no", order.order_no, Source.DATA, now))
    if news:
        await desk.database.write(lambda tx: case_rows.learn(tx, head.case_id, news))
