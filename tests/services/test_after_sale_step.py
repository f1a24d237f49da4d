"""From the courier to the money: steps of warehouse and colleagues, and the clocks in between."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from console.desk.after_sale import (
    AfterSaleRequest,
    AfterSaleState,
    Condition,
    ReturnReason,
    ReturnRequest,
    ReturnWay,
)
from console.desk.after_sale_step import Step
from console.desk.after_sale_text import happening_text
from console.desk.errors import BadRequest, Conflict, NotFound, SameIdOtherContent
from console.desk.event import Actor, ActorKind, EventType
from console.desk.policy import PolicyRow
from console.desk.refund import RefundTooHigh
from console.gateways.shop import RefundKind
from console.services.after_sale import preview_return, submit_return
from console.services.after_sale_clock import tend_after_sales
from console.services.after_sale_progress import after_sale_progress
from console.services.after_sale_step import take_step
from console.services.after_sale_urge import urge_after_sale
from console.services.after_sale_wish import withdraw
from console.services.conversation import conversation_detail
from console.services.errand import finish_pending_requests
from console.services.hub import Hub
from console.services.left_to_refund import left_fen, order_behind
from console.services.parts import Desk
from console.services.price_protection import claim_price_protection
from console.services.refund import refund_progress
from console.services.work_order import work_orders_of
from console.storage.after_sale import find_request, steps_of
from console.storage.audit import audit_entries
from console.storage.event import events_after
from console.storage.policy import install_policies
from console.storage.promise import promises_of_case
from tests.given import LIN, WANG
from tests.services.desk_parts import NOON, HandClock, actions_taken, paid_back, running_desk

ORDER = "620026082034"  # of 88009: 300.00 + 100.00, coupon 40.00, freight 10.00
MINE = "co_88009"
WISH = ReturnRequest(
    order_no=ORDER,
    line_id=f"{ORDER}-1",
    quantity=1,
    reason=ReturnReason.NO_LONGER_WANTED,
    condition=Condition.UNOPENED,
    way=ReturnWay.SELF_SHIP,
)
_S = AfterSaleState


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with running_desk(sqlite_url) as desk:
        yield desk


async def _filed(desk: Desk) -> AfterSaleRequest:
    return await submit_return(desk, MINE, WISH, key="file")


async def _now(desk: Desk, rma_no: str) -> AfterSaleRequest:
    found = await desk.database.read(lambda tx: find_request(tx, rma_no))
    assert found is not None
    return found


async def _told(desk: Desk) -> list[str]:
    events = await desk.database.read(lambda tx: events_after(tx, MINE, 0))
    return [e.body["text"] for e in events if e.type is EventType.MESSAGE_POSTED]


async def test_goods_that_arrive_and_pass_are_refunded_once(desk: Desk) -> None:
    filed = await _filed(desk)

    await take_step(desk, filed.rma_no, Step.ARRIVED, key="s:1")
    done = await take_step(desk, filed.rma_no, Step.PASSED, key="s:2")
    again = await take_step(desk, filed.rma_no, Step.PASSED, key="s:2")

    assert done.state is again.state is _S.DONE
    assert await paid_back(desk, ORDER) == 270_00
    steps = await desk.database.read(lambda tx: steps_of(tx, filed.rma_no))
    assert [state for state, _ in steps][3:] == [
        _S.IN_RETURN, _S.RECEIVED, _S.INSPECTED, _S.REFUNDING, _S.DONE,
    ]  # fmt: skip
    assert len(await _told(desk)) == 2


async def test_the_shop_counts_the_unit_and_the_rest_is_refunded_by_what_is_left(
    desk: Desk,
) -> None:
    filed = await _filed(desk)
    await take_step(desk, filed.rma_no, Step.ARRIVED, key="s:1")
    await take_step(desk, filed.rma_no, Step.PASSED, key="s:2")

    order = await desk.shop.find_order("88009", ORDER)
    assert order is not None
    line = order.line(WISH.line_id)
    assert line is not None
    assert line.returned_quantity == 1
    kettle = ReturnRequest(
        order_no=ORDER, line_id=f"{ORDER}-2", quantity=1, reason=WISH.reason,
        condition=WISH.condition, way=WISH.way,
    )  # fmt: skip
    preview = await preview_return(desk, MINE, kettle)
    assert preview.refund.total_fen == 100_00  # 90.00 net and the freight: nothing is kept


async def test_a_refund_that_was_paid_is_shown_once(desk: Desk) -> None:
    filed = await _filed(desk)
    await take_step(desk, filed.rma_no, Step.ARRIVED, key="s:1")
    await take_step(desk, filed.rma_no, Step.PASSED, key="s:2")

    shown = await refund_progress(desk, MINE)

    assert [one.amount_fen for one in shown] == [270_00]


async def test_money_waits_for_a_silent_shop_and_is_paid_once(desk: Desk) -> None:
    filed = await _filed(desk)
    shop = cast("Any", desk.shop)
    await take_step(desk, filed.rma_no, Step.ARRIVED, key="s:1")
    shop.answer_lost.add("refund")

    waiting = await take_step(desk, filed.rma_no, Step.PASSED, key="s:2")
    shop.answer_lost.clear()
    await finish_pending_requests(desk)

    assert waiting.state is _S.REFUNDING
    assert (await _now(desk, filed.rma_no)).state is _S.DONE
    assert await paid_back(desk, ORDER) == 270_00


async def test_after_a_failed_inspection_a_part_is_paid_or_the_goods_go_back(desk: Desk) -> None:
    filed = await _filed(desk)
    await take_step(desk, filed.rma_no, Step.ARRIVED, key="s:1")
    failed = await take_step(desk, filed.rma_no, Step.FAILED, key="s:2", note="外壳有划痕")

    with pytest.raises(BadRequest):
        await take_step(desk, filed.rma_no, Step.PAY_PART, key="s:3", refund_fen=270_01)
    assert await paid_back(desk, ORDER) == 0
    paid = await take_step(desk, filed.rma_no, Step.PAY_PART, key="s:4", refund_fen=200_00)

    assert failed.state is _S.INSPECTION_FAILED
    assert (paid.state, paid.refund.total_fen) == (_S.DONE, 200_00)
    assert paid.refund.lines[-1].amount_fen == -70_00
    assert await paid_back(desk, ORDER) == 200_00
    assert "外壳有划痕" in (await _told(desk))[1]


async def test_a_step_that_does_not_fit_changes_nothing(desk: Desk) -> None:
    filed = await _filed(desk)

    for step in (Step.PASSED, Step.PAY_PART, Step.APPROVE, Step.FINISH):
        with pytest.raises(Conflict):
            await take_step(desk, filed.rma_no, step, key=f"s:{step}", refund_fen=1)
    with pytest.raises(NotFound):
        await take_step(desk, "RMA1000000000", Step.ARRIVED, key="s:9")

    assert await _now(desk, filed.rma_no) == filed
    assert await _told(desk) == []


async def test_a_key_that_did_something_else_is_refused(desk: Desk) -> None:
    filed = await _filed(desk)
    await take_step(desk, filed.rma_no, Step.PICKED_UP, key="s:1")

    with pytest.raises(SameIdOtherContent):
        await take_step(desk, filed.rma_no, Step.ARRIVED, key="s:1")


async def test_by_hand_a_person_approves_what_was_in_review(desk: Desk) -> None:
    grave = ReturnRequest(
        order_no=ORDER, line_id=f"{ORDER}-1", quantity=1, reason=ReturnReason.SUSPECTED_FAKE,
        condition=Condition.OPENED, way=ReturnWay.SELF_SHIP, photos=("up_1",),
    )  # fmt: skip
    filed = await submit_return(desk, MINE, grave, key="file")

    approved = await take_step(desk, filed.rma_no, Step.APPROVE, key="s:1")

    assert filed.state is _S.SUBMITTED
    assert approved.state is _S.AWAITING_RETURN
    assert await _told(desk) == [
        f"“{filed.title}”的售后单 {filed.rma_no}审核通过了。请在 7 天内寄回。"
    ]


@pytest.mark.parametrize(
    ("step", "order", "promise"),
    [(Step.PICKED_UP, "open", "open"), (Step.ARRIVED, "done", "kept")],
)
async def test_news_answers_whoever_hurried_and_keeps_the_promise(
    desk: Desk, step: Step, order: str, promise: str
) -> None:
    """That the courier has it is no answer yet."""
    filed = await _filed(desk)
    await urge_after_sale(desk, MINE, filed.rma_no, key="urge-1")

    await take_step(desk, filed.rma_no, step, key="s:1")

    assert [one.state for one in await work_orders_of(desk, MINE)] == [order]
    promises = await desk.database.read(lambda tx: promises_of_case(tx, "ca_88009"))
    assert [one.state for one in promises] == [promise]


async def test_a_request_that_is_withdrawn_is_owed_no_answer(desk: Desk) -> None:
    filed = await _filed(desk)
    await urge_after_sale(desk, MINE, filed.rma_no, key="urge-1")

    await withdraw(desk, MINE, filed.rma_no, key="w:1")

    assert [one.state for one in await work_orders_of(desk, MINE)] == ["cancelled"]
    promises = await desk.database.read(lambda tx: promises_of_case(tx, "ca_88009"))
    assert [one.state for one in promises] == ["void"]


async def test_what_a_merchant_sets_is_what_the_customer_is_told(desk: Desk) -> None:
    key = "after_sale.inspection_hours"
    row = PolicyRow(id="ours", key=key, value=96, valid_from=NOON - timedelta(days=1))
    await desk.database.write(lambda tx: install_policies(tx, [row]))
    filed = await _filed(desk)

    await take_step(desk, filed.rma_no, Step.PICKED_UP, key="s:1")
    [shown] = await after_sale_progress(desk, MINE)
    await take_step(desk, filed.rma_no, Step.ARRIVED, key="s:2")

    moving = happening_text(shown.request.state, shown.due_at, shown.spans, "en")
    assert (await _told(desk))[-1].endswith("仓库已经收到，4 天内验货。")
    assert moving == "The goods are on their way back; they are inspected within 4 days of arrival."


# --- by the hand of an agent ----------------------------------------------------------------


CHEN = Actor(ActorKind.AGENT, LIN.id, "陈组长")
OTHER = Actor(ActorKind.AGENT, WANG.id, "王组长")


async def _failed(desk: Desk) -> AfterSaleRequest:
    filed = await _filed(desk)
    await take_step(desk, filed.rma_no, Step.ARRIVED, key="s:1")
    return await take_step(desk, filed.rma_no, Step.FAILED, key="s:2", note="划痕")


def _limited(desk: Desk, approve_fen: int) -> Desk:
    limits = desk.settings.limits.model_copy(update={"approve_fen": approve_fen})
    return replace(desk, settings=replace(desk.settings, limits=limits))  # type: ignore[type-var]


async def test_each_step_of_an_agent_leaves_one_line_and_one_entry(desk: Desk) -> None:
    filed = await _filed(desk)
    for _ in range(2):
        await take_step(
            desk, filed.rma_no, Step.ARRIVED, key="s:1", actor=CHEN, conversation_id=MINE
        )
    await take_step(desk, filed.rma_no, Step.PASSED, key="s:2", actor=CHEN, conversation_id=MINE)

    lines = [one for one in await actions_taken(desk, MINE) if one["action"] == "after_sale_step"]
    events = await desk.database.read(lambda tx: events_after(tx, MINE, 0))
    entries = await desk.database.read(lambda tx: audit_entries(tx, "cu_88009"))
    assert [(one["step"], one["rma_no"], one["paid_fen"]) for one in lines] == [
        ("arrived", filed.rma_no, None), ("passed", filed.rma_no, 270_00),
    ]  # fmt: skip
    by_hand = [one for one in events if one.body.get("action") == "after_sale_step"]
    assert {(one.actor, one.public) for one in by_hand} == {(CHEN, False)}
    assert [(one.actor_id, one.detail["step"], one.detail["paid_fen"]) for one in entries] == [
        (LIN.id, "arrived", None), (LIN.id, "passed", 270_00),
    ]  # fmt: skip
    assert all("note" not in one.detail for one in entries)


async def test_a_refused_step_leaves_neither(desk: Desk) -> None:
    filed = await _filed(desk)

    with pytest.raises(Conflict):
        await take_step(
            desk, filed.rma_no, Step.PASSED, key="s:1", actor=CHEN, conversation_id=MINE
        )

    assert [one["action"] for one in await actions_taken(desk, MINE)] == ["return"]
    assert await desk.database.read(lambda tx: audit_entries(tx, "cu_88009")) == []


async def test_a_key_of_an_agent_with_another_amount_is_refused(desk: Desk) -> None:
    failed = await _failed(desk)
    first = {"key": "s:3", "actor": CHEN, "conversation_id": MINE}
    limited = _limited(desk, 100_00)
    await take_step(limited, failed.rma_no, Step.PAY_PART, refund_fen=200_00, **first)

    with pytest.raises(SameIdOtherContent):
        await take_step(limited, failed.rma_no, Step.PAY_PART, refund_fen=200_01, **first)
    assert await paid_back(desk, ORDER) == 0


@pytest.mark.parametrize(("part_fen", "is_paid"), [(220_00, True), (220_01, False)])
async def test_by_hand_nothing_is_paid_above_what_the_order_has_left(
    desk: Desk, part_fen: int, is_paid: bool
) -> None:
    """370.00 were paid and 150.00 have gone back since, past the desk."""
    failed = await _failed(desk)
    await desk.shop.refund("88009", ORDER, 150_00, RefundKind.RETURN, key="elsewhere")

    wish = take_step(
        desk, failed.rma_no, Step.PAY_PART, key="s:3", actor=CHEN, refund_fen=part_fen,
        conversation_id=MINE,
    )  # fmt: skip
    if is_paid:
        assert (await wish).state is _S.DONE
        assert await paid_back(desk, ORDER) == 370_00
        return
    with pytest.raises(RefundTooHigh) as refused:
        await wish
    assert refused.value.details == {"limit_fen": 220_00}
    assert await paid_back(desk, ORDER) == 150_00
    assert await _now(desk, failed.rma_no) == failed
    assert [one["action"] for one in await actions_taken(desk, MINE)] == ["return"]


async def test_what_a_price_claim_has_paid_is_not_paid_again(desk: Desk) -> None:
    """The refund takes the claim off, so that together they are just what was paid."""
    claimed = await claim_price_protection(desk, "co_88002", key="claim-1")
    fryer = ReturnRequest(
        order_no="620026074721", line_id="620026074721-1", quantity=1, reason=WISH.reason,
        condition=WISH.condition, way=WISH.way,
    )  # fmt: skip
    filed = await submit_return(desk, "co_88002", fryer, key="file-2")
    await take_step(desk, filed.rma_no, Step.ARRIVED, key="s:1")

    order = await order_behind(desk, "88002", fryer.order_no)
    left = await desk.database.read(lambda tx: left_fen(tx, order, fryer.line_id, filed))
    passed = await take_step(desk, filed.rma_no, Step.PASSED, key="s:2")

    assert claimed.total_fen > 0
    assert left == filed.refund.total_fen
    assert passed.state is _S.DONE
    order = await order_behind(desk, "88002", fryer.order_no)
    assert await desk.database.read(lambda tx: left_fen(tx, order, fryer.line_id)) == 0


async def test_a_line_that_was_paid_back_has_nothing_left_although_the_order_has(
    desk: Desk,
) -> None:
    filed = await _filed(desk)
    await take_step(desk, filed.rma_no, Step.ARRIVED, key="s:1")
    await take_step(desk, filed.rma_no, Step.PASSED, key="s:2")

    order = await order_behind(desk, "88009", ORDER)
    lefts = [
        await desk.database.read(lambda tx, line=line: left_fen(tx, order, line.line_id))
        for line in order.lines
    ]

    assert lefts == [0, 90_00]


@pytest.mark.parametrize(("limit_fen", "people"), [(200_00, 1), (199_99, 2)])
async def test_above_the_limit_of_one_person_a_second_says_yes(
    desk: Desk, limit_fen: int, people: int
) -> None:
    failed = await _failed(desk)
    desk = _limited(desk, limit_fen)
    told_before = await _told(desk)

    async def says_yes(actor: Actor, key: str) -> AfterSaleRequest:
        return await take_step(
            desk, failed.rma_no, Step.PAY_PART, key=key, actor=actor, refund_fen=200_00,
            conversation_id=MINE,
        )  # fmt: skip

    first = await says_yes(CHEN, "s:3")

    if people == 1:
        assert first.state is _S.DONE
        return
    assert await says_yes(CHEN, "s:3") == first == failed
    [waiting] = (await conversation_detail(desk, MINE)).open_steps.after_sale
    assert waiting.first_yes is not None
    assert (waiting.first_yes.actor.name, waiting.first_yes.amount_fen) == ("陈组长", 200_00)
    with pytest.raises(Conflict):
        await says_yes(CHEN, "s:4")
    assert (await _told(desk), await paid_back(desk, ORDER)) == (told_before, 0)
    assert (await says_yes(OTHER, "s:5")).state is _S.DONE
    assert await paid_back(desk, ORDER) == 200_00
    lines = [one for one in await actions_taken(desk, MINE) if one["action"] == "after_sale_step"]
    assert [one["second_needed"] for one in lines] == [True, False]


async def test_a_yes_to_one_amount_is_none_to_another(desk: Desk) -> None:
    failed = await _failed(desk)
    desk = _limited(desk, 100_00)
    for actor, refund_fen in ((CHEN, 200_00), (OTHER, 210_00)):
        await take_step(
            desk, failed.rma_no, Step.PAY_PART, key=f"s:{refund_fen}", actor=actor,
            refund_fen=refund_fen, conversation_id=MINE,
        )  # fmt: skip

    assert await paid_back(desk, ORDER) == 0
    assert await _now(desk, failed.rma_no) == failed


# --- clocks ---------------------------------------------------------------------------------


def _clock(desk: Desk) -> HandClock:
    assert isinstance(desk.clock, HandClock)
    return desk.clock


async def test_who_sends_nothing_back_is_reminded_once_and_then_it_lapses(desk: Desk) -> None:
    filed = await _filed(desk)
    clock = _clock(desk)

    clock.turn(days=5, seconds=-1)
    assert await tend_after_sales(desk) == 0
    clock.turn(seconds=1)
    assert await tend_after_sales(desk) == 1
    assert await tend_after_sales(desk) == 0
    assert len(await _told(desk)) == 1
    clock.turn(days=2, seconds=-1)
    assert await tend_after_sales(desk) == 0
    clock.turn(seconds=1)
    assert await tend_after_sales(desk) == 1

    assert (await _now(desk, filed.rma_no)).state is _S.EXPIRED
    reminded, lapsed = await _told(desk)
    assert reminded.endswith("还在等您寄回，请在 11月9日 12:00 前寄出，超时会自动关闭。")
    assert "超过期限没有寄回" in lapsed


async def test_a_lapsed_return_may_be_filed_again_while_the_days_run(desk: Desk) -> None:
    filed = await _filed(desk)
    _clock(desk).turn(days=7)
    await tend_after_sales(desk)

    preview = await preview_return(desk, MINE, WISH)

    assert (await _now(desk, filed.rma_no)).state is _S.EXPIRED
    assert preview.decision.reason != "return_running"


async def test_a_late_inspection_alarms_colleagues_once_and_lapses_nothing(desk: Desk) -> None:
    alarms: list[str] = []
    hub = Hub(signal_listeners=[lambda signal: alarms.append(signal.name)])
    object.__setattr__(desk, "hub", hub)
    filed = await _filed(desk)
    await take_step(desk, filed.rma_no, Step.ARRIVED, key="s:1")
    _clock(desk).turn(hours=48)

    assert await tend_after_sales(desk) == 1
    assert await tend_after_sales(desk) == 0

    assert (await _now(desk, filed.rma_no)).state is _S.RECEIVED
    assert alarms == ["alarm"]
