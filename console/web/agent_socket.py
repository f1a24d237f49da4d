"""The console's socket: every command names a conversation and is checked against it."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import socketio

from console.desk.agent import Agent, Permission
from console.desk.errors import BadRequest, DeskError, NotAllowed, NotSignedIn
from console.desk.event import ActorKind
from console.desk.language import LANGUAGES
from console.services.agent import (
    agent_of_session,
    agents_are_here,
    agents_of_sessions,
    leave,
    list_seats,
    set_presence,
)
from console.services.assignment import accept_handoff, decline_handoff, take_over
from console.services.conversation import list_conversations, summary_of
from console.services.message import add_note, catch_up, mark_read, post_agent_message
from console.services.parts import Desk
from console.services.promise import (
    extend_promise,
    keep_promise,
    make_promise,
    optional_time,
    promise_view,
)
from console.services.resolution import resolve_conversation
from console.services.return_to_bot import return_to_bot
from console.services.transfer import transfer_conversation
from console.storage.conversation import read_marks
from console.web.acknowledge import Answer, acknowledged, number_of, text_of
from console.web.emitter import (
    AGENTS,
    EVERYBODY,
    Emitter,
    agent_room,
    in_language_room,
    watch_room,
)
from console.web.error_text import error_view
from console.web.rate_limit import RateLimits
from console.web.request import language_of
from console.web.session_cookie import session_token
from console.web.wire import event_view, seat_view, summary_view, worded_promise

QUEUES = {
    "general": ("综合", "General"),
    "complaint": ("投诉", "Complaints"),
    "presale": ("售前", "Presales"),
    "wholesale": ("批发", "Wholesale"),
    "expert": ("专家", "Experts"),
}
GRACE_S = 45.0  # a closed laptop lid or a reload is not the end of a shift


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is at the other end, with which session, and what the page is shown in."""

    agent: Agent
    token: str
    lang: str


