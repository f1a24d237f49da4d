"""A lead moves a request on by hand; a front desk agent may not, and nobody a foreign one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.given import LIN
from tests.web.place import CHEN, Browser, Console, Place

FRYER: dict[str, Any] = {
    "order_no": "620026074721", "line_id": "620026074721-1", "quantity": 1,
    "reason": "wrong_choice", "condition": "unopened", "way": "self_ship",
}  # fmt: skip


@pytest.fixture
async def filed(place: Place) -> tuple[Browser, Console, str]:
    """Lin holds the conversation, and has filed a return for the customer."""
    browser, lin = await place.customer("88002"), await place.console(LIN)
    await place.held_by(lin, browser)
    path = f"/api/conversations/{browser.conversation_id}/returns"
    answer = await lin.post(path, {"key": "return-1234", **FRYER})
    return browser, lin, str(answer["card"]["rma_no"])


@pytest.fixture
async def led(filed: tuple[Browser, Console, str], place: Place) -> tuple[Console, str]:
    """The lead, who has taken the conversation over, and where its steps go."""
    browser, _, _ = filed
    lead = await place.console(CHEN)
    await place.held_by(lead, browser)
    return lead, f"/api/conversations/{browser.conversation_id}/after_sale"


async def test_a_front_desk_agent_may_not(
    filed: tuple[Browser, Console, str], place: Place
) -> None:
    browser, lin, rma_no = filed
    path = f"/api/conversations/{browser.conversation_id}/after_sale"
    before = await place.rows()

    status, body, _ = await place.request(
        "POST",
        path,
        headers=lin.headers,
        json={"key": "step-12345", "rma_no": rma_no, "step": "arrived"},
    )

    assert (status, body and body["error"]["code"]) == (403, "not_allowed")
    assert await place.rows() == before


async def test_a_lead_who_holds_it_leads_the_return_to_its_end(
    filed: tuple[Browser, Console, str], led: tuple[Console, str]
) -> None:
    _, _, rma_no = filed
    lead, path = led

    arrived = await lead.post(path, {"key": "step-0001", "rma_no": rma_no, "step": "arrived"})
    passed = await lead.post(path, {"key": "step-0002", "rma_no": rma_no, "step": "passed"})
    again = await lead.post(path, {"key": "step-0002", "rma_no": rma_no, "step": "passed"})

    of_one = {"ok": True, "rma_no": rma_no, "second_needed": False}
    assert arrived == {**of_one, "state": "received"}
    assert passed == again == {**of_one, "state": "done"}


async def test_a_refund_above_what_is_left_says_how_much_that_is(
    filed: tuple[Browser, Console, str], led: tuple[Console, str], place: Place
) -> None:
    _, _, rma_no = filed
    lead, path = led
    for step in ("arrived", "failed"):
        await lead.post(
            path, {"key": f"step-{step}", "rma_no": rma_no, "step": step, "note": "划痕"}
        )
    before = await place.rows()

    status, answer, _ = await place.request(
        "POST", path, headers=lead.headers,
        json={"key": "step-part", "rma_no": rma_no, "step": "pay_part", "refund_fen": 393_68},
    )  # fmt: skip

    assert (status, answer["error"]["code"]) == (400, "refund_too_high")
    assert answer["error"]["details"] == {"limit_fen": 393_67}
    assert await place.rows() == before


async def test_the_customer_never_sees_the_lines_for_colleagues(
    filed: tuple[Browser, Console, str], led: tuple[Console, str]
) -> None:
    browser, lin, rma_no = filed
    lead, path = led
    step = {"key": "step-0001", "rma_no": rma_no, "step": "arrived", "note": "只给同事看"}
    await lead.post(path, step)

    seen = await (await browser.socket()).ask("catch_up", {"after": 0})
    shown = await (await lin.socket()).ask(
        "watch", {"conversation_id": browser.conversation_id, "after": 0}
    )

    lines = [one for one in shown["events"] if one["body"].get("action") == "after_sale_step"]
    assert [(one["actor"]["name"], one["body"]["step"]) for one in lines] == [
        (CHEN.name, "arrived")
    ]
    assert not [one for one in seen["events"] if one["body"].get("action") == "after_sale_step"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"rma_no": "RMA1000000000", "step": "arrived"}, 404, "not_found"),
        ({"step": "passed"}, 409, "conflict"),
        ({"step": "burn"}, 400, "bad_request"),
        ({"step": "arrived", "refund_fen": "1"}, 400, "bad_request"),
    ],
)
async def test_what_does_not_fit_is_refused_and_nothing_changes(
    filed: tuple[Browser, Console, str],
    led: tuple[Console, str],
    place: Place,
    body: dict[str, Any],
    status: int,
    code: str,
) -> None:
    _, _, rma_no = filed
    lead, path = led
    before = await place.rows()

    wish = {"key": "step-0001", "rma_no": rma_no, **body}
    got, answer, _ = await place.request("POST", path, headers=lead.headers, json=wish)

    assert (got, answer and answer["error"]["code"]) == (status, code)
    assert await place.rows() == before
