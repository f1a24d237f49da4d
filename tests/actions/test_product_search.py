"""Searching within a price limit: never above it without saying so."""

from __future__ import annotations

import pytest

from tests.actions.conftest import SpokenTo
from tests.actions.test_product_detail import told


@pytest.mark.parametrize(
    ("lang", "text"), [("zh", "扫地机器人 两千以内"), ("en", "a robot vacuum under 2000")]
)
async def test_a_limit_that_nothing_meets_is_told_with_the_nearest_price(
    speak: SpokenTo, lang: str, text: str
) -> None:
    customer = await speak("88001", lang)

    answer = await customer.run(
        "action_search_products", text, intent="search_product", entities={"budget": 2000_00}
    )

    assert answer.said == ["utter_nothing_within"]
    said = told(answer, "utter_nothing_within")
    assert (said["limit"], said["price"]) == ("2,000.00", "2,199.00")
    assert [one["product_id"] for one in answer.cards[0]["products"]] == ["p204"]
    assert answer.slots["shown_products"] == ["p204"]


async def test_a_limit_that_is_met_shows_only_what_meets_it(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_search_products", "扫地机器人 两千二以内", intent="search_product",
        entities={"budget": 2200_00},
    )  # fmt: skip

    assert answer.said == ["utter_products_found"]
    assert [one["product_id"] for one in answer.cards[0]["products"]] == ["p204"]


async def test_words_that_name_nothing_find_nothing_at_any_price(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_search_products", "zzzz", intent="search_product", entities={"budget": 50_00}
    )

    assert answer.said == ["utter_no_products"]
    assert answer.cards == []


async def test_another_limit_alone_goes_on_with_the_kind_that_was_shown(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await customer.run(
        "action_search_products", "扫地机器人 两千以内", intent="search_product",
        entities={"budget": 2000_00},
    )  # fmt: skip

    still = await customer.run(
        "action_search_products", "那两千一呢", intent="search_product",
        entities={"amount": 2100_00},
    )  # fmt: skip
    enough = await customer.run(
        "action_search_products", "那两千二呢", intent="search_product",
        entities={"amount": 2200_00},
    )  # fmt: skip

    assert (still.said, enough.said) == (["utter_nothing_within"], ["utter_products_found"])
    assert [one["product_id"] for one in enough.cards[0]["products"]] == ["p204"]


async def test_a_limit_alone_means_nothing_when_nothing_was_shown(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_search_products", "那两千二呢", intent="search_product",
        entities={"amount": 2200_00},
    )  # fmt: skip

    assert answer.said == ["utter_no_products"]


async def test_another_kind_than_the_named_one_is_not_shown_beside_it(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run("action_search_products", "手机有吗", intent="search_product")

    assert [one["product_id"] for one in answer.cards[0]["products"]] == ["p101", "p102"]
