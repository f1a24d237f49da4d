"""Remedies at the desk: paid or sent once, also twice at once and over a bad line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from console.desk.after_sale import (
    AfterSaleState,
    Condition,
    ReturnReason,
    ReturnRequest,
)
from console.desk.errors import BadRequest, NotFound, SameIdOtherContent
from console.desk.remedy import Remedy
from console.services.after_sale import submit_return
from console.services.errand import finish_pending_requests
from console.services.filing import ReturnRefused
from console.services.parts import Desk
from console.services.refund import refund_progress
from console.services.remedy import submit_remedy, take_report
from console.services.work_order import work_orders_of
from console.storage.after_sale import after_sale_requests, find_request
from console.storage.policy import policy_decisions
from tests.services.desk_parts import actions_taken, count, paid_back, running_desk

SMALL = "620026084760"  # customer 88011: plasters 19.90, kettle 100.00, apples 69.90; signed today
MINE = "co_88011"
PLASTERS = ReturnRequest(
    order_no=SMALL,
    line_id=f"{SMALL}-1",
    quantity=1,
    reason=ReturnReason.DAMAGED,
    condition=Condition.OPENED,
    photos=("up_1",),
    note="湿了",
)
KETTLE = replace(PLASTERS, line_id=f"{SMALL}-2", reason=ReturnReason.WRONG_ITEM)


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    async with running_desk(database_url) as desk:
        yield desk


async def test_the_report_is_stored_and_asks_nothing_of_the_carrier(desk: Desk) -> None:
    first = await take_report(desk, MINE, PLASTERS)
    await take_report(desk, MINE, PLASTERS)

    assert first.remedies[0] is Remedy.REFUND_NOW
    assert first.has_carrier_claim
    assert await count(desk, policy_decisions) == 2
    assert await work_orders_of(desk, MINE) == []


async def test_the_carrier_is_held_to_account_once_when_it_is_filed(desk: Desk) -> None:
    filed = await submit_remedy(desk, MINE, Remedy.REFUND_NOW, PLASTERS, key="t1:0")
    await submit_remedy(desk, MINE, Remedy.REFUND_NOW, PLASTERS, key="t1:0")

    [claim] = await work_orders_of(desk, MINE)
    assert (claim.kind, claim.order_no, claim.line_id) == ("carrier_claim", SMALL, f"{SMALL}-1")
    assert claim.key == f"carrier:{filed.rma_no}"
    assert claim.details == {"reason": "damaged", "photos": ["up_1"], "part": ""}


async def test_the_carrier_answers_whichever_way_the_goods_are_settled(desk: Desk) -> None:
    await submit_return(desk, MINE, replace(KETTLE, reason=ReturnReason.DAMAGED), key="t1:0")

    [claim] = await work_orders_of(desk, MINE)
    assert (claim.kind, claim.line_id) == ("carrier_claim", f"{SMALL}-2")


async def test_the_carrier_does_not_answer_for_another_reason(desk: Desk) -> None:
    """Negative control."""
    await submit_return(desk, MINE, KETTLE, key="t1:0")

    assert await work_orders_of(desk, MINE) == []


async def test_two_wishes_at_once_pay_once(desk: Desk) -> None:
    results = await asyncio.gather(
        *(submit_remedy(desk, MINE, Remedy.REFUND_NOW, PLASTERS, key=f"t{n}:0") for n in range(10)),
        return_exceptions=True,
    )

    assert sum(isinstance(one, ReturnRefused) for one in results) == 9
    assert await count(desk, after_sale_requests) == 1
    assert await paid_back(desk, SMALL) == 19_90


async def test_the_same_wish_again_is_the_same_request(desk: Desk) -> None:
    first = await submit_remedy(desk, MINE, Remedy.RESHIP, KETTLE, key="t1:0")
    second = await submit_remedy(desk, MINE, Remedy.RESHIP, KETTLE, key="t1:0")

    assert first.rma_no == second.rma_no
    with pytest.raises(SameIdOtherContent):
        await submit_remedy(desk, MINE, Remedy.RESHIP, replace(KETTLE, note="x"), key="t1:0")
    assert await count(desk, after_sale_requests) == 1


@pytest.mark.parametrize("how", ["down", "answer_lost"])
async def test_money_that_the_shop_did_not_confirm_is_paid_later_and_once(
    desk: Desk, how: str
) -> None:
    shop: Any = desk.shop
    getattr(shop, how).add("refund")
    filed = await submit_remedy(desk, MINE, Remedy.REFUND_NOW, PLASTERS, key="t1:0")

    getattr(shop, how).clear()

    assert filed.state is AfterSaleState.REFUNDING
    assert await finish_pending_requests(desk) == 1
    assert await finish_pending_requests(desk) == 0
    assert await paid_back(desk, SMALL) == 19_90
    settled = await desk.database.read(lambda tx: find_request(tx, filed.rma_no))
    assert settled is not None
    assert settled.state is AfterSaleState.DONE


@pytest.mark.parametrize("how", ["down", "answer_lost"])
async def test_a_parcel_that_the_shop_did_not_confirm_is_sent_later_and_once(
    desk: Desk, how: str
) -> None:
    shop: Any = desk.shop
    getattr(shop, how).add("send_again")
    filed = await submit_remedy(desk, MINE, Remedy.RESHIP, KETTLE, key="t1:0")

    getattr(shop, how).clear()

    assert filed.shipment_no is None
    assert await finish_pending_requests(desk) == 1
    stock = {one.variant: one.stock for one in await desk.shop.variants("p206")}
    assert stock == {"": 69}


async def test_a_remedy_with_a_form_of_its_own_is_not_filed_here(desk: Desk) -> None:
    with pytest.raises(BadRequest):
        await submit_remedy(desk, MINE, Remedy.EXCHANGE, KETTLE, key="t1:0")

    assert await count(desk, after_sale_requests) == 0


async def test_a_remedy_that_the_policy_does_not_offer_is_refused(desk: Desk) -> None:
    with pytest.raises(ReturnRefused) as refused:
        await submit_remedy(desk, MINE, Remedy.REFUND_NOW, KETTLE, key="t1:0")

    assert refused.value.decision.reason == "remedy_gone"
    assert await paid_back(desk, SMALL) == 0


async def test_somebody_elses_order_does_not_exist(desk: Desk) -> None:
    for conversation in ("co_88001", "co_visitor"):
        with pytest.raises(NotFound):
            await take_report(desk, conversation, PLASTERS)

    assert await count(desk, policy_decisions) == 0


async def test_paid_goods_cannot_be_returned_and_never_bring_more_than_was_paid(
    desk: Desk,
) -> None:
    await submit_remedy(desk, MINE, Remedy.REFUND_NOW, PLASTERS, key="t1:0")

    with pytest.raises(ReturnRefused):
        await submit_return(desk, MINE, PLASTERS, key="t2:0")

    assert await paid_back(desk, SMALL) == 19_90


async def test_it_is_told_in_the_conversation_and_shown_as_one_refund(desk: Desk) -> None:
    filed = await submit_remedy(desk, MINE, Remedy.REFUND_NOW, PLASTERS, key="t1:0")

    [told, claim] = await actions_taken(desk, MINE)
    assert (told["action"], told["rma_no"], told["refund_fen"]) == (
        "refund_only", filed.rma_no, 19_90,
    )  # fmt: skip
    assert (claim["action"], claim["kind"]) == ("work_order", "carrier_claim")
    [shown] = await refund_progress(desk, MINE)
    assert shown.amount_fen == 19_90
