"""No more marketing: taken at once, confirmed, without a question back."""

from __future__ import annotations

from typing import override

from actions.turn import DeskAction, Event, Turn
from console.desk.consent import EVERY_CHANNEL, channel_name, channels_in
from console.services.consent import refuse_marketing


class RefuseMarketing(DeskAction):
    action_name = "action_refuse_marketing"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        wanted = channels_in(f"{turn.text} {turn.entity('channel') or ''}")
        refused = await refuse_marketing(turn.desk, turn.conversation_id, wanted, key=turn.key())
        if len(wanted) == len(EVERY_CHANNEL):
            turn.say("utter_marketing_off" if turn.is_verified else "utter_marketing_off_visitor")
        else:
            between = turn.words("、", ", ")
            names = between.join(channel_name(one, turn.lang) for one in wanted)
            left = len(EVERY_CHANNEL) - len(refused)
            response = "utter_marketing_off_some" if left else "utter_marketing_off"
            turn.say(response, channels=names)
        return turn.task_done("opt_out_marketing")
