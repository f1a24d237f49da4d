"""Warranties and service points, from the shop's data and the customer's own orders."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.conftest import Clock, SpokenTo

EARPHONES = "620026083988"  # customer 88011, signed 100 days ago: 2026-07-25
OLD_COOKER = "620026084315"  # customer 88011, signed 400 days ago
SMALL = "620026084760"  # customer 88011: plasters, kettle, apples
UNPAID = "620026073096"  # customer 88001


@pytest.mark.parametrize(("lang", "day"), [("zh", "2027 年 7 月 25 日"), ("en", "25 Jul 2027")])
async def test_what_is_left_is_told_with_its_last_day(speak: SpokenTo, lang: str, day: str) -> None:
    customer = await speak("88011", lang)

    answer = await customer.run(
        "action_answer_warranty", "保到啥时候", intent="query_warranty",
        entities={"order_no": EARPHONES},
    )  # fmt: skip

    assert answer.said == ["utter_warranty_runs"]
    assert answer.responses[0]["day"] == day


async def test_the_last_second_counts_and_the_next_one_does_not(speak: SpokenTo) -> None:
    customer = await speak("88011")
    clock = customer.desk.clock
    assert isinstance(clock, Clock)
    midnight = clock.moment.replace(hour=16, minute=0, second=0) - timedelta(days=100)
    wanted = {"order_no": EARPHONES}

    clock.moment = midnight + timedelta(days=365, seconds=-1)
    inside = await customer.run("action_answer_warranty", "过保没", entities=wanted)
    clock.moment = midnight + timedelta(days=365)
    outside = await customer.run("action_answer_warranty", "过保没", entities=wanted)

    assert (inside.said, outside.said) == (["utter_warranty_runs"], ["utter_warranty_over"])


async def test_each_item_of_an_order_has_its_own_answer(speak: SpokenTo) -> None:
    customer = await speak("88011")

    answer = await customer.run("action_answer_warranty", "还在保吗", entities={"order_no": SMALL})

    assert answer.said == ["utter_warranty_none", "utter_warranty_runs", "utter_warranty_none"]


async def test_a_serial_number_is_enough(speak: SpokenTo) -> None:
    customer = await speak("88011")

    mine = await customer.run("action_answer_warranty", "序列号SN3C77105还在保吗")
    foreign = await customer.run("action_answer_warranty", "SN6A20412呢")

    assert mine.said == ["utter_warranty_runs"]
    assert mine.slots["order_no"] == EARPHONES
    assert foreign.said == ["utter_serial_not_found"]


async def test_goods_that_are_named_outweigh_the_order_of_before(speak: SpokenTo) -> None:
    customer = await speak("88011", "en")
    customer.slots["order_no"] = EARPHONES

    answer = await customer.run("action_answer_warranty", "is my rice cooker still covered")

    assert answer.said == ["utter_warranty_over"]
    assert answer.responses[0]["title"] == "Nuanchu rice cooker 4 l"


async def test_several_orders_are_offered_and_foreign_ones_do_not_exist(speak: SpokenTo) -> None:
    customer = await speak("88011")

    asked = await customer.run("action_answer_warranty", "还在保修期吗", intent="query_warranty")
    foreign = await customer.run(
        "action_answer_warranty", "在保吗", entities={"order_no": "620026072458"}
    )

    assert asked.said == ["utter_ask_which_order"]
    assert foreign.said == ["utter_order_not_found"]


@pytest.mark.parametrize(
    ("text", "product", "said", "days"),
    [
        ("耳机保修多久", "p103", "utter_warranty_of_product", 365),
        ("连衣裙保修吗", "p301", "utter_warranty_of_product", 90),
        ("猫粮保修吗", "p501", "utter_warranty_none", 0),
        ("保修期多长", None, "utter_warranty_policy", 365),
    ],
)
async def test_the_rules_depend_on_the_kind_of_goods(
    speak: SpokenTo, text: str, product: str | None, said: str, days: int
) -> None:
    visitor = await speak(None)

    answer = await visitor.run(
        "action_answer_warranty_policy", text, intent="ask_warranty_policy",
        entities={"product_id": product} if product else {},
    )  # fmt: skip

    assert answer.said == [said]
    assert answer.responses[0]["days"] == days


@pytest.mark.parametrize(
    ("lang", "region", "said", "names"),
    [
        ("zh", "杭州", "utter_service_center", "拾光杭州服务中心"),
        ("en", "成都", "utter_service_center", "Shiguang digital repairs Chengdu"),
        ("zh", "拉萨", "utter_service_center_elsewhere", "拾光武汉家电维修点"),
    ],
)
async def test_service_points_of_the_place_or_all_of_them(
    speak: SpokenTo, lang: str, region: str, said: str, names: str
) -> None:
    visitor = await speak(None, lang)

    answer = await visitor.run(
        "action_find_service_center", "维修点在哪", intent="find_service_center",
        entities={"region": region},
    )  # fmt: skip

    assert answer.said == [said]
    assert names in answer.responses[0]["centers"]


@pytest.mark.parametrize("said", ["手机保修多久", "warranty of my phone"])
async def test_the_warranty_of_what_has_not_come_is_not_that_of_what_has(
    speak: SpokenTo, said: str
) -> None:
    customer = await speak("88001")

    answer = await customer.run("action_answer_warranty", said, intent="query_warranty")

    assert answer.said == ["utter_warranty_not_delivered"]
