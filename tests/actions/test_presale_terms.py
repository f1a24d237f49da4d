"""Delivery, ways to pay, installing, genuineness, membership and comparing before an order."""

from __future__ import annotations

import pytest

from tests.actions.conftest import SpokenTo
from tests.actions.test_product_detail import told


async def test_days_are_told_for_the_region_of_the_last_order_without_asking(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_answer_delivery_time", "现在下单几天能到", intent="ask_delivery_time"
    )

    said = told(answer, "utter_delivery_days")
    assert said["where"] == "浙江（按您上一单的收货地）"
    assert said["days"] == "11月3日到11月4日"
    assert told(answer, "utter_delivery_express")["fee"] == "12.00"
    assert "region" not in answer.slots


async def test_a_named_region_is_used_and_remembered(speak: SpokenTo) -> None:
    customer = await speak("88001", "en")

    answer = await customer.run(
        "action_answer_delivery_time", "to Xinjiang?", intent="ask_delivery_time",
        entities={"region": "新疆"},
    )  # fmt: skip
    fee = await customer.run("action_answer_shipping_fee", "and the fee", intent="ask_shipping_fee")

    assert told(answer, "utter_delivery_days")["days"] == "07 Nov to 10 Nov"
    assert told(fee, "utter_shipping_fees")["lines"] == (
        "· delivery to your door: ¥18.00, free from ¥199.00"
    )


async def test_where_nothing_is_delivered_is_said(speak: SpokenTo) -> None:
    customer = await speak(None)

    everything = await customer.run(
        "action_answer_delivery_method", "能发台湾吗", intent="ask_delivery_method",
        entities={"region": "台湾"},
    )  # fmt: skip
    apples = await customer.run(
        "action_answer_delivery_method", "苹果能发西藏吗", intent="ask_delivery_method",
        entities={"region": "西藏", "product": "p603"},
    )  # fmt: skip

    assert everything.said == apples.said == ["utter_not_delivered"]


async def test_the_fee_says_what_is_missing_to_free_delivery(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_answer_shipping_fee", "创可贴包邮吗", intent="ask_shipping_fee",
        entities={"product": "p701"},
    )  # fmt: skip
    two = await customer.run(
        "action_answer_shipping_fee", "买三盒呢", intent="ask_shipping_fee",
        entities={"product_id": "p701", "quantity": 3},
    )  # fmt: skip

    assert str(told(answer, "utter_shipping_fees")["lines"]).startswith("· 送货上门：运费 ¥6.00")
    assert told(answer, "utter_shipping_missing")["missing"] == "39.10"
    assert str(told(two, "utter_shipping_fees")["lines"]).startswith("· 送货上门：包邮")
    assert two.said == ["utter_shipping_fees"]


async def test_a_store_has_its_own_ways(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_answer_delivery_method", "大衣能自提吗", intent="ask_delivery_method",
        entities={"product": "p302"},
    )  # fmt: skip

    assert told(answer, "utter_delivery_methods")["lines"] == "· 送货上门，青鸟物流，运费 ¥10.00"


async def test_sold_out_goods_have_no_day(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_answer_delivery_time", "运动耳机几天到", intent="ask_delivery_time",
        entities={"product": "p104"},
    )  # fmt: skip

    assert answer.said == ["utter_delivery_sold_out"]


@pytest.mark.parametrize(
    ("text", "product_id", "said"),
    [
        ("能货到付款吗", "p201", "utter_payment_taken"),
        ("能货到付款吗", "p107", "utter_payment_too_much"),
        ("能货到付款吗", "p302", "utter_payment_seller"),
        ("花呗可以吗", "p201", "utter_payment_not_taken"),
        ("可以分期吗", "p206", "utter_payment_too_little"),
        ("怎么付款", "p201", "utter_payment_methods"),
    ],
)
async def test_ways_to_pay_depend_on_the_product(
    speak: SpokenTo, text: str, product_id: str, said: str
) -> None:
    customer = await speak(None)
    customer.slots["product_id"] = product_id

    answer = await customer.run("action_answer_payment_method", text, intent="ask_payment_method")

    assert answer.said[0] == said


async def test_instalments_are_worked_out(speak: SpokenTo) -> None:
    customer = await speak(None, "en")
    customer.slots["product_id"] = "p107"

    answer = await customer.run(
        "action_answer_payment_method", "can I pay in instalments", intent="ask_payment_method"
    )

    assert told(answer, "utter_instalments_of")["lines"] == (
        "· 3 months: about ¥1,899.67 each, fee ¥0.00\n"
        "· 6 months: about ¥973.58 each, fee ¥142.48\n"
        "· 12 months: about ¥498.67 each, fee ¥284.95"
    )


