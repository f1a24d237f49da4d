"""Marks for the service: 1 to 5, kept for the conversation; unhappy customers are asked on."""

from __future__ import annotations

from typing import override

from actions.handoff import OFFER
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.rating import HIGHEST, LOWEST, UNHAPPY, CannotRateYet, read_score
from console.services.rating import may_rate, rate


class RateService(DeskAction):
    action_name = "action_rate_service"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        if not await may_rate(turn.desk, turn.conversation_id):
            turn.say("utter_cannot_rate_yet")
            return []
        score = _score(turn)
        if score is None:
            turn.say("utter_question_score", [_button(turn, n) for n in _SCORES])
            return turn.task_done("rate_service")
        try:
            await rate(turn.desk, turn.conversation_id, score, turn.text)
        except CannotRateYet:
            turn.say("utter_cannot_rate_yet")
            return []
        if score > UNHAPPY:
            turn.say("utter_rated", score=score)
            return turn.task_done("rate_service")
        turn.say("utter_rated_low", score=score)
        return [] if turn.is_in_form else remember(last_task=OFFER)


_SCORES = range(HIGHEST, LOWEST - 1, -1)


def _score(turn: Turn) -> int | None:
    pressed = turn.entity("score")
    if str(pressed) in {str(n) for n in _SCORES}:
        return int(str(pressed))
    return read_score(turn.text)


def _button(turn: Turn, score: int) -> Button:
    title = turn.words(f"{score} 分", f"{score} out of 5")
    return {"title": title, "payload": f'/rate_service{{"score": {score}}}'}
