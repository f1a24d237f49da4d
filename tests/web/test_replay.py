"""What a browser has after pushes, losses and catching up is what a fresh browser fetches."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.desk.conversation import Conversation, apply
from console.desk.event import Actor, ActorKind, Event, EventType
from console.services.promise import wire_time
from tests.given import LIN, NOW, WANG
from tests.web.place import Answer, Place, Socket, fresh_id, open_place, until

STEPS = (
    "customer_says",
    "customer_asks_person",
    "customer_leaves_queue",
    "colleague_comes_online",
    "take_over",
    "agent_says",
    "agent_notes",
    "agent_promises",
    "transfer_to_queue",
    "transfer_to_colleague",
    "return_to_bot",
)


@dataclass
class Log:
    """The rule of docs/protocol.md: drop what is known, ask for what is missing."""

    events: list[Answer] = field(default_factory=list)
    ahead: dict[int, Answer] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return int(self.events[-1]["seq"]) if self.events else 0

    def receive(self, event: Answer) -> None:
        if event["seq"] > self.last:
            self.ahead[event["seq"]] = event
        for seq in sorted(self.ahead):
            if self.ahead[seq]["prev"] > self.last:
                return
            follower = self.ahead.pop(seq)
            if seq > self.last:
                self.events.append(follower)


def stored(heard: list[tuple[str, Any]]) -> list[Answer]:
    """Pushed events that are stored; the rest is passing."""
    return [data for name, data in heard if name in set(EventType) and "seq" in data]


async def play(place: Place, steps: list[str]) -> tuple[Socket, Socket, str]:
    """Steps that do not fit the state are refused, as in life."""
    browser = await place.visitor()
    customer = await browser.socket()
    lin = await (await place.console(LIN)).socket()
    wang = await (await place.console(WANG)).socket()
    whose = {"conversation_id": browser.conversation_id}
    await lin.ask("watch", {**whose, "after": 2**30})  # everything else comes by push
    for step in steps:
        await _DO[step](customer, lin, wang, whose)
    await place.settled()
    await _routed(place)
    return customer, lin, browser.conversation_id


async def _routed(place: Place) -> None:
    """Nothing more was stored for a while: offers are made in the background."""
    count = -1
    while count != (count := len((await place.rows())["event"])):
        await asyncio.sleep(0.25)


Step = Callable[[Socket, Socket, Socket, dict[str, str]], Awaitable[Any]]
_TEXT = {"kind": "text", "text": "好的"}
_DUE = "2026-11-02T06:00:00Z"
_DO: dict[str, Step] = {
    "customer_says": lambda customer, *_: customer.say("在吗"),
    "customer_asks_person": lambda customer, *_: customer.ask(
        "ask_person", {"client_msg_id": fresh_id()}
    ),
    "customer_leaves_queue": lambda customer, *_: customer.ask("leave_queue", {}),
    "colleague_comes_online": lambda _, __, wang, whose: wang.ask(
        "set_presence", {"status": "online"}
    ),
    "take_over": lambda _, lin, __, whose: lin.ask("take_over", whose),
    "agent_says": lambda _, lin, __, whose: lin.ask(
        "post_message", {**whose, "client_msg_id": fresh_id(), "body": _TEXT}
    ),
    "agent_notes": lambda _, __, wang, whose: wang.ask(
        "add_note", {**whose, "client_msg_id": fresh_id(), "text": "内部"}
    ),
    "agent_promises": lambda _, lin, __, whose: lin.ask(
        "make_promise", {**whose, "text": "答复", "due_at": _DUE}
    ),
    "transfer_to_queue": lambda _, lin, __, whose: lin.ask(
        "transfer_conversation", {**whose, "to": {"queue": "general"}, "note": "请接"}
    ),
    "transfer_to_colleague": lambda _, lin, __, whose: lin.ask(
        "transfer_conversation", {**whose, "to": {"agent_id": WANG.id}, "note": "请接"}
    ),
    "return_to_bot": lambda _, lin, __, whose: lin.ask("return_to_bot", whose),
}


async def fetched(socket: Socket, command: str, data: Answer, after: int = 0) -> Answer:
    page = await socket.ask(command, {**data, "after": after})
    assert page["ok"], page
    return page


def heads(events: list[Answer]) -> list[tuple[Any, ...]]:
    """Addresses of pictures are signed anew each time; everything else must be the same."""
    return [(e["seq"], e["prev"], e["type"], str(e["actor"]), str(e["body"])) for e in events]


def folded(events: list[Answer], conversation_id: str) -> Conversation:
    """By the fold that writes the stored head."""
    head = Conversation(id=conversation_id, customer_id="", case_id="")
    for one in events:
        kind = EventType(one["type"])
        actor = Actor(ActorKind(one["actor"]["kind"]), one["actor"]["id"])
        event = Event(conversation_id, one["seq"], kind, True, 0, actor, one["body"], NOW)
        head = apply(head, event)
    return head


def as_customer_sees(state: str) -> str:
    """An offer is internal: the customer goes on waiting."""
    return "queued" if state == "offered" else state


def customers_state(events: list[Answer]) -> str:
    state = "with_bot"
    for event in events:
        match event["type"]:
            case "handoff_requested" | "conversation_transferred":
                state = "queued"
            case "agent_joined":
                state = "with_agent"
            case "handoff_cancelled" | "returned_to_bot":
                state = "with_bot"
            case _:
                pass
    return state


async def check(home: Path, steps: list[str], losses: list[bool]) -> None:
    async with open_place(home) as place:
        customer, lin, conversation_id = await play(place, steps)
        whose = {"conversation_id": conversation_id}
        public = await fetched(customer, "catch_up", {})
        everything = await fetched(lin, "watch", whose)

        async def all_heard() -> bool:
            return len(stored(lin.heard)) >= len(everything["events"]) - 1

        await until(all_heard)

        _compare(customer, public, losses)
        _compare(lin, everything, losses)
        head, summary = folded(everything["events"], conversation_id), everything["summary"]
        seen = (head.state.value, head.last_seq, head.last_text, head.assignee_id)
        holder = (summary["assignee"] or {}).get("id")
        assert seen == (summary["state"], summary["version"], summary["last_text"], holder)
        assert wire_time(NOW) == (summary["last_at"] or wire_time(NOW))
        assert customers_state(public["events"]) == as_customer_sees(public["state"]["state"])


def _compare(socket: Socket, page: Answer, losses: list[bool]) -> None:
    """Without a loss pushes alone are enough; with losses, one answer of `catch_up` is."""
    begin = {"conversation_started"}  # before anybody listened
    pushed = stored(socket.heard)
    asked_for = [event for event in page["events"] if event["type"] not in begin]
    assert heads(pushed) == heads(asked_for)
    log = Log()
    for number, event in enumerate(pushed):
        if not losses[number % len(losses)]:
            log.receive(event)
    for event in page["events"]:
        log.receive(event)
    assert heads(log.events) == heads(page["events"])
    assert log.ahead == {}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(STEPS), min_size=4, max_size=14),
    st.lists(st.booleans(), min_size=1, max_size=9),
)
def test_replayed_state_equals_fetched_state(steps: list[str], losses: list[bool]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(check(Path(folder) / "home", steps, losses))


async def test_a_whole_story_is_the_same_replayed_and_fetched(tmp_path: Path) -> None:
    story = [
        "customer_says",
        "customer_asks_person",
        "take_over",
        *("agent_says", "agent_notes", "agent_promises"),
        "transfer_to_queue",
        "colleague_comes_online",
        "take_over",
        "return_to_bot",
        "customer_says",
    ]

    await check(tmp_path / "home", [*story, *STEPS], [False, True, False])


def test_the_rule_notices_a_gap() -> None:
    """The negative control: without the missing event nothing after it is believed."""
    log = Log()
    for seq in (1, 3, 4):
        log.receive({"seq": seq, "prev": seq - 1})

    assert [event["seq"] for event in log.events] == [1]
    assert sorted(log.ahead) == [3, 4]
