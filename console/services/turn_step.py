"""The calls of the engine that make up one turn: what they read, and how they follow each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from console.desk.case import Fact
from console.desk.checkpoint import Dialogue, checkpoint
from console.desk.conversation import BOT_ANSWERS, Conversation
from console.desk.customer import Customer
from console.desk.event import ActorKind, Event, EventType
from console.gateways.engine import TurnRequest, TurnResult
from console.services import context
from console.services.parts import Desk
from console.services.promise import wire_time
from console.storage.event import events_before
from console.storage.turn import find_button

PICTURE_TEXT = "[图片]"
HEARD = 100  # events that are looked through for what a person was told


@dataclass(frozen=True, slots=True)
class Step:
    """One call of the engine: some text, a pressed button, or the bot going on by itself."""

    text: str | None = None
    button: dict[str, Any] | None = None
    picture_ids: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()  # what the customer told the person before

    @property
    def is_silent(self) -> bool:
        return self.text is None and self.button is None


@dataclass(frozen=True, slots=True)
class Claim:
    """A turn that this worker holds, with everything the engine needs."""

    turn_id: str
    fence: int
    started_at: datetime
    to_seq: int
    head: Conversation
    customer: Customer
    dialogue: Dialogue
    facts: dict[str, Fact]
    steps: tuple[Step, ...]

    @property
    def is_listening(self) -> bool:
        return self.head.state not in BOT_ANSWERS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all steps of a turn came to."""

    dialogue: Dialogue
    results: tuple[TurnResult, ...]


def steps_of(tx: Connection, conversation_id: str, events: Iterable[Event]) -> tuple[Step, ...]:
    """Messages that came together are read together; a button stands alone."""
    steps: list[Step] = []
    for event in events:
        step = _step(tx, conversation_id, event)
        if step is None:
            continue
        if steps and steps[-1].text is not None and step.text is not None:
            steps[-1] = _merged(steps[-1], step)
        else:
            steps.append(step)
    return tuple(steps)


def _step(tx: Connection, conversation_id: str, event: Event) -> Step | None:
    if event.type is EventType.RETURNED_TO_BOT:
        return Step(heard=_told_the_person(tx, conversation_id, event.seq))
    if event.type is not EventType.MESSAGE_POSTED or event.actor.kind is not ActorKind.CUSTOMER:
        return None
    if event.body.get("asks_person"):
        return None  # the queue already has it
    if (button_id := event.body.get("button_id")) is not None:
        button = find_button(tx, conversation_id, button_id)
        if button is not None:
            return Step(button={"intent": button.intent, "entities": button.entities})
    if event.body["kind"] == "picture":
        text = event.body.get("text") or PICTURE_TEXT
        return Step(text=text, picture_ids=(event.body["upload_id"],))
    return Step(text=event.body["text"])


def _told_the_person(tx: Connection, conversation_id: str, before: int) -> tuple[str, ...]:
    """The customer's words since the person joined, oldest first: the form may find answers."""
    heard: list[str] = []
    for event in reversed(events_before(tx, conversation_id, before, limit=HEARD)):
        if event.type is EventType.AGENT_JOINED:
            break
        is_said = event.type is EventType.MESSAGE_POSTED and event.body.get("text")
        if is_said and event.actor.kind is ActorKind.CUSTOMER:
            heard.append(str(event.body["text"]))
    return tuple(reversed(heard))


def _merged(first: Step, second: Step) -> Step:
    texts = [text for text in (first.text, second.text) if text and text != PICTURE_TEXT]
    return Step(
        text="\n".join(texts) or PICTURE_TEXT,
        picture_ids=first.picture_ids + second.picture_ids,
    )


async def ask_engine(desk: Desk, claim: Claim) -> Outcome:
    """Every step in order, each starting where the one before ended. Raises `EngineDown`."""
    now = desk.clock.now()
    slots = context.slots_for_dialogue(
        claim.dialogue.slots, claim.facts, claim.customer, claim.head.lang, now
    )
    dialogue = replace(claim.dialogue, slots=slots)
    results = []
    for index, step in enumerate(claim.steps):
        if step.is_silent and (claim.is_listening or dialogue.active_loop is None):
            continue  # nothing to read, and nothing to go on with
        result = await desk.engine.turn(_request(claim, dialogue, step, index, now))
        results.append(result)
        dialogue = _after(dialogue, result, listening=claim.is_listening)
    return Outcome(dialogue, tuple(results))


def _request(
    claim: Claim, dialogue: Dialogue, step: Step, index: int, now: datetime
) -> TurnRequest:
    """`turn_id` names the step, so that an action's key is the same on a retry."""
    return TurnRequest(
        conversation_id=claim.head.id,
        turn_id=f"{claim.turn_id}.{index}",
        lang=claim.head.lang,
        history=checkpoint(dialogue, listening=claim.is_listening),
        now=wire_time(now),
        text=step.text,
        button=step.button,
        speak=step.is_silent,
        metadata={
            "picture_upload_ids": list(step.picture_ids),
            "misses": dialogue.misses,
            **({"heard": list(step.heard)} if step.heard else {}),
        },
    )


def _after(dialogue: Dialogue, result: TurnResult, *, listening: bool) -> Dialogue:
    """While a person talks only slots move; the form waits where it was."""
    slots = {name: value for name, value in result.slots.items() if name != "requested_slot"}
    if listening:
        return replace(dialogue, slots=slots)
    missed = _is_miss(result)
    return Dialogue(
        slots=slots,
        active_loop=result.active_loop,
        requested_slot=result.requested_slot,
        misses=dialogue.misses + 1 if missed else 0,
    )


def _is_miss(result: TurnResult) -> bool:
    intent = ((result.parse or {}).get("intent") or {}).get("name")
    return intent == "nlu_fallback" and result.active_loop is None
