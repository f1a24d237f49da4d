"""Answers outside a form: goods or a place in the list that was shown say which order."""

from __future__ import annotations

import pytest

from console.desk.card import order_list_card
from console.desk.event import BOT, EventType, NewEvent
from console.services.order import orders_of
from console.storage.event import record
from tests.actions.conftest import Conversation, SpokenTo

WATCH, DRESS, PHONE = "620026073096", "620026072458", "620026071317"  # customer 88001, newest first


async def _sees(customer: Conversation, *numbers: str, times: int = 0) -> None:
    every = await orders_of(customer.desk, customer.id)
    orders = [next(one for one in every if one.order_no == number) for number in numbers]
    card = {"kind": "card", "text": "", "card": order_list_card(orders, "zh")}
    later = [NewEvent(EventType.MESSAGE_POSTED, BOT, {"kind": "text", "text": "…"})] * times
    news = [NewEvent(EventType.MESSAGE_POSTED, BOT, card), *later]
    now = customer.desk.clock.now()
    await customer.desk.database.write(lambda tx: record(tx, customer.id, news, now) and None)


@pytest.mark.parametrize(
    ("lang", "said", "order"),
    [("zh", "第二个", PHONE), ("en", "the first one", DRESS), ("zh", "2", PHONE)],
)
async def test_a_place_in_the_list_says_which_order(
    speak: SpokenTo, lang: str, said: str, order: str
) -> None:
    customer = await speak("88001", lang)
    customer.slots["last_task"] = "track_logistics"
    await _sees(customer, DRESS, PHONE)

    answer = await customer.run("action_use_information", said, intent="inform")

    assert [card["order_no"] for card in answer.cards] == [order]
    assert customer.slots["order_no"] == order


@pytest.mark.parametrize(
    ("said", "shown", "times"), [("第三个", 2, 0), ("第二个", 0, 0), ("2", 2, 20)]
)
async def test_a_place_that_no_list_on_the_screen_has_says_nothing(
    speak: SpokenTo, said: str, shown: int, times: int
) -> None:
    """Negative control: too short, never shown, long gone."""
    customer = await speak("88001")
    customer.slots["last_task"] = "track_logistics"
    if shown:
        await _sees(customer, DRESS, PHONE, times=times)

    answer = await customer.run("action_use_information", said, intent="inform")

    assert answer.said == ["utter_what_about_it"]
    assert customer.slots.get("order_no") is None


@pytest.mark.parametrize("said", ["那块手表", "the watch"])
async def test_goods_that_were_bought_say_which_order(speak: SpokenTo, said: str) -> None:
    customer = await speak("88001")
    customer.slots["last_task"] = "query_order_status"

    answer = await customer.run("action_use_information", said, intent="inform")

    assert [card["order_no"] for card in answer.cards] == [WATCH]


async def test_other_words_say_nothing(speak: SpokenTo) -> None:
    """Negative control."""
    customer = await speak("88001")
    customer.slots["last_task"] = "query_order_status"

    answer = await customer.run("action_use_information", "那个天气", intent="inform")

    assert answer.said == ["utter_what_about_it"]
