"""What happened inside the bot: every turn with its parse, answers, model and timing."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from console.desk.fact_label import shown_value
from console.desk.masking import mask_all, mask_fact
from console.services.parts import Desk
from console.services.promise import wire_time
from console.storage import turn as turn_rows
from console.storage.case import case_by_id, facts_of
from console.storage.conversation import find_conversation


async def conversation_trace(desk: Desk, conversation_id: str) -> dict[str, Any] | None:
    """None when there is no such conversation."""

    def query(tx: Connection) -> dict[str, Any] | None:
        head = find_conversation(tx, conversation_id)
        if head is None:
            return None
        dialogue = turn_rows.dialogue_row(tx, conversation_id)
        case = case_by_id(tx, head.case_id)
        return {
            "state": head.state.value,
            "assignee_id": head.assignee_id,
            "reask_count": case.reask_count,
            "stage": case.stage,
            "slots": _masked(dialogue.slots) if dialogue else {},
            "active_loop": dialogue.active_loop if dialogue else None,
            "requested_slot": dialogue.requested_slot if dialogue else None,
            "facts": {
                name: {
                    "value": mask_fact(name, fact.value),
                    "source": fact.source.value,
                    "shown": shown_value(name, mask_fact(name, fact.value), head.lang),
                }
                for name, fact in facts_of(tx, head.case_id).items()
            },
            "turns": [_turn(row) for row in turn_rows.turns_of(tx, conversation_id)],
        }

    return await desk.database.read(query)


def _masked(slots: dict[str, Any]) -> dict[str, Any]:
    return {name: mask_fact(name, value) if value else value for name, value in slots.items()}


def _turn(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "turn_id": row.id,
        "from_seq": row.from_seq,
        "to_seq": row.to_seq,
        "state": row.state,
        "attempts": row.attempts,
        "parse": mask_all(row.parse),
        "responses": mask_all(row.responses),
        "model_id": row.model_id,
        "timing": row.timing,
        "error": row.error,
        "started_at": wire_time(row.started_at),
        "finished_at": wire_time(row.finished_at) if row.finished_at else None,
    }
