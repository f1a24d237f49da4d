"""What an anonymous visitor wrote follows the person who signs in, in this browser and no other."""

from __future__ import annotations

from tests.given import LIN
from tests.web.place import Browser, Place, Socket


async def writes(browser: Browser, text: str) -> Socket:
    socket = await browser.socket()
    await socket.say(text)
    await browser.place.settled()
    return socket


async def own_texts(browser: Browser) -> list[str]:
    texts = await (await browser.socket()).texts()
    return [text for text in texts if not text.startswith("echo")]


async def test_the_conversation_goes_on_after_signing_in(place: Place) -> None:
    visitor = await place.visitor()
    await writes(visitor, "as a visitor")

    customer = await place.customer("88001", visitor_token=visitor.token)
    await writes(customer, "as a customer")

    assert customer.conversation_id == visitor.conversation_id
    assert await own_texts(customer) == ["as a visitor", "as a customer"]
    assert (await place.refusal("/customer", auth={"token": visitor.token}))["message"] == (
        "not_signed_in"
    )


async def test_another_device_sees_only_what_came_after_signing_in(place: Place) -> None:
    visitor = await place.visitor()
    await writes(visitor, "as a visitor")
    customer = await place.customer("88001", visitor_token=visitor.token)
    await writes(customer, "as a customer")

    phone = await place.customer("88001")
    page = await (await phone.socket()).ask("catch_up", {"after": 0})

    assert phone.conversation_id == customer.conversation_id
    assert await own_texts(phone) == ["as a customer"]
    assert page["events"][0]["prev"] == 0
    assert "as a visitor" not in str(page)


async def test_the_other_device_follows_from_there_without_a_gap(place: Place) -> None:
    visitor = await place.visitor()
    await writes(visitor, "as a visitor")
    customer = await place.customer("88001", visitor_token=visitor.token)
    phone = await (await place.customer("88001")).socket()
    before = await phone.ask("catch_up", {"after": 0})

    await writes(customer, "as a customer")
    after = await phone.ask("catch_up", {"after": 0})

    assert before["events"] == []
    assert [event["prev"] for event in after["events"]] == [
        0,
        *(event["seq"] for event in after["events"][:-1]),
    ]


async def test_a_reload_of_the_same_browser_still_shows_everything(place: Place) -> None:
    visitor = await place.visitor()
    await writes(visitor, "as a visitor")
    customer = await place.customer("88001", visitor_token=visitor.token)

    for fields in ({}, {"jwt": place.jwt("88001")}):
        again = await place.visitor(visitor_token=customer.token, **fields)
        assert await own_texts(again) == ["as a visitor"]


async def test_what_is_written_in_a_second_browser_stays_there(place: Place) -> None:
    mine, somebodys = await place.visitor(), await place.visitor()
    await writes(mine, "mine")
    await writes(somebodys, "somebody's")

    customer = await place.customer("88001", visitor_token=mine.token)

    assert await own_texts(customer) == ["mine"]
    assert await own_texts(somebodys) == ["somebody's"]


async def test_a_visitor_who_waits_for_a_person_goes_on_waiting(place: Place) -> None:
    """Although the customer has an older open conversation with the bot on the phone."""
    phone = await place.customer("88001")
    await writes(phone, "on the phone")
    visitor = await place.visitor()
    await (await writes(visitor, "at the desk")).ask("ask_person", {"client_msg_id": "ask-00001"})

    customer = await place.customer("88001", visitor_token=visitor.token)

    assert customer.conversation_id == visitor.conversation_id
    state = (await (await customer.socket()).ask("catch_up", {"after": 0}))["state"]
    assert (state["state"], state["position"]) == ("queued", 1)


async def test_a_person_who_already_talks_is_not_left_for_the_bot(place: Place) -> None:
    phone = await place.customer("88001")
    await place.held_by(await place.console(LIN), phone)
    visitor = await place.visitor()
    await writes(visitor, "in the browser")

    customer = await place.customer("88001", visitor_token=visitor.token)

    assert customer.conversation_id == phone.conversation_id
    lin = await place.console(LIN)
    detail = await lin.get(f"/api/conversations/{phone.conversation_id}")
    assert [row["conversation_id"] for row in detail["timeline"]] == [visitor.conversation_id]


async def test_an_empty_visit_leaves_nothing_behind(place: Place) -> None:
    phone = await place.customer("88001")
    visitor = await place.visitor()

    customer = await place.customer("88001", visitor_token=visitor.token)

    assert customer.conversation_id == phone.conversation_id
