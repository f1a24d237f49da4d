"""Agents signing in and out, their status, and the seats that others see."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from console.desk.agent import Agent, Presence, Seat
from console.desk.errors import BadRequest, NotSignedIn
from console.services.customer import token_hash
from console.services.parts import Desk
from console.services.password import hash_password, is_password
from console.storage import agent as agent_rows
from console.storage.audit import audit


@dataclass(frozen=True, slots=True)
class AgentSession:
    """`token` goes into the cookie, `csrf` into every writing request's header."""

    token: str
    csrf: str
    agent: Agent


async def sign_in(desk: Desk, login: str, password: str) -> AgentSession:
    """Raises `NotSignedIn`; a wrong login takes as long as a wrong password and reads the same."""
    found = await desk.database.read(lambda tx: agent_rows.agent_by_login(tx, login))
    password_hash = found[1] if found else _no_hash()
    fits = await asyncio.to_thread(is_password, password, password_hash)
    if found is None or not fits or found[0].disabled:
        await _audit_refusal(desk, found[0] if found else None)
        raise NotSignedIn("wrong login or password")
    agent, now = found[0], desk.clock.now()
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    expires = now + timedelta(seconds=desk.settings.timers.agent_session_s)

    def work(tx: Connection) -> bool:
        if agent_rows.locked_account(tx, login) != found:
            return False
        agent_rows.insert_session(tx, token_hash(token), agent.id, csrf, now, expires)
        audit(tx, at=now, actor_id=agent.id, action="sign_in", object_id=agent.id)
        return True

    if not await desk.database.write(work):  # another password since, or locked out
        await _audit_refusal(desk, agent)
        raise NotSignedIn("wrong login or password")
    return AgentSession(token, csrf, agent)


async def _audit_refusal(desk: Desk, agent: Agent | None) -> None:
    """Also for logins that do not exist, so that both take the same time."""
    now, who = desk.clock.now(), agent.id if agent else "unknown"
    await desk.database.write(
        lambda tx: audit(tx, at=now, actor_id=who, action="sign_in_refused", object_id=who)
    )


_nobody: list[str] = []


def _no_hash() -> str:
    """A hash that fits nothing, so that unknown logins cost the same time."""
    if not _nobody:
        _nobody.append(hash_password(secrets.token_urlsafe(16)))
    return _nobody[0]


async def agent_of_session(desk: Desk, token: str) -> tuple[Agent, str]:
    """(agent, csrf). Raises `NotSignedIn`."""
    now = desk.clock.now()
    found = await desk.database.read(lambda tx: agent_rows.find_session(tx, token_hash(token), now))
    if found is None:
        raise NotSignedIn()
    return found


async def agents_of_sessions(desk: Desk, tokens: Collection[str]) -> dict[str, Agent]:
    """Who is signed in with these, by token; with one look however many consoles are open."""
    now, hashes = desk.clock.now(), {token_hash(token): token for token in tokens}
    found = await desk.database.read(
        lambda tx: agent_rows.agents_of_sessions(tx, hashes.keys(), now)
    )
    return {hashes[known]: agent for known, agent in found.items()}


async def sign_out(desk: Desk, token: str) -> None:
    await desk.database.write(lambda tx: agent_rows.end_session(tx, token_hash(token)))


async def set_presence(desk: Desk, agent: Agent, status: str) -> Presence:
    """Tells everybody; becoming online may bring an offer at once. Raises `BadRequest`."""
    if status not in set(Presence):
        raise BadRequest("status must be online, busy, break or offline", field="status")
    presence, now = Presence(status), desk.clock.now()
    _tell_presence(
        desk, agent, presence, await desk.database.write(lambda tx: _set(tx, agent, presence, now))
    )
    return presence


async def leave(desk: Desk, agent: Agent, gone_at: datetime) -> None:
    """Offline, unless a console of the agent has been open since, on this desk or another."""
    now = desk.clock.now()

    def work(tx: Connection) -> tuple[bool, Seat | None]:
        if agent_rows.was_seen_after(tx, agent.id, gone_at):
            return False, None
        return True, _set(tx, agent, Presence.OFFLINE, now)

    has_left, seat = await desk.database.write(work)
    if has_left:
        _tell_presence(desk, agent, Presence.OFFLINE, seat)


async def agents_are_here(desk: Desk, agent_ids: list[str]) -> None:
    """Said by each desk for the consoles that are open on it."""
    now = desk.clock.now()
    await desk.database.write(lambda tx: agent_rows.mark_seen(tx, agent_ids, now))


def _set(tx: Connection, agent: Agent, presence: Presence, now: datetime) -> Seat | None:
    if agent_rows.presence_of(tx, agent.id) is not presence:
        agent_rows.set_presence(tx, agent.id, presence, now)
    return next((seat for seat in agent_rows.seats(tx) if seat.agent.id == agent.id), None)


def _tell_presence(desk: Desk, agent: Agent, presence: Presence, seat: Seat | None) -> None:
    open_count = seat.open_count if seat else 0
    desk.hub.tell_agents(
        "presence_changed", agent_id=agent.id, status=presence.value, open=open_count
    )


async def list_seats(desk: Desk) -> list[Seat]:
    return await desk.database.read(agent_rows.seats)
