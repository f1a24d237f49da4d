"""A return filed by an agent: the policy's answer in the agent's words, before and at filing."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from console.storage.agent import agents
from console.web.error_text import TEXTS
from tests.given import LIN
from tests.web.place import Console, Place

FRYER = {"order_no": "620026074721", "line_id": "620026074721-1", "quantity": 1, "way": "pickup"}
WISH: dict[str, Any] = {**FRYER, "reason": "wrong_choice", "condition": "unopened"}
USED = {**WISH, "condition": "used"}


@pytest.fixture
async def lin(place: Place) -> tuple[Console, str]:
    browser, console = await place.customer("88002"), await place.console(LIN)
    await place.held_by(console, browser)
    return console, f"/api/conversations/{browser.conversation_id}/returns"


async def test_a_refused_preview_says_why(lin: tuple[Console, str]) -> None:
    console, path = lin

    answer = await console.post(path, {"check": True, **USED})

    assert (answer["allowed"], answer["rule_id"]) == (False, "return.intact")
    assert answer["message"] == "已使用，不支持无理由退货"


async def test_the_sentence_is_in_the_agents_language(
    place: Place, lin: tuple[Console, str]
) -> None:
    console, path = lin
    english = sa.update(agents).where(agents.c.id == LIN.id).values(lang="en")
    await place.desk.database.write(lambda tx: tx.execute(english))

    answer = await console.post(path, {"check": True, **USED})

    assert answer["message"] == "Used goods do not come back without a reason"


async def test_a_plain_yes_says_nothing_and_missing_parts_need_a_person(
    lin: tuple[Console, str],
) -> None:
    console, path = lin

    plain = await console.post(path, {"check": True, **WISH})
    lacking = await console.post(path, {"check": True, **WISH, "accessories_complete": False})

    assert (plain["allowed"], plain["message"]) == (True, "")
    assert (lacking["allowed"], lacking["rule_id"]) == (True, "return.accessories")
    assert lacking["message"] == "配件不全，扣多少由人工判断"


async def test_filing_against_the_policy_is_refused_in_words_and_stores_nothing(
    place: Place, lin: tuple[Console, str]
) -> None:
    console, path = lin

    answer = await console.post(path, {"key": "return-1234", **USED})

    assert answer["error"]["code"] == "return_refused"
    assert answer["error"]["message"] == TEXTS["return_refused"][0]
    assert (await place.rows())["after_sale_request"] == []


@pytest.mark.parametrize("code", ["return_refused", "unknown_namespace", "newer_schema"])
def test_every_code_has_its_own_sentence(code: str) -> None:
    assert TEXTS[code] != TEXTS["error"]
