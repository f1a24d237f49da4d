"""The conversation as a fold over its events: `apply` is the only place that says what changes.

The stored head row is written from the same fold, so a browser that replays events and a browser
that fetches the head see the same thing.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from console.desk.event import ActorKind, Event, EventType

SNIPPET = 80  # characters of the last message that lists show


class State(StrEnum):
    """Where a conversation is (contracts, section 5)."""

    WITH_BOT = "with_bot"
    QUEUED = "queued"  # waits for a person; the bot goes on helping
    OFFERED = "offered"  # on one agent's screen, not yet accepted
    WITH_AGENT = "with_agent"
    WRAP_UP = "wrap_up"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


BOT_ANSWERS = frozenset({State.WITH_BOT, State.QUEUED, State.OFFERED})
WAITING = frozenset({State.QUEUED, State.OFFERED})


class Conversation(NamedTuple):
    """Head of a conversation. A tuple, because every message makes two of them.

    `waiting_since`: first customer message that no agent has answered, only while a person is
    wanted or holds it. `owed_seq` > `done_seq`: the bot still owes a turn. `state_seq`: the
    event that last changed state or assignee; a claim made on an older view is refused.
    """

    id: str
    customer_id: str
    case_id: str
    state: State = State.WITH_BOT
    assignee_id: str | None = None
    offered_to: str | None = None
    last_agent_id: str | None = None
    queue: str = "general"
    channel: str = "web"
    lang: str = "zh"
    last_seq: int = 0
    last_public_seq: int = 0
    owed_seq: int = 0
    state_seq: int = 0
    unread: int = 0
    last_text: str = ""
    last_at: datetime | None = None
    waiting_since: datetime | None = None
    resolved_at: datetime | None = None


class Tip(NamedTuple):
    """The part of a head that a message reads and changes; all that the hot path loads.

    `last_text` and `last_at` are those of the message that came last; none reads them.
    """

    id: str
    state: State
    assignee_id: str | None
    last_seq: int
    last_public_seq: int
    owed_seq: int
    unread: int
    waiting_since: datetime | None
    last_text: str = ""
    last_at: datetime | None = None


def apply(head: Conversation, event: Event) -> Conversation:
    """The head after `event`; events must be applied in order of `seq`, without gaps."""
    _must_follow(head, event)
    changes = _changes(head, event)
    if "state" in changes:
        changes["state_seq"] = event.seq
    if event.public:
        changes["last_public_seq"] = event.seq
    return head._replace(last_seq=event.seq, **changes)


def apply_message(tip: Tip, event: Event) -> Tip:
    """As `apply`, for a message: field by field, in half the time of `_replace`."""
    _must_follow(tip, event)
    unread, owed_seq, waiting_since = _after_message(tip, event)
    return Tip(
        tip.id,
        tip.state,
        tip.assignee_id,
        event.seq,
        event.seq if event.public else tip.last_public_seq,
        owed_seq,
        unread,
        waiting_since,
        snippet(event.body),
        event.at,
    )


def _must_follow(head: Conversation | Tip, event: Event) -> None:
    if event.seq != head.last_seq + 1:
        raise ValueError(f"event {event.seq} does not follow {head.last_seq}")


def _changes(head: Conversation, event: Event) -> dict[str, Any]:
    match event.type:
        case EventType.MESSAGE_POSTED:
            return _message_changes(head, event)
        case EventType.HANDOFF_REQUESTED:
            return {
                "state": State.QUEUED,
                "offered_to": None,  # it may have been asked for anew, with more weight
                "queue": event.body.get("queue", head.queue),
                "waiting_since": head.waiting_since or event.at,
            }
        case EventType.HANDOFF_OFFERED:
            return {"state": State.OFFERED, "offered_to": event.body["agent_id"]}
        case EventType.HANDOFF_DECLINED:
            return {"state": State.QUEUED, "offered_to": None}
        case EventType.HANDOFF_CANCELLED:
            return {"state": State.WITH_BOT, "offered_to": None, "waiting_since": None}
        case EventType.AGENT_JOINED:
            return {
                "state": State.WITH_AGENT,
                "assignee_id": event.body["agent_id"],
                "last_agent_id": event.body["agent_id"],
                "offered_to": None,
                "waiting_since": head.waiting_since or event.at,
            }
        case EventType.CONVERSATION_TRANSFERRED:
            return _transferred(head, event)
        case EventType.RETURNED_TO_BOT:
            return {
                "state": State.WITH_BOT,
                "assignee_id": None,
                "offered_to": None,
                "waiting_since": None,
                "unread": 0,
                "owed_seq": event.seq,  # the bot picks up where it was
            }
        case EventType.CONVERSATION_RESOLVED:
            return {
                "state": State.RESOLVED,
                "assignee_id": None,
                "offered_to": None,
                "waiting_since": None,
                "unread": 0,
                "resolved_at": event.at,
            }
        case EventType.LANGUAGE_CHANGED:
            return {"lang": event.body["lang"]}
        case EventType.CUSTOMER_IDENTIFIED:
            return {"customer_id": event.body["customer_id"], "case_id": event.body["case_id"]}
        case _:
            return {}


def _transferred(head: Conversation, event: Event) -> dict[str, Any]:
    """To an agent: offered to that agent. To a queue: waits there. The clock starts anew."""
    to_agent = event.body.get("to_agent_id")
    return {
        "state": State.OFFERED if to_agent else State.QUEUED,
        "assignee_id": None,
        "offered_to": to_agent,
        "queue": event.body.get("to_queue") or head.queue,
        "waiting_since": event.at,
    }


def _message_changes(head: Conversation, event: Event) -> dict[str, Any]:
    unread, owed_seq, waiting_since = _after_message(head, event)
    return {
        "last_text": snippet(event.body),
        "last_at": event.at,
        "unread": unread,
        "owed_seq": owed_seq,
        "waiting_since": waiting_since,
    }


def _after_message(head: Conversation | Tip, event: Event) -> tuple[int, int, datetime | None]:
    """`unread`, `owed_seq` and `waiting_since` as the message leaves them."""
    if event.actor.kind is ActorKind.CUSTOMER:
        is_waited_for = head.state is not State.WITH_BOT
        since = head.waiting_since or event.at if is_waited_for else head.waiting_since
        return head.unread + 1, event.seq, since
    if event.actor.kind is ActorKind.AGENT:
        return 0, head.owed_seq, None
    return head.unread, head.owed_seq, head.waiting_since


def snippet(body: dict[str, Any]) -> str:
    """The first characters of a message for lists; a picture without text is named as such."""
    text = " ".join(str(body.get("text") or "").split())
    if not text and body.get("kind") == "picture":
        text = "[图片]"
    return text[:SNIPPET]
