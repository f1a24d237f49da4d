"""One long day: everything that can be stored or signalled happens once, on real sockets."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from console.desk.work_order import WorkOrderKind, WorkOrderRequest
from console.services.promise import tend_promises
from console.services.timekeeper import Timekeeper
from console.services.work_order import open_work_order
from tests.docs.play import send
from tests.docs.stages import uploaded_by_customer
from tests.docs.world import World
from tests.given import LIN, WANG

Heard = list[tuple[str, str, Any]]


async def whole_day(world: World) -> Heard:
    """(player, event, data) of everything that was said to the customer, to Lin and to Wang."""
    await _a_visitor_signs_in(world)
    await _two_agents_and_a_queue(world)
    await _a_conversation_between_people(world)
    await _a_promise_is_broken_and_one_kept(world)
    await _the_end(world)
    return [*world.heard, *await _stored(world)]


async def _a_visitor_signs_in(world: World) -> None:
    await world.agent_signs_in(LIN)
    await world.agent_signs_in(WANG)
    await world.customer_opens_the_widget(jwt=None)
    await world.says("订单 4721 降价了")
    await world.hears("customer", "message_posted", _by("bot"))
    await world.customer_returns()
    await world.agent(LIN, "watch", after=0)
    await world.customer_returns(lang="en")
    await world.customer_returns()


async def _two_agents_and_a_queue(world: World) -> None:
    await world.customer("ask_person")
    await world.hears("customer", "queue_changed")
    await world.customer("leave_queue")
    await world.agent(WANG, "set_presence", status="online")
    await world.customer("ask_person")
    await world.hears("wang", "handoff_offered")
    await world.agent(WANG, "decline_handoff")
    await world.hears("wang", "handoff_withdrawn")
    await world.agent(LIN, "set_presence", status="online")
    await world.hears("lin", "handoff_offered", lambda data: "brief" in data)
    await world.agent(WANG, "take_over")
    await world.hears("lin", "handoff_withdrawn")
    await world.agent(WANG, "transfer_conversation", to={"agent_id": LIN.id}, note="差价已说明")
    await world.agent(LIN, "accept_handoff")


async def _a_conversation_between_people(world: World) -> None:
    await world.agent(LIN, "typing", on=True)
    await world.customer("typing", on=True)
    await uploaded_by_customer(world)
    body = {"kind": "picture", "upload_id": world.values["upload_id"]}
    await world.customer("post_message", body=body)
    question = {"kind": "text", "text": "请问您的订单号是多少？"}
    await world.agent(LIN, "post_message", body=question)
    await world.hears("lin", "context_changed")
    await world.agent(LIN, "read", seq=9)
    await world.customer("read", seq=9)
    conversation, values = world.values["conversation_id"], world.values
    await send(
        world,
        f"POST /api/conversations/{conversation}/price_protection\n"
        f"Cookie: baton_session={values['session']}\nX-Baton-Csrf: {values['csrf']}\n"
        "Content-Type: application/json\n\n"
        '{"key": "claim-5f2c8d"}',
    )


async def _a_promise_is_broken_and_one_kept(world: World) -> None:
    """The customer waits meanwhile, so that the clock closes nothing."""
    await world.says("什么时候有结果")
    await world.says("and when do I get my money back?")
    await world.hears("lin", "language_changed")
    await world.agent(LIN, "make_promise", text="结果", due_at="2026-11-02T06:00:00Z")
    kept = await world.agent(LIN, "make_promise", text="回电", due_at="2026-11-03T04:00:00Z")
    for hours in (1.1, 1, 4.5):  # half time, due, due again
        world.clock.turn(hours=hours)
        await tend_promises(world.desk)
    await world.hears("lin", "promise_broken")
    await world.agent(LIN, "keep_promise", promise_id=kept["promise"]["promise_id"])
    await _a_work_order_is_called_off(world)
    await world.hears("lin", "alarm")


async def _a_work_order_is_called_off(world: World) -> None:
    conversation, values = world.values["conversation_id"], world.values
    stuck = WorkOrderRequest(
        kind=WorkOrderKind.CARRIER_CHECK, text="三天没有新的扫描", answer_within=timedelta(hours=24)
    )
    opened = await open_work_order(world.desk, conversation, stuck, key="stuck-5f2c8d")
    wish = {
        "key": "order-5f2c8d", "work_order_no": opened.work_order_no, "step": "cancelled",
        "note": "顾客收到了",
    }  # fmt: skip
    await send(
        world,
        f"POST /api/conversations/{conversation}/work_orders\n"
        f"Cookie: baton_session={values['session']}\nX-Baton-Csrf: {values['csrf']}\n"
        f"Content-Type: application/json\n\n{json.dumps(wish)}",
    )
    await world.hears("lin", "promise_voided")


async def _the_end(world: World) -> None:
    await world.agent(LIN, "post_message", body={"kind": "text", "text": "已处理"})
    world.clock.turn(minutes=29)
    await Timekeeper(world.desk).look()
    await world.hears("customer", "closing_soon")
    await world.agent(LIN, "return_to_bot", settled={"reason": "price_dropped"})
    world.engine.state = "down"
    await world.hears("customer", "engine_changed")
    await world.agent(LIN, "take_over")
    wrap_up = {"category": "price.price_protection", "result": "solved"}
    await world.agent(LIN, "resolve_conversation", wrap_up=wrap_up)
    await world.hears("customer", "conversation_resolved")
    await world.hears("lin", "conversation_changed", _is_resolved)


async def _stored(world: World) -> Heard:
    """Also what happened before anybody listened."""
    mine = await world.customer("catch_up", after=0)
    theirs = await world.agent(LIN, "watch", after=0)
    return [("customer", event["type"], event) for event in mine["events"]] + [
        ("lin", event["type"], event) for event in theirs["events"]
    ]


def _by(kind: str) -> Any:
    return lambda event: event["actor"]["kind"] == kind


def _is_resolved(data: dict[str, dict[str, str]]) -> bool:
    return data["summary"]["state"] == "resolved"
