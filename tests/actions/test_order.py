"""Answers about orders: the likeliest order first, a question only when several are as likely."""

from __future__ import annotations

from unittest.mock import AsyncMock

import pytest

from console.services.parts import Desk
from tests.actions.conftest import SpokenTo

ON_ITS_WAY, DRESS, UNPAID = "620026071317", "620026072458", "620026073096"
LATE = "620026081156"  # customer 88008


async def test_the_order_on_its_way_is_tracked_without_asking(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run("action_track_parcels", "快递呢", intent="track_logistics")

    card = answer.cards[0]
    assert (card["type"], card["order_no"]) == ("parcel_trace", ON_ITS_WAY)
    assert len(card["parcels"]) == 2
    assert answer.slots["order_no"] == ON_ITS_WAY
    assert answer.labels == ["看其他订单"]


@pytest.mark.parametrize(("text", "orders"), [("快递呢", 1), ("手表走到哪儿了", 2)])
async def test_the_shop_is_asked_for_its_catalogue_once_in_a_turn(
    speak: SpokenTo, desk: Desk, monkeypatch: pytest.MonkeyPatch, text: str, orders: int
) -> None:
    """However many questions the turn has about it; orders are looked for twice for named goods."""
    customer = await speak("88001")
    of_goods, of_orders = (
        AsyncMock(wraps=one) for one in (desk.shop.catalogue, desk.shop.orders_of)
    )
    monkeypatch.setattr(desk.shop, "catalogue", of_goods)
    monkeypatch.setattr(desk.shop, "orders_of", of_orders)

    await customer.run("action_track_parcels", text, intent="track_logistics")

    assert (of_goods.await_count, of_orders.await_count) == (1, orders)


async def test_a_known_order_is_used_even_when_another_is_likelier(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS

    answer = await customer.run("action_track_parcels", "到哪了", intent="track_logistics")

    assert answer.cards[0]["order_no"] == DRESS


async def test_goods_that_a_question_names_win_over_the_order_in_view(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS

    answer = await customer.run(
        "action_track_parcels",
        "手表走到哪儿了",
        intent="track_logistics",
        entities={"category": "手表"},
    )

    assert answer.cards[0]["order_no"] == UNPAID


async def test_goods_that_were_never_bought_leave_the_order_in_view(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS

    answer = await customer.run(
        "action_track_parcels",
        "我在笔记本上看到说已经到了",
        intent="track_logistics",
        entities={"category": "笔记本"},
    )

    assert answer.cards[0]["order_no"] == DRESS


async def test_goods_named_by_the_customer_decide(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_show_order", "我买的手表什么情况", intent="query_order_status"
    )

    assert answer.cards[0]["order_no"] == UNPAID
    assert answer.said == ["utter_status_unpaid"]


@pytest.mark.parametrize("text", ["茶叶那单到哪了", "where is the order with the tea"])
async def test_goods_are_named_by_what_they_are_not_only_by_their_title(
    speak: SpokenTo, text: str
) -> None:
    customer = await speak("88021", "en" if text.isascii() else "zh")

    answer = await customer.run("action_track_parcels", text, intent="track_logistics")

    assert answer.cards[0]["order_no"] == "620026085926"


async def test_another_order_that_is_named_wins_over_the_one_in_view(speak: SpokenTo) -> None:
    customer = await speak("88021")
    customer.slots["order_no"] = "620026085103"

    same = await customer.run("action_track_parcels", "订单到哪了", intent="track_logistics")
    other = await customer.run("action_track_parcels", "茶叶那单呢", intent="track_logistics")

    assert same.cards[0]["order_no"] == "620026085103"
    assert other.cards[0]["order_no"] == "620026085926"


async def test_an_ending_of_four_digits_is_enough(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run("action_show_order", "尾号2458", entities={"order_no": "2458"})

    assert answer.slots["order_no"] == DRESS


async def test_an_unknown_number_is_told_and_forgotten(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run("action_show_order", "9999", entities={"order_no": "9999"})

    assert answer.said == ["utter_order_not_found"]
    assert answer.slots["order_no"] is None


async def test_the_picker_counts_as_one_question(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run("action_show_order", "查订单", intent="query_order_status")

    assert answer.said == ["utter_ask_which_order"]
    assert [order["order_no"] for order in answer.cards[0]["orders"]] == [UNPAID, ON_ITS_WAY]


async def test_another_order_is_offered_after_a_wrong_guess(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await customer.run("action_track_parcels", "快递呢", intent="track_logistics")

    answer = await customer.run(
        "action_correct_information", intent="correct_info", entities={"field": "order_no"}
    )

    assert [order["order_no"] for order in answer.cards[0]["orders"]] == [UNPAID, DRESS]


async def test_a_late_order_brings_a_person_without_being_asked(speak: SpokenTo) -> None:
    customer = await speak("88008")
    customer.slots["order_no"] = LATE

    answer = await customer.run("action_answer_urge", "快点送", intent="urge_delivery")

    assert answer.said == ["utter_urge_late"]
    assert "handoff_requested" in [event.type for event in await customer.stored()]


async def test_an_order_on_time_brings_the_promised_day_and_nobody_is_called(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    customer.slots["order_no"] = ON_ITS_WAY

    answer = await customer.run("action_answer_urge", "快点送", intent="urge_delivery")

    assert answer.said == ["utter_urge_on_time"]
    assert "handoff_requested" not in [event.type for event in await customer.stored()]


async def test_cards_speak_the_customers_language(speak: SpokenTo) -> None:
    customer = await speak("88001", lang="en")
    customer.slots["order_no"] = UNPAID

    answer = await customer.run("action_show_order", "my order", intent="query_order_status")

    assert answer.cards[0]["status_label"] == "Awaiting payment"
    assert answer.cards[0]["total_fen"] == 699_00


async def test_a_visitor_learns_how_to_prove_an_order_and_nothing_of_it(speak: SpokenTo) -> None:
    visitor = await speak(None)

    first = await visitor.run("action_show_order", "查订单", intent="query_order_status")
    second = await visitor.run("action_show_order", DRESS, entities={"order_no": DRESS})

    assert first.said == ["utter_sign_in_first"]
    assert second.said == ["utter_ask_phone_last4"]
    assert first.cards == second.cards == []


async def test_asking_which_order_is_recorded_outside_a_form(speak: SpokenTo) -> None:
    customer = await speak("88001")

    await customer.run("action_show_order", "查订单", intent="query_order_status")

    asked = await customer.asked()
    assert [(question.slot, question.is_reask) for question in asked] == [("order_no", False)]


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "其他几单呢"), ("zh", "别的也看看"), ("en", "and the others?")]
)
async def test_the_others_are_those_that_were_not_just_talked_about(
    speak: SpokenTo, lang: str, said: str
) -> None:
    customer = await speak("88001", lang)
    customer.slots["order_no"] = DRESS

    answer = await customer.run("action_track_parcels", said, intent="track_logistics")

    assert answer.said == ["utter_ask_which_order"]
    assert sorted(label[-4:] for label in answer.labels) == ["1317", UNPAID[-4:]]


async def test_the_only_other_order_is_shown_at_once(speak: SpokenTo) -> None:
    customer = await speak("88010")
    one, other = "620026083017", "620026083452"
    customer.slots["order_no"] = one

    answer = await customer.run("action_show_order", "其他订单呢", intent="query_order_status")

    assert answer.cards[0]["order_no"] == other
