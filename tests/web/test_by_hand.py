"""What waits for a person is named to who may decide it, and decided over the wire."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.desk.product import Category
from console.desk.time_window import TimeWindow
from console.desk.trade_in import Age, Looks, Mode, OldItem, TradeInState
from console.desk.work_order import WorkOrderKind, WorkOrderRequest
from console.services.price_protection import claim_price_protection
from console.services.trade_in import TradeInWish, answer_revaluation, file_trade_in
from console.services.work_order import open_work_order
from tests.given import LIN, NOW, WANG
from tests.web.place import CHEN, Browser, Console, Place

CLAIM = {"key": "audit-0001", "step": "approve"}
CHECK = {"key": "check-0001", "step": "check", "final_fen": 42_000}
END = {"key": "order-0001", "step": "done", "note": "包裹找到了"}


class Waiting:
    """Lin talks with a customer about whom three things wait for a person."""

    def __init__(self, place: Place, browser: Browser, lin: Console, lead: Console) -> None:
        self.place, self.browser, self.lin, self.lead = place, browser, lin, lead
        self.path = f"/api/conversations/{browser.conversation_id}"

    async def detail(self, reader: Console) -> Any:
        return await reader.get(self.path)

    async def lead_holds(self) -> None:
        await self.place.held_by(self.lead, self.browser)

    async def numbers(self) -> dict[str, str]:
        shown = await self.detail(self.lead)
        steps = shown["open_steps"]
        stuck = [one for one in shown["work_orders"] if one["kind"] == "carrier_check"]
        return {
            "price_claims": steps["price_claims"][0]["claim_id"],
            "trade_ins": steps["trade_ins"][0]["trade_in_no"],
            "work_orders": stuck[0]["work_order_no"],
        }

    async def ask(self, who: Console, what: str, body: dict[str, Any]) -> tuple[int, Any]:
        status, answer, _ = await self.place.request(
            "POST", f"{self.path}/{what}", headers=who.headers, json=body
        )
        return status, answer

    async def texts(self) -> list[str]:
        socket = await self.browser.socket()
        return await socket.texts()


@pytest.fixture
async def waiting(place: Place) -> Waiting:
    browser, lin = await place.customer("88002"), await place.console(LIN)
    await place.held_by(lin, browser)
    desk, conversation_id = place.desk, browser.conversation_id
    limits = desk.settings.limits.model_copy(update={"price_claim_fen": 1_00})
    strict = replace(desk, settings=desk.settings.model_copy(update={"limits": limits}))
    await claim_price_protection(strict, conversation_id, key="claim-1")
    phone = OldItem(
        category=Category.PHONES, model="星河 9", age=Age.UNDER_3, works=True, looks=Looks.GOOD
    )
    pickup = TimeWindow(NOW + timedelta(hours=21), NOW + timedelta(hours=24))
    trade = TradeInWish(items=(phone,), mode=Mode.AFTER, pickup=pickup, pickup_label="明天上午")
    await file_trade_in(desk, conversation_id, trade, key="trade-1")
    stuck = WorkOrderRequest(
        kind=WorkOrderKind.CARRIER_CHECK, text="两天没动，打 13800138000 找我",
        answer_within=timedelta(hours=24),
    )  # fmt: skip
    await open_work_order(desk, conversation_id, stuck, key="stuck-1")
    return Waiting(place, browser, lin, await place.console(CHEN))


async def test_only_who_may_approve_is_offered_the_steps(waiting: Waiting) -> None:
    agents = (await waiting.detail(waiting.lin))["open_steps"]
    leads = (await waiting.detail(waiting.lead))["open_steps"]

    assert [one["steps"] for one in leads["price_claims"]] == [["approve", "reject"]] * 2
    assert [one["steps"] for one in leads["trade_ins"]] == [["check"]]
    steps = [one["steps"] for kind in agents.values() for one in kind]
    assert steps == [[], [], []]
    assert [one["claim_fen"] for one in agents["price_claims"]] == [74_67, 54_03]


async def test_a_work_order_is_shown_masked_with_what_can_be_done(waiting: Waiting) -> None:
    shown = (await waiting.detail(waiting.lin))["work_orders"]

    [stuck] = [one for one in shown if one["kind"] == "carrier_check"]
    assert stuck["text"] == "两天没动，打 138****8000 找我"
    assert (stuck["steps"], stuck["result"]) == (["done", "cancelled"], "")


@pytest.mark.parametrize(
    ("what", "name", "body"),
    [("price_claims", "claim_id", CLAIM), ("trade_ins", "trade_in_no", CHECK)],
)
async def test_a_front_desk_agent_may_not_decide(
    waiting: Waiting, what: str, name: str, body: dict[str, Any]
) -> None:
    number = (await waiting.numbers())[what]
    before = await waiting.place.rows()

    status, answer = await waiting.ask(waiting.lin, what, {**body, name: number})

    assert (status, answer["error"]["code"]) == (403, "not_allowed")
    assert await waiting.place.rows() == before


async def test_a_lead_decides_each_once_and_the_customer_reads_it(waiting: Waiting) -> None:
    await waiting.lead_holds()
    numbers = await waiting.numbers()
    claim = {**CLAIM, "claim_id": numbers["price_claims"]}
    check = {**CHECK, "trade_in_no": numbers["trade_ins"]}

    paid = [await waiting.ask(waiting.lead, "price_claims", claim) for _ in range(2)]
    checked = [await waiting.ask(waiting.lead, "trade_ins", check) for _ in range(2)]

    assert [answer["state"] for _, answer in paid] == ["paid", "paid"]
    assert [answer["state"] for _, answer in checked] == ["checked", "checked"]
    said = await waiting.texts()
    assert len([one for one in said if "补您 74.67 元" in one]) == 1
    assert len([one for one in said if "值 420.00 元，马上打款" in one]) == 1
    left = (await waiting.detail(waiting.lead))["open_steps"]
    assert [one["claim_fen"] for one in left["price_claims"]] == [54_03]
    assert [one["steps"] for one in left["trade_ins"]] == [["paid"]]


async def test_a_repeat_after_a_recheck_hears_what_the_first_check_heard(
    waiting: Waiting,
) -> None:
    """The same step is open again by then; nobody waits for a second yes."""
    await waiting.lead_holds()
    number = (await waiting.numbers())["trade_ins"]
    low = {**CHECK, "trade_in_no": number, "final_fen": 100_00, "note": "屏幕裂了"}
    _, first = await waiting.ask(waiting.lead, "trade_ins", low)
    desk, conversation_id = waiting.place.desk, waiting.browser.conversation_id
    await answer_revaluation(desk, conversation_id, number, TradeInState.RECHECKING)

    _, again = await waiting.ask(waiting.lead, "trade_ins", low)

    assert (first["state"], first["second_needed"]) == ("revalued", False)
    assert (again["state"], again["second_needed"]) == ("rechecking", False)


async def test_a_colleague_who_does_not_hold_it_ends_a_work_order(waiting: Waiting) -> None:
    wang = await waiting.place.console(WANG)
    body = {**END, "work_order_no": (await waiting.numbers())["work_orders"]}

    answers = [await waiting.ask(wang, "work_orders", body) for _ in range(2)]

    assert [(status, answer["state"]) for status, answer in answers] == [(200, "done")] * 2
    assert [one for one in await waiting.texts() if one.endswith("处理好了：包裹找到了")]
    shown = (await waiting.detail(wang))["work_orders"]
    [over] = [one for one in shown if one["kind"] == "carrier_check"]
    assert (over["steps"], over["result"], over["state"]) == ([], "包裹找到了", "done")


async def test_of_two_agents_at_once_one_ends_it(waiting: Waiting) -> None:
    wang = await waiting.place.console(WANG)
    body = {**END, "work_order_no": (await waiting.numbers())["work_orders"]}

    answers = await asyncio.gather(
        waiting.ask(waiting.lin, "work_orders", body),
        waiting.ask(wang, "work_orders", {**body, "step": "cancelled"}),
    )

    assert sorted(status for status, _ in answers) == [200, 409]
    assert len([one for one in await waiting.texts() if "物流核查工单" in one]) == 1


BAD = [
    ("price_claims", {**CLAIM, "claim_id": "pc_none"}, 404),
    ("price_claims", {**CLAIM, "step": "burn"}, 400),
    ("price_claims", {**CLAIM, "step": "reject"}, 400),  # says no reason
    ("price_claims", {**CLAIM, "step": "reject", "note": "长" * 301}, 413),
    ("price_claims", {**CLAIM, "key": "short"}, 400),
    ("trade_ins", {**CHECK, "trade_in_no": "TI1"}, 404),
    ("trade_ins", {**CHECK, "final_fen": "42000"}, 400),
    ("trade_ins", {**CHECK, "final_fen": True}, 400),
    ("trade_ins", {**CHECK, "final_fen": -1}, 400),
    ("trade_ins", {**CHECK, "final_fen": 10**9}, 400),
    ("trade_ins", {**CHECK, "final_fen": 100}, 400),  # below the range without a reason
    ("trade_ins", {"key": "check-0001", "step": "paid"}, 409),
    ("work_orders", {**END, "work_order_no": "TK1"}, 404),
    ("work_orders", {**END, "step": "open"}, 400),
    ("work_orders", {**END, "note": " "}, 400),
    ("work_orders", {**END, "note": ["x"]}, 400),
    ("work_orders", {**END, "note": "长" * 301}, 413),
]
_NAMES = {"price_claims": "claim_id", "trade_ins": "trade_in_no", "work_orders": "work_order_no"}


async def test_what_does_not_fit_is_refused_and_nothing_changes(waiting: Waiting) -> None:
    await waiting.lead_holds()
    numbers = await waiting.numbers()
    before = await waiting.place.rows()

    answers = [
        await waiting.ask(waiting.lead, what, {_NAMES[what]: numbers[what], **body})
        for what, body, _ in BAD
    ]

    assert [status for status, _ in answers] == [status for _, _, status in BAD]
    assert await waiting.place.rows() == before


async def test_what_belongs_to_another_customer_reads_as_not_existing(waiting: Waiting) -> None:
    numbers = await waiting.numbers()
    other = await waiting.place.customer("88001")
    await waiting.place.held_by(waiting.lead, other)
    before = await waiting.place.rows()
    waiting.path = f"/api/conversations/{other.conversation_id}"

    answers = [
        await waiting.ask(waiting.lead, what, {**body, name: numbers[what]})
        for what, name, body in (
            ("price_claims", "claim_id", CLAIM),
            ("trade_ins", "trade_in_no", CHECK),
            ("work_orders", "work_order_no", END),
        )
    ]

    assert [status for status, _ in answers] == [404, 404, 404]
    assert await waiting.place.rows() == before
