"""What agents see of conversations: rows of the list, and everything about one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.agent import Agent
from console.desk.case import Case, ContextCard
from console.desk.conversation import WAITING, Conversation, State
from console.desk.customer import Customer
from console.desk.errors import BadRequest
from console.desk.handoff import priority
from console.desk.promise import Promise
from console.desk.work_order import WorkOrder
from console.services.open_steps import OpenSteps, open_steps_of
from console.services.parts import Desk
from console.storage import case as case_rows
from console.storage import conversation as conversation_rows
from console.storage import handoff as handoff_rows
from console.storage.agent import agents
from console.storage.case import cases
from console.storage.conversation import HEAD_COLUMNS, conversations, head_of
from console.storage.customer import customers
from console.storage.event import was_said
from console.storage.promise import promises_of_case
from console.storage.work_order import work_orders_of_customer

PAGE = 100  # rows of a list at most
VIEWS = ("mine", "waiting", "all", "resolved")


@dataclass(frozen=True, slots=True)
class Summary:
    """One row of the list."""

    head: Conversation
    customer: Customer
    stage: str
    unread: int
    assignee_name: str | None
    wait_reason: str | None = None
    emotion: int = 0
    priority: float | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier conversation of the same customer, for the timeline."""

    conversation_id: str
    started_at: datetime
    state: State
    last_text: str


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything the panel beside a conversation shows, but the orders."""

    summary: Summary
    case: Case
    card: ContextCard
    brief: dict[str, Any] | None
    promises: list[Promise]
    holder_ids: frozenset[str]  # who serves the customer about this case now
    work_orders: list[WorkOrder]
    open_steps: OpenSteps
    timeline: list[Earlier]

    @property
    def goods(self) -> set[str]:
        """Ids of the goods that the facts name, now and when the brief was made."""
        known = [*((self.brief or {}).get("known") or ())]
        values = [value for name, value in known if name == "product_id"]
        fact = self.card.facts.get("product_id")
        return {str(value) for value in (*values, fact and fact.value) if value}


async def list_conversations(
    desk: Desk, agent: Agent, *, view: str, text: str = "", before: datetime | None = None
) -> list[Summary]:
    """Waiting: most urgent first. Everything else: latest message first, a page at a time."""
    if view not in VIEWS:
        raise BadRequest("view must be mine, waiting, all or resolved", field="view")
    now = desk.clock.now()
    return await desk.database.read(lambda tx: _list(tx, agent, view, text[:100], before, now))


def _list(
    tx: Connection, agent: Agent, view: str, text: str, before: datetime | None, now: datetime
) -> list[Summary]:
    query = _rows().order_by(conversations.c.last_at.desc()).limit(PAGE)
    query = query.where(_in_view(agent, view))
    if text:
        pattern = f"%{_escaped(text)}%"
        query = query.where(
            sa.or_(
                customers.c.name.ilike(pattern, escape="\\"),
                conversations.c.last_text.ilike(pattern, escape="\\"),
                conversations.c.id == text,
                was_said(conversations.c.id, pattern),
            )
        )
    if before is not None:
        query = query.where(conversations.c.last_at < before)
    found = _summaries(tx, list(tx.execute(query)), now)
    if view == "waiting":
        return sorted(found, key=lambda row: -(row.priority or 0))
    return found


def _in_view(agent: Agent, view: str) -> sa.ColumnElement[bool]:
    match view:
        case "mine":
            return sa.or_(
                conversations.c.assignee_id == agent.id, conversations.c.offered_to == agent.id
            )
        case "waiting":
            return conversations.c.state.in_(list(WAITING))
        case "resolved":
            return conversations.c.state == State.RESOLVED
        case _:
            return sa.and_(
                conversations.c.state != State.RESOLVED, conversations.c.last_at.is_not(None)
            )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _rows() -> sa.Select[Any]:
    return (
        sa.select(
            *HEAD_COLUMNS,
            conversations.c.agent_read_seq,
            cases.c.stage,
            agents.c.name.label("assignee_name"),
            customers.c.id.label("customer_row_id"),
            customers.c.shop_customer_no,
            customers.c.verified,
            customers.c.name,
            customers.c.phone,
            customers.c.member_level,
        )
        .join(customers, customers.c.id == conversations.c.customer_id)
        .join(cases, cases.c.id == conversations.c.case_id)
        .outerjoin(agents, agents.c.id == conversations.c.assignee_id)
    )


def _summaries(tx: Connection, rows: list[sa.Row[Any]], now: datetime) -> list[Summary]:
    waiting = {row.conversation_id: row for row in handoff_rows.waiting_handoffs(tx)}
    return [_summary(row, waiting.get(row.id), now) for row in rows]


def _summary(row: sa.Row[Any], handoff: sa.Row[Any] | None, now: datetime) -> Summary:
    head = head_of(row)
    entry = handoff_rows.entry_of(handoff) if handoff is not None else None
    return Summary(
        head=head,
        customer=Customer(
            id=row.customer_row_id,
            shop_customer_no=row.shop_customer_no,
            verified=bool(row.verified),
            name=row.name,
            phone=row.phone,
            member_level=row.member_level,
        ),
        stage=row.stage,
        unread=0 if row.agent_read_seq >= head.owed_seq else head.unread,
        assignee_name=row.assignee_name,
        wait_reason=handoff.reason if handoff is not None else None,
        emotion=handoff.emotion if handoff is not None else 0,
        priority=round(priority(entry, now), 2) if entry else None,
    )


async def summary_of(desk: Desk, conversation_id: str) -> Summary | None:
    """One row, fresh; None when there is no such conversation."""
    found = await summaries_of(desk, [conversation_id])
    return found[0] if found else None


async def summaries_of(desk: Desk, ids: list[str]) -> list[Summary]:
    now = desk.clock.now()
    query = _rows().where(conversations.c.id.in_(ids))
    return await desk.database.read(lambda tx: _summaries(tx, list(tx.execute(query)), now))


async def conversation_detail(desk: Desk, conversation_id: str) -> Detail:
    """Raises `NotFound`."""
    now = desk.clock.now()

    def query(tx: Connection) -> Detail:
        head = conversation_rows.conversation(tx, conversation_id)
        rows = list(tx.execute(_rows().where(conversations.c.id == conversation_id)))
        latest = handoff_rows.latest_handoff(tx, conversation_id)
        summary = _summaries(tx, rows, now)[0]
        return Detail(
            summary=summary,
            case=case_rows.case_by_id(tx, head.case_id),
            card=case_rows.context_card(tx, head.case_id),
            brief=_brief(latest),
            promises=promises_of_case(tx, head.case_id),
            holder_ids=conversation_rows.holders_of_case(tx, head.case_id),
            work_orders=work_orders_of_customer(tx, head.customer_id),
            open_steps=open_steps_of(tx, summary.customer),
            timeline=_timeline(tx, head),
        )

    return await desk.database.read(query)


def _brief(row: sa.Row[Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        **row.brief,
        "queued_at": row.queued_at,
        "queue": row.queue,
        "routing_reason": row.routing_reason,
    }


def _timeline(tx: Connection, head: Conversation) -> list[Earlier]:
    rows = tx.execute(
        sa.select(
            conversations.c.id,
            conversations.c.started_at,
            conversations.c.state,
            conversations.c.last_text,
        )
        .where(conversations.c.customer_id == head.customer_id, conversations.c.id != head.id)
        .order_by(conversations.c.started_at.desc())
        .limit(20)
    )
    return [Earlier(row.id, row.started_at, State(row.state), row.last_text) for row in rows]
