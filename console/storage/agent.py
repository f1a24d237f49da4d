"""Rows of agents, their sign-ins and their status."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import batched
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.agent import Agent, Presence, Role, Seat
from console.desk.conversation import State
from console.storage.columns import Instant, Json, metadata
from console.storage.conversation import conversations

SESSIONS_AT_ONCE = 500
agents = sa.Table(
    "agent",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("login", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("queues", Json, nullable=False),
    sa.Column("limit", sa.Integer, nullable=False),
    sa.Column("lang", sa.Text, nullable=False),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
)

agent_sessions = sa.Table(
    "agent_session",
    metadata,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("agent_id", sa.Text, sa.ForeignKey("agent.id"), nullable=False),
    sa.Column("csrf", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
)

presences = sa.Table(
    "presence",
    metadata,
    sa.Column("agent_id", sa.Text, sa.ForeignKey("agent.id"), primary_key=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("since", Instant, nullable=False),
    sa.Column("seen_at", Instant),  # when a desk last had an open console of the agent
)

presence_log = sa.Table(
    "presence_log",
    metadata,
    sa.Column("agent_id", sa.Text, primary_key=True),
    sa.Column("since", Instant, primary_key=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("until", Instant),
)

_BY_LOGIN = sa.select(agents).where(agents.c.login == sa.bindparam("login"))


def insert_agent(tx: Connection, agent: Agent, password_hash: str, at: datetime) -> None:
    tx.execute(
        agents.insert().values(
            id=agent.id,
            login=agent.login,
            name=agent.name,
            role=agent.role,
            queues=list(agent.queues),
            limit=agent.limit,
            lang=agent.lang,
            disabled=agent.disabled,
            password_hash=password_hash,
            created_at=at,
        )
    )


def find_agent(tx: Connection, agent_id: str) -> Agent | None:
    row = tx.execute(sa.select(agents).where(agents.c.id == agent_id)).first()
    return agent_of(row) if row else None


def agent_by_login(tx: Connection, login: str) -> tuple[Agent, str] | None:
    """The agent and the password hash."""
    return _account(tx, _BY_LOGIN, login)


def locked_account(tx: Connection, login: str) -> tuple[Agent, str] | None:
    """As above; whoever changes it, on this desk or beside it, comes before or after."""
    return _account(tx, _BY_LOGIN.with_for_update(), login)


def _account(tx: Connection, query: sa.Select[Any], login: str) -> tuple[Agent, str] | None:
    row = tx.execute(query, {"login": login}).first()
    return (agent_of(row), row.password_hash) if row else None


def all_agents(tx: Connection) -> list[Agent]:
    return [agent_of(row) for row in tx.execute(sa.select(agents).order_by(agents.c.name))]


def set_password(tx: Connection, agent_id: str, password_hash: str) -> None:
    tx.execute(agents.update().where(agents.c.id == agent_id).values(password_hash=password_hash))
    end_sessions(tx, agent_id)


def set_disabled(tx: Connection, agent_id: str, disabled: bool) -> None:
    tx.execute(agents.update().where(agents.c.id == agent_id).values(disabled=disabled))
    if disabled:
        end_sessions(tx, agent_id)


def insert_session(
    tx: Connection, token_hash: str, agent_id: str, csrf: str, at: datetime, expires_at: datetime
) -> None:
    tx.execute(
        agent_sessions.insert().values(
            token_hash=token_hash,
            agent_id=agent_id,
            csrf=csrf,
            created_at=at,
            expires_at=expires_at,
        )
    )


def find_session(tx: Connection, token_hash: str, now: datetime) -> tuple[Agent, str] | None:
    """The agent of a live session, and its CSRF token; none for a disabled agent."""
    row = tx.execute(_live_sessions(now).where(agent_sessions.c.token_hash == token_hash)).first()
    return (agent_of(row), row.csrf) if row else None


def agents_of_sessions(
    tx: Connection, token_hashes: Collection[str], now: datetime
) -> dict[str, Agent]:
    """By token hash; who is left out has no live session."""
    found: dict[str, Agent] = {}
    for some in batched(sorted(token_hashes), SESSIONS_AT_ONCE):
        query = _live_sessions(now).where(agent_sessions.c.token_hash.in_(some))
        found |= {row.token_hash: agent_of(row) for row in tx.execute(query)}
    return found


def _live_sessions(now: datetime) -> sa.Select[Any]:
    return (
        sa.select(agents, agent_sessions.c.csrf, agent_sessions.c.token_hash)
        .join(agent_sessions, agent_sessions.c.agent_id == agents.c.id)
        .where(agent_sessions.c.expires_at > now, sa.not_(agents.c.disabled))
    )


def end_session(tx: Connection, token_hash: str) -> None:
    tx.execute(agent_sessions.delete().where(agent_sessions.c.token_hash == token_hash))


def end_sessions(tx: Connection, agent_id: str) -> None:
    tx.execute(agent_sessions.delete().where(agent_sessions.c.agent_id == agent_id))


def set_presence(tx: Connection, agent_id: str, status: Presence, at: datetime) -> None:
    """Sets the status and closes the log row of the one before.

    A status that did not last, because two things happened at once, leaves no row.
    """
    _hold(tx, agent_id)
    tx.execute(
        presence_log.delete().where(presence_log.c.agent_id == agent_id, presence_log.c.since == at)
    )
    tx.execute(
        presence_log.update()
        .where(presence_log.c.agent_id == agent_id, presence_log.c.until.is_(None))
        .values(until=at)
    )
    tx.execute(presence_log.insert().values(agent_id=agent_id, since=at, status=status))
    row = {"status": status, "since": at}
    changed = tx.execute(presences.update().where(presences.c.agent_id == agent_id).values(**row))
    if changed.rowcount == 0:
        tx.execute(presences.insert().values(agent_id=agent_id, seen_at=at, **row))


def _hold(tx: Connection, agent_id: str) -> None:
    """Two consoles of one agent, on two desks, set the status one after the other."""
    query = sa.select(agents.c.id).where(agents.c.id == agent_id)
    tx.execute(query.with_for_update(key_share=True))  # SQLite renders nothing here


def mark_seen(tx: Connection, agent_ids: list[str], at: datetime) -> None:
    tx.execute(presences.update().where(presences.c.agent_id.in_(agent_ids)).values(seen_at=at))


def was_seen_after(tx: Connection, agent_id: str, moment: datetime) -> bool:
    """A desk, this one or another, has had an open console of the agent since."""
    query = sa.select(presences.c.agent_id).where(
        presences.c.agent_id == agent_id, presences.c.seen_at > moment
    )
    return tx.execute(query).first() is not None


def presence_of(tx: Connection, agent_id: str) -> Presence:
    status = tx.execute(
        sa.select(presences.c.status).where(presences.c.agent_id == agent_id)
    ).scalar()
    return Presence(status) if status else Presence.OFFLINE


def seats(tx: Connection) -> list[Seat]:
    """Every enabled agent with status and load, for routing and for the transfer list."""
    holder = sa.func.coalesce(conversations.c.assignee_id, conversations.c.offered_to)
    open_counts = (
        sa.select(holder.label("assignee_id"), sa.func.count().label("open_count"))
        .where(conversations.c.state.in_([State.WITH_AGENT, State.WRAP_UP, State.OFFERED]))
        .group_by(holder)
        .subquery()
    )
    rows = tx.execute(
        sa.select(agents, presences.c.status, presences.c.since, open_counts.c.open_count)
        .outerjoin(presences, presences.c.agent_id == agents.c.id)
        .outerjoin(open_counts, open_counts.c.assignee_id == agents.c.id)
        .where(sa.not_(agents.c.disabled))
        .order_by(agents.c.name)
    )
    return [
        Seat(
            agent=agent_of(row),
            presence=Presence(row.status or Presence.OFFLINE),
            open_count=row.open_count or 0,
            idle_since=row.since,
        )
        for row in rows
    ]


def agent_of(row: sa.Row[Any]) -> Agent:
    return Agent(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        queues=tuple(row.queues),
        limit=row.limit,
        lang=row.lang,
        disabled=bool(row.disabled),
    )
