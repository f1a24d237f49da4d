"""Price records and refusals, work orders, callbacks, compensation and marks."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from console.desk.event import BOT, EventType, NewEvent
from console.desk.handoff import HandoffReason
from console.services.handoff import request_handoff
from console.services.work_order import work_orders_of
from console.storage.conversation import conversation
from console.storage.event import record
from console.storage.promise import promises_of_case
from console.storage.rating import BOT_SERVED
from tests.actions.conftest import Clock, Conversation, SpokenTo
from tests.shop_books import ratings_of

FRYER_ORDER = "620026074721"  # of 88002: some lines fell in price


async def _promised(customer: Conversation) -> list[str]:
    def query(tx: Connection) -> list[str]:
        case_id = conversation(tx, customer.id).case_id
        return [one.due_at.isoformat() for one in promises_of_case(tx, case_id)]

    return await customer.desk.database.read(query)


# --- price protection -----------------------------------------------------------------------


async def test_the_record_lists_what_was_paid_and_where_it_went(speak: SpokenTo) -> None:
    customer = await speak("88002")
    claimed = await customer.run(
        "action_claim_price_protection", "补差价", intent="apply_price_protect"
    )
    total = claimed.cards[0]["total_fen"]

    answer = await customer.run(
        "action_show_price_record", "上次补了多少", intent="query_price_protect_record"
    )

    assert answer.said == ["utter_price_record"]
    told = answer.responses[0]
    assert told["total"] == f"{total / 100:.2f}"
    assert all("¥" in line and "补" in line for line in told["lines"].splitlines())


async def test_without_claims_a_look_is_offered(speak: SpokenTo) -> None:
    customer = await speak("88006", "en")

    answer = await customer.run(
        "action_show_price_record", "what did I get", intent="query_price_protect_record"
    )

    assert answer.said == ["utter_no_price_record"]


async def test_the_record_of_a_foreign_order_is_not_found(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_show_price_record",
        "补了多少",
        intent="query_price_protect_record",
        entities={"order_no": FRYER_ORDER},
    )

    assert answer.said == ["utter_order_not_found"]


async def test_a_refusal_is_explained_per_item_and_then_reviewed_once(speak: SpokenTo) -> None:
    customer = await speak("88006")

    first = await customer.run(
        "action_explain_price_refusal", "为什么不给补", intent="price_protect_rejected"
    )
    second = await customer.run(
        "action_explain_price_refusal", "不认可", intent="price_protect_rejected"
    )
    again = await customer.again(
        "action_explain_price_refusal", "不认可", intent="price_protect_rejected"
    )

    assert first.said == ["utter_price_refusal"]
    [card] = first.cards
    assert [item["code"] for item in card["items"]] == ["NO_DROP"]
    assert first.labels == ["申请人工复核"]
    assert second.said == again.said == ["utter_price_review_opened"]
    [order] = await work_orders_of(customer.desk, customer.id)
    assert (order.kind, order.work_order_no) == ("audit", second.responses[0]["work_order_no"])
    assert await _promised(customer) == ["2026-11-03T04:00:00+00:00"]


async def test_what_can_be_claimed_after_all_is_offered(speak: SpokenTo) -> None:
    customer = await speak("88002")

    answer = await customer.run(
        "action_explain_price_refusal", "凭什么不补", intent="price_protect_rejected"
    )

    assert answer.said == ["utter_price_refusal_but_some"]
    assert answer.labels == ["现在补差价", "申请人工复核"]


# --- callbacks ------------------------------------------------------------------------------


async def _books_a_call(customer: Conversation) -> None:
    await customer.start(
        "callback_form",
        "明天下午给我回个电话",
        intent="request_callback",
        entities={"date": "2026-11-03", "slot": "12:00/18:00"},
    )
    await customer.tell(None, entities={"callback_phone": "account"})
    await customer.tell("对", intent="affirm")


async def test_a_call_to_the_known_number_is_promised_until_its_window_ends(
    speak: SpokenTo,
) -> None:
    customer = await speak("88009")

    which = await customer.start(
        "callback_form",
        "明天下午给我回个电话",
        intent="request_callback",
        entities={"date": "2026-11-03", "slot": "12:00/18:00"},
    )
    sure = await customer.tell(None, entities={"callback_phone": "account"})
    await customer.tell("对", intent="affirm")
    slots = dict(customer.slots)
    first = await customer.end("action_submit_callback", "对", intent="affirm")
    customer.slots.update(slots)
    second = await customer.end("action_submit_callback", "对", intent="affirm")

    assert which.said == ["utter_question_callback_phone_known"]
    assert which.responses[0]["phone"] == "138****1009"
    assert sure.summary == {"电话": "138****1009", "时间": "11月3日（周二）14:00-16:00"}
    assert first.said == second.said == ["utter_callback_booked"]
    [order] = await work_orders_of(customer.desk, customer.id)
    assert (order.kind, order.details["phone"]) == ("callback", "13800001009")
    assert "13800001009" not in order.text
    assert await _promised(customer) == ["2026-11-03T08:00:00+00:00"]


async def test_another_number_and_time_in_english(speak: SpokenTo) -> None:
    customer = await speak("88009", "en")

    await customer.start("callback_form", "please call me", intent="request_callback")
    when = await customer.tell("13912345678", entities={"phone": "13912345678"})
    sure = await customer.tell(
        "Wednesday at 3 pm", entities={"date": "2026-11-04", "time": "15:00"}
    )

    assert when.said == ["utter_question_callback_window"]
    assert sure.summary == {"Phone": "139****5678", "When": "Wed 04 Nov, 14:00-16:00"}


async def test_nobody_is_called_at_the_weekend(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await customer.start("callback_form", "回电", intent="request_callback")
    await customer.tell(None, entities={"callback_phone": "account"})

    answer = await customer.tell("周六上午", entities={"date": "2026-11-07"})

    assert answer.said == ["utter_slot_closed", "utter_question_callback_window"]


async def test_a_visitor_gives_the_number(speak: SpokenTo) -> None:
    visitor = await speak(None)

    answer = await visitor.start("callback_form", "给我回电", intent="request_callback")

    assert answer.said == ["utter_question_callback_phone"]


async def test_a_second_wish_finds_the_call_that_is_promised(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await _books_a_call(customer)
    await customer.end("action_submit_callback", "对", intent="affirm")

    answer = await customer.start("callback_form", "回电给我", intent="request_callback")

    assert answer.said == ["utter_callback_standing"]
    assert len(await work_orders_of(customer.desk, customer.id)) == 1


async def test_a_no_promises_nothing(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await customer.start(
        "callback_form", "明天上午回电", intent="request_callback", entities={"date": "2026-11-03"}
    )
    await customer.tell(None, entities={"callback_phone": "account"})

    await customer.tell("不用了", intent="deny", entities={"callback_confirmed": "no"})
    answer = await customer.end("action_submit_callback", "不用了", intent="deny")

    assert answer.said == ["utter_callback_not_wanted"]
    assert await work_orders_of(customer.desk, customer.id) == []


# --- work orders ----------------------------------------------------------------------------


async def test_open_work_orders_are_shown_with_their_time(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await _books_a_call(customer)
    booked = await customer.end("action_submit_callback", "对", intent="affirm")
    number = booked.responses[0]["work_order_no"]

    answer = await customer.run(
        "action_show_work_orders", "我反映的事怎样了", intent="query_ticket_progress"
    )
    clock = customer.desk.clock
    assert isinstance(clock, Clock)
    clock.moment += timedelta(hours=28)
    late = await customer.run(
        "action_show_work_orders",
        "怎样了",
        intent="query_ticket_progress",
        entities={"ticket_no": number.lower()},
    )

    assert answer.said == ["utter_work_orders_open"]
    [item] = answer.cards[0]["items"]
    assert (item["work_order_no"], item["kind_label"], item["state_label"], item["due_at"]) == (
        number, "回电", "处理中", "2026-11-03T08:00:00Z",
    )  # fmt: skip
    assert late.said == ["utter_promise_apology", "utter_work_orders_late"]


async def test_a_number_of_somebody_else_is_not_found(speak: SpokenTo) -> None:
    owner, other = await speak("88009"), await speak("88001")
    await _books_a_call(owner)
    booked = await owner.end("action_submit_callback", "对", intent="affirm")

    for number in (booked.responses[0]["work_order_no"], "TK1000000000"):
        answer = await other.run(
            "action_show_work_orders",
            "进度",
            intent="query_ticket_progress",
            entities={"ticket_no": number},
        )
        assert answer.said == ["utter_work_order_not_found"]
        assert answer.cards == []


# --- compensation ---------------------------------------------------------------------------


async def test_an_expectation_in_the_message_goes_along_to_the_complaint_seat(
    speak: SpokenTo,
) -> None:
    customer = await speak("88009")

    why = await customer.start(
        "complaint_form", "赔我50", intent="request_compensation", entities={"amount": 50_00}
    )
    await customer.tell("送晚了三天，生日都过了")
    await customer.tell(intent="affirm", entities={"complaint_confirmed": "yes"})
    done = await customer.end("action_submit_complaint", "送晚了三天，生日都过了")

    assert why.said == ["utter_question_complaint_text"]
    assert "utter_complaint_filed" in done.said
    brief = await customer.brief()
    assert brief["wish"] == "补偿 50.00 元"
    assert (await work_orders_of(customer.desk, customer.id))[0].details["wish"] == "补偿 50.00 元"


async def test_without_an_expectation_the_customer_is_asked_for_it(speak: SpokenTo) -> None:
    customer = await speak("88009", "en")

    answer = await customer.start(
        "complaint_form",
        "you were three days late and my party was ruined, what now",
        intent="request_compensation",
    )

    assert answer.said == ["utter_question_complaint_wish"]


# --- marks ----------------------------------------------------------------------------------


async def _bot_has_answered(customer: Conversation) -> None:
    body = {"kind": "text", "text": "您好"}
    event = NewEvent(EventType.MESSAGE_POSTED, BOT, body)
    at = customer.desk.clock.now()
    await customer.desk.database.write(lambda tx: record(tx, customer.id, [event], at) and None)


async def test_marks_are_kept_once_for_the_conversation(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await _bot_has_answered(customer)

    first = await customer.run("action_rate_service", "给你五星", intent="rate_service")
    await customer.run("action_rate_service", "还是四星吧", intent="rate_service")

    assert (first.said, first.responses[0]["score"]) == (["utter_rated"], 5)
    [kept] = await customer.desk.database.read(lambda tx: ratings_of(tx, customer.id))
    assert (kept.score, kept.served_by) == (4, BOT_SERVED)


async def test_low_marks_are_met_with_an_apology_and_a_person(speak: SpokenTo) -> None:
    customer = await speak("88009", "en")
    await _bot_has_answered(customer)

    answer = await customer.run("action_rate_service", "one star", intent="rate_service")

    assert answer.said == ["utter_rated_low"]
    assert answer.slots["last_task"] == "offer_person"


async def test_without_a_mark_buttons_ask_for_one(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await _bot_has_answered(customer)

    answer = await customer.run("action_rate_service", "我要评价", intent="rate_service")
    pressed = await customer.run(
        "action_rate_service", None, intent="rate_service", entities={"score": 3}
    )

    assert answer.labels == ["5 分", "4 分", "3 分", "2 分", "1 分"]
    assert pressed.responses[0]["score"] == 3


async def test_nobody_rates_before_being_served_or_while_waiting(speak: SpokenTo) -> None:
    customer = await speak("88009")
    before = await customer.run("action_rate_service", "五星", intent="rate_service")
    await _bot_has_answered(customer)
    await request_handoff(customer.desk, customer.id, HandoffReason.WISH)

    waiting = await customer.run("action_rate_service", "五星", intent="rate_service")

    assert before.said == waiting.said == ["utter_cannot_rate_yet"]
    assert await customer.desk.database.read(lambda tx: ratings_of(tx, customer.id)) == []
