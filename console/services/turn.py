"""One bot turn: claim what is owed, ask the engine, store all that came back in one commit.

A turn belongs to one worker (a lease with a fence), is fixed when it is claimed, and stores
nothing when it fails. A reply whose conversation a person has meanwhile taken over is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection

from console.desk.checkpoint import Dialogue
from console.desk.conversation import BOT_ANSWERS, Conversation, State
from console.desk.errors import EngineDown
from console.desk.event import BOT, SYSTEM, ActorKind, Event, EventType, NewEvent
from console.desk.form_label import form_stage
from console.desk.handoff import HandoffReason
from console.desk.identity import new_id
from console.desk.language import language_spoken
from console.desk.stage import stage_of
from console.desk.wording import engine_down_text
from console.services import context
from console.services.handoff import request_handoff
from console.services.parts import Desk
from console.services.reply import Reply, replies_of
from console.services.turn_step import Claim, Outcome, steps_of
from console.storage import case as case_rows
from console.storage import conversation as conversation_rows
from console.storage import turn as turn_rows
from console.storage.event import events_after, record

LEASE = timedelta(seconds=30)
PATIENCE = timedelta(seconds=20)  # a turn older than this is given to a person


async def claim_turn(desk: Desk, conversation_id: str, owner: str) -> Claim | None:
    """None when nothing is owed or another worker holds it."""
    now = desk.clock.now()

    def work(tx: Connection) -> Claim | None:
        head = conversation_rows.locked_head(tx, conversation_id)
        running = turn_rows.running_turn(tx, conversation_id)
        if running is not None:
            if running.lease_until is not None and running.lease_until > now:
                return None
            turn_rows.renew_turn(tx, running.id, owner, now, LEASE)
            row = {**running._asdict(), "fence": running.fence + 1}
            return _claim(tx, head, row, _owed(tx, head.id, row))
        done = turn_rows.done_seq(tx, conversation_id)
        if head.owed_seq <= done:
            return None
        row = _new_turn(head, done, owner, now)
        turn_rows.insert_turn(tx, row)
        owed = _owed(tx, head.id, row)
        return _claim(tx, _in_their_language(tx, head, row["id"], owed, now), row, owed)

    return await desk.database.write(work)


def _new_turn(head: Conversation, done: int, owner: str, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id("tu"),
        "conversation_id": head.id,
        "from_seq": done + 1,
        "to_seq": head.owed_seq,
        "state": "running",
        "lease_owner": owner,
        "lease_until": now + LEASE,
        "fence": 1,
        "attempts": 1,
        "started_at": now,
    }


def _in_their_language(
    tx: Connection, head: Conversation, turn_id: str, owed: Sequence[Event], now: datetime
) -> Conversation:
    """The head as it is answered: the customer may have gone on in the other language.

    Said to a person as well; the bot then picks up in it.
    """
    said = (str(event.body.get("text") or "") for event in owed if _is_typed(event))
    lang = language_spoken(head.lang, said)
    if lang == head.lang:
        return head
    changed = NewEvent(
        EventType.LANGUAGE_CHANGED, SYSTEM, {"lang": lang, "by": "words"}, f"{turn_id}:lang"
    )
    record(tx, head.id, [changed], now)
    return conversation_rows.conversation(tx, head.id)


def _is_typed(event: Event) -> bool:
    """A button speaks the language that it was offered in."""
    if event.type is not EventType.MESSAGE_POSTED or event.actor.kind is not ActorKind.CUSTOMER:
        return False
    return event.body.get("button_id") is None and not event.body.get("asks_person")


def _owed(tx: Connection, conversation_id: str, row: Mapping[str, Any]) -> list[Event]:
    before = row["from_seq"] - 1
    return events_after(tx, conversation_id, before, limit=row["to_seq"] - before)  # no gaps


def _claim(
    tx: Connection, head: Conversation, row: Mapping[str, Any], owed: Sequence[Event]
) -> Claim:
    """`row`: the turn as it is stored."""
    return Claim(
        turn_id=row["id"],
        fence=row["fence"],
        started_at=row["started_at"],
        to_seq=row["to_seq"],
        head=head,
        customer=conversation_rows.customer_of(tx, head.id),
        dialogue=_dialogue(tx, head.id),
        facts=case_rows.facts_of(tx, head.case_id),
        steps=steps_of(tx, head.id, owed),
    )


def _dialogue(tx: Connection, conversation_id: str) -> Dialogue:
    row = turn_rows.dialogue_row(tx, conversation_id)
    if row is None:
        return Dialogue()
    return Dialogue(row.slots, row.active_loop, row.requested_slot, row.misses)


class Finish(IntEnum):
    """What became of a turn; false when it was lost."""

    LOST = 0  # to another worker: nothing was stored
    DONE = 1
    OWES_MORE = 2  # done, and the customer has said something since


async def finish_turn(desk: Desk, claim: Claim, outcome: Outcome) -> Finish:
    """Stores replies, buttons, checkpoint and facts together."""
    now = desk.clock.now()

    def work(tx: Connection) -> Finish:
        head = conversation_rows.locked_head(tx, claim.head.id)
        answers = not claim.is_listening and head.state in BOT_ANSWERS
        values = _turn_values(outcome, "done" if answers or claim.is_listening else "dropped", now)
        if not turn_rows.finish_turn(tx, claim.turn_id, claim.fence, **values):
            return Finish.LOST
        turn_rows.set_done(tx, head.id, claim.to_seq)
        _store_dialogue(tx, head, claim, outcome, now)
        if answers:
            _post_replies(tx, head, claim, replies_of(outcome.results), now)
            _note_question(tx, head, outcome, now)
        return Finish.OWES_MORE if head.owed_seq > claim.to_seq else Finish.DONE

    return await desk.database.write(work)


def _turn_values(outcome: Outcome, state: str, now: datetime) -> dict[str, Any]:
    last = outcome.results[-1] if outcome.results else None
    return {
        "state": state,
        "finished_at": now,
        "parse": [result.parse for result in outcome.results],
        "responses": [result.responses for result in outcome.results],
        "model_id": last.model_id if last else None,
        "timing": [result.timing for result in outcome.results],
        "error": None,
    }


def _store_dialogue(
    tx: Connection, head: Conversation, claim: Claim, outcome: Outcome, now: datetime
) -> None:
    after = outcome.dialogue
    turn_rows.save_dialogue(
        tx,
        head.id,
        {
            "slots": after.slots,
            "active_loop": after.active_loop,
            "requested_slot": after.requested_slot,
            "misses": after.misses,
            "updated_at": now,
        },
    )
    before = context.slots_for_dialogue(
        claim.dialogue.slots, claim.facts, claim.customer, head.lang, now
    )
    news, ended = context.facts_from_slots(before, after.slots, now)
    if outcome.results:
        context.learn_facts(tx, head.id, head.case_id, news, now)
        context.expire(tx, head.case_id, ended, now)
    intents = [(result.parse or {}).get("intent") for result in outcome.results]
    stage = form_stage(after.active_loop) or stage_of(intents)
    changes = {"stage": stage} if stage else {}
    case_rows.touch_case(tx, head.case_id, now, **changes)


def _post_replies(
    tx: Connection, head: Conversation, claim: Claim, replies: list[Reply], now: datetime
) -> None:
    """Each under `(turn, index)`, so that a reply is stored once however often it is tried."""
    rows: list[dict[str, Any]] = []
    events = []
    for index, reply in enumerate(replies):
        offered = [{**button, "id": new_id("b")} for button in reply.buttons]
        body = dict(reply.body)
        if offered:
            body["buttons"] = [{"id": b["id"], "label": b["label"]} for b in offered]
        events.append(NewEvent(EventType.MESSAGE_POSTED, BOT, body, f"{claim.turn_id}:{index}"))
        rows += [
            {**button, "conversation_id": head.id, "offered_seq": head.last_seq + index + 1}
            for button in offered
        ]
    turn_rows.insert_buttons(tx, rows)
    record(tx, head.id, events, now)


def _note_question(tx: Connection, head: Conversation, outcome: Outcome, now: datetime) -> None:
    """The bot asked for a slot: remembered, and counted when the answer was known."""
    slot = outcome.dialogue.requested_slot
    replies = replies_of(outcome.results)
    if outcome.dialogue.active_loop and slot and replies:
        text = str(replies[-1].body.get("text") or "")
        context.ask(tx, head.case_id, slot, ActorKind.BOT, text, now)


async def put_off(desk: Desk, claim: Claim, error: EngineDown) -> bool:
    """The engine failed. True: the same turn is tried again soon. False: a person was called."""
    now = desk.clock.now()
    if claim.is_listening or now - claim.started_at < PATIENCE:
        again = now + (timedelta(seconds=1) if not claim.is_listening else timedelta(seconds=5))
        await desk.database.write(
            lambda tx: turn_rows.release_turn(tx, claim.turn_id, claim.fence, str(error), again)
        )
        return True
    await _give_up(desk, claim, error)
    return False


async def _give_up(desk: Desk, claim: Claim, error: EngineDown) -> None:
    now = desk.clock.now()

    def work(tx: Connection) -> bool:
        head = conversation_rows.locked_head(tx, claim.head.id)
        values = {"state": "failed", "finished_at": now, "error": str(error)}
        if not turn_rows.finish_turn(tx, claim.turn_id, claim.fence, **values):
            return False
        turn_rows.set_done(tx, head.id, claim.to_seq)
        if head.state in BOT_ANSWERS:
            body = {"kind": "text", "text": engine_down_text(head.lang), "engine_down": True}
            key = f"{claim.turn_id}:down"
            record(tx, head.id, [NewEvent(EventType.MESSAGE_POSTED, SYSTEM, body, key)], now)
        return head.state is State.WITH_BOT

    if await desk.database.write(work):
        await request_handoff(
            desk, claim.head.id, HandoffReason.ENGINE_DOWN, key=f"{claim.turn_id}:handoff"
        )
