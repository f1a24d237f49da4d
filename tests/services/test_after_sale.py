"""Returns at the desk: decided by the policy, filed once, with the refund that was shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from console.desk.after_sale import (
    AfterSaleState,
    Condition,
    ReturnReason,
    ReturnRequest,
    ReturnWay,
)
from console.desk.errors import BadRequest, NotFound, SameIdOtherContent
from console.desk.return_policy import Alternative, Outcome
from console.services.after_sale import (
    ReturnRefused,
    check_return,
    preview_return,
    refund_progress,
    submit_return,
)
from console.services.after_sale_pickup import finish_pending_pickups
from console.services.order import cancel_order
from console.services.parts import Desk
from console.services.price_protection import check_price_protection, claim_price_protection
from console.storage.after_sale import after_sale_requests, steps_of
from console.storage.policy import policy_decisions
from console.storage.shop import shop_orders, shop_price_points
from tests.services.desk_parts import NOON, actions_taken, count, running_desk

TWO_THINGS = "620026082034"  # 300.00 and 100.00, coupon 40.00, freight 10.00, signed yesterday
BROKEN = ReturnRequest(
    order_no=TWO_THINGS,
    line_id=f"{TWO_THINGS}-1",
    quantity=1,
    reason=ReturnReason.DAMAGED,
    condition=Condition.OPENED,
    photos=("up_1", "up_2"),
)
NOT_WANTED = replace(
    BROKEN, reason=ReturnReason.NO_LONGER_WANTED, condition=Condition.UNOPENED, photos=()
)
MINE = "co_88009"


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with running_desk(sqlite_url) as desk:
        yield desk


async def claimed_20_before(desk: Desk) -> None:
    """The broken thing is 20.00 cheaper than its net price today, and that was paid."""
    await desk.database.write(
        lambda tx: (
            tx.execute(
                shop_price_points.insert().values(
                    product_id="p205", at=NOON, price_fen=250_00, kind="public"
                )
            )
            and None
        )
    )
    result = await claim_price_protection(desk, MINE, TWO_THINGS, key="claim")
    assert result.total_fen == 20_00


async def test_a_broken_thing_gives_260_yuan_and_free_pickup(desk: Desk) -> None:
    await claimed_20_before(desk)

    filed = await submit_return(desk, MINE, BROKEN, key="t1:0")

    assert filed.state is AfterSaleState.AWAITING_RETURN
    assert (filed.refund.total_fen, filed.refund.return_freight_fen) == (260_00, 0)
    assert [(line.key, line.amount_fen) for line in filed.refund.lines] == [
        ("goods", 300_00), ("discount", -30_00), ("price_claim", -20_00), ("freight", 10_00),
    ]  # fmt: skip
    assert filed.deducted_fen == 20_00


async def test_the_preview_shows_what_filing_will_do_and_writes_nothing(desk: Desk) -> None:
    preview = await preview_return(desk, MINE, NOT_WANTED)

    assert preview.decision.is_allowed
    assert (preview.refund.total_fen, preview.refund.return_freight_fen) == (270_00, 12_00)
    assert await count(desk, after_sale_requests) == 0
    assert await count(desk, policy_decisions) == 0
    filed = await submit_return(desk, MINE, NOT_WANTED, key="t1:0")
    assert filed.refund == preview.refund


async def test_who_ships_alone_owes_us_no_pickup_fee(desk: Desk) -> None:
    preview = await preview_return(desk, MINE, replace(NOT_WANTED, way=ReturnWay.SELF_SHIP))

    assert preview.refund.return_freight_fen == 0


async def test_filing_is_told_in_the_conversation_and_books_one_pickup(desk: Desk) -> None:
    filed = await submit_return(desk, MINE, BROKEN, key="t1:0")

    [told, claim] = await actions_taken(desk, MINE)
    assert (told["action"], told["rma_no"], told["refund_fen"]) == (
        "return", filed.rma_no, 280_00,
    )  # fmt: skip
    assert (claim["action"], claim["kind"]) == ("work_order", "carrier_claim")
    shop: Any = desk.shop
    assert shop.calls == [("book_pickup", f"pickup:{filed.rma_no}")]


async def test_the_same_wish_again_is_the_same_return(desk: Desk) -> None:
    results = await asyncio.gather(
        *(submit_return(desk, MINE, BROKEN, key="t1:0") for _ in range(20))
    )

    assert len({filed.rma_no for filed in results}) == 1
    assert await count(desk, after_sale_requests) == 1


async def test_two_wishes_at_once_send_one_thing_back_once(desk: Desk) -> None:
    results = await asyncio.gather(
        *(submit_return(desk, MINE, BROKEN, key=f"t{n}:0") for n in range(20)),
        return_exceptions=True,
    )

    refused = [one for one in results if isinstance(one, ReturnRefused)]
    assert len(refused) == 19
    assert {one.decision.reason for one in refused} == {"return_running"}
    assert await count(desk, after_sale_requests) == 1


async def test_a_key_with_another_wish_is_refused(desk: Desk) -> None:
    await submit_return(desk, MINE, BROKEN, key="t1:0")

    with pytest.raises(SameIdOtherContent):
        await submit_return(desk, MINE, replace(BROKEN, quantity=2), key="t1:0")

    assert await count(desk, after_sale_requests) == 1


async def test_freight_comes_back_with_the_first_of_two_broken_things_only(desk: Desk) -> None:
    first = await submit_return(desk, MINE, BROKEN, key="t1:0")
    second = await submit_return(desk, MINE, replace(BROKEN, line_id=f"{TWO_THINGS}-2"), key="t2:0")

    assert (first.refund.total_fen, second.refund.total_fen) == (280_00, 90_00)


async def test_the_last_thing_of_an_order_brings_its_freight_back(desk: Desk) -> None:
    await submit_return(desk, MINE, NOT_WANTED, key="t1:0")
    last = await submit_return(
        desk, MINE, replace(NOT_WANTED, line_id=f"{TWO_THINGS}-2"), key="t2:0"
    )

    assert last.refund.total_fen == 100_00


async def test_what_the_policy_refuses_is_not_filed_but_the_decision_is_kept(desk: Desk) -> None:
    eight_days_ago = replace(NOT_WANTED, order_no="620026079548", line_id="620026079548-1")

    with pytest.raises(ReturnRefused) as refused:
        await submit_return(desk, "co_88006", eight_days_ago, key="t1:0")

    assert refused.value.decision.reason == "window_over"
    assert refused.value.details["rule_id"] == "return.no_reason_hours"
    assert await count(desk, after_sale_requests) == 0
    assert await count(desk, policy_decisions) == 1
    assert await actions_taken(desk, "co_88006") == []


async def test_a_fault_after_eight_days_is_exchanged(desk: Desk) -> None:
    decision = await check_return(
        desk, "co_88006", "620026079548", "620026079548-1", "quality_fault", "used"
    )

    assert (decision.outcome, decision.alternative) == (Outcome.REFUSED, Alternative.EXCHANGE)


async def test_a_dear_return_waits_for_a_person_without_a_pickup(desk: Desk) -> None:
    laptop = replace(NOT_WANTED, order_no="620026076935", line_id="620026076935-1")

    filed = await submit_return(desk, "co_88003", laptop, key="t1:0")

    assert (filed.state, filed.rule_id) == (AfterSaleState.SUBMITTED, "return.auto_approve_fen")
    shop: Any = desk.shop
    assert shop.calls == []
    history = await desk.database.read(lambda tx: steps_of(tx, filed.rma_no))
    assert [state for state, _ in history] == [AfterSaleState.SUBMITTED]


async def test_missing_accessories_wait_for_a_person(desk: Desk) -> None:
    filed = await submit_return(
        desk, MINE, replace(NOT_WANTED, accessories_complete=False), key="t1:0"
    )

    assert (filed.state, filed.rule_id) == (AfterSaleState.SUBMITTED, "return.accessories")


@pytest.mark.parametrize(
    ("conversation_id", "line_id"),
    [("co_88001", f"{TWO_THINGS}-1"), ("co_visitor", f"{TWO_THINGS}-1"), (MINE, "620026072458-1")],
)
async def test_only_own_lines_can_go_back(desk: Desk, conversation_id: str, line_id: str) -> None:
    with pytest.raises(NotFound) as refused:
        await submit_return(desk, conversation_id, replace(BROKEN, line_id=line_id), key="t1:0")

    assert str(refused.value) == "order"
    assert await count(desk, after_sale_requests) == 0


async def test_a_reason_outside_the_list_is_a_bad_request(desk: Desk) -> None:
    with pytest.raises(BadRequest):
        await check_return(desk, MINE, TWO_THINGS, f"{TWO_THINGS}-1", "because")


async def test_a_check_is_kept_with_rule_and_inputs(desk: Desk) -> None:
    decision = await check_return(
        desk, MINE, TWO_THINGS, f"{TWO_THINGS}-1", ReturnReason.NO_LONGER_WANTED
    )

    assert decision.asks == ("condition", "accessories_complete")
    [row] = await desk.database.read(lambda tx: tx.execute(sa.select(policy_decisions)).all())
    assert (row.subject, row.outcome, row.rule_id) == (
        "return", "allowed", "return.no_reason_hours",
    )  # fmt: skip
    assert row.inputs["reason"] == "no_longer_wanted"


async def test_goods_on_their_way_back_earn_no_claim_and_waiting_claims_fall(desk: Desk) -> None:
    laptop = replace(NOT_WANTED, order_no="620026076935", line_id="620026076935-1")
    waiting = await claim_price_protection(desk, "co_88003", laptop.order_no, key="c1")
    assert waiting.audit_fen == 300_00

    filed = await submit_return(desk, "co_88003", laptop, key="t1:0")

    assert filed.deducted_fen == 0
    after = await check_price_protection(desk, "co_88003", laptop.order_no)
    assert [item.code for item in after.items] == ["RETURNING"]


@pytest.mark.parametrize("how", ["down", "answer_lost"])
async def test_a_pickup_the_shop_did_not_confirm_is_booked_later(desk: Desk, how: str) -> None:
    shop: Any = desk.shop
    getattr(shop, how).add("book_pickup")
    filed = await submit_return(desk, MINE, BROKEN, key="t1:0")
    assert filed.state is AfterSaleState.AWAITING_RETURN

    getattr(shop, how).clear()

    assert await finish_pending_pickups(desk) == 1
    assert await finish_pending_pickups(desk) == 0


# --- where refunds stand ----------------------------------------------------------------------


async def test_a_running_refund_shows_its_steps(desk: Desk) -> None:
    [progress] = await refund_progress(desk, "co_88007")

    assert (progress.order_no, progress.amount_fen) == ("620026080364", 909_00)
    assert [(step.key, step.is_done, step.is_current) for step in progress.steps] == [
        ("accepted", True, False), ("sent", True, False), ("arrived", False, True),
    ]  # fmt: skip
    assert progress.is_running


async def test_a_filed_return_shows_that_the_goods_are_awaited(desk: Desk) -> None:
    filed = await submit_return(desk, MINE, BROKEN, key="t1:0")

    [progress] = await refund_progress(desk, MINE, TWO_THINGS)

    assert (progress.rma_no, progress.amount_fen) == (filed.rma_no, 280_00)
    current = [step.key for step in progress.steps if step.is_current]
    assert current == ["in_return"]


async def test_an_intercepted_order_shows_that_the_carrier_was_asked(desk: Desk) -> None:
    await cancel_order(desk, "co_88003", "620026077402", "other", "t1:0")

    [progress] = await refund_progress(desk, "co_88003")

    assert progress.amount_fen == 2199_00
    assert [step.key for step in progress.steps if step.is_current] == ["stopped"]


async def test_refunds_of_others_are_not_shown(desk: Desk) -> None:
    assert await refund_progress(desk, "co_88001") == []
    assert await refund_progress(desk, "co_88001", "620026080364") == []
    assert await refund_progress(desk, "co_visitor") == []
    assert await count(desk, shop_orders) > 0
