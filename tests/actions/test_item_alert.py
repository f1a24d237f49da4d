"""Alerts: asked for in a form, told once by the clock, and silent after a no to messages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.desk.goods import Variant, wanted_label
from console.desk.product import PricePoint
from console.services.item_alert import tell_item_alerts
from console.storage import item_alert as rows
from console.storage.shop import insert_price_points
from tests.actions.conftest import Answer, Conversation, SpokenTo
from tests.actions.test_product_detail import told
from tests.given import NOW


async def _subscribed(customer: Conversation, text: str, **entities: object) -> Answer:
    await customer.start("alert_form", text, intent="subscribe_item_alert", entities=entities)
    if customer.slots["requested_slot"] == "alert_confirmed":
        return await _yes(customer)
    return await customer.end("action_submit_alert", text, intent="subscribe_item_alert")


async def _yes(customer: Conversation) -> Answer:
    await customer.tell(intent="affirm", entities={"alert_confirmed": "yes"})
    return await customer.end("action_submit_alert", intent="affirm")


async def _messages(customer: Conversation) -> list[str]:
    return [
        e.body["text"]
        for e in await customer.stored()
        if e.type == "message_posted" and e.actor.kind == "bot"
    ]


def _later(customer: Conversation, **delta: float) -> None:
    customer.desk.clock.moment = NOW + timedelta(**delta)  # type: ignore[attr-defined]


async def test_goods_in_view_and_a_wish_in_words_need_no_question(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots["product_id"] = "p104"

    first = await customer.start("alert_form", "有货了喊我一声", intent="subscribe_item_alert")
    answer = await _yes(customer)

    assert first.said == ["utter_question_summary"]
    assert (first.cards[0]["heading"], len(first.summary)) == ("到货提醒", 1)
    assert answer.said == ["utter_alert_stock"]
    assert answer.labels == ["取消这个提醒"]


async def test_product_kind_and_price_are_asked_for_one_by_one(speak: SpokenTo) -> None:
    customer = await speak("88001", "en")

    which = await customer.start("alert_form", "an alert please", intent="subscribe_item_alert")
    kind = await customer.tell("the laptop", entities={"product": "p107"})
    price = await customer.tell(intent="inform", entities={"alert_kind": "price"})
    wrong = await customer.tell("dunno", intent="nlu_fallback")
    done = await customer.tell("5000")
    answer = await _yes(customer)

    assert which.said == ["utter_ask_product_name"]
    assert kind.said == ["utter_question_alert_kind"]
    assert told(price, "utter_question_alert_target")["price"] == "5,699.00"
    assert wrong.said == ["utter_not_understood_here", "utter_question_alert_target"]
    assert (done.summary["Price now"], done.summary["Target price"]) == (5699_00, 5000_00)
    assert told(answer, "utter_alert_price")["target"] == "5,000.00"


async def test_what_is_there_already_needs_no_alert(speak: SpokenTo) -> None:
    customer = await speak("88001")

    stock = await _subscribed(customer, "到货提醒", product="p103", alert_kind="stock")
    price = await _subscribed(customer, "降到四百告诉我", product="p103", amount=400_00)

    assert stock.said == ["utter_alert_in_stock"]
    assert price.said == ["utter_alert_low_already"]
    assert await customer.desk.database.read(rows.active_alerts) == []


async def test_goods_that_are_back_are_told_once_with_their_card(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await _subscribed(customer, "到货提醒我", product="p104")

    _later(customer, days=5, seconds=-1)
    early = await tell_item_alerts(customer.desk)
    _later(customer, days=5)
    told_now = await tell_item_alerts(customer.desk)
    again = await tell_item_alerts(customer.desk)

    assert (early, told_now, again) == (0, 1, 0)
    assert await _messages(customer) == ["您关注的 听潮 运动耳机 到货了。"]
    message = next(e for e in await customer.stored() if e.type == "message_posted")
    assert message.body["card"]["products"][0]["stock_label"] == "有货"


async def test_a_price_is_told_at_the_target_and_not_a_fen_above(speak: SpokenTo) -> None:
    customer = await speak("88001", "en")
    await _subscribed(customer, "tell me at 5000", product="p107", amount=5000_00)
    points = [
        PricePoint("p107", NOW + timedelta(hours=1), 5000_01),
        PricePoint("p107", NOW + timedelta(hours=2), 5000_00),
    ]
    await customer.desk.database.write(lambda tx: insert_price_points(tx, points))

    _later(customer, hours=1)
    above = await tell_item_alerts(customer.desk)
    _later(customer, hours=2)
    at = await tell_item_alerts(customer.desk)

    assert (above, at) == (0, 1)
    assert await _messages(customer) == [
        "The price you waited for: Qichuan slim laptop 14 is now ¥5,000.00."
    ]


async def test_asking_twice_keeps_one_alert_and_a_retry_none_more(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await _subscribed(customer, "降到三千告诉我", product="p107", amount=3000_00)
    slots = {"product_id": "p107", "alert_kind": "price", "alert_target": 4000_00}
    slots["alert_confirmed"] = True

    customer.slots.update(slots)
    await customer.run("action_submit_alert", "4000")
    customer.slots.update(slots)
    await customer.again("action_submit_alert", "4000")

    alerts = await customer.desk.database.read(rows.active_alerts)
    assert [one.target_fen for one in alerts] == [4000_00]


async def test_an_alert_is_cancelled_by_its_button_and_only_by_its_owner(
    speak: SpokenTo,
) -> None:
    customer, other = await speak("88001"), await speak("88002")
    await _subscribed(customer, "到货提醒我", product="p104")
    (alert,) = await customer.desk.database.read(rows.active_alerts)

    foreign = await _subscribed(other, "x", alert_off=alert.id)
    unknown = await _subscribed(other, "x", alert_off="al_none")
    mine = await _subscribed(customer, "x", alert_off=alert.id)

    assert foreign.said == unknown.said == ["utter_alert_none"]
    assert mine.said == ["utter_alert_off"]
    assert await customer.desk.database.read(rows.active_alerts) == []


async def test_a_no_to_messages_silences_alerts_and_a_later_wish_is_a_new_yes(
    speak: SpokenTo,
) -> None:
    customer = await speak("88001")
    await _subscribed(customer, "到货提醒我", product="p104")
    _later(customer, seconds=1)
    refused = await customer.run(
        "action_refuse_marketing", "别再给我发广告了", intent="opt_out_marketing"
    )
    _later(customer, seconds=2)
    await _subscribed(customer, "雾蓝的手机到货提醒我", product="p101", variant="蓝色")

    _later(customer, days=7)
    count = await tell_item_alerts(customer.desk)

    assert refused.said == ["utter_marketing_off"]
    assert count == 1
    assert await _messages(customer) == ["您关注的 澄屿 S3 手机 256G 蓝色 到货了。"]
    assert await customer.desk.database.read(rows.active_alerts) == []


@pytest.mark.parametrize(
    ("lang", "variant", "told"),
    [
        ("en", "蓝色", "Chengyu S3 phone 256 GB Misty blue 256 GB"),
        ("zh", "蓝色", "澄屿 S3 手机 256G 蓝色"),
    ],
)
async def test_what_is_waited_for_is_named_in_the_language_of_the_conversation(
    speak: SpokenTo, lang: str, variant: str, told: str
) -> None:
    customer = await speak("88001", lang)
    wish = {"product": "p101", "variant": variant, "alert_kind": "stock"}
    shown = await customer.start(
        "alert_form", "tell me", intent="subscribe_item_alert", entities=wish
    )

    await customer.tell(intent="affirm", entities={"alert_confirmed": "yes"})
    await customer.end("action_submit_alert", intent="affirm")
    _later(customer, days=7)
    await tell_item_alerts(customer.desk)

    assert list(shown.summary.values()) == [told]
    assert [one.strip(".。") for one in await _messages(customer)] == [
        f"{told} is back in stock" if lang == "en" else f"您关注的 {told} 到货了"
    ]


def _variant(variant: str, variant_en: str) -> Variant:
    return Variant(product_id="p1", variant=variant, variant_en=variant_en, price_fen=1, stock=1)


def test_a_wish_that_several_kinds_fit_is_called_by_what_they_share() -> None:
    blue = [_variant("雾蓝 M", "Misty blue M"), _variant("雾蓝 L", "Misty blue L")]

    assert wanted_label(blue, "蓝", "en") == "Misty blue"
    assert wanted_label(blue[:1], "蓝", "en") == "Misty blue M"
    assert wanted_label([], "蓝", "en") == ""
    assert wanted_label(blue, "蓝", "zh") == "蓝"
    assert wanted_label(blue, "M", "en") == "M"


async def test_a_no_leaves_nothing_and_another_price_is_summed_up_again(speak: SpokenTo) -> None:
    customer = await speak("88001")
    wish = {"product": "p107", "amount": 5000_00}
    await customer.start("alert_form", "降到五千喊我", intent="subscribe_item_alert", entities=wish)

    changed = await customer.tell("改成 4500", intent="correct_info", entities={"amount": 4500_00})
    await customer.tell(intent="deny", entities={"alert_confirmed": "no"})
    answer = await customer.end("action_submit_alert", intent="deny")

    assert changed.summary["目标价"] == 4500_00
    assert answer.said == ["utter_alert_kept"]
    assert await customer.desk.database.read(rows.active_alerts) == []


async def test_without_a_yes_nothing_is_subscribed(speak: SpokenTo) -> None:
    customer = await speak("88001")
    customer.slots.update(product_id="p107", alert_kind="price", alert_target=5000_00)

    answer = await customer.run("action_submit_alert", "5000")

    assert answer.said == []
    assert await customer.desk.database.read(rows.active_alerts) == []
