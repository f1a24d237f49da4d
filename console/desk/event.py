"""What can happen in a conversation: one row, one event, one emit, all with the same name.

A message is the event `message_posted`. `seq` is gap-free per conversation; customers see only
public events, so each event also carries `prev_public`, the public event before it: that is how
a customer's browser notices a gap without seeing the numbers of internal notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

Body = dict[str, Any]


class ActorKind(StrEnum):
    """Who caused an event."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class EventType(StrEnum):
    """Stored event and name on the wire, past tense."""

    CONVERSATION_STARTED = "conversation_started"
    CUSTOMER_IDENTIFIED = "customer_identified"  # a visitor signed in
    LANGUAGE_CHANGED = "language_changed"  # internal: by the customer's words or their page
    MESSAGE_POSTED = "message_posted"
    NOTE_ADDED = "note_added"  # internal
    HANDOFF_REQUESTED = "handoff_requested"  # bot → queue
    HANDOFF_OFFERED = "handoff_offered"  # internal: on an agent's screen
    HANDOFF_DECLINED = "handoff_declined"  # internal
    AGENT_JOINED = "agent_joined"  # accepted, or taken over
    CONVERSATION_TRANSFERRED = "conversation_transferred"  # to an agent or a queue
    HANDOFF_CANCELLED = "handoff_cancelled"  # the customer left the queue
    RETURNED_TO_BOT = "returned_to_bot"
    PROMISE_MADE = "promise_made"
    PROMISE_EXTENDED = "promise_extended"
    PROMISE_KEPT = "promise_kept"
    PROMISE_BROKEN = "promise_broken"
    PROMISE_VOIDED = "promise_voided"  # what it was about has gone
    CONTEXT_UPDATED = "context_updated"  # internal: facts changed
    CONVERSATION_RESOLVED = "conversation_resolved"
    ACTION_TAKEN = "action_taken"  # money or order was touched: claim, return, cancel


INTERNAL = frozenset(
    {
        EventType.NOTE_ADDED,
        EventType.HANDOFF_OFFERED,
        EventType.HANDOFF_DECLINED,
        EventType.CONTEXT_UPDATED,
        EventType.LANGUAGE_CHANGED,
        EventType.CUSTOMER_IDENTIFIED,
    }
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it; `id` is empty for the bot and the system, `name` is what people may see."""

    kind: ActorKind
    id: str = ""
    name: str = ""


BOT = Actor(ActorKind.BOT)
SYSTEM = Actor(ActorKind.SYSTEM)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event before it has a place in the conversation.

    `client_msg_id`: unique per conversation and actor; a repeat is the same event, not a second.
    `internal`: the customer hears of it in other words.
    """

    type: EventType
    actor: Actor
    body: Body
    client_msg_id: str | None = None
    internal: bool = False

    @property
    def public(self) -> bool:
        return self.type not in INTERNAL and not self.internal


class Event(NamedTuple):
    """A stored event. `prev_public`: seq of the public event before it, 0 for the first."""

    conversation_id: str
    seq: int
    type: EventType
    public: bool
    prev_public: int
    actor: Actor
    body: Body
    at: datetime
    client_msg_id: str | None = None
