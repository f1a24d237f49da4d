"""Somebody else's order reads exactly like one that does not exist, on every way to an order."""

from __future__ import annotations

from typing import Any

import pytest

from tests.given import LIN
from tests.web.place import Browser, Console, Place

MINE, FOREIGN, NOBODYS = "620026074721", "620026071317", "620026999999"  # customer 88002's view


@pytest.fixture
async def held(place: Place) -> tuple[Console, Browser]:
    """A conversation of customer 88002 that Lin holds."""
    browser, lin = await place.customer("88002"), await place.console(LIN)
    await place.held_by(lin, browser)
    return lin, browser


async def answers(
    console: Console, browser: Browser, part: str, wish: dict[str, Any], number: str
) -> str:
    """With the number taken out, which the caller knows anyway."""
    path = f"/api/conversations/{browser.conversation_id}/{part}"
    found = await console.post(path, {**wish, "order_no": number})
    return str(found).replace(number, "…")


@pytest.mark.parametrize(
    ("part", "wish"),
    [
        ("cards", {"type": "order"}),
        (
            "returns",
            {"check": True, "line_id": "1", "reason": "no_reason", "condition": "unopened"},
        ),
        (
            "returns",
            {
                "key": "key-12345678",
                "line_id": "1",
                "reason": "no_reason",
                "condition": "unopened",
            },
        ),
    ],
)
async def test_an_agent_finds_only_orders_of_the_customer_at_hand(
    place: Place, held: tuple[Console, Browser], part: str, wish: dict[str, Any]
) -> None:
    before = await place.rows()

    foreign = await answers(*held, part, wish, FOREIGN)

    assert foreign == await answers(*held, part, wish, NOBODYS)
    assert "'ok': False" in foreign
    assert await place.rows() == before


async def test_the_customers_own_order_is_found(held: tuple[Console, Browser]) -> None:
    """The negative control."""
    assert "'ok': True" in await answers(*held, "cards", {"type": "order"}, MINE)


async def test_an_ending_of_a_foreign_order_finds_nothing(held: tuple[Console, Browser]) -> None:
    foreign = await answers(*held, "cards", {"type": "order"}, FOREIGN[-4:])

    assert foreign == await answers(*held, "cards", {"type": "order"}, NOBODYS[-4:])


async def test_lines_of_others_are_never_claimed(
    place: Place, held: tuple[Console, Browser]
) -> None:
    lin, browser = held
    foreign = [row[0] for row in (await place.rows())["shop_order_line"] if row[1] == FOREIGN]
    path = f"/api/conversations/{browser.conversation_id}/price_protection"
    refunds = (await place.rows())["shop_refund"]

    one = await lin.post(path, {"key": "key-12345678", "line_ids": foreign})
    other = await lin.post(path, {"key": "key-87654321", "line_ids": ["l-none"]})

    assert foreign
    assert one == other
    assert (await place.rows())["price_claim"] == []
    assert (await place.rows())["shop_refund"] == refunds


@pytest.mark.parametrize("number", [FOREIGN, NOBODYS, "x" * 64, "%", "' OR 1=1 --"])
async def test_a_page_cannot_bring_a_foreign_order_into_a_conversation(
    place: Place, number: str
) -> None:
    browser = await place.customer("88002", context={"order_no": number})
    socket = await browser.socket()

    answer = await socket.ask("set_context", {"order_no": number})

    assert answer == {"ok": True}
    assert (await place.rows())["fact"] == []


async def test_a_visitors_page_brings_no_order_at_all(place: Place) -> None:
    await place.visitor(context={"order_no": MINE})

    assert (await place.rows())["fact"] == []


async def test_a_page_of_the_owner_brings_the_order(place: Place) -> None:
    """The negative control."""
    await place.customer("88002", context={"order_no": MINE})

    facts = (await place.rows())["fact"]
    assert [(row[1], row[2]) for row in facts] == [("order_no", MINE)]


async def test_an_agent_sees_the_orders_of_the_customer_and_of_nobody_else(
    held: tuple[Console, Browser],
) -> None:
    lin, browser = held

    detail = await lin.get(f"/api/conversations/{browser.conversation_id}")

    numbers = {order["order_no"] for order in detail["orders"]}
    assert MINE in numbers
    assert FOREIGN not in numbers


async def test_a_button_works_only_in_its_own_conversation(place: Place) -> None:
    from console.gateways.scripted_engine import said  # only here

    button = {"title": "转人工", "payload": "/request_human"}
    place.engine.script = lambda _: said("?", buttons=[button])
    mine, other = await place.visitor(), await place.visitor()
    await (await mine.socket()).say("hello")
    await place.settled()
    button_id = (await place.rows())["button"][0][0]

    answers = [
        await (await browser.socket()).ask(
            "press_button", {"client_msg_id": "press-0001", "button_id": button_id}
        )
        for browser in (other, mine)
    ]

    assert [answer["ok"] for answer in answers] == [False, True]
    assert answers[0]["error"]["code"] == "not_found"


async def test_a_picture_is_shown_only_in_its_own_conversation(place: Place) -> None:
    from tests.web.pictures import a_picture, uploaded  # only here

    mine, other = await place.visitor(), await place.visitor()
    _, answer = await uploaded(mine, a_picture())
    body = {"kind": "picture", "upload_id": answer["upload_id"]}

    answers = [
        await (await browser.socket()).ask(
            "post_message", {"client_msg_id": "picture-01", "body": body}
        )
        for browser in (other, mine)
    ]

    assert [answer["ok"] for answer in answers] == [False, True]
    assert answers[0]["error"]["code"] == "not_found"
