"""From the bot to a person. The desk posts the sentence with the place in the queue itself."""

from __future__ import annotations

from typing import override

from actions.turn import DeskAction, Event, Turn
from console.desk.handoff import HandoffReason
from console.desk.words import Words
from console.services.handoff import request_handoff

OFFER = "offer_person"  # as `last_task`: a yes means a person
FURIOUS = 2  # emotion 0-3; soothed anger still weighs in the queue

_WISHES = {
    "request_previous_agent": (
        HandoffReason.PREVIOUS_AGENT, Words("找上次的客服", "The previous agent"),
    ),
    "escalate_to_supervisor": (
        HandoffReason.COMPLAINT, Words("要求负责人处理", "Somebody in charge"),
    ),
    "report_broken_promise": (
        HandoffReason.BROKEN_PROMISE, Words("之前的承诺没有兑现", "A promise was not kept"),
    ),
}  # fmt: skip


class RequestHandoff(DeskAction):
    """A wish for a person: at once, without a question back."""

    action_name = "action_request_handoff"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        reason, wish = _WISHES.get(str(turn.intent), (HandoffReason.WISH, None))
        if reason is HandoffReason.BROKEN_PROMISE:
            turn.say("utter_promise_apology")
        await hand_over(turn, reason, wish=wish)
        return []


class Soothe(DeskAction):
    """Anger: a sentence first, then a person."""

    action_name = "action_soothe"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        turn.say("utter_soothe")
        await hand_over(turn, HandoffReason.ANGER, mood=FURIOUS)
        return []


async def hand_over(
    turn: Turn,
    reason: HandoffReason,
    *,
    wish: Words | str | None = None,
    policy: str | None = None,
    mood: int = 0,
) -> None:
    """Into the queue; who waits already hears the place in it again."""
    state = await request_handoff(
        turn.desk,
        turn.conversation_id,
        reason,
        wish=wish,
        policy=policy,
        mood=mood,
        key=turn.key(),
    )
    if state.is_new or state.position == 0:
        return
    ahead = state.position - 1
    turn.say("utter_handoff_queued" if ahead else "utter_handoff_next", ahead=ahead)
