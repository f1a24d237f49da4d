"""A wish said inside a form is another wish; a story that only sounds like one is an answer."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Conversation, SpokenTo

DRESS = "620026072458"  # customer 88001


async def _complains(speak: SpokenTo) -> Conversation:
    customer = await speak("88001")
    await customer.start("complaint_form", "我要投诉", intent="file_complaint")
    return customer


async def _waits_for_pickup(speak: SpokenTo) -> Conversation:
    customer = await speak("88001")
    customer.slots["order_no"] = DRESS
    await customer.start("return_form", "尺码偏小了，没拆封，上门取", intent="request_return")
    assert customer.slots["requested_slot"] == "slot_window"
    return customer


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("查下我的包裹走到哪啦", "track_logistics"),
        ("会员都有啥好处呀", "ask_membership"),
        ("收货地址想换一下", "change_address"),
    ],
)
async def test_a_sure_wish_is_no_story(speak: SpokenTo, text: str, intent: str) -> None:
    customer = await _complains(speak)

    answer = await customer.tell(text, intent=intent, ranking={intent: 0.9, "inform": 0.02})

    assert answer.events == []
    assert customer.slots["requested_slot"] == "complaint_text"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("物流好几天一动不动", "logistics_stalled"),  # what is complained about
        ("说退却还扣着我的钱", "query_refund_progress"),  # neither asks nor bids
    ],
)
async def test_a_story_is_an_answer_however_sure_the_reading(
    speak: SpokenTo, text: str, intent: str
) -> None:
    customer = await _complains(speak)

    answer = await customer.tell(text, intent=intent, ranking={intent: 0.9, "inform": 0.02})

    assert answer.slots["complaint_text"] == text


@pytest.mark.parametrize(
    "ranking",
    [{"track_logistics": 0.59, "inform": 0.1}, {"track_logistics": 0.7, "inform": 0.61}],
    ids=["unsure", "close"],
)
async def test_a_reading_that_is_not_sure_leaves_the_words_to_the_question(
    speak: SpokenTo, ranking: dict[str, float]
) -> None:
    customer = await _complains(speak)

    answer = await customer.tell("看下走到哪啦", intent="track_logistics", ranking=ranking)

    assert answer.slots["complaint_text"] == "看下走到哪啦"


async def test_a_remedy_is_what_a_complaint_wants_and_an_invoice_is_not(speak: SpokenTo) -> None:
    customer = await _complains(speak)
    await customer.tell("送来时洒了一地")

    other = await customer.tell(
        "开个票", intent="request_invoice", ranking={"request_invoice": 0.9}
    )
    wish = await customer.tell("退货退款", intent="request_return", ranking={"request_return": 0.9})

    assert other.events == []
    assert wish.slots["complaint_wish"] == "退货退款"


async def test_a_question_with_a_day_in_it_is_no_pickup_time(speak: SpokenTo) -> None:
    customer = await _waits_for_pickup(speak)
    day = {"date": "2026-11-03"}

    question = await customer.tell(
        "另一个包裹明天下午到得了吗",
        intent="ask_arrival_time", entities=day, ranking={"ask_arrival_time": 0.9},
    )  # fmt: skip
    answer = await customer.tell("明天下午可以吗", intent="inform", entities=day)

    assert question.events == []
    assert answer.slots["requested_slot"] == "return_confirmed"


async def test_the_fault_of_a_repair_may_sound_like_a_question_about_use(speak: SpokenTo) -> None:
    customer = await speak("88011")
    customer.slots["order_no"] = "620026083988"
    first = await customer.start("repair_form", "报修", intent="request_repair")

    answer = await customer.tell(
        "怎么都充不进电", intent="ask_troubleshooting", ranking={"ask_troubleshooting": 0.9}
    )

    assert first.slots["requested_slot"] == "fault_text"
    assert answer.slots["fault_text"] == "怎么都充不进电"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("need help choosing a size for that shirt", "ask_size_advice"),
        ("能开票吗 尺码那单", "request_invoice"),
    ],
)
async def test_a_word_of_the_closed_list_in_another_wish_is_no_reason(
    speak: SpokenTo, text: str, intent: str
) -> None:
    customer = await speak("88004")
    paid = {"order_no": "620026077819"}
    await customer.start("cancel_form", "取消", intent="cancel_order", entities=paid)

    answer = await customer.tell(text, intent=intent, ranking={intent: 0.9})

    assert answer.events == []
    assert customer.slots["requested_slot"] == "cancel_reason"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("尺码偏小", "ask_size_advice"),  # neither asks nor bids
        ("不想要了能退吗", "request_return"),  # the same matter as a cancellation
    ],
)
async def test_a_reason_is_a_reason_however_the_engine_reads_it(
    speak: SpokenTo, text: str, intent: str
) -> None:
    customer = await speak("88004")
    paid = {"order_no": "620026077819"}
    await customer.start("cancel_form", "取消", intent="cancel_order", entities=paid)

    answer = await customer.tell(text, intent=intent, ranking={intent: 0.9})

    assert answer.slots["requested_slot"] == "cancel_confirmed"


@pytest.mark.parametrize("form", ["return_form", "exchange_form", "invoice_form"])
@pytest.mark.parametrize(
    ("lang", "said", "intent"),
    [
        ("zh", "等下，手机走到哪里了", "track_logistics"),
        ("zh", "查一下手机的物流", "track_logistics"),
        ("en", "hold on, when is my phone coming?", "ask_arrival_time"),
        ("en", "oh sorry how far is the phone", "track_logistics"),
        ("en", "is my charger still under warranty?", "query_warranty"),
    ],
)
async def test_a_question_with_goods_in_it_does_not_say_which_order(
    speak: SpokenTo, form: str, lang: str, said: str, intent: str
) -> None:
    customer = await speak("88001", lang)
    started = {"return_form": "request_return", "exchange_form": "request_exchange"}
    await customer.start(form, "想办一下", intent=started.get(form, "request_invoice"))
    assert customer.slots["requested_slot"] == "order_no"

    question = await customer.tell(said, intent=intent, ranking={intent: 0.8, "inform": 0.1})
    again = await customer.resume("action_track_parcels", said=said, intent=intent)

    assert question.events == []
    assert again.slots["requested_slot"] == "order_no"
    assert again.said == ["utter_ask_which_order"]
    assert customer.slots.get("order_no") is None
    assert customer.slots.get("order_item_id") is None


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("手机壳那单吧", "inform"),
        ("帮我看看买手机壳的那单", "query_order_status"),
        ("手机壳，有划痕怎么办", "report_damaged"),
    ],
)
async def test_the_name_of_goods_says_which_order(speak: SpokenTo, said: str, intent: str) -> None:
    """Negative control."""
    customer = await speak("88001")
    await customer.start("return_form", "我要退货", intent="request_return")

    await customer.tell(said, intent=intent, ranking={intent: 0.9, "deny": 0.02})

    assert customer.slots["order_no"] == "620026071317"
    assert customer.slots["order_item_id"] == "620026071317-3"


async def test_a_phone_that_has_not_come_is_not_its_case(speak: SpokenTo) -> None:
    customer = await speak("88001")
    await customer.start("return_form", "我要退货", intent="request_return")
    await customer.tell(entities={"order_no": "620026071317"})
    assert customer.slots["requested_slot"] == "order_item_id"

    answer = await customer.tell("手机", intent="inform")

    assert answer.said == ["utter_refused_on_its_way"]
    assert customer.slots.get("order_item_id") is None
