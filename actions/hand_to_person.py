"""Wishes whose own flow is not written yet: a person gets them, with the customer's words.

The list is in `data/rules/not_yet_own_flow.yml`; an intent leaves it when its flow arrives.
"""

from __future__ import annotations

from typing import override

from actions.fallback import READINGS
from actions.handoff import hand_over
from actions.turn import DeskAction, Event, Turn
from console.desk.handoff import HandoffReason


class HandToPerson(DeskAction):
    """Says what a colleague will take over, then queues the conversation."""

    action_name = "action_hand_to_person"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        intent = str(turn.intent)
        wish = turn.words(*READINGS[intent])
        turn.say("utter_hand_to_person", wish=wish)
        await hand_over(turn, HandoffReason.POLICY, wish=wish, policy=f"no_own_flow:{intent}")
        return []
