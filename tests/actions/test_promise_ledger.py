"""The ledger decides whether a promise was broken."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import pytest

from console.services.promise import make_promise
from tests.actions.conftest import Clock, Conversation, SpokenTo
from tests.given import NOW

DUE = timedelta(hours=2)


async def _promised(speak: SpokenTo) -> Conversation:
    customer = await speak("88001")
    await make_promise(
        customer.desk, None, customer.id, text="给您查询结果", due_at=NOW + DUE, key="k"
    )
    return customer


def _at(customer: Conversation, after: timedelta) -> None:
    cast("Clock", customer.desk.clock).moment = NOW + after


async def _reasons(customer: Conversation) -> list[str]:
    return [e.body["reason"] for e in await customer.stored() if e.type == "handoff_requested"]


async def test_before_it_is_due_the_customer_hears_until_when(speak: SpokenTo) -> None:
    customer = await _promised(speak)
    _at(customer, DUE - timedelta(seconds=1))

    answer = await customer.run(
        "action_request_handoff", "说好给我答复的呢", intent="report_broken_promise"
    )

    assert answer.said == ["utter_promise_in_time"]
    assert await _reasons(customer) == []


@pytest.mark.parametrize("late", [timedelta(), timedelta(seconds=1)])
async def test_from_the_due_time_on_it_is_broken(speak: SpokenTo, late: timedelta) -> None:
    customer = await _promised(speak)
    _at(customer, DUE + late)

    answer = await customer.run(
        "action_request_handoff", "说好给我答复的呢", intent="report_broken_promise"
    )

    assert answer.said == ["utter_promise_apology"]
    assert await _reasons(customer) == ["broken_promise"]


async def test_a_promise_that_nobody_finds_is_believed(speak: SpokenTo) -> None:
    customer = await speak("88001")

    await customer.run("action_request_handoff", "答应我的没做到", intent="report_broken_promise")

    assert await _reasons(customer) == ["broken_promise"]


async def test_asking_how_it_stands_when_it_is_overdue_brings_the_owner(speak: SpokenTo) -> None:
    customer = await _promised(speak)
    _at(customer, DUE)

    answer = await customer.run(
        "action_show_work_orders", "我的事怎么样了", intent="query_ticket_progress"
    )

    assert answer.said[-1] == "utter_promise_apology"
    assert await _reasons(customer) == ["broken_promise"]


async def test_asking_how_it_stands_in_time_calls_nobody(speak: SpokenTo) -> None:
    customer = await _promised(speak)

    await customer.run("action_show_work_orders", "我的事怎么样了", intent="query_ticket_progress")

    assert await _reasons(customer) == []
