"""Showing masked personal data in full: a permission, a reason, a line in the audit log."""

from __future__ import annotations

from sqlalchemy import Connection

from console.desk.agent import Agent, Permission
from console.desk.errors import BadRequest, NotAllowed, NotFound
from console.services.parts import Desk
from console.storage.audit import audit
from console.storage.conversation import conversation
from console.storage.customer import customer
from console.storage.work_order import work_order_of_customer

FIELDS = ("name", "phone")
PRIVATE = ("name", "phone", "address", "window_start", "window_end")  # of a work order's details
REASON_LIMIT = 200  # characters


async def reveal(desk: Desk, agent: Agent, customer_id: str, field: str, reason: str) -> str:
    """The full value. Nothing is shown before the log line is durable."""
    _may_see(agent)
    if field not in FIELDS:
        raise BadRequest("field must be name or phone", field="field")
    reason = _reason(reason)
    now = desk.clock.now()

    def work(tx: Connection) -> str:
        found = customer(tx, customer_id)
        if found is None:
            raise NotFound("customer")
        audit(
            tx,
            at=now,
            actor_id=agent.id,
            action="reveal",
            object_id=customer_id,
            field=field,
            reason=reason,
        )
        return str(getattr(found, field))

    return await desk.database.write(work)


async def reveal_work_order(
    desk: Desk, agent: Agent, conversation_id: str, work_order_no: str, reason: str
) -> dict[str, str]:
    """What lists mask of it: the words in full, and whom, where and when to call or send to.

    Nothing is shown before the log line is durable. Raises `NotFound` for another customer's.
    """
    _may_see(agent)
    reason, now = _reason(reason), desk.clock.now()

    def work(tx: Connection) -> dict[str, str]:
        head = conversation(tx, conversation_id)
        found = work_order_of_customer(tx, head.customer_id, work_order_no)
        if found is None:
            raise NotFound("work order")
        audit(
            tx, at=now, actor_id=agent.id, action="reveal", object_id=head.customer_id,
            field=work_order_no, reason=reason,
        )  # fmt: skip
        private = {name: found.details.get(name) for name in PRIVATE}
        return {"text": found.text} | {name: str(one) for name, one in private.items() if one}

    return await desk.database.write(work)


def _may_see(agent: Agent) -> None:
    if not agent.may(Permission.REVEAL):
        raise NotAllowed()


def _reason(raw: str) -> str:
    if not 2 <= len(raw.strip()) <= REASON_LIMIT:
        raise BadRequest("a reason is required", field="reason")
    return raw.strip()
