"""What must have happened before an example makes sense."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from console.desk.product import Category
from console.desk.time_window import TimeWindow
from console.desk.trade_in import Age, Looks, Mode, OldItem
from console.desk.words import Words
from console.desk.work_order import WorkOrderKind, WorkOrderRequest
from console.services.after_sale import submit_return
from console.services.context import record_attempt, record_question
from console.services.conversation import conversation_detail
from console.services.price_protection import claim_price_protection
from console.services.trade_in import TradeInWish, file_trade_in
from console.services.work_order import open_work_order
from tests.docs.card_samples import WISH
from tests.docs.play import Example
from tests.docs.world import CHEN, PASSWORD, World
from tests.given import LIN, NOW

Stage = Callable[[World], Awaitable[None]]


async def nothing(world: World) -> None:
    world.values |= {"jwt": world.sign(), "password": PASSWORD}


async def opened(world: World) -> None:
    """A signed-in customer is there, and so is an agent, offline."""
    await nothing(world)
    await world.customer_opens_the_widget()
    await world.agent_signs_in(LIN)


async def answered(world: World) -> None:
    """The customer has written, and the bot has offered buttons."""
    await opened(world)
    await world.says("订单 4721 降价了")
    reply = await world.hears("customer", "message_posted", _is_from_bot)
    world.values["button_id"] = reply["body"]["buttons"][0]["id"]


def _is_from_bot(event: dict[str, dict[str, str]]) -> bool:
    return event["actor"]["kind"] == "bot"


async def uploaded(world: World) -> None:
    await answered(world)
    await uploaded_by_customer(world)


async def uploaded_by_customer(world: World) -> None:
    headers = {"Authorization": f"Bearer {world.values['visitor_token']}"}
    async with await world.uploads("/api/widget/uploads", headers) as response:
        world.values["upload_id"] = (await response.json())["upload_id"]


async def pictured(world: World) -> None:
    await uploaded(world)
    body = {"kind": "picture", "upload_id": world.values["upload_id"]}
    await world.customer("post_message", body=body)
    page = await world.customer("catch_up", after=0)
    world.values["picture_url"] = page["events"][-1]["body"]["url"]


async def queued(world: World) -> None:
    await answered(world)
    await world.customer("ask_person")


async def offered(world: World) -> None:
    await queued(world)
    await world.agent(LIN, "set_presence", status="online")
    await world.hears("lin", "handoff_offered")


async def held(world: World) -> None:
    """Lin talks with the customer."""
    await offered(world)
    await world.agent(LIN, "accept_handoff")
    offer = await world.hears("lin", "handoff_offered")
    world.values["customer_id"] = offer["summary"]["customer"]["id"]


async def promised(world: World) -> None:
    await held(world)
    due = "2026-11-03T04:00:00Z"
    made = await world.agent(LIN, "make_promise", text="退货审核结果", due_at=due)
    world.values["promise_id"] = made["promise"]["promise_id"]


async def traced(world: World) -> None:
    await held(world)
    await world.agent_signs_in(CHEN)


async def returning(world: World) -> None:
    """Lin has filed a return; a lead, who may move it on, has taken the conversation over."""
    await held(world)
    address = f"{world.url}/api/conversations/{world.values['conversation_id']}/returns"
    headers = {
        "Cookie": f"baton_session={world.values['session']}",
        "X-Baton-Csrf": world.values["csrf"],
    }
    wish = {
        "key": "return-1",
        "order_no": "620026074721",
        "line_id": "620026074721-1",
        "quantity": 1,
        "reason": "no_longer_wanted",
        "condition": "unopened",
        "way": "pickup",
    }
    async with world.http.post(address, json=wish, headers=headers) as response:
        world.values["rma_no"] = (await response.json())["card"]["rma_no"]
    await world.agent_signs_in(CHEN)
    await world.agent(CHEN, "take_over")


async def with_a_past(world: World) -> None:
    """An earlier conversation; then one with questions, attempts and a promise."""
    await held(world)
    wrap_up = {"category": "price.price_protection", "result": "following_up"}
    await world.agent(LIN, "resolve_conversation", wrap_up=wrap_up)
    await world.customer_returns()
    await world.says("还是 4721 这单")
    await world.hears("customer", "message_posted", _is_from_bot)
    conversation_id = world.values["conversation_id"]
    await record_question(world.desk, conversation_id, "reason", "bot", "为什么要退呢？")
    checked = Words("查价保", "Price checked"), Words("降价 50.00 元", "¥50.00 less")
    await record_attempt(world.desk, conversation_id, *checked)
    await world.agent(LIN, "take_over")
    due = "2026-11-03T04:00:00Z"
    await world.agent(LIN, "make_promise", text="退货审核结果", due_at=due)
    check = WorkOrderRequest(
        kind=WorkOrderKind.CARRIER_CHECK,
        text="三天没有新的扫描",
        order_no="620026074721",
        answer_within=timedelta(hours=24),
    )
    await open_work_order(world.desk, conversation_id, check, key="stalled-1")
    await submit_return(world.desk, conversation_id, WISH, key="return-1")
    await _claims_in_audit(world)
    await _trades_in(world)
    await world.agent_signs_in(CHEN)


async def _claims_in_audit(world: World) -> None:
    """With a bot that may pay next to nothing."""
    settings = world.desk.settings
    limits = settings.limits.model_copy(update={"price_claim_fen": 1_00})
    strict = replace(world.desk, settings=settings.model_copy(update={"limits": limits}))
    conversation_id = world.values["conversation_id"]
    await claim_price_protection(strict, conversation_id, key="claim-1")
    detail = await conversation_detail(world.desk, conversation_id)
    world.values["claim_id"] = detail.open_steps.price_claims[0].claim.id


async def _trades_in(world: World) -> None:
    pickup = TimeWindow(NOW + timedelta(hours=21), NOW + timedelta(hours=24))
    phone = OldItem(
        category=Category.PHONES, model="星河 9", age=Age.UNDER_3, works=True, looks=Looks.GOOD
    )
    wish = TradeInWish(
        items=(phone,), mode=Mode.AFTER, pickup=pickup, pickup_label=pickup.label("zh")
    )
    filed = await file_trade_in(world.desk, world.values["conversation_id"], wish, key="trade-1")
    world.values["trade_in_no"] = filed.trade_in_no


async def audited(world: World) -> None:
    """A lead, who may decide, has taken the conversation over."""
    await held(world)
    await _claims_in_audit(world)
    await world.agent_signs_in(CHEN)
    await world.agent(CHEN, "take_over")


async def trading_in(world: World) -> None:
    await held(world)
    await _trades_in(world)
    await world.agent_signs_in(CHEN)
    await world.agent(CHEN, "take_over")


async def asked_the_carrier(world: World) -> None:
    await held(world)
    check = WorkOrderRequest(
        kind=WorkOrderKind.CARRIER_CHECK, text="三天没有新的扫描",
        answer_within=timedelta(hours=24),
    )  # fmt: skip
    opened = await open_work_order(
        world.desk, world.values["conversation_id"], check, key="stalled-1"
    )
    world.values["work_order_no"] = opened.work_order_no


_BY_CHAPTER: dict[str, Stage] = {
    "HTTP for the widget": opened,
    "HTTP for the console": held,
    "HTTP for machines": nothing,
    "HTTP for the demo shop": nothing,
    "Namespace /customer: commands": answered,
    "Namespace /agent: commands": held,
}
_BY_NAME: dict[str, Stage] = {
    "POST /api/widget/session": nothing,
    "GET /api/uploads/{upload_id}": pictured,
    "POST /console/login": nothing,
    "GET /api/conversations/{conversation_id}": with_a_past,
    "GET /api/conversations/{conversation_id}/trace": traced,
    "POST /api/conversations/{conversation_id}/after_sale": returning,
    "POST /api/conversations/{conversation_id}/price_claims": audited,
    "POST /api/conversations/{conversation_id}/trade_ins": trading_in,
    "POST /api/conversations/{conversation_id}/work_orders": asked_the_carrier,
    "POST /api/conversations/{conversation_id}/work_orders/reveal": asked_the_carrier,
    "leave_queue": queued,
    "accept_handoff": offered,
    "decline_handoff": offered,
    "take_over": answered,
    "keep_promise": promised,
    "extend_promise": promised,
}


def stage_of(example: Example) -> Stage:
    if (example.chapter, example.name) == ("Namespace /customer: commands", "post_message"):
        return uploaded
    return _BY_NAME.get(example.name, _BY_CHAPTER[example.chapter])
