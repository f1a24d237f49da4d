"""Prices with real offers, promotions, coupons, and why one does not work."""

from __future__ import annotations

import pytest

from tests.actions.conftest import SpokenTo
from tests.actions.test_product_detail import told


async def test_a_price_takes_off_the_coupon_that_the_customer_has(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_answer_price",
        "空气炸锅到手多少钱",
        intent="ask_price",
        entities={"product": "p201"},
    )

    said = told(answer, "utter_price_with_offers")
    assert (said["list"], said["total"]) == ("319.00", "279.00")
    assert said["lines"] == "· 家电满 300 减 40 −¥40.00"


async def test_the_promotion_counts_for_anybody_and_a_free_coupon_is_named(
    speak: SpokenTo,
) -> None:
    visitor = await speak(None, "en")

    answer = await visitor.run(
        "action_answer_price", "the coat", intent="ask_price", entities={"product": "p302"}
    )

    assert told(answer, "utter_price_with_offers")["total"] == "859.00"
    claim = told(answer, "utter_price_claimable")
    assert (claim["coupon"], claim["total"]) == ("10 off from 99", "849.00")


async def test_several_pieces_and_the_second_at_half_price(speak: SpokenTo) -> None:
    customer = await speak("88005")

    answer = await customer.run(
        "action_answer_price", "苹果两箱多少钱", intent="ask_price",
        entities={"product": "p603", "quantity": 2},
    )  # fmt: skip

    said = told(answer, "utter_price_with_offers")
    assert (said["list"], said["total"]) == ("139.80", "104.85")


async def test_why_the_price_changed_is_told_from_its_history(speak: SpokenTo) -> None:
    customer = await speak("88005")
    customer.slots["product_id"] = "p201"

    answer = await customer.run("action_answer_price", "怎么跟昨天价格不一样", intent="ask_price")

    said = told(answer, "utter_price_went_down")
    assert (said["day"], said["old"], said["new"]) == ("10月31日", "399.00", "319.00")


