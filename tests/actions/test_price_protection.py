"""Price protection by one sentence: paid once, with a reason for every item."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions.registry import actions
from console.desk.errors import ShopDown
from tests.actions.conftest import SpokenTo

ORDER = "620026074721"  # customer 88002, four lines


async def test_all_orders_are_claimed_with_a_reason_per_item(speak: SpokenTo) -> None:
    customer = await speak("88002")

    answer = await customer.run(
        "action_claim_price_protection", "帮我价保", intent="apply_price_protect"
    )

    card = answer.cards[0]
    assert answer.said == ["utter_price_claim_paid"]
    assert card["type"] == "price_claim"
    assert card["total_fen"] == sum(i["claim_fen"] for i in card["items"] if i["code"] == "PAID")
    assert {item["code"] for item in card["items"]} >= {"PAID", "NO_DROP", "PROMO_EXCLUDED"}
    assert all(item["reason"] for item in card["items"])
    assert card["items"][0]["code"] == "PAID"


async def test_one_order_is_claimed_when_it_is_named_and_the_rest_is_one_tap_away(
    speak: SpokenTo,
) -> None:
    customer = await speak("88002")

    answer = await customer.run(
        "action_claim_price_protection",
        "4721价保",
        intent="apply_price_protect",
        entities={"order_no": "4721"},
    )

    assert {item["order_no"] for item in answer.cards[0]["items"]} == {ORDER}
    assert answer.labels == ["其他订单也看看"]


@pytest.mark.parametrize(
    "others", ["剩下几单也帮我查查差价", "每一单都看一下", "please check the others as well"]
)
async def test_the_other_orders_are_looked_at_when_words_ask_for_them(
    speak: SpokenTo, others: str
) -> None:
    customer = await speak("88002")
    customer.slots["order_no"] = ORDER

    answer = await customer.run(
        "action_claim_price_protection", others, intent="apply_price_protect"
    )

    assert len({item["order_no"] for item in answer.cards[0]["items"]}) == 4
    assert answer.labels == []


async def test_the_order_in_view_is_meant_while_no_words_say_otherwise(speak: SpokenTo) -> None:
    customer = await speak("88002")
    customer.slots["order_no"] = ORDER

    answer = await customer.run(
        "action_claim_price_protection", "又便宜了，补我差价", intent="apply_price_protect"
    )

    assert {item["order_no"] for item in answer.cards[0]["items"]} == {ORDER}


@pytest.mark.parametrize(
    ("said", "order"),
    [("猫粮也降了，补差价", "620026075183"), ("手机也降了，补差价", "620026075864")],
)
@pytest.mark.parametrize("known", [ORDER, None])
async def test_goods_that_are_named_win_over_the_order_in_view(
    speak: SpokenTo, said: str, order: str, known: str | None
) -> None:
    customer = await speak("88002")
    customer.slots["order_no"] = known

    answer = await customer.run("action_claim_price_protection", said, intent="apply_price_protect")

    assert {item["order_no"] for item in answer.cards[0]["items"]} == {order}
    assert answer.labels == ["其他订单也看看"]


async def test_a_retried_turn_pays_once(speak: SpokenTo) -> None:
    customer = await speak("88002")
    ask = ("action_claim_price_protection", "价保")

    first = await customer.run(*ask, intent="apply_price_protect")
    again = await customer.again(*ask, intent="apply_price_protect")

    assert first.cards[0]["total_fen"] == again.cards[0]["total_fen"] > 0
    refunds = await customer.desk.shop.refunds_of("88002")
    assert sum(one.amount_fen for one in refunds) == first.cards[0]["total_fen"]


async def test_a_second_wish_pays_nothing_more(speak: SpokenTo) -> None:
    """The negative control of the test above: another turn is another claim."""
    customer = await speak("88002")
    await customer.run("action_claim_price_protection", "价保", intent="apply_price_protect")

    second = await customer.run(
        "action_claim_price_protection", "再价保", intent="apply_price_protect"
    )

    assert second.cards[0]["total_fen"] == 0
    assert second.said == ["utter_price_claim_nothing"]


async def test_a_large_amount_waits_for_a_person(speak: SpokenTo) -> None:
    customer = await speak("88003")

    answer = await customer.run(
        "action_claim_price_protection", "价保", intent="apply_price_protect"
    )

    assert answer.said == ["utter_price_claim_audit"]
    assert await customer.desk.shop.refunds_of("88003") == []


async def test_a_visitor_signs_in_first(speak: SpokenTo) -> None:
    visitor = await speak(None)

    answer = await visitor.run(
        "action_claim_price_protection", "价保", intent="apply_price_protect"
    )

    assert answer.said == ["utter_sign_in_for_money"]


class _ShopThatPaysLater:
    """Everything but the refund answers."""

    def __init__(self, shop: Any) -> None:
        self._shop = shop

    def __getattr__(self, name: str) -> Any:
        return getattr(self._shop, name)

    async def refund(self, *_: Any, **__: Any) -> Any:
        raise ShopDown


async def test_money_that_is_not_confirmed_yet_is_not_called_paid(speak: SpokenTo) -> None:
    customer = await speak("88002")
    later = replace(customer.desk, shop=_ShopThatPaysLater(customer.desk.shop))
    for action in actions(later):
        customer.executor.register_action(action)

    answer = await customer.run(
        "action_claim_price_protection", "帮我价保", intent="apply_price_protect"
    )

    assert answer.said == ["utter_price_claim_on_its_way"]
    assert answer.cards[0]["arrival"] == "已通过，正在打款"
    assert await customer.desk.shop.refunds_of("88002") == []


async def test_a_paid_claim_is_shown_by_its_own_line_not_by_the_orders_first(
    speak: SpokenTo,
) -> None:
    customer = await speak("88002", "en")
    claim = await customer.run(
        "action_claim_price_protection", "price match", intent="apply_price_protect"
    )

    shown = await customer.run("action_show_refunds", "my refunds", intent="query_refund_progress")

    paid = [item for item in claim.cards[0]["items"] if item["code"] == "PAID"]
    assert {(card["title"], card["amount_fen"]) for card in shown.cards} == {
        (item["title"], item["claim_fen"]) for item in paid
    }
    assert len(paid) > len({item["order_no"] for item in paid})  # two lines of one order
    assert claim.cards[0]["arrival"] == "on your card within 1-7 working days"