class AgentSocket(socketio.AsyncNamespace):  # type: ignore[misc]  # the library has no types
    """One socket for each open console; offline is who has had none for 45 seconds."""

    def __init__(self, desk: Desk, limits: RateLimits, emitter: Emitter) -> None:
        super().__init__(AGENTS)
        self._desk = desk
        self._limits = limits
        self._emitter = emitter
        self._agents: dict[str, SignedIn] = {}
        self._leaving: dict[str, asyncio.Task[None]] = {}

    async def close(self) -> None:
        for task in list(self._leaving.values()):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        token = session_token(environ.get("HTTP_COOKIE", ""))
        try:
            agent, _csrf = await agent_of_session(self._desk, token)
        except DeskError as error:
            refusal = error_view(error, language_of(environ["aiohttp.request"]))["error"]
            raise socketio.exceptions.ConnectionRefusedError(refusal["code"], refusal) from error
        await agents_are_here(self._desk, [agent.id])
        # Nothing below waits or fails: who is noted here is taken out by `on_disconnect`.
        self._agents[sid] = SignedIn(agent, token, _page_language(auth) or agent.lang)
        if (leaving := self._leaving.pop(agent.id, None)) is not None:
            leaving.cancel()
        if agent.may(Permission.ANSWER):  # others hear nothing of conversations
            await self._enter_rooms(sid)

    async def _enter_rooms(self, sid: str) -> None:
        """Those for everything, and those for what is worded in the language of the page."""
        signed = self._agents[sid]
        for room in (EVERYBODY, agent_room(signed.agent.id)):
            await self.enter_room(sid, room)
            for lang in LANGUAGES:
                change = self.enter_room if lang == signed.lang else self.leave_room
                await change(sid, in_language_room(room, lang))

    async def on_disconnect(self, sid: str, _reason: str = "") -> None:
        gone = self._agents.pop(sid, None)
        if gone is None or self._has_socket(gone.agent.id):
            return
        leaving = self._leave_after_grace(gone.agent, self._desk.clock.now())
        task = asyncio.create_task(leaving, name="agent left")
        self._leaving[gone.agent.id] = task

    async def _leave_after_grace(self, agent: Agent, gone_at: datetime) -> None:
        await asyncio.sleep(GRACE_S)
        self._leaving.pop(agent.id, None)
        if not self._has_socket(agent.id):
            await leave(self._desk, agent, gone_at)

    async def say_who_is_here(self) -> None:
        """Keeps agents who moved here from being offline when another desk's grace ends."""
        here = sorted({signed.agent.id for signed in self._agents.values()})
        if here:
            await agents_are_here(self._desk, here)

    def _has_socket(self, agent_id: str) -> bool:
        return any(signed.agent.id == agent_id for signed in self._agents.values())

    async def language_of(self, sid: str) -> str:
        signed = self._agents.get(sid)
        return signed.lang if signed else "zh"

    async def drop_ended_sessions(self) -> None:
        """Closes sockets whose session has ended elsewhere, for instance on the command line.

        Whoever stays goes on with the post and the permissions of now.
        """
        looked_at = list(self._agents.items())
        tokens = {signed.token for _, signed in looked_at}
        agents = await agents_of_sessions(self._desk, tokens)
        for sid, signed in looked_at:
            agent = agents.get(signed.token)
            if agent is None:
                await self.disconnect(sid)
            elif sid in self._agents:  # it may have been closed meanwhile
                self._agents[sid] = replace(signed, agent=agent)

    def _agent(self, sid: str, permission: Permission = Permission.ANSWER) -> Agent:
        """Raises `NotSignedIn`, `NotAllowed`, and `TooOften` for a console that has run wild."""
        signed = self._agents.get(sid)
        if signed is None:
            raise NotSignedIn()
        if not signed.agent.may(permission):
            raise NotAllowed()
        self._limits.agent_commands.take(signed.agent.id)
        return signed.agent

    def _acting(self, sid: str) -> Agent:
        """As `_agent`, for what is written or decided: nobody is as quick as a program."""
        agent = self._agent(sid)
        self._limits.agent_actions.take(agent.id)
        return agent

    @acknowledged
    async def on_set_presence(self, sid: str, data: dict[str, Any]) -> Answer:
        agent = self._acting(sid)
        presence = await set_presence(self._desk, agent, text_of(data, "status"))
        await self._ring_again(agent)
        return {"status": presence.value}

    async def _ring_again(self, agent: Agent) -> None:
        """What was offered before this console opened still waits for an answer."""
        for summary in await list_conversations(self._desk, agent, view="mine"):
            if summary.head.offered_to == agent.id:
                self._emitter.offer(agent.id, summary.head.id)

    @acknowledged
    async def on_set_language(self, sid: str, data: dict[str, Any]) -> Answer:
        """The page was switched: what rings is said again in its language."""
        agent, lang = self._acting(sid), _page_language(data)
        if lang is None:
            raise BadRequest("lang must be zh or en", field="lang")
        self._agents[sid] = replace(self._agents[sid], lang=lang)
        await self._enter_rooms(sid)
        await self._ring_again(agent)
        return {"lang": lang}

    @acknowledged
    async def on_list_agents(self, sid: str, _data: dict[str, Any]) -> Answer:
        agent, lang = self._agent(sid), await self.language_of(sid)
        seats = await list_seats(self._desk)
        waiting = await list_conversations(self._desk, agent, view="waiting")
        return {
            "agents": [seat_view(seat) for seat in seats if seat.agent.may(Permission.ANSWER)],
            "queues": [
                {
                    "id": queue,
                    "name": names[lang == "en"],
                    "waiting": sum(row.head.queue == queue for row in waiting),
                }
                for queue, names in QUEUES.items()
            ],
        }

    @acknowledged
    async def on_watch(self, sid: str, data: dict[str, Any]) -> Answer:
        """Joins first, reads then: what happens in between comes twice and is dropped once."""
        self._agent(sid, Permission.WATCH_ALL)
        conversation_id = text_of(data, "conversation_id")
        after = number_of(data, "after", 0)
        marks = await self._desk.database.read(lambda tx: read_marks(tx, conversation_id))
        await self.enter_room(sid, watch_room(conversation_id))
        page = await catch_up(self._desk, conversation_id, after, public_only=False)
        self._emitter.follow(conversation_id, page.head)
        summary = await summary_of(self._desk, conversation_id)
        return {
            "events": [event_view(self._desk, event, public=False) for event in page.events],
            "head": page.head,
            "read_by_customer": marks.by_customer,
            "summary": summary_view(summary) if summary else None,
        }

    @acknowledged
    async def on_unwatch(self, sid: str, data: dict[str, Any]) -> Answer:
        self._agent(sid)
        await self.leave_room(sid, watch_room(text_of(data, "conversation_id")))
        return {}

    @acknowledged
    async def on_post_message(self, sid: str, data: dict[str, Any]) -> Answer:
        receipt = await post_agent_message(
            self._desk,
            self._acting(sid),
            text_of(data, "conversation_id"),
            data.get("client_msg_id"),
            data.get("body"),
        )
        return {"seq": receipt.seq, "at": optional_time(receipt.at)}

    @acknowledged
    async def on_add_note(self, sid: str, data: dict[str, Any]) -> Answer:
        receipt = await add_note(
            self._desk,
            self._acting(sid),
            text_of(data, "conversation_id"),
            data.get("client_msg_id"),
            data.get("text"),
        )
        return {"seq": receipt.seq, "at": optional_time(receipt.at)}

    @acknowledged
    async def on_accept_handoff(self, sid: str, data: dict[str, Any]) -> Answer:
        head = await accept_handoff(self._desk, self._acting(sid), text_of(data, "conversation_id"))
        return {"version": head.last_seq}

    @acknowledged
    async def on_decline_handoff(self, sid: str, data: dict[str, Any]) -> Answer:
        await decline_handoff(self._desk, self._acting(sid), text_of(data, "conversation_id"))
        return {}

    @acknowledged
    async def on_take_over(self, sid: str, data: dict[str, Any]) -> Answer:
        head = await take_over(self._desk, self._acting(sid), text_of(data, "conversation_id"))
        return {"version": head.last_seq}

    @acknowledged
    async def on_transfer_conversation(self, sid: str, data: dict[str, Any]) -> Answer:
        to = data.get("to")
        if not isinstance(to, dict):
            raise BadRequest("to must name an agent or a queue", field="to")
        if "queue" in to and text_of(to, "queue") not in QUEUES:
            raise BadRequest("no such queue", field="to")
        head = await transfer_conversation(
            self._desk,
            self._acting(sid),
            text_of(data, "conversation_id"),
            note=text_of(data, "note", limit=1_000),
            to_agent_id=text_of(to, "agent_id") if "agent_id" in to else None,
            to_queue=to.get("queue"),
            version=_version(data),
        )
        return {"version": head.last_seq}

    @acknowledged
    async def on_return_to_bot(self, sid: str, data: dict[str, Any]) -> Answer:
        settled = data.get("settled") or {}
        if not isinstance(settled, dict):
            raise BadRequest("settled must be an object", field="settled")
        head = await return_to_bot(
            self._desk,
            self._acting(sid),
            text_of(data, "conversation_id"),
            settled=settled,
            note=str(data.get("note") or "")[:1_000],
            version=_version(data),
        )
        return {"version": head.last_seq}

    @acknowledged
    async def on_resolve_conversation(self, sid: str, data: dict[str, Any]) -> Answer:
        head = await resolve_conversation(
            self._desk,
            self._acting(sid),
            text_of(data, "conversation_id"),
            data.get("wrap_up") or {},
            _version(data),
        )
        return {"version": head.last_seq}

    @acknowledged
    async def on_make_promise(self, sid: str, data: dict[str, Any]) -> Answer:
        key = data.get("client_msg_id")
        promise = await make_promise(
            self._desk,
            self._acting(sid),
            text_of(data, "conversation_id"),
            text=data.get("text"),
            due_at=_moment(data.get("due_at")),
            kind=str(data.get("kind") or "answer"),
            key=key if isinstance(key, str) and len(key) <= 64 else None,
        )
        return {"promise": worded_promise(promise_view(promise), await self.language_of(sid))}

    @acknowledged
    async def on_keep_promise(self, sid: str, data: dict[str, Any]) -> Answer:
        promise = await keep_promise(
            self._desk,
            self._acting(sid),
            text_of(data, "promise_id"),
            str(data.get("evidence") or ""),
        )
        return {"promise": worded_promise(promise_view(promise), await self.language_of(sid))}

    @acknowledged
    async def on_extend_promise(self, sid: str, data: dict[str, Any]) -> Answer:
        promise = await extend_promise(
            self._desk,
            self._acting(sid),
            text_of(data, "promise_id"),
            _moment(data.get("due_at")),
        )
        return {"promise": worded_promise(promise_view(promise), await self.language_of(sid))}

    @acknowledged
    async def on_read(self, sid: str, data: dict[str, Any]) -> Answer:
        """Only the holder's reading is told to the customer."""
        agent = self._agent(sid)
        conversation_id = text_of(data, "conversation_id")
        if await self._holds(agent, conversation_id):
            await mark_read(self._desk, conversation_id, ActorKind.AGENT, number_of(data, "seq"))
        return {}

    @acknowledged
    async def on_typing(self, sid: str, data: dict[str, Any]) -> Answer:
        agent = self._agent(sid)
        conversation_id = text_of(data, "conversation_id")
        if await self._holds(agent, conversation_id):
            self._desk.hub.tell_customer(
                conversation_id,
                "typing",
                actor={"kind": ActorKind.AGENT.value, "name": agent.name},
                on=bool(data.get("on")),
            )
        return {}

    async def _holds(self, agent: Agent, conversation_id: str) -> bool:
        summary = await summary_of(self._desk, conversation_id)
        return summary is not None and summary.head.assignee_id == agent.id


def _page_language(said: Any) -> str | None:
    lang = said.get("lang") if isinstance(said, dict) else None
    return lang if isinstance(lang, str) and lang in LANGUAGES else None


def _version(data: dict[str, Any]) -> int | None:
    return number_of(data, "version") if data.get("version") is not None else None


def _moment(raw: Any) -> datetime:
    """An ISO-8601 time with its offset. Raises `BadRequest`."""
    try:
        moment = datetime.fromisoformat(raw)
        if moment.tzinfo is None:
            raise BadRequest("due_at needs its offset", field="due_at")
        return moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise BadRequest(
            "due_at must be a time like 2026-11-02T12:00:00Z", field="due_at"
        ) from error