async def test_a_haggler_hears_the_real_coupon(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p201"

    answer = await customer.run("action_answer_bargain", "能便宜点不", intent="bargain_price")

    assert answer.said == ["utter_price_with_offers", "utter_bargain_more"]
    assert not [e for e in await customer.stored() if e.type == "handoff_requested"]


async def test_without_any_offer_a_person_of_presales_gets_the_wish_once(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p106"
    haggle = ("action_answer_bargain", "能便宜点不")

    answer = await customer.run(*haggle, intent="bargain_price")
    await customer.again(*haggle, intent="bargain_price")

    asked = [e.body for e in await customer.stored() if e.type == "handoff_requested"]
    assert answer.said == ["utter_bargain_none"]
    assert [(one["reason"], one["queue"]) for one in asked] == [("presale", "presale")]


@pytest.mark.parametrize(
    ("quantity", "said"), [(19, "utter_bargain_none"), (20, "utter_bargain_bulk")]
)
async def test_many_pieces_are_a_bulk_order(speak: SpokenTo, quantity: int, said: str) -> None:
    customer = await speak("88003")
    customer.slots["product_id"] = "p701"

    answer = await customer.run(
        "action_answer_bargain", "多买能少点吗", intent="bargain_price",
        entities={"quantity": quantity},
    )  # fmt: skip

    assert said in answer.said or answer.said[0] == "utter_price_claimable"
    assert ("utter_bargain_bulk" in answer.said) is (quantity >= 20)


async def test_promotions_of_one_product_and_of_the_shop(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p204"

    mine = await customer.run("action_answer_promotion", "有赠品吗", intent="ask_promotion")
    every = await customer.run(
        "action_answer_promotion", "店里最近有啥活动", intent="ask_promotion"
    )

    assert told(mine, "utter_promotions_of")["lines"] == (
        "· 扫地机器人下单有礼：送滚刷一套和集尘袋 6 个，到 11月5日 12:00"
    )
    assert str(told(every, "utter_promotions")["lines"]).count("\n") == 3


async def test_a_coming_promotion_is_told_and_none_is_said_honestly(speak: SpokenTo) -> None:
    customer = await speak("88001", "en")

    coming = await customer.run(
        "action_answer_promotion", "any deals", intent="ask_promotion",
        entities={"product_id": "p101"},
    )  # fmt: skip
    none = await customer.run(
        "action_answer_promotion", "any deals", intent="ask_promotion",
        entities={"product_id": "p105"},
    )  # fmt: skip

    assert told(coming, "utter_promotion_coming")["when"] == "08 Nov 12:00"
    assert none.said == ["utter_no_promotion"]


async def test_the_rules_of_a_deposit_come_from_the_presale(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p405"

    answer = await customer.run(
        "action_answer_promotion", "定金交了不想要能退吗", intent="ask_promotion"
    )

    said = told(answer, "utter_deposit")
    assert (said["deposit"], said["counts"]) == ("100.00", "200.00")
    assert (said["first"], said["last"]) == ("11月6日 12:00", "11月8日 12:00")


async def test_coupons_in_the_account_and_those_to_fetch(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run("action_answer_coupons", "我有几张券", intent="ask_coupon")

    mine = told(answer, "utter_coupons")
    assert mine["count"] == 2  # the one that ended yesterday is not told
    assert "家电满 300 减 40" in str(mine["lines"])
    assert "青岚衣橱满 200 减 30" in str(told(answer, "utter_coupons_to_claim")["lines"])


async def test_a_visitor_is_told_to_sign_in_and_what_may_be_fetched(speak: SpokenTo) -> None:
    visitor = await speak(None)

    mine = await visitor.run("action_answer_coupons", "我有几张券", intent="ask_coupon")
    why = await visitor.run("action_diagnose_coupon", "券用不了", intent="coupon_unusable")

    assert mine.said == ["utter_coupons_sign_in", "utter_coupons_to_claim"]
    assert why.said == ["utter_coupon_sign_in"]


@pytest.mark.parametrize(
    ("customer_no", "product_id", "coupon_id", "said", "values"),
    [
        ("88001", "p201", "cp_old_50", "utter_coupon_expired", {"end": "11月1日 12:00"}),
        ("88002", "p201", "cp_next_25", "utter_coupon_not_started", {"start": "11月7日 12:00"}),
        ("88001", "p101", "cp_appliance_40", "utter_coupon_wrong_goods", {}),
        ("88001", "p206", "cp_appliance_40", "utter_coupon_under_threshold", {"missing": "200.00"}),
        ("88006", "p107", "cp_gold_100", "utter_coupon_level", {"level": 4}),
        ("88003", "p101", "cp_app_20", "utter_coupon_channel", {}),
        ("88002", "p302", "cp_qinglan_30", "utter_coupon_stacking", {}),
        ("88002", "p201", "cp_all_10", "utter_coupon_used", {"used": "10月27日 12:00"}),
    ],
)
async def test_the_first_failing_check_is_told(
    speak: SpokenTo, customer_no: str, product_id: str, coupon_id: str, said: str,
    values: dict[str, object],
) -> None:  # fmt: skip
    customer = await speak(customer_no)

    answer = await customer.run(
        "action_diagnose_coupon", "这张券用不了", intent="coupon_unusable",
        entities={"product_id": product_id, "coupon_id": coupon_id},
    )  # fmt: skip

    assert answer.said[0] == said
    assert values.items() <= told(answer, said).items()


async def test_the_nearest_coupon_is_named(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_diagnose_coupon", "满400减50怎么用不上", intent="coupon_unusable",
        entities={"product_id": "p201", "coupon_id": "cp_old_50"},
    )  # fmt: skip
    none = await customer.run(
        "action_diagnose_coupon", "怎么用不上", intent="coupon_unusable",
        entities={"product_id": "p701", "coupon_id": "cp_old_50"},
    )  # fmt: skip

    assert answer.said == ["utter_coupon_expired", "utter_coupon_instead"]
    assert told(answer, "utter_coupon_instead")["off"] == "40.00"
    assert none.said == ["utter_coupon_expired", "utter_coupon_no_other"]


async def test_of_several_failing_coupons_the_customer_chooses(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p106"

    which = await customer.run("action_diagnose_coupon", "券是灰的", intent="coupon_unusable")

    assert which.said == ["utter_ask_which_coupon"]
    assert which.labels == ["家电满 300 减 40", "全场满 99 减 10", "满 400 减 50"]


async def test_a_coupon_is_known_by_the_words_it_is_called_by(speak: SpokenTo) -> None:
    customer = await speak("88003")

    answer = await customer.run(
        "action_diagnose_coupon", "满1000减100的券怎么用不了", intent="coupon_unusable"
    )

    assert answer.said == ["utter_coupon_works"]
    assert told(answer, "utter_coupon_works")["coupon"] == "四级会员满 1000 减 100"
