"""The widget's socket: one customer, one conversation, at most what a customer may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import socketio

from console.desk.conversation import WAITING
from console.desk.customer import Customer
from console.desk.errors import DeskError, NotSignedIn
from console.desk.event import ActorKind, Event
from console.desk.message import clean_client_msg_id
from console.services.customer import conversation_of_token, set_page_context
from console.services.handoff import ask_for_person
from console.services.handoff_queue import leave_queue, position_of, wait_of
from console.services.message import (
    Page,
    catch_up,
    customer_actor,
    mark_read,
    post_customer_message,
    press_button,
)
from console.services.parts import Desk
from console.services.promise import wire_time
from console.storage import conversation as conversation_rows
from console.storage.agent import find_agent
from console.web.acknowledge import Answer, acknowledged, number_of
from console.web.emitter import CUSTOMERS, EVERYBODY, Emitter, customer_room
from console.web.error_text import error_view
from console.web.rate_limit import RateLimits
from console.web.request import language_of
from console.web.widget import only_known
from console.web.wire import event_view


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the other end of a socket."""

    customer: Customer
    conversation_id: str
    lang: str
    hidden_until: int  # seq; what another browser wrote before it signed in


class CustomerSocket(socketio.AsyncNamespace):  # type: ignore[misc]  # the library has no types
    """Handlers only validate, store and acknowledge. No state but who is connected."""

    def __init__(self, desk: Desk, limits: RateLimits, emitter: Emitter) -> None:
        super().__init__(CUSTOMERS)
        self._desk = desk
        self._limits = limits
        self._emitter = emitter
        self._visitors: dict[str, Visitor] = {}

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        try:
            visitor = await self._identify(auth)
        except DeskError as error:
            refusal = error_view(error, language_of(environ["aiohttp.request"]))["error"]
            raise socketio.exceptions.ConnectionRefusedError(refusal["code"], refusal) from error
        self._visitors[sid] = visitor
        await self.enter_room(sid, EVERYBODY)
        await self.enter_room(sid, customer_room(visitor.conversation_id))

    async def _identify(self, auth: Any) -> Visitor:
        """The token names the customer; the conversation must be theirs. Raises `NotSignedIn`."""
        token = auth.get("token") if isinstance(auth, dict) else None
        if not isinstance(token, str) or len(token) > 200:
            raise NotSignedIn()
        found = await conversation_of_token(self._desk, token)
        head = found.conversation
        return Visitor(found.customer, head.id, head.lang, found.hidden_until)

    async def on_disconnect(self, sid: str, _reason: str = "") -> None:
        self._visitors.pop(sid, None)

    async def language_of(self, sid: str) -> str:
        visitor = self._visitors.get(sid)
        return visitor.lang if visitor else "zh"

    def _visitor(self, sid: str) -> Visitor:
        """Raises `NotSignedIn`, and `TooOften` for a page that has run wild."""
        visitor = self._visitors.get(sid)
        if visitor is None:
            raise NotSignedIn()
        self._limits.visitor_commands.take(visitor.customer.id)
        return visitor

    def _speaking(self, sid: str) -> Visitor:
        """As `_visitor`, for what counts against the visitor's rate. Raises `TooOften`."""
        visitor = self._visitor(sid)
        self._limits.visitor_messages.take(visitor.customer.id)
        return visitor

    @acknowledged
    async def on_post_message(self, sid: str, data: dict[str, Any]) -> Answer:
        visitor = self._speaking(sid)
        receipt = await post_customer_message(
            self._desk,
            visitor.customer,
            visitor.conversation_id,
            data.get("client_msg_id"),
            data.get("body"),
        )
        return {"seq": receipt.seq, "at": wire_time(receipt.at)}

    @acknowledged
    async def on_press_button(self, sid: str, data: dict[str, Any]) -> Answer:
        visitor = self._speaking(sid)
        receipt = await press_button(
            self._desk,
            visitor.customer,
            visitor.conversation_id,
            data.get("client_msg_id"),
            data.get("button_id"),
        )
        return {"seq": receipt.seq, "at": wire_time(receipt.at)}

    @acknowledged
    async def on_ask_person(self, sid: str, data: dict[str, Any]) -> Answer:
        visitor = self._speaking(sid)
        receipt = await ask_for_person(
            self._desk,
            visitor.customer,
            visitor.conversation_id,
            clean_client_msg_id(data.get("client_msg_id")),
        )
        return {"seq": receipt.seq, "at": wire_time(receipt.at)}

    @acknowledged
    async def on_leave_queue(self, sid: str, _data: dict[str, Any]) -> Answer:
        visitor = self._visitor(sid)
        await leave_queue(self._desk, visitor.conversation_id, customer_actor(visitor.customer))
        return {}

    @acknowledged
    async def on_catch_up(self, sid: str, data: dict[str, Any]) -> Answer:
        visitor = self._visitor(sid)
        after = max(number_of(data, "after", 0), visitor.hidden_until)
        page = await catch_up(self._desk, visitor.conversation_id, after, public_only=True)
        self._emitter.follow(visitor.conversation_id, page.head)
        return {
            "events": [self._view(event, visitor.hidden_until) for event in page.events],
            "head": page.head,
            "state": await self._state(page),
        }

    def _view(self, event: Event, hidden_until: int) -> dict[str, Any]:
        """The first event that this browser may see follows nothing."""
        view = event_view(self._desk, event, public=True)
        return {**view, "prev": 0} if event.prev_public <= hidden_until else view

    async def _state(self, page: Page) -> dict[str, Any]:
        head, now = page.conversation, self._desk.clock.now()

        def query(tx: Any) -> dict[str, Any]:
            agent = find_agent(tx, head.assignee_id) if head.assignee_id else None
            position = position_of(tx, head.id, now) if head.state in WAITING else 0
            read_by_customer, read_by_agent = conversation_rows.read_marks(tx, head.id)
            return {
                "state": head.state.value,
                "agent": {"name": agent.name} if agent else None,
                "position": position or None,
                "eta_s": int(wait_of(tx, position).total_seconds()) if position else None,
                "read_by_customer": read_by_customer,
                "read_by_agent": read_by_agent,
                "engine": self._desk.engine.state,
            }

        return await self._desk.database.read(query)

    @acknowledged
    async def on_set_context(self, sid: str, data: dict[str, Any]) -> Answer:
        visitor = self._speaking(sid)
        await set_page_context(self._desk, visitor.conversation_id, only_known(data))
        return {}

    @acknowledged
    async def on_read(self, sid: str, data: dict[str, Any]) -> Answer:
        visitor = self._visitor(sid)
        await mark_read(
            self._desk, visitor.conversation_id, ActorKind.CUSTOMER, number_of(data, "seq")
        )
        return {}

    @acknowledged
    async def on_typing(self, sid: str, data: dict[str, Any]) -> Answer:
        visitor = self._visitor(sid)
        self._desk.hub.tell_watchers(
            visitor.conversation_id, "typing", actor="customer", on=bool(data.get("on"))
        )
        return {}
