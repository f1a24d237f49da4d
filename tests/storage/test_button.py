"""Which of the offered buttons was chosen: of its own conversation only, and the first time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from console.storage.database import Database
from console.storage.turn import buttons, choose_button, insert_buttons
from tests.given import NOW


@pytest.fixture
async def offered(database: Database, conversation_id: str) -> str:
    row = {
        "id": "b_1", "conversation_id": conversation_id, "label": "退货", "intent": "request_return",
        "entities": {}, "offered_seq": 1, "chosen_at": None,
    }  # fmt: skip
    await database.write(lambda tx: insert_buttons(tx, [row]))
    return "b_1"


async def _chosen_at(database: Database) -> datetime | None:
    return await database.read(lambda tx: tx.execute(sa.select(buttons.c.chosen_at)).scalar_one())


async def test_a_button_of_another_conversation_is_not_chosen(
    database: Database, offered: str
) -> None:
    await database.write(lambda tx: choose_button(tx, "co_2", offered, NOW))

    assert await _chosen_at(database) is None


async def test_the_first_choice_stays(
    database: Database, conversation_id: str, offered: str
) -> None:
    for at in (NOW, NOW + timedelta(minutes=1)):
        await database.write(lambda tx, at=at: choose_button(tx, conversation_id, offered, at))

    assert await _chosen_at(database) == NOW
