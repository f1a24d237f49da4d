"""Swapping nappies for another size: once, never to more pieces, in one visit."""

from __future__ import annotations

import pytest

from console.storage.after_sale import after_sale_requests
from console.storage.shop_goods import shop_reservations
from tests.actions.conftest import Answer, Conversation, SpokenTo
from tests.actions.stored import rows

NAPPIES = "620026083452"  # customer 88010: two packs of L, signed twenty days ago
FRESH_NAPPIES = "620026074721"  # customer 88002: signed three days ago, line 2


async def begun(speak: SpokenTo, text: str, lang: str = "zh") -> tuple[Conversation, Answer]:
    customer = await speak("88010", lang)
    customer.slots.update(order_no=NAPPIES)
    return customer, await customer.start("size_swap_form", text, intent="request_size_swap")


async def to_the_end(customer: Conversation) -> Answer:
    await customer.tell("明天下午", entities={"date": "2026-11-03"})
    closed = await customer.tell(intent="affirm", entities={"swap_confirmed": "yes"})
    assert closed.slots["requested_slot"] is None
    return await customer.end("action_submit_size_swap", intent="affirm")


async def test_a_size_said_beside_another_question_is_kept(speak: SpokenTo) -> None:
    customer, first = await begun(speak, "换大一号")

    size = await customer.tell("xl的", entities={"size": "XL"})
    many = await customer.tell(entities={"quantity": 2})

    assert first.said == size.said == ["utter_question_how_many"]
    assert size.slots["new_size"] == "XL"
    assert many.slots["requested_slot"] == "condition"


@pytest.mark.parametrize(
    ("lang", "label", "said"), [("zh", "XL（54 片）", "换XL"), ("en", "XL (54 pieces)", "XL")]
)
async def test_nappies_are_swapped_in_one_visit(
    speak: SpokenTo, lang: str, label: str, said: str
) -> None:
    customer, first = await begun(speak, "换码", lang)
    await customer.tell(entities={"quantity": 2})
    asked = await customer.tell(entities={"condition": "unopened"})
    await customer.tell(said)

    filed = await to_the_end(customer)

    assert first.said == ["utter_question_how_many"]
    assert asked.labels == [label]
    assert filed.said == ["utter_swap_submitted"]
    [row] = await rows(customer, after_sale_requests)
    assert (row.kind, row.way, row.new_variant, row.quantity) == (
        "size_swap", "same_visit", "XL", 2,
    )  # fmt: skip
    assert row.pickup_no.startswith("pk")
    [held] = await rows(customer, shop_reservations)
    assert (held.variant, held.quantity) == ("XL", 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("换M吧", "utter_swap_more_pieces"),
        ("XXL", "utter_swap_size_out_of_stock"),
    ],
)
async def test_a_size_that_cannot_come_is_told_why(speak: SpokenTo, text: str, said: str) -> None:
    customer, _ = await begun(speak, "换码")
    await customer.tell(entities={"quantity": 1})
    await customer.tell(entities={"condition": "unopened"})

    answer = await customer.tell(text)

    assert answer.said == [said, "utter_question_new_size"]
    assert answer.slots["new_size"] is None


async def test_a_used_pack_stays(speak: SpokenTo) -> None:
    customer, _ = await begun(speak, "换码")
    await customer.tell(entities={"quantity": 1})

    answer = await customer.tell(entities={"condition": "used"})

    assert answer.said == ["utter_refused_swap_opened"]
    assert await rows(customer, after_sale_requests) == []


async def test_a_second_swap_is_refused(speak: SpokenTo) -> None:
    customer, _ = await begun(speak, "换码")
    await customer.tell(entities={"quantity": 1})
    await customer.tell(entities={"condition": "unopened"})
    await customer.tell("换XL")
    await to_the_end(customer)
    customer.slots.update(order_no=NAPPIES)

    again = await customer.start("size_swap_form", "再换一次码", intent="request_size_swap")
    if again.said == ["utter_question_how_many"]:
        again = await customer.tell(entities={"quantity": 1})

    assert again.said == ["utter_refused_swap_used"]
    assert len(await rows(customer, after_sale_requests)) == 1


async def test_before_day_eight_it_is_an_exchange(speak: SpokenTo) -> None:
    customer = await speak("88002")
    customer.slots.update(order_no=FRESH_NAPPIES, order_item_id=f"{FRESH_NAPPIES}-2")

    answer = await customer.start("size_swap_form", "换码", intent="request_size_swap")

    assert answer.said == ["utter_means_request_exchange"]
    assert answer.slots["next_form"] == "exchange_form"
