"""Goods that are named and in none of the orders: told, and the order is asked for."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Conversation, SpokenTo

COOKER = "620026079548"  # of customer 88006, the only order that can go back

DRYER = "620026080729"  # of customer 88007, the only order that can be cancelled

FORMS = {
    "damage_form": "report_damaged",
    "missing_form": "report_missing_parts",
    "wrong_form": "report_wrong_item",
    "quality_form": "report_quality_issue",
    "return_form": "request_return",
    "refund_only_form": "request_refund_only",
    "exchange_form": "request_exchange",
    "repair_form": "request_repair",
    "lost_form": "signed_not_received",
}
SHOES = {
    "missing_form": ("买的跑鞋少发了一双", "a pair of the running shoes is missing"),
    "wrong_form": ("我买的跑鞋发错了", "you sent my running shoes in the wrong colour"),
    "exchange_form": ("跑鞋想换大一码", "exchange my running shoes, they are too small"),
    "cancel_form": ("跑鞋不要了，取消吧", "cancel my running shoes"),
    "item_change_form": ("跑鞋改成 43 码", "I want my running shoes in 43"),
}
OTHERS = ("跑鞋的鞋底裂开了", "the sole of my running shoes came off")


async def about_shoes(
    speak: SpokenTo, form: str = "damage_form", lang: str = "zh"
) -> tuple[Conversation, list[str], list[str]]:
    customer = await speak("88006", lang)
    said = dict(zip(("zh", "en"), SHOES.get(form, OTHERS), strict=True))[lang]
    answer = await customer.start(form, said, intent=FORMS[form])
    return customer, answer.said, answer.labels


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", sorted(FORMS))
async def test_the_only_order_is_not_taken_for_goods_that_nobody_bought(
    speak: SpokenTo, form: str, lang: str
) -> None:
    customer, said, labels = await about_shoes(speak, form, lang)

    assert said == ["utter_goods_in_no_order", "utter_ask_which_order"]
    assert customer.slots["strange_goods"] in {"跑鞋", "shoes"}
    assert customer.slots["requested_slot"] == "order_no"
    assert customer.slots.get("order_no") is None
    assert len(labels) == 1
    assert labels[0].endswith(COOKER[-4:])


async def test_goods_that_were_bought_are_taken_without_asking(speak: SpokenTo) -> None:
    """Negative control."""
    customer = await speak("88006")

    answer = await customer.start(
        "quality_form", "电饭煲煮饭一直夹生", intent="report_quality_issue"
    )

    assert customer.slots["order_no"] == COOKER
    assert answer.said == ["utter_question_report_photos"]


@pytest.mark.parametrize(
    "said", ["坏了，给妈妈买的", "it broke, just in case you wonder", "东西坏了"]
)
async def test_words_that_name_no_goods_leave_the_only_order(speak: SpokenTo, said: str) -> None:
    customer = await speak("88006")

    await customer.start("quality_form", said, intent="report_quality_issue")

    assert customer.slots["order_no"] == COOKER


async def test_the_button_goes_on_with_that_order(speak: SpokenTo) -> None:
    customer, _, _ = await about_shoes(speak, "quality_form")

    await customer.tell(intent="report_quality_issue", entities={"order_no": COOKER})

    assert customer.slots["order_no"] == COOKER
    assert customer.slots["requested_slot"] != "order_no"


@pytest.mark.parametrize(("said", "intent"), [("不是这个", "deny"), ("我明明买了跑鞋的", "inform")])
async def test_other_words_do_not_choose_it(speak: SpokenTo, said: str, intent: str) -> None:
    customer, _, _ = await about_shoes(speak, "quality_form")

    answer = await customer.tell(said, intent=intent)

    assert customer.slots.get("order_no") is None
    assert answer.slots["requested_slot"] == "order_no"


@pytest.mark.parametrize(("said", "intent"), [("对，就是它", "affirm"), ("电饭煲", "inform")])
async def test_a_yes_or_its_name_chooses_it(speak: SpokenTo, said: str, intent: str) -> None:
    customer, _, _ = await about_shoes(speak, "quality_form")

    await customer.tell(said, intent=intent)

    assert customer.slots["order_no"] == COOKER


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("form", "intent"),
    [("cancel_form", "cancel_order"), ("item_change_form", "change_order_item")],
)
async def test_an_order_is_not_cancelled_or_changed_for_goods_that_nobody_bought(
    speak: SpokenTo, form: str, intent: str, lang: str
) -> None:
    customer = await speak("88007", lang)
    said = SHOES[form][lang == "en"]

    answer = await customer.start(form, said, intent=intent)

    assert answer.said[:2] == ["utter_goods_in_no_order", "utter_ask_which_order"]
    assert customer.slots["requested_slot"] == "order_no"
    assert customer.slots.get("order_no") is None
    assert answer.labels[0].endswith(DRYER[-4:])


@pytest.mark.parametrize("said", ["不要了，取消吧", "吹风机不要了，取消吧"])
async def test_an_order_that_is_meant_is_cancelled_without_asking_which(
    speak: SpokenTo, said: str
) -> None:
    """Negative control."""
    customer = await speak("88007")

    await customer.start("cancel_form", said, intent="cancel_order")

    assert customer.slots["order_no"] == DRYER
    assert customer.slots.get("strange_goods") is None


async def test_goods_outweigh_the_order_that_was_talked_about(speak: SpokenTo) -> None:
    customer = await speak("88006")
    customer.slots["order_no"] = COOKER

    answer = await customer.start("return_form", "跑鞋想退掉", intent="request_return")

    assert answer.said == ["utter_goods_in_no_order", "utter_ask_which_order"]
    assert customer.slots["order_no"] is None


async def test_who_has_nothing_to_cancel_hears_that_beside_it(speak: SpokenTo) -> None:
    customer = await speak("88099")  # has bought nothing

    answer = await customer.start("cancel_form", "跑鞋不要了，取消吧", intent="cancel_order")

    assert answer.said == ["utter_goods_in_no_order", "utter_nothing_to_cancel"]


async def test_a_visitor_is_asked_to_sign_in_and_hears_of_no_orders(speak: SpokenTo) -> None:
    visitor = await speak(None)

    answer = await visitor.start("cancel_form", "跑鞋不要了，取消吧", intent="cancel_order")

    assert answer.said == ["utter_sign_in_for_money"]
    assert visitor.slots.get("strange_goods") is None


async def test_a_form_inside_does_not_make_the_goods_less_strange(speak: SpokenTo) -> None:
    customer, _, _ = await about_shoes(speak, "quality_form")

    await customer.start("invoice_form", "先开张发票", intent="request_invoice")

    assert customer.slots["strange_goods"] is None
    [frame] = customer.slots["form_stack"]
    assert frame["slots"]["strange_goods"] == "跑鞋"


@pytest.mark.parametrize(
    ("form", "intent", "said"),
    [
        ("wrong_form", "report_wrong_item", "怎么给我发了双跑鞋"),
        ("wrong_form", "report_wrong_item", "打开是一双跑鞋"),
        ("wrong_form", "report_wrong_item", "I was sent running shoes"),
        ("exchange_form", "request_exchange", "可以换成跑鞋吗"),
        ("exchange_form", "request_exchange", "swap it for running shoes"),
        ("missing_form", "report_missing_parts", "说好送的跑鞋没有"),
    ],
)
async def test_what_came_is_wanted_or_was_given_away_may_be_anything(
    speak: SpokenTo, form: str, intent: str, said: str
) -> None:
    customer = await speak("88006")

    await customer.start(form, said, intent=intent)

    assert customer.slots.get("strange_goods") is None
    assert customer.slots["order_no"] == COOKER


async def test_a_part_of_what_was_bought_is_not_strange(speak: SpokenTo) -> None:
    """The charger is also sold by itself; the laptop came with one."""
    customer = await speak("88003")

    await customer.start("missing_form", "少了充电器", intent="report_missing_parts")

    assert customer.slots.get("strange_goods") is None


@pytest.mark.parametrize(
    ("form", "said", "kinds", "lang"),
    [
        ("return_form", "send the headset back", {"headset": "耳机"}, "en"),
        ("return_form", "平板不合适，退了吧", {"平板": "平板"}, "zh"),
        ("exchange_form", "I want to exchange the tablet", {"tablet": "平板"}, "en"),
        ("repair_form", "my tablet needs fixing", {"tablet": "平板"}, "en"),
        ("damage_form", "茶叶罐子压扁了", {"茶叶": "茶叶"}, "zh"),
        ("quality_form", "这件外套起球", {"外套": "大衣"}, "zh"),
    ],
)
async def test_a_kind_that_nobody_bought_is_strange_whatever_its_titles(
    speak: SpokenTo, form: str, said: str, kinds: dict[str, str], lang: str
) -> None:
    customer = await speak("88006", lang)

    answer = await customer.start(form, said, intent=FORMS[form], kinds=kinds)

    assert answer.said == ["utter_goods_in_no_order", "utter_ask_which_order"]
    assert customer.slots["strange_goods"] in kinds
    assert customer.slots.get("order_no") is None


@pytest.mark.parametrize(
    ("said", "kinds", "lang"),
    [
        ("手机壳想退", {"手机壳": "手机壳"}, "zh"),
        ("手机壳想退", {}, "zh"),
        ("send back the phone case", {"phone case": "手机壳"}, "en"),
        ("return the phone charger", {"phone": "手机", "charger": "充电器"}, "en"),
        ("手机充电器退掉", {"手机": "手机", "充电器": "充电器"}, "zh"),
    ],
)
async def test_a_phone_is_not_taken_for_what_belongs_to_phones(
    speak: SpokenTo, said: str, kinds: dict[str, str], lang: str
) -> None:
    customer = await speak("88002", lang)  # has bought a phone, and nothing for it

    answer = await customer.start("return_form", said, intent="request_return", kinds=kinds)

    assert answer.said == ["utter_goods_in_no_order", "utter_ask_which_order"]
    assert customer.slots.get("order_item_id") is None


@pytest.mark.parametrize(
    ("said", "kinds"),
    [("手机想退", {"手机": "手机"}), ("衣服想退", {"衣服": "衣服"}), ("那双跑鞋想退", {})],
)
async def test_a_kind_that_was_bought_is_not_strange(
    speak: SpokenTo, said: str, kinds: dict[str, str]
) -> None:
    """Negative control: by its name, by its department."""
    customer = await speak("88002" if "手机" in said else "88008")

    await customer.start("return_form", said, intent="request_return", kinds=kinds)

    assert customer.slots.get("strange_goods") is None
    assert customer.slots["order_no"] is not None


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        ("action_track_parcels", "track_logistics"),
        ("action_show_order", "query_order_status"),
        ("action_answer_arrival", "ask_arrival_time"),
    ],
)
@pytest.mark.parametrize(
    ("lang", "said", "word"),
    [("zh", "我的平板怎么样了", "平板"), ("en", "what about my tablet", "tablet")],
)
async def test_a_question_about_goods_that_nobody_bought_is_not_answered_with_another_order(
    speak: SpokenTo, action: str, intent: str, lang: str, said: str, word: str
) -> None:
    customer = await speak("88001", lang)

    answer = await customer.run(action, said, intent=intent, kinds={word: "平板"})

    assert answer.said[0] == "utter_goods_in_no_order"
    assert [card["type"] for card in answer.cards] == ["order_list"]
    assert customer.slots.get("order_no") is None


async def test_no_difference_is_claimed_for_goods_that_nobody_bought(speak: SpokenTo) -> None:
    customer = await speak("88002")

    answer = await customer.run(
        "action_claim_price_protection",
        "平板降价了，补差价",
        intent="apply_price_protect",
        kinds={"平板": "平板"},
    )

    assert answer.said == ["utter_goods_in_no_order"]
    assert answer.labels == ["其他订单也看看"]


async def test_the_warranty_of_other_goods_is_not_told_instead(speak: SpokenTo) -> None:
    customer = await speak("88011")

    answer = await customer.run(
        "action_answer_warranty", "平板还保修吗", intent="query_warranty", kinds={"平板": "平板"}
    )

    assert answer.said == ["utter_goods_in_no_order"]


@pytest.mark.parametrize(
    ("form", "said", "kinds"),
    [
        ("return_form", "我在平板上看到有更划算的，想退", {"平板": "平板"}),
        ("return_form", "用平板看着颜色不一样，退了", {"平板": "平板"}),
        ("return_form", "I saw on my tablet that it got cheaper, take it back", {"tablet": "平板"}),
        ("return_form", "不想要了，打算买台平板", {"平板": "平板"}),
        ("return_form", "take it back, I will get a tablet", {"tablet": "平板"}),
    ],
)
async def test_where_it_was_seen_and_what_is_bought_next_is_not_what_was_bought(
    speak: SpokenTo, form: str, said: str, kinds: dict[str, str]
) -> None:
    customer = await speak("88006")

    await customer.start(form, said, intent=FORMS[form], kinds=kinds)

    assert customer.slots.get("strange_goods") is None
    assert customer.slots["order_no"] == COOKER


@pytest.mark.parametrize(
    "said", ["我现在平板想退", "平板在退货期内吗，想退", "I have my tablet here, return it"]
)
async def test_a_place_needs_more_than_a_word_before_the_goods(speak: SpokenTo, said: str) -> None:
    """Negative control."""
    customer = await speak("88006")
    word = "tablet" if "tablet" in said else "平板"

    await customer.start("return_form", said, intent="request_return", kinds={word: "平板"})

    assert customer.slots["strange_goods"] == word
