"""People who answer: their posts, what they may do, and whether they can take one more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

DEFAULT_LIMIT = 10  # open conversations at once


class Presence(StrEnum):
    """An agent's status."""

    ONLINE = "online"  # takes new conversations
    BUSY = "busy"  # keeps the old, takes none new
    BREAK = "break"  # as busy, with a reason that is measured
    OFFLINE = "offline"


class Role(StrEnum):
    """A post; it decides the permissions below."""

    AGENT = "agent"  # front desk
    COMPLAINT = "complaint"  # complaint and VIP seats
    LEAD = "lead"
    ADMIN = "admin"  # users, channels, settings; no money


class Permission(StrEnum):
    """What a route or event asks for."""

    ANSWER = "answer"
    MONEY = "money"  # claims and returns on the customer's behalf
    APPROVE = "approve"  # after-sale requests by hand: reviews, inspections, part refunds
    REVEAL = "reveal"  # see unmasked personal data; every use is logged
    WATCH_ALL = "watch_all"
    TAKE_OVER = "take_over"  # from a colleague: the conversation, or what the colleague promised
    TRACE = "trace"  # internals of a bot turn
    USERS = "users"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.AGENT: frozenset(
        {Permission.ANSWER, Permission.MONEY, Permission.REVEAL, Permission.WATCH_ALL}
    ),
    Role.COMPLAINT: frozenset(
        {Permission.ANSWER, Permission.MONEY, Permission.REVEAL, Permission.WATCH_ALL}
    ),
    Role.LEAD: frozenset(Permission) - {Permission.USERS},
    Role.ADMIN: frozenset({Permission.USERS, Permission.TRACE}),
}


@dataclass(frozen=True, slots=True)
class Agent:
    """`queues`: the queues whose conversations may be offered to this agent."""

    id: str
    login: str
    name: str
    role: Role = Role.AGENT
    queues: tuple[str, ...] = ("general",)
    limit: int = DEFAULT_LIMIT
    lang: str = "zh"
    disabled: bool = False

    def may(self, permission: Permission) -> bool:
        return not self.disabled and permission in PERMISSIONS[self.role]


@dataclass(frozen=True, slots=True)
class Seat:
    """An agent as routing sees one: status, load, and since when idle."""

    agent: Agent
    presence: Presence
    open_count: int
    idle_since: datetime | None = None

    @property
    def is_below_limit(self) -> bool:
        return self.open_count < self.agent.limit

    @property
    def is_free(self) -> bool:
        return self.presence is Presence.ONLINE and self.is_below_limit

    @property
    def load(self) -> float:
        return self.open_count / max(1, self.agent.limit)
