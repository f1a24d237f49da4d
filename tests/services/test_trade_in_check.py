"""The check of a trade-in: once per key, told in words, asked about when it is worth less."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from console.desk.errors import BadRequest, Conflict, NotFound, SameIdOtherContent
from console.desk.event import EventType
from console.desk.product import Category
from console.desk.time_window import TimeWindow
from console.desk.trade_in import Age, CheckStep, Looks, Mode, OldItem, TradeInState
from console.services.conversation import conversation_detail
from console.services.message import agent_actor
from console.services.parts import Desk
from console.services.trade_in import (
    TradeInWish,
    answer_revaluation,
    file_trade_in,
    trade_ins_of,
)
from console.services.trade_in_check import MOST_FEN, CheckWish, take_check_step
from console.services.work_order import work_orders_of
from console.storage.agent import insert_agent
from console.storage.audit import audit_entries
from console.storage.event import events_after
from console.storage.trade_in import TradeIn
from tests.given import LIN, WANG
from tests.services.desk_parts import NOON, actions_taken, running_desk

MINE, ACTOR, OTHER = "co_88009", agent_actor(LIN), agent_actor(WANG)
PHONE = OldItem(
    category=Category.PHONES, model="星河 9", age=Age.UNDER_3, works=True, looks=Looks.GOOD
)  # 480.00 by the questionnaire, 408.00 to 552.00
CHECK, PAID = CheckStep.CHECK, CheckStep.PAID


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with running_desk(sqlite_url) as desk:
        await desk.database.write(lambda tx: insert_agent(tx, LIN, "-", NOON))
        yield desk


async def filed(desk: Desk, key: str = "t1") -> TradeIn:
    pickup = TimeWindow(NOON + timedelta(hours=21), NOON + timedelta(hours=24))
    wish = TradeInWish(items=(PHONE,), mode=Mode.AFTER, pickup=pickup, pickup_label="明天上午")
    return await file_trade_in(desk, MINE, wish, key=key)


def wish(one: TradeIn, final_fen: int | None, note: str = "", step: CheckStep = CHECK) -> CheckWish:
    return CheckWish(trade_in_no=one.trade_in_no, step=step, final_fen=final_fen, note=note)


async def told(desk: Desk) -> list[str]:
    events = await desk.database.read(lambda tx: events_after(tx, MINE, 0))
    return [e.body["text"] for e in events if e.type is EventType.MESSAGE_POSTED]


async def test_a_value_within_the_range_is_told_paid_and_answers_the_work_order(desk: Desk) -> None:
    one = await filed(desk)

    checked = await take_check_step(desk, MINE, wish(one, 408_00), key="k1", actor=ACTOR)
    again = await take_check_step(desk, MINE, wish(one, 408_00), key="k1", actor=ACTOR)
    [order] = await work_orders_of(desk, MINE)
    paid = await take_check_step(desk, MINE, wish(one, None, step=PAID), key="k2", actor=ACTOR)

    number = one.trade_in_no
    assert checked == again
    assert (checked.state, checked.final_fen) == (TradeInState.CHECKED, 408_00)
    assert paid.state is TradeInState.PAID
    assert await told(desk) == [
        f"{number} 的旧机检测好了，值 408.00 元，马上打款。",
        f"{number} 的旧机款 408.00 元已经打给您。",
    ]
    assert (order.state, order.details["result"]) == ("done", (await told(desk))[0])
    assert (await conversation_detail(desk, MINE)).promises[0].state == "kept"
    assert (await conversation_detail(desk, MINE)).open_steps.trade_ins == []


async def test_a_value_below_the_range_needs_a_reason_and_asks_the_customer(desk: Desk) -> None:
    one = await filed(desk)

    with pytest.raises(BadRequest):
        await take_check_step(desk, MINE, wish(one, 407_99), key="k1", actor=ACTOR)
    assert await trade_ins_of(desk, MINE) == [one]
    lower = await take_check_step(
        desk, MINE, wish(one, 407_99, "屏幕有划痕"), key="k2", actor=ACTOR
    )

    assert lower.state is TradeInState.REVALUED
    assert lower.answer_until == NOON + timedelta(hours=48)
    assert await told(desk) == [
        f"{one.trade_in_no} 的旧机检测好了（屏幕有划痕），值 407.99 元，比预估低。"
        "请在 11月4日 12:00 前告诉我：接受、申请复检，或者退回旧机（免费寄还）。"
    ]
    assert (await conversation_detail(desk, MINE)).open_steps.trade_ins == []


async def test_a_second_check_is_open_again_and_told_again(desk: Desk) -> None:
    one = await filed(desk)
    await take_check_step(desk, MINE, wish(one, 300_00, "划痕"), key="k1", actor=ACTOR)
    await answer_revaluation(desk, MINE, one.trade_in_no, TradeInState.RECHECKING)

    [open_again] = (await conversation_detail(desk, MINE)).open_steps.trade_ins
    checked = await take_check_step(desk, MINE, wish(one, 420_00), key="k2", actor=ACTOR)

    assert open_again.trade_in.state is TradeInState.RECHECKING
    assert checked.state is TradeInState.CHECKED
    assert len(await told(desk)) == 2
    assert {order.state for order in await work_orders_of(desk, MINE)} == {"done"}


async def test_every_wish_for_another_check_is_owed_even_at_the_same_value(desk: Desk) -> None:
    one = await filed(desk)
    recheck = (desk, MINE, one.trade_in_no, TradeInState.RECHECKING)

    for key in ("k1", "k2"):
        await take_check_step(desk, MINE, wish(one, 300_00, "划痕"), key=key, actor=ACTOR)
        desk.clock.turn(minutes=5)  # type: ignore[attr-defined]
        for _ in range(2):
            await answer_revaluation(*recheck)

    states = [order.state for order in await work_orders_of(desk, MINE)]
    assert states == ["open", "done", "done"]


async def test_the_work_order_waits_for_the_last_of_two_checks(desk: Desk) -> None:
    first, second = await filed(desk, "t1"), await filed(desk, "t2")

    await take_check_step(desk, MINE, wish(first, 500_00), key="k1", actor=ACTOR)
    [standing] = await work_orders_of(desk, MINE)
    await take_check_step(desk, MINE, wish(second, 500_00), key="k2", actor=ACTOR)
    [over] = await work_orders_of(desk, MINE)

    assert (standing.state, over.state) == ("open", "done")


async def test_a_check_that_nobody_waits_for_any_more_is_called_off(desk: Desk) -> None:
    one = await filed(desk)
    await take_check_step(desk, MINE, wish(one, 300_00, "划痕"), key="k1", actor=ACTOR)
    await answer_revaluation(desk, MINE, one.trade_in_no, TradeInState.RECHECKING)

    await answer_revaluation(desk, MINE, one.trade_in_no, TradeInState.WITHDRAWN)

    assert {order.state for order in await work_orders_of(desk, MINE)} == {"done", "cancelled"}
    promises = (await conversation_detail(desk, MINE)).promises
    assert sorted(promise.state for promise in promises) == ["kept", "void"]


async def test_of_two_checks_at_once_one_counts(desk: Desk) -> None:
    one = await filed(desk)

    answers = await asyncio.gather(
        take_check_step(desk, MINE, wish(one, 500_00), key="k1", actor=ACTOR),
        take_check_step(desk, MINE, wish(one, 450_00), key="k2", actor=ACTOR),
        return_exceptions=True,
    )

    assert [type(one) for one in answers] == [TradeIn, Conflict]
    assert [one.final_fen for one in await trade_ins_of(desk, MINE)] == [500_00]
    assert len(await told(desk)) == 1


async def test_what_does_not_fit_changes_nothing(desk: Desk) -> None:
    one = await filed(desk)
    for bad in (-1, MOST_FEN + 1, None):
        with pytest.raises(BadRequest):
            await take_check_step(desk, MINE, wish(one, bad), key="k1", actor=ACTOR)
    with pytest.raises(BadRequest):
        await take_check_step(desk, MINE, wish(one, 1, step=PAID), key="k1", actor=ACTOR)
    with pytest.raises(Conflict):
        await take_check_step(desk, MINE, wish(one, None, step=PAID), key="k1", actor=ACTOR)
    for stranger in ("co_88001", "co_visitor"):
        with pytest.raises(NotFound):
            await take_check_step(desk, stranger, wish(one, 500_00), key="k1", actor=ACTOR)

    assert await trade_ins_of(desk, MINE) == [one]
    assert await told(desk) == []


@pytest.mark.parametrize(("value", "people"), [(5_000_00, 1), (5_000_01, 2)])
async def test_a_value_above_the_limit_of_one_person_waits_for_a_second(
    desk: Desk, value: int, people: int
) -> None:
    one = await filed(desk)

    first = await take_check_step(desk, MINE, wish(one, value), key="k1", actor=ACTOR)

    if people == 1:
        assert first.state is TradeInState.CHECKED
        return
    again = await take_check_step(desk, MINE, wish(one, value), key="k1", actor=ACTOR)
    [waiting] = (await conversation_detail(desk, MINE)).open_steps.trade_ins
    assert waiting.first_yes is not None
    with pytest.raises(Conflict):
        await take_check_step(desk, MINE, wish(one, value), key="k2", actor=ACTOR)
    told_before = await told(desk)
    second = await take_check_step(desk, MINE, wish(one, value), key="k3", actor=OTHER)
    assert first == again == one
    assert (waiting.first_yes.actor.name, waiting.first_yes.amount_fen) == (LIN.name, value)
    assert (second.state, second.final_fen, told_before) == (TradeInState.CHECKED, value, [])


async def test_a_second_person_who_says_another_value_is_a_first_one_again(desk: Desk) -> None:
    one = await filed(desk)
    await take_check_step(desk, MINE, wish(one, 6_000_00), key="k1", actor=ACTOR)

    other = await take_check_step(desk, MINE, wish(one, 6_500_00), key="k2", actor=OTHER)

    assert other == one
    assert await told(desk) == []


async def test_colleagues_read_who_said_what_it_is_worth(desk: Desk) -> None:
    one = await filed(desk)
    await take_check_step(desk, MINE, wish(one, 408_00), key="k1", actor=ACTOR)
    await take_check_step(desk, MINE, wish(one, None, step=PAID), key="k2", actor=ACTOR)

    lines = [line for line in await actions_taken(desk, MINE) if line["action"] != "trade_in"]
    entries = await desk.database.read(lambda tx: audit_entries(tx, "cu_88009"))
    assert [(line["step"], line["paid_fen"]) for line in lines if "step" in line] == [
        ("check", 408_00), ("paid", 408_00),
    ]  # fmt: skip
    assert [(row.actor_id, row.action, row.detail["step"]) for row in entries] == [
        (LIN.id, "trade_in_check", "check"), (LIN.id, "trade_in_check", "paid"),
    ]  # fmt: skip


async def test_a_key_with_another_value_is_refused(desk: Desk) -> None:
    one = await filed(desk)
    await take_check_step(desk, MINE, wish(one, 500_00), key="k1", actor=ACTOR)

    with pytest.raises(SameIdOtherContent):
        await take_check_step(desk, MINE, wish(one, 450_00), key="k1", actor=ACTOR)
    assert [one.final_fen for one in await trade_ins_of(desk, MINE)] == [500_00]
