"""Hearing about an order: asked for once, and told when the shop's order really changes."""

from __future__ import annotations

from typing import Any

import pytest

from console.desk.order import OrderState
from console.services.order_watch import tell_order_watches
from console.storage.order_watch import active_watches
from console.storage.shop import set_order_state
from tests.actions.conftest import Answer, Conversation, SpokenTo
from tests.shop_books import notes_of

PAID, DELIVERING = "620026077819", "620026078251"  # of customer 88004
SIGNED = "620026079548"  # of customer 88006


async def _begin(customer: Conversation, text: str = "提醒我", **entities: Any) -> Answer:
    return await customer.start(
        "watch_form", text, intent="subscribe_order_watch", entities=entities
    )


async def _submit(customer: Conversation) -> Answer:
    if customer.slots.get("requested_slot") == "watch_confirmed":
        await customer.tell(intent="affirm", entities={"watch_confirmed": "yes"})
    return await customer.run("action_submit_watch", "好", intent="inform")


async def _moves_to(customer: Conversation, state: OrderState, order_no: str = PAID) -> int:
    await customer.desk.database.write(lambda tx: set_order_state(tx, order_no, state, None))
    return await tell_order_watches(customer.desk)


async def _told(customer: Conversation) -> list[str]:
    return [
        event.body["text"]
        for event in await customer.stored()
        if event.type == "message_posted" and event.body.get("kind") == "card"
    ]


async def _watching(customer: Conversation) -> list[tuple[str, tuple[str, ...]]]:
    found = await customer.desk.database.read(active_watches)
    return [(one.order_no, one.events) for one in found]


async def test_every_step_is_told_once_when_the_order_moves(speak: SpokenTo) -> None:
    customer = await speak("88004")
    when = await _begin(customer, order_no=PAID)
    await customer.tell(entities={"watch_events": "every"})
    on = await _submit(customer)

    counts = [
        await _moves_to(customer, state)
        for state in (
            OrderState.PAID,
            OrderState.PICKED,
            OrderState.IN_TRANSIT,
            OrderState.IN_TRANSIT,
            OrderState.SIGNED,
            OrderState.SIGNED,
        )
    ]

    assert when.labels == ["发货时", "开始派送时", "签收时", "每一步都提醒"]
    assert on.said == ["utter_watch_on"]
    assert counts == [0, 0, 1, 0, 1, 0]
    assert [text.partition("）")[2] for text in await _told(customer)] == [
        "发货了，最新物流在下面。",
        "已签收；要是您还没拿到，跟我说一声。",
    ]
    assert await _watching(customer) == []


async def test_in_english_only_what_was_asked_for_is_told(speak: SpokenTo) -> None:
    customer = await speak("88004", lang="en")
    await _begin(customer, "tell me when it is delivered", order_no=DELIVERING)
    await _submit(customer)

    told = await _moves_to(customer, OrderState.SIGNED, DELIVERING)

    assert told == 1
    assert (await _told(customer))[0].startswith("As you asked: your order Chuya formula")


async def test_a_second_wish_adds_to_the_first_and_a_repeat_changes_nothing(
    speak: SpokenTo,
) -> None:
    customer = await speak("88004")
    await _begin(customer, "发货了告诉我", order_no=PAID)
    await customer.tell(intent="affirm", entities={"watch_confirmed": "yes"})
    slots = dict(customer.slots)
    await _submit(customer)
    customer.slots.update(slots)
    await customer.again("action_submit_watch", "好", intent="inform")
    await _begin(customer, "签收了也说一声", order_no=PAID)
    await _submit(customer)

    assert await _watching(customer) == [(PAID, ("shipped", "signed"))]


async def test_a_cancelled_order_is_told_whatever_was_asked_for(speak: SpokenTo) -> None:
    customer = await speak("88004")
    await _begin(customer, "签收提醒我", order_no=PAID)
    await _submit(customer)

    told = await _moves_to(customer, OrderState.CANCELLED)

    assert told == 1
    assert (await _told(customer))[0].endswith("已经取消。")


async def test_one_tap_ends_it_and_nothing_is_told_any_more(speak: SpokenTo) -> None:
    customer = await speak("88004")
    await _begin(customer, "发货提醒", order_no=PAID)
    on = await _submit(customer)
    await _begin(customer, None, watch_off=PAID)  # type: ignore[arg-type]  # a button has no text
    off = await _submit(customer)

    told = await _moves_to(customer, OrderState.IN_TRANSIT)

    assert on.labels == ["不用提醒了"]
    assert off.said == ["utter_watch_off"]
    assert (told, await _told(customer)) == (0, [])


async def test_a_call_before_delivery_becomes_a_note_for_the_courier(speak: SpokenTo) -> None:
    customer = await speak("88004")
    await _begin(customer, "送来之前打个电话给我", order_no=PAID)

    answer = await _submit(customer)

    notes = await customer.desk.database.read(lambda tx: notes_of(tx, PAID))
    assert answer.said == ["utter_watch_call_noted", "utter_watch_on"]
    assert notes == ["送来之前打个电话给我"]


@pytest.mark.parametrize(
    ("customer_no", "order_no", "text", "said"),
    [
        ("88006", SIGNED, "签收提醒", "utter_status_signed"),
        ("88001", PAID, "发货提醒", "utter_order_not_found"),
        (None, PAID, "发货提醒", "utter_sign_in_for_money"),
    ],
)
async def test_what_is_over_foreign_or_a_visitors_is_not_watched(
    speak: SpokenTo, customer_no: str | None, order_no: str, text: str, said: str
) -> None:
    customer = await speak(customer_no)

    answer = await _begin(customer, text, order_no=order_no)

    assert answer.said[0] == said
    assert await _watching(customer) == []


async def test_the_reminder_is_summed_up_and_a_no_leaves_none(speak: SpokenTo) -> None:
    customer = await speak("88004")

    sure = await _begin(customer, "发货和签收都喊我一下", order_no=PAID)
    await customer.tell(intent="deny", entities={"watch_confirmed": "no"})
    answer = await _submit(customer)

    assert sure.said == ["utter_question_summary"]
    assert sure.summary["什么时候提醒"] == "发货、签收"
    assert answer.said == ["utter_watch_kept"]
    assert await _watching(customer) == []
