"""Showing masked personal data in full: a permission, a reason, a line in the audit log."""

from __future__ import annotations

from sqlalchemy import Connection

from console.desk.agent import Agent, Permission
from console.desk.errors import BadRequest, NotAllowed, NotFound
from console.services.parts import Desk
from console.storage.audit import audit
from console.storage.customer import customer

FIELDS = ("name", "phone")
REASON_LIMIT = 200  # characters


async def reveal(desk: Desk, agent: Agent, customer_id: str, field: str, reason: str) -> str:
    """The full value. Nothing is shown before the log line is durable."""
    if not agent.may(Permission.REVEAL):
        raise NotAllowed()
    if field not in FIELDS:
        raise BadRequest("field must be name or phone", field="field")
    if not 2 <= len(reason.strip()) <= REASON_LIMIT:
        raise BadRequest("a reason is required", field="reason")
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
            reason=reason.strip(),
        )
        return str(getattr(found, field))

    return await desk.database.write(work)
