"""Reports of damaged, missing, wrong and faulty goods, up to the remedy that is carried out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.storage.after_sale import after_sale_requests
from console.storage.policy import policy_decisions
from console.storage.shop import shop_payments
from console.storage.work_order import work_orders
from tests.actions.conftest import Answer, Clock, Conversation, SpokenTo
from tests.actions.stored import rows

SMALL = "620026084760"  # customer 88011: plasters 19.90, kettle 100.00, apples; signed today
TWO_THINGS = "620026082034"  # customer 88009: blender and kettle, signed yesterday
RICE_COOKER = "620026079548"  # customer 88006, signed eight days ago
PUMP = "620026083017"  # customer 88010, signed thirty days ago, own couriers
DRESS = "620026072458"  # customer 88001


async def reported(
    customer: Conversation, form: str, order_no: str, line: int, text: str, intent: str
) -> Answer:
    customer.slots.update(order_no=order_no, order_item_id=f"{order_no}-{line}")
    return await customer.start(form, text, intent=intent)


async def with_photo(customer: Conversation) -> Answer:
    return await customer.tell("[图片]", intent="nlu_fallback", picture_upload_ids=["up_1"])


YES = {"remedy_confirmed": "yes"}
NO = {"remedy_confirmed": "no"}


async def summary_of(customer: Conversation, remedy: str) -> Answer:
    shown = await customer.tell(entities={"remedy": remedy})
    assert shown.slots["requested_slot"] == "remedy_confirmed"
    return shown


async def say_yes(customer: Conversation) -> Answer:
    closed = await customer.tell(intent="affirm", entities=YES)
    assert closed.slots["requested_slot"] is None
    return await customer.end("action_carry_out_remedy", intent="affirm", entities=YES)


async def pick(customer: Conversation, remedy: str) -> Answer:
    await summary_of(customer, remedy)
    return await say_yes(customer)


@pytest.mark.parametrize(
    ("lang", "words", "label"),
    [
        ("zh", "打开一看包装全破了，创可贴都湿了", "马上退款 19.90 元，东西不用寄回"),
        ("en", "the plasters are all wet and torn", "Refund ¥19.90 now, keep the goods"),
    ],
)
async def test_small_damage_is_refunded_at_once(
    speak: SpokenTo, lang: str, words: str, label: str
) -> None:
    customer = await speak("88011", lang)
    asked = await reported(customer, "damage_form", SMALL, 1, words, "report_damaged")
    if asked.slots["requested_slot"] == "outer_box":
        await customer.tell(entities={"outer_box": "damaged"})

    offered = await with_photo(customer)
    before = await rows(customer, work_orders)
    done = await pick(customer, "refund_now")

    assert before == []
    assert offered.said == ["utter_carrier_claim", "utter_question_remedy"]
    assert offered.labels[0] == label
    assert done.said == ["utter_remedy_refunded"]
    assert done.responses[0]["amount"] == "19.90"
    [filed] = await rows(customer, after_sale_requests)
    assert (filed.kind, filed.state, filed.refund_fen) == ("refund_only", "done", 19_90)
    paid = [
        row.refunded_fen for row in await rows(customer, shop_payments) if row.order_no == SMALL
    ]
    assert sum(paid) == 19_90
    [claim] = await rows(customer, work_orders)
    assert (claim.kind, claim.line_id) == ("carrier_claim", f"{SMALL}-1")


async def test_a_repeated_turn_refunds_once(speak: SpokenTo) -> None:
    customer = await speak("88011")
    await reported(customer, "damage_form", SMALL, 1, "外箱破了，里面创可贴湿了", "report_damaged")
    await with_photo(customer)
    before = dict(customer.slots)
    first = await pick(customer, "refund_now")

    customer.slots.update(before, remedy="refund_now", remedy_confirmed=True)
    second = await customer.end("action_carry_out_remedy", intent="affirm", entities=YES)

    assert first.slots["rma_no"] == second.slots["rma_no"]
    assert len(await rows(customer, after_sale_requests)) == 1


async def test_what_was_settled_is_not_settled_again(speak: SpokenTo) -> None:
    """Negative control of the test above: another report is another wish."""
    customer = await speak("88011")
    await reported(customer, "damage_form", SMALL, 1, "外箱破了，里面创可贴湿了", "report_damaged")
    await with_photo(customer)
    await pick(customer, "refund_now")

    again = await reported(customer, "damage_form", SMALL, 1, "又湿了一盒创可贴", "report_damaged")

    assert again.said == ["utter_refused_return_running"]
    assert len(await rows(customer, after_sale_requests)) == 1


async def test_a_kettle_of_100_yuan_is_sent_first_and_the_old_one_fetched(speak: SpokenTo) -> None:
    customer = await speak("88011")
    await reported(
        customer, "wrong_form", SMALL, 2, "收到的是一个保温杯不是水壶", "report_wrong_item"
    )

    offered = await with_photo(customer)
    done = await pick(customer, "reship")

    assert offered.labels == ["免费补发", "换货", "退货退款", "转人工"]
    assert done.said == ["utter_remedy_sent_and_fetched"]
    [filed] = await rows(customer, after_sale_requests)
    assert (filed.kind, filed.state, filed.way) == ("exchange", "exchanging", "pickup")
    assert filed.shipment_no.startswith("sh")
    assert filed.pickup_no.startswith("pk")
    assert await rows(customer, work_orders) == []


async def test_a_missing_part_is_found_by_its_name_and_sent(speak: SpokenTo) -> None:
    customer = await speak("88009")
    asked = await reported(
        customer, "missing_form", TWO_THINGS, 2, "水壶里少了底座", "report_missing_parts"
    )

    await with_photo(customer)
    done = await pick(customer, "reship")

    assert asked.slots["missing_part"] == "p206-base"
    assert asked.said == ["utter_question_report_photos"]
    assert done.said == ["utter_remedy_sent"]
    [filed] = await rows(customer, after_sale_requests)
    assert (filed.part, filed.way, filed.refund_fen) == ("p206-base", "keep", 0)


async def test_a_part_out_of_stock_is_paid_for(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await reported(customer, "missing_form", TWO_THINGS, 1, "少件了", "report_missing_parts")

    chosen = await customer.tell(entities={"missing_part": "p205-cup"})
    offered = await with_photo(customer)
    done = await pick(customer, "refund_now")

    assert chosen.said == ["utter_question_report_photos"]
    assert offered.labels == ["马上退款 12.00 元，东西不用寄回", "换货", "退货退款", "转人工"]
    assert done.responses[0]["amount"] == "12.00"


async def test_money_for_a_part_is_taken_off_when_the_rest_comes_back(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await reported(customer, "missing_form", TWO_THINGS, 1, "少了量杯", "report_missing_parts")
    await with_photo(customer)
    await pick(customer, "refund_now")
    customer.slots.update(
        order_no=TWO_THINGS, order_item_id=f"{TWO_THINGS}-1", quantity=1, reason="wrong_choice",
        condition="unopened", return_way="self_ship", return_confirmed=True,
    )  # fmt: skip

    await customer.run("action_submit_return", "确认", intent="affirm")

    kinds = {row.kind: row for row in await rows(customer, after_sale_requests)}
    assert kinds["return"].refund_fen == 270_00 - 12_00
    assert ["parts_refunded", -12_00] in kinds["return"].refund_lines


async def test_a_fault_after_eight_days_offers_exchange_and_repair(speak: SpokenTo) -> None:
    customer = await speak("88006")
    asked = await customer.start(
        "quality_form", "电饭煲煮饭一直夹生", intent="report_quality_issue"
    )

    offered = await with_photo(customer)

    assert asked.said == ["utter_question_report_photos"]
    assert offered.labels == ["换货", "维修", "转人工"]


async def test_a_pump_gets_a_new_one_at_the_door_first(speak: SpokenTo) -> None:
    customer = await speak("88010")
    await reported(
        customer, "quality_form", PUMP, 1, "吸奶器突然没有吸力了", "report_quality_issue"
    )

    offered = await with_photo(customer)

    assert offered.labels == ["上门换新", "维修", "转人工"]


@pytest.mark.parametrize(
    ("said", "form"),
    [("换货吧", "exchange_form"), ("拿去修", "repair_form")],
)
async def test_exchange_and_repair_go_on_in_their_own_forms(
    speak: SpokenTo, said: str, form: str
) -> None:
    customer = await speak("88006")
    await customer.start("quality_form", "电饭煲煮饭一直夹生", intent="report_quality_issue")
    await with_photo(customer)

    await customer.tell(said)
    done = await customer.end("action_carry_out_remedy", said)

    assert {"event": "active_loop", "timestamp": None, "name": form} in done.events
    assert customer.slots["fault_text"] == "电饭煲煮饭一直夹生"
    assert customer.slots["photos"] == ["up_1"]
    assert await rows(customer, after_sale_requests) == []


async def test_a_return_goes_on_without_asking_what_was_told(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await reported(customer, "wrong_form", DRESS, 1, "收到的是黑色的裤子", "report_wrong_item")
    await with_photo(customer)
    await customer.tell("退货吧")
    await customer.end("action_carry_out_remedy", "退货吧")

    going_on = await customer.start("return_form", "退货吧")

    assert customer.slots["reason"] == "wrong_item"
    assert going_on.said == ["utter_question_return_way"]


async def test_too_late_goes_to_a_person_before_pictures_are_asked_for(speak: SpokenTo) -> None:
    customer = await speak("88006")

    answer = await customer.start("damage_form", "打开一看锅身裂了", intent="report_damaged")

    assert answer.said == ["utter_policy_needs_person"]
    [kept] = await rows(customer, policy_decisions)
    assert (kept.subject, kept.rule_id) == ("remedy", "return.delivery_fault_days")


async def test_the_last_second_of_the_seventh_day_is_in_time(speak: SpokenTo) -> None:
    customer = await speak("88006")
    clock = customer.desk.clock
    assert isinstance(clock, Clock)
    clock.moment = clock.moment.replace(hour=15, minute=59, second=59) - timedelta(days=1)

    answer = await customer.start("damage_form", "打开一看锅身裂了", intent="report_damaged")

    assert answer.said == ["utter_question_report_outer_box"]


async def test_health_goes_to_a_person_at_once(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await reported(
        customer, "quality_form", DRESS, 1, "穿了裙子全身过敏起疹", "report_quality_issue"
    )

    assert answer.said == ["utter_policy_needs_person"]


async def test_without_a_picture_a_person_is_offered_and_nothing_is_filed(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await reported(customer, "wrong_form", DRESS, 1, "收到的是黑色的裤子", "report_wrong_item")

    answer = await customer.tell("没拍照片")

    assert answer.said == ["utter_refused_photos_missing"]
    assert await rows(customer, after_sale_requests) == []


async def test_words_instead_of_a_picture_are_kept_and_the_picture_still_asked_for(
    speak: SpokenTo,
) -> None:
    customer = await speak("88010")
    await reported(
        customer, "quality_form", PUMP, 1, "吸奶器用着声音特别大", "report_quality_issue"
    )

    answer = await customer.tell("没有吸力了", intent="report_quality_issue")

    assert answer.said == ["utter_question_report_photos"]
    assert answer.slots["fault_text"] == "吸奶器用着声音特别大 / 没有吸力了"


@pytest.mark.parametrize("text", ["吸奶器有质量问题", "吸奶器坏了怎么办", "pump is broken"])
async def test_the_bare_wish_describes_nothing(speak: SpokenTo, text: str) -> None:
    customer = await speak("88010")

    answer = await reported(customer, "quality_form", PUMP, 1, text, "report_quality_issue")

    assert answer.said == ["utter_question_what_quality"]


async def test_what_is_broken_can_be_put_right(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await reported(customer, "damage_form", TWO_THINGS, 1, "破了", "report_damaged")
    await customer.tell("杯身裂了")

    other = await customer.tell("不是这件，是另一件", intent="correct_info")

    assert customer.slots["fault_text"] is None
    assert customer.slots["order_item_id"] == f"{TWO_THINGS}-2"  # there are two
    assert other.said == ["utter_question_what_damage"]


async def test_goods_that_are_named_outweigh_the_order_of_before(speak: SpokenTo) -> None:
    customer = await speak("88010")
    customer.slots.update(order_no="620026083452", order_item_id="620026083452-1", quantity=2)

    answer = await customer.start(
        "quality_form", "吸奶器质量有问题，没有吸力", intent="report_quality_issue"
    )

    assert (answer.slots["order_no"], answer.slots["order_item_id"]) == (PUMP, f"{PUMP}-1")
    assert answer.said == ["utter_question_report_photos"]


async def test_somebody_elses_order_is_no_order(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.start(
        "damage_form", "破了", intent="report_damaged", entities={"order_no": SMALL}
    )

    assert answer.said[0] == "utter_order_not_found"
    assert await rows(customer, work_orders) == []


async def test_a_visitor_signs_in_first(speak: SpokenTo) -> None:
    visitor = await speak(None)

    answer = await visitor.start("damage_form", "破了", intent="report_damaged")

    assert answer.said == ["utter_sign_in_for_money"]