@pytest.mark.parametrize(
    ("product_id", "said"),
    [
        ("p204", "utter_install_free"),
        ("p405", "utter_install_paid"),
        ("p404", "utter_install_not_needed"),
        ("p106", "utter_install_none"),
    ],
)
async def test_installing_is_told_from_the_sheet(
    speak: SpokenTo, product_id: str, said: str
) -> None:
    customer = await speak(None)

    answer = await customer.run(
        "action_answer_installation", "包安装吗", intent="ask_install_service",
        entities={"product_id": product_id},
    )  # fmt: skip

    assert answer.said == [said]


async def test_who_sells_it_decides_what_is_guaranteed(speak: SpokenTo) -> None:
    customer = await speak(None)

    own = await customer.run(
        "action_answer_authenticity", "是正品吗", intent="ask_authenticity",
        entities={"product_id": "p101"},
    )  # fmt: skip
    pets = await customer.run(
        "action_answer_authenticity", "是正品吗", intent="ask_authenticity",
        entities={"product_id": "p501"},
    )  # fmt: skip

    assert own.said == ["utter_authenticity_self"]
    assert told(own, "utter_authenticity_self")["pays"] == 10
    assert pets.said == ["utter_authenticity_third_party", "utter_not_authorised"]
    assert told(pets, "utter_authenticity_third_party")["seller"] == "毛球星球宠物店"


async def test_a_member_hears_level_points_and_what_comes_next(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run("action_answer_membership", "我有多少积分", intent="ask_membership")

    assert answer.said == [
        "utter_member_points", "utter_member_level", "utter_member_benefits",
        "utter_member_next_band",
    ]  # fmt: skip
    assert told(answer, "utter_member_points")["points"] == 860
    assert told(answer, "utter_member_level") == {
        **told(answer, "utter_member_level"), "level": 2, "missing": 750, "following": 3,
    }  # fmt: skip
    assert told(answer, "utter_member_next_band")["level"] == 4


async def test_two_levels_are_compared_and_a_visitor_hears_the_scheme(speak: SpokenTo) -> None:
    visitor = await speak(None)

    more = await visitor.run(
        "action_answer_membership", "七级比六级多啥好处", intent="ask_membership"
    )
    same = await visitor.run("action_answer_membership", "4级和5级一样吗", intent="ask_membership")
    scheme = await visitor.run("action_answer_membership", "会员有啥", intent="ask_membership")

    assert told(more, "utter_levels_differ")["benefits"] == (
        "专属客服、300 元以内先退款后验货、30 分钟内回电"
    )
    assert same.said == ["utter_levels_same"]
    assert str(told(scheme, "utter_member_scheme")["lines"]).startswith("· 0-3 级：7 天无理由退货")


async def test_two_products_are_compared_by_what_differs(speak: SpokenTo) -> None:
    customer = await speak(None)

    answer = await customer.run(
        "action_compare_products", "降噪耳机和运动耳机哪个好", intent="compare_products"
    )

    lines = str(told(answer, "utter_compare")["lines"]).splitlines()
    assert (
        lines[0]
        == "· 电池和续航：听潮 降噪耳机 单次 8 小时，配盒共 32 小时；听潮 运动耳机 单次 10 小时"
    )
    assert not any("蓝牙" in line and "同时" not in line for line in lines)
    assert [one["reason"] for one in answer.cards[0]["products"]] == [
        "适合通勤、办公室要安静的人", "适合跑步、健身的人",
    ]  # fmt: skip
    assert answer.slots["shown_products"] == ["p103", "p104"]


async def test_equal_details_are_left_out(speak: SpokenTo) -> None:
    customer = await speak(None)

    answer = await customer.run(
        "action_compare_products", "炸锅和电饭煲比", intent="compare_products",
    )  # fmt: skip

    assert "功率" in str(told(answer, "utter_compare")["lines"])
    assert answer.slots["shown_products"] == ["p201", "p202"]


async def test_what_was_shown_is_compared_and_at_most_four(speak: SpokenTo) -> None:
    customer = await speak(None, "en")
    customer.slots["shown_products"] = ["p101", "p102", "p103", "p104", "p105"]

    answer = await customer.run(
        "action_compare_products", "which is better", intent="compare_products"
    )

    assert answer.said == ["utter_compare_most", "utter_compare"]
    assert len(answer.cards[0]["products"]) == 4


async def test_one_product_is_compared_with_the_one_that_is_picked(speak: SpokenTo) -> None:
    customer = await speak(None)
    customer.slots["product_id"] = "p501"

    alone = await customer.run("action_compare_products", "比一比", intent="compare_products")
    nothing = await (await speak(None)).run(
        "action_compare_products", "比一比", intent="compare_products"
    )
    picked = await customer.run(
        "action_compare_products", intent="compare_products", entities={"product_id": "p502"}
    )

    assert alone.said[0] == "utter_compare_with_which"
    assert nothing.said == ["utter_compare_name_two"]
    assert picked.slots["shown_products"] == ["p501", "p502"]
