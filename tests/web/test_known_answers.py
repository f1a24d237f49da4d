"""The console's hint over HTTP: answers are shown as the context card shows them, within limits."""

from __future__ import annotations

import pytest

from console.desk.case import Source
from console.services.context import settle
from tests.given import LIN
from tests.web.place import Console, Place


@pytest.fixture
async def lin(place: Place) -> tuple[Console, str]:
    """Lin holds a conversation in which order and phone are known."""
    browser, console = await place.visitor(), await place.console(LIN)
    await place.held_by(console, browser)
    facts = {"order_no": "202611010001", "phone": "13900000316"}
    await settle(place.desk, browser.conversation_id, facts, Source.CUSTOMER)
    return console, f"/api/conversations/{browser.conversation_id}/known_answers"


async def test_a_draft_hears_what_is_known_and_a_phone_stays_masked(lin: tuple[Console, str]):
    console, path = lin

    answer = await console.post(path, {"text": "麻烦发一下订单号和手机号"})

    assert answer["ok"]
    shown = {each["slot"]: (each["label"], each["shown"]) for each in answer["known"]}
    assert shown["order_no"] == ("订单号", "202611010001")
    assert shown["phone"][0] == "电话"
    assert "13900000316" not in str(answer)


async def test_a_draft_that_asks_nothing_hears_nothing(lin: tuple[Console, str]):
    console, path = lin

    for text in ("", "好的，请稍等", "订单号我看到了"):
        assert await console.post(path, {"text": text}) == {"ok": True, "known": []}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "bad_request"),
        ({"text": 7}, "bad_request"),
        ({"text": "订" * 4_001}, "too_large"),
        ({"text": "", "more": "x" * 33_000}, "too_large"),
    ],
)
async def test_what_is_no_draft_is_refused(
    place: Place, lin: tuple[Console, str], body: dict[str, object], code: str
):
    console, path = lin
    before = await place.rows()

    answer = await console.post(path, dict(body))

    assert (answer["ok"], answer["error"]["code"]) == (False, code)
    assert await place.rows() == before
