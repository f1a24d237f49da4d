"""Money above what one person may give: the first yes is kept, a second person's gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from console.desk.errors import Conflict
from console.desk.event import Actor, ActorKind
from console.desk.policy import PolicyDecision
from console.services.parts import Desk
from console.storage.policy import decisions_on_line, record_decision

FIRST_YES = "first_yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """`number`: of the order, or of what is given for. `matter`: exactly what is agreed to, so
    that a yes to another amount or in another state counts as a first one."""

    subject: str
    rule_id: str
    number: str
    line_id: str = ""
    amount_fen: int = 0
    matter: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FirstYes:
    """Somebody's, that waits for a second one."""

    actor: Actor
    amount_fen: int


def needs_second(tx: Connection, desk: Desk, giving: Giving, actor: Actor) -> bool:
    """True for the first yes of an agent above the limit. Raises `Conflict` for the same person."""
    is_small = giving.amount_fen <= desk.settings.limits.approve_fen
    if is_small or actor.kind is not ActorKind.AGENT:
        return False
    first = first_yes(tx, giving)
    if first is not None and first.actor.id == actor.id:
        raise Conflict("a second person has to approve", state=giving.matter.get("state"))
    return first is None


def first_yes(tx: Connection, giving: Giving) -> FirstYes | None:
    """The earliest to all that `matter` names."""
    found = decisions_on_line(tx, giving.subject, giving.rule_id, giving.number, giving.line_id)
    for row in found:
        if row.outcome == FIRST_YES and giving.matter.items() <= row.inputs.items():
            actor = Actor(row.actor_kind, row.actor_id, row.inputs["by"])
            return FirstYes(actor, row.inputs["amount_fen"])
    return None


def keep_yes(
    tx: Connection,
    desk: Desk,
    giving: Giving,
    outcome: str,
    *,
    conversation_id: str,
    customer_no: str,
    actor: Actor,
) -> None:
    """The decision with its inputs; `outcome` is `FIRST_YES` or what was decided."""
    decision = PolicyDecision(
        subject=giving.subject,
        outcome=outcome,
        rule_id=giving.rule_id,
        order_no=giving.number,
        line_id=giving.line_id,
        inputs={**giving.matter, "amount_fen": giving.amount_fen, "by": actor.name},
    )
    record_decision(
        tx, decision, conversation_id=conversation_id, customer_no=customer_no,
        actor=actor, at=desk.clock.now(),
    )  # fmt: skip
