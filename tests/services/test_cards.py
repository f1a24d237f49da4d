"""Cards carry money in fen, times in UTC and words in the reader's language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import orjson
import pytest

from console.desk.after_sale import AfterSaleState, Condition, ReturnReason, ReturnRequest
from console.desk.price_protection import ClaimCode
from console.desk.product import PriceKind
from console.desk.reason_text import price_reason
from console.desk.return_text import reason_label, state_label
from console.services.after_sale import preview_return, refund_progress, submit_return
from console.services.cards import (
    order_card,
    parcel_trace_card,
    price_claim_card,
    refund_progress_card,
    return_summary_card,
)
from console.services.order import find_order
from console.services.parts import Desk
from console.services.price_protection import check_price_protection, claim_price_protection
from tests.services.desk_parts import running_desk

BROKEN = ReturnRequest(
    order_no="620026082034",
    line_id="620026082034-1",
    quantity=1,
    reason=ReturnReason.DAMAGED,
    condition=Condition.OPENED,
    photos=("up_1",),
)


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with running_desk(sqlite_url) as desk:
        yield desk


async def test_a_claim_card_shows_payments_first_and_a_reason_for_the_rest(desk: Desk) -> None:
    result = await claim_price_protection(desk, "co_88002", key="t1:0")

    card = price_claim_card(result, "zh")

    assert card["total_fen"] == 128_70
    assert card["arrival"] == "银行卡 1-7 个工作日到账"
    assert [item["code"] for item in card["items"][:2]] == ["PAID", "PAID"]
    assert {item["code"] for item in card["items"]} == {
        "PAID", "NO_DROP", "PROMO_EXCLUDED", "SELLER_NOT_JOINED", "WINDOW_OVER", "NO_STOCK",
    }  # fmt: skip
    assert all(item["reason"] for item in card["items"])
    assert orjson.loads(orjson.dumps(card)) == card


async def test_a_payment_that_is_not_confirmed_is_not_called_arrived(desk: Desk) -> None:
    shop: Any = desk.shop
    shop.down.add("refund")

    result = await claim_price_protection(desk, "co_88002", key="t1:0")

    assert price_claim_card(result, "en")["arrival"] == "Decided; the payment is being made"


async def test_a_look_without_a_drop_promises_no_arrival(desk: Desk) -> None:
    check = await check_price_protection(desk, "co_88005")

    assert price_claim_card(check, "zh")["arrival"] == ""


async def test_a_return_card_has_a_number_and_a_state_only_once_it_is_filed(desk: Desk) -> None:
    preview = await preview_return(desk, "co_88009", BROKEN)
    before = return_summary_card(preview, "en")
    filed = await submit_return(desk, "co_88009", BROKEN, key="t1:0")
    after = return_summary_card(filed, "en")

    assert (before["rma_no"], before["state_label"]) == (None, None)
    assert after == before | {
        "rma_no": filed.rma_no,
        "state_label": "Approved, waiting for the goods",
    }
    assert before["breakdown"] == [
        {"label": "Goods", "amount_fen": 300_00},
        {"label": "Discount share", "amount_fen": -30_00},
        {"label": "Original freight", "amount_fen": 10_00},
    ]
    assert (before["refund_fen"], before["freight_note"]) == (280_00, "The pickup is free")


async def test_who_changed_their_mind_reads_what_the_courier_collects(desk: Desk) -> None:
    wish = replace(BROKEN, reason=ReturnReason.WRONG_CHOICE, condition=Condition.UNOPENED)

    card = return_summary_card(await preview_return(desk, "co_88009", wish), "zh")

    assert card["freight_note"] == "上门取件运费 12.00 元，由快递员当面收取"


async def test_a_progress_card_marks_one_current_step(desk: Desk) -> None:
    [progress] = await refund_progress(desk, "co_88007")

    card = refund_progress_card(progress, "zh")

    assert [step["label"] for step in card["steps"]] == ["已受理", "已打款", "待到账"]
    assert [step["current"] for step in card["steps"]] == [False, False, True]
    assert card["steps"][0]["at"] == "2026-11-01T04:00:00Z"


async def test_order_and_trace_of_an_order_in_two_parcels(desk: Desk) -> None:
    order = await find_order(desk, "co_88001", "620026071317")
    assert order is not None

    card, trace = order_card(order, "en"), parcel_trace_card(order, "zh")

    assert card["total_fen"] == order.total_fen
    assert [line["variant"] for line in card["lines"]] == ["Misty blue 128 GB", "", "Clear"]
    assert [parcel["status_label"] for parcel in card["parcels"]] == ["Delivered", "In transit"]
    events = trace["parcels"][0]["events"]
    assert events[0]["text"] == "已签收，感谢使用"
    assert events == sorted(events, key=lambda event: event["at"], reverse=True)
    abroad = parcel_trace_card(order, "en")["parcels"][0]["events"]
    assert [(one["place"], one["text"]) for one in (events[-1], abroad[-1])] == [
        ("仓库", "包裹已出库，等待揽收"),
        ("Warehouse", "On its way out, waiting for the carrier"),
    ]
    assert "receiver" not in str(card)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_key_has_its_words(lang: str) -> None:
    reasons = ["paid", "no_drop", "already_claimed", "in_audit", "window_over", "seller_not_joined",
               "no_stock", "over_purchase_limit", "returning", "cancelled", "unpaid",
               "above_claim_limit", "above_day_limit", "signing_unknown"]  # fmt: skip
    reasons += [f"promo_{kind}" for kind in PriceKind]

    assert all(price_reason(key, lang) for key in reasons)
    assert all(reason_label(reason, lang) for reason in ReturnReason)
    assert all(state_label(state, lang) for state in AfterSaleState)
    assert len(ClaimCode) == 9
