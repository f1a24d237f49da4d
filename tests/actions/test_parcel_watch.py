"""Parcels that stand still: the carrier is asked without the customer, who hears of it once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from console.desk.event import EventType
from console.services.message import post_customer_message
from console.services.parcel_watch import LATELY, check_stalled_parcels
from console.services.work_order import work_orders_of
from console.storage.conversation import customer_of
from console.storage.policy import policy_decisions
from console.storage.promise import promises_of_case
from tests.actions.conftest import Conversation, SpokenTo
from tests.actions.stored import rows
from tests.given import NOW

FAR, NEAR, GONE = "620026085103", "620026085548", "620026085926"  # of customer 88021


async def _who_wrote(speak: SpokenTo, who: str = "88021", lang: str = "zh") -> Conversation:
    customer = await speak(who, lang)
    body = {"kind": "text", "text": "在吗"}
    writer = await customer.desk.database.read(lambda tx: customer_of(tx, customer.id))
    await post_customer_message(customer.desk, writer, customer.id, "first-000001", body)
    return customer


async def _opened(customer: Conversation) -> set[tuple[str, str | None]]:
    return {(one.kind, one.order_no) for one in await work_orders_of(customer.desk, customer.id)}


async def _told(customer: Conversation) -> list[Any]:
    stored = await customer.stored()
    return [e for e in stored if e.type is EventType.MESSAGE_POSTED and e.actor.kind == "bot"]


def _turn(customer: Conversation, **delta: float) -> None:
    customer.desk.clock.moment = NOW + timedelta(**delta)  # type: ignore[attr-defined]


async def test_every_parcel_that_stands_still_is_asked_about_by_itself(speak: SpokenTo) -> None:
    customer = await _who_wrote(speak)

    count = await check_stalled_parcels(customer.desk)

    assert count == 3
    assert await _opened(customer) == {
        ("carrier_check", FAR), ("carrier_check", NEAR), ("lost_parcel", GONE)
    }  # fmt: skip
    outcomes = {row.order_no: row.outcome for row in await rows(customer, policy_decisions)}
    assert outcomes == {FAR: "stalled", NEAR: "stalled", GONE: "lost"}


async def test_the_customer_is_told_once_with_number_and_time(speak: SpokenTo) -> None:
    customer = await _who_wrote(speak)
    await check_stalled_parcels(customer.desk)
    again = await check_stalled_parcels(customer.desk)

    (far,) = [e for e in await _told(customer) if e.body["card"]["order_no"] == FAR]
    number = next(
        one.work_order_no
        for one in await work_orders_of(customer.desk, customer.id)
        if one.order_no == FAR
    )
    assert again == 0
    assert len(await _told(customer)) == 3
    assert f"工单 {number}" in far.body["text"]
    assert "最晚 11月3日 12:00 给您结果" in far.body["text"]


async def test_what_is_owed_stands_in_the_ledger_for_a_day_and_in_one_message(
    speak: SpokenTo,
) -> None:
    customer = await _who_wrote(speak, lang="en")

    await check_stalled_parcels(customer.desk)

    case_id = (await work_orders_of(customer.desk, customer.id))[0].case_id
    owed = await customer.desk.database.read(lambda tx: promises_of_case(tx, case_id))
    lines = [e.public for e in await customer.stored() if e.type is EventType.PROMISE_MADE]
    assert [one.due_at for one in owed] == [NOW + timedelta(hours=24)] * 3
    assert lines == [False] * 3
    assert "has not moved since" in (await _told(customer))[0].body["text"]


async def test_a_second_before_it_counts_as_stalled_nothing_is_asked(speak: SpokenTo) -> None:
    customer = await _who_wrote(speak)
    _turn(customer, hours=-2, seconds=-1)  # 50 hours without a scan are 48 less a second

    await check_stalled_parcels(customer.desk)
    before = await _opened(customer)
    _turn(customer, hours=-2)
    await check_stalled_parcels(customer.desk)

    assert ("carrier_check", FAR) not in before
    assert ("carrier_check", FAR) in await _opened(customer)


async def test_what_the_customer_asked_about_is_not_asked_twice(speak: SpokenTo) -> None:
    customer = await _who_wrote(speak)
    customer.slots["order_no"] = FAR
    await customer.run("action_check_stalled", "物流不动", intent="logistics_stalled")

    count = await check_stalled_parcels(customer.desk)

    assert count == 2
    assert FAR not in {e.body["card"]["order_no"] for e in await _told(customer)}


async def test_asked_about_it_later_the_customer_hears_of_the_same_work_order(
    speak: SpokenTo,
) -> None:
    customer = await _who_wrote(speak)
    await check_stalled_parcels(customer.desk)
    customer.slots["order_no"] = FAR

    answer = await customer.run("action_check_stalled", "物流不动", intent="logistics_stalled")

    mine = [one for one in await work_orders_of(customer.desk, customer.id) if one.order_no == FAR]
    assert [one.work_order_no for one in mine] == [answer.responses[0]["work_order_no"]]


async def test_who_has_said_no_to_messages_is_not_written_to_but_helped(speak: SpokenTo) -> None:
    customer = await _who_wrote(speak)
    await customer.run("action_refuse_marketing", "别发消息了", intent="opt_out_marketing")

    count = await check_stalled_parcels(customer.desk)

    assert count == 3
    assert await _told(customer) == []


async def test_who_has_not_written_lately_or_has_nothing_on_its_way_is_left_alone(
    speak: SpokenTo,
) -> None:
    customer = await _who_wrote(speak)
    other = await _who_wrote(speak, "88001")
    _turn(customer, seconds=LATELY.total_seconds() + 1)

    count = await check_stalled_parcels(customer.desk)

    assert count == 0
    assert await _opened(other) == await _opened(customer) == set()


async def test_only_what_stands_still_costs_a_write(
    speak: SpokenTo, monkeypatch: pytest.MonkeyPatch
) -> None:
    moving, standing = await _who_wrote(speak, "88001"), await _who_wrote(speak)
    writes: list[object] = []
    write = standing.desk.database.write

    async def counted(work: Any) -> Any:
        writes.append(work)
        return await write(work)

    monkeypatch.setattr(standing.desk.database, "write", counted)
    await check_stalled_parcels(standing.desk)

    assert await _opened(moving) == set()
    assert len(writes) == 3  # one for each order of 88021 that stands still
