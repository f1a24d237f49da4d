"""Posting and reading messages: validate, store, acknowledge after the commit; nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from console.desk.agent import Agent, Permission
from console.desk.conversation import Conversation
from console.desk.customer import Customer
from console.desk.errors import BadRequest, DeskError, NotAllowed, NotFound
from console.desk.event import Actor, ActorKind, Body, Event, EventType, NewEvent
from console.desk.message import clean_client_msg_id, clean_text, text_body
from console.services.parts import Desk
from console.storage import conversation as conversation_rows
from console.storage.event import (
    Receipt,
    events_after,
    events_before,
    is_repeat,
    receipt_of,
    record,
)
from console.storage.message import NewMessage, append_messages
from console.storage.turn import choose_button, find_button
from console.storage.upload import find_upload


@dataclass(frozen=True, slots=True)
class Page:
    """Events after a cursor. `head`: the last seq of the reader's stream; below it, ask on."""

    events: list[Event]
    head: int
    conversation: Conversation


def customer_actor(customer: Customer) -> Actor:
    return Actor(ActorKind.CUSTOMER, customer.id, customer.name)


def agent_actor(agent: Agent) -> Actor:
    return Actor(ActorKind.AGENT, agent.id, agent.name)


async def post_customer_message(
    desk: Desk, customer: Customer, conversation_id: str, client_msg_id: Any, body: Any
) -> Receipt:
    """`body`: `{"kind": "text", "text"}` or `{"kind": "picture", "upload_id"}`."""
    clean = await _clean_body(desk, conversation_id, body)
    return await desk.database.append(
        NewMessage(
            conversation_id,
            customer_actor(customer),
            clean_client_msg_id(client_msg_id),
            clean,
            desk.clock.now(),
        )
    )


async def press_button(
    desk: Desk, customer: Customer, conversation_id: str, client_msg_id: Any, button_id: Any
) -> Receipt:
    """A click is a message with the button's label; what it means stays on the server.

    That the button was chosen is kept with the message, or not at all.
    """
    if not isinstance(button_id, str):
        raise BadRequest("button_id must be a string", field="button_id")
    button = await desk.database.read(lambda tx: find_button(tx, conversation_id, button_id))
    if button is None:
        raise NotFound("button")
    press = NewMessage(
        conversation_id,
        customer_actor(customer),
        clean_client_msg_id(client_msg_id),
        {**text_body(button.label), "button_id": button_id},
        desk.clock.now(),
    )

    def work(tx: Connection) -> Receipt:
        [outcome] = append_messages(tx, [press])
        if isinstance(outcome, DeskError):
            raise outcome
        choose_button(tx, conversation_id, button_id, outcome.at)
        return outcome

    return await desk.database.write(work)


async def post_agent_message(
    desk: Desk, agent: Agent, conversation_id: str, client_msg_id: Any, body: Any
) -> Receipt:
    """Only the assignee may write; the database decides, not the browser."""
    _may_answer(agent)
    clean = await _clean_body(desk, conversation_id, body)
    return await desk.database.append(
        NewMessage(
            conversation_id,
            agent_actor(agent),
            clean_client_msg_id(client_msg_id),
            clean,
            desk.clock.now(),
        )
    )


async def post_card(
    desk: Desk, agent: Agent, conversation_id: str, client_msg_id: str, card: dict[str, Any]
) -> Receipt:
    """A card in the agent's name; the assignee rule of messages holds."""
    _may_answer(agent)
    body = {"kind": "card", "text": "", "card": card}
    return await desk.database.append(
        NewMessage(conversation_id, agent_actor(agent), client_msg_id, body, desk.clock.now())
    )


async def add_note(
    desk: Desk, agent: Agent, conversation_id: str, client_msg_id: Any, text: Any
) -> Receipt:
    """An internal note, by any agent who may answer. A repeat stores nothing.

    Raises `SameIdOtherContent`.
    """
    _may_answer(agent)
    note = NewEvent(
        EventType.NOTE_ADDED,
        agent_actor(agent),
        {"text": clean_text(text, desk.settings.limits.text_chars)},
        clean_client_msg_id(client_msg_id),
    )
    now = desk.clock.now()

    def work(tx: Connection) -> Receipt:
        if not is_repeat(tx, conversation_id, note):
            record(tx, conversation_id, [note], now)
        return receipt_of(tx, conversation_id, note)

    return await desk.database.write(work)


async def catch_up(desk: Desk, conversation_id: str, after: int, *, public_only: bool) -> Page:
    """What happened after `after`, oldest first, a page at a time."""
    limit = desk.settings.limits.events_per_catch_up

    def query(tx: Connection) -> Page:
        head = conversation_rows.conversation(tx, conversation_id)
        events = events_after(tx, conversation_id, after, public_only=public_only, limit=limit)
        return Page(events, head.last_public_seq if public_only else head.last_seq, head)

    return await desk.database.read(query)


async def earlier(desk: Desk, conversation_id: str, before: int, limit: int = 50) -> list[Event]:
    """The events before `before`, oldest first."""
    return await desk.database.read(
        lambda tx: events_before(tx, conversation_id, before, limit=limit)
    )


async def mark_read(desk: Desk, conversation_id: str, by: ActorKind, seq: Any) -> None:
    """`by`: customer or agent. Tells the other side, unless it was read before or is not there."""
    if not isinstance(seq, int) or seq < 0:
        raise BadRequest("seq must be a number", field="seq")
    is_news = await desk.database.write(
        lambda tx: conversation_rows.mark_read(tx, conversation_id, by.value, seq)
    )
    if not is_news:
        return
    if by is ActorKind.AGENT:
        desk.hub.tell_customer(conversation_id, "read_changed", by=by.value, seq=seq)
    desk.hub.tell_watchers(conversation_id, "read_changed", by=by.value, seq=seq)


async def _clean_body(desk: Desk, conversation_id: str, body: Any) -> Body:
    if not isinstance(body, dict):
        raise BadRequest("body must be an object", field="body")
    match body.get("kind"):
        case "text":
            return text_body(clean_text(body.get("text"), desk.settings.limits.text_chars))
        case "picture":
            return await _picture(desk, conversation_id, body)
        case _:
            raise BadRequest("kind must be text or picture", field="kind")


async def _picture(desk: Desk, conversation_id: str, body: dict[str, Any]) -> Body:
    """The picture must have been uploaded into this conversation."""
    upload_id = body.get("upload_id")
    if not isinstance(upload_id, str):
        raise BadRequest("upload_id must be a string", field="upload_id")
    upload = await desk.database.read(lambda tx: find_upload(tx, upload_id))
    if upload is None or upload.conversation_id != conversation_id:
        raise NotFound("upload")
    picture: Body = {
        "kind": "picture",
        "upload_id": upload_id,
        "width": upload.width,
        "height": upload.height,
        "text": "",
    }
    if body.get("text"):
        picture["text"] = clean_text(body["text"], desk.settings.limits.text_chars)
    return picture


def _may_answer(agent: Agent) -> None:
    if not agent.may(Permission.ANSWER):
        raise NotAllowed()
