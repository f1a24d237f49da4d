"""Trading old things in: several items, an estimate, one filing, and the answer to a new value."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from console.desk.errors import Conflict
from console.desk.trade_in import CheckStep, Looks, TradeInState
from console.desk.work_order import WorkOrderState
from console.services.message import agent_actor
from console.services.trade_in import tend_trade_ins, trade_ins_of
from console.services.trade_in_check import CheckWish, take_check_step
from console.services.work_order import work_orders_of
from console.storage.trade_in import TradeIn
from tests.actions.conftest import Answer, Clock, Conversation, SpokenTo
from tests.given import LIN

SHOW = "action_show_trade_ins"


async def _tells_of_a_phone(customer: Conversation) -> Answer:
    await customer.tell("澄屿 A1")
    await customer.tell("用了两年")
    await customer.tell("能用")
    return await customer.tell("有划痕")


async def _files(customer: Conversation) -> Answer:
    await customer.start("trade_in_form", "旧手机能抵多少", intent="ask_trade_in")
    await _tells_of_a_phone(customer)
    await customer.tell("没有了", intent="deny")
    await customer.tell(None, entities={"new_product": "-"})
    await customer.tell("检测完打款给我")
    await customer.tell("明天上午", entities={"date": "2026-11-03", "slot": "09:00/12:00"})
    await customer.tell("确认", intent="affirm")
    return await customer.end("action_submit_trade_in", "确认", intent="affirm")


async def test_a_phone_is_estimated_and_booked_once(speak: SpokenTo) -> None:
    customer = await speak("88009")

    model = await customer.start("trade_in_form", "旧手机能抵多少", intent="ask_trade_in")
    worth = await _tells_of_a_phone(customer)
    await customer.tell("没有了", intent="deny")
    await customer.tell("澄屿 S3")
    await customer.tell("下单直接抵扣")
    sure = await customer.tell("明天上午", entities={"date": "2026-11-03", "slot": "09:00/12:00"})
    await customer.tell("确认", intent="affirm")
    slots = dict(customer.slots)
    first = await customer.end("action_submit_trade_in", "确认", intent="affirm")
    customer.slots.update(slots)
    second = await customer.end("action_submit_trade_in", "确认", intent="affirm")

    assert model.said == ["utter_question_old_model"]  # the kind was said
    assert worth.said == ["utter_question_more_items"]
    assert (worth.responses[0]["low"], worth.responses[0]["high"]) == ("326.00", "441.00")
    assert worth.responses[0]["valid"] == "72 小时"
    assert sure.summary["估价"] == "326.00-441.00 元"
    assert sure.summary["上门时间"] == "11月3日（周二）09:00-12:00"
    assert first.said == second.said == ["utter_trade_in_filed"]
    assert first.responses[0]["until"] == "11月5日 12:00"
    [filed] = await trade_ins_of(customer.desk, customer.id)
    assert (filed.mode, filed.new_product, filed.low_fen) == ("at_once", "澄屿 S3", 326_00)
    assert [(item.model, item.looks) for item in filed.items] == [("澄屿 A1", Looks.WORN)]
    [check] = await work_orders_of(customer.desk, customer.id)
    assert (check.kind, check.details["trade_in_no"]) == ("trade_in_check", filed.trade_in_no)


async def test_two_things_go_together_in_english(speak: SpokenTo) -> None:
    customer = await speak("88009", "en")
    await customer.start("trade_in_form", "trade in two old laptops", intent="ask_trade_in")
    for answer in ("Qichuan 14", "2 years", "it works", "like new"):
        await customer.tell(answer)
    again = await customer.tell(None, intent="affirm", entities={"more_items": "yes"})
    await customer.tell(None, entities={"old_category": "computers"})
    for answer in ("Qichuan 13", "2 years", "it is dead"):
        await customer.tell(answer)

    worth = await customer.tell("like new")

    assert again.said == ["utter_question_old_category"]
    told: dict[str, Any] = worth.responses[0]
    assert (told["count"], told["low"], told["high"]) == (2, "918.00", "1,242.00")


async def test_a_side_question_at_the_end_of_an_item_asks_the_same_again(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await customer.start("trade_in_form", "旧手机能抵多少", intent="ask_trade_in")
    await _tells_of_a_phone(customer)

    answer = await customer.resume("action_answer_return_policy")

    assert answer.said == ["utter_question_more_items"]
    assert answer.responses[0]["count"] == 1


async def test_one_sentence_may_answer_several_questions(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await customer.start("trade_in_form", "旧手机能抵多少", intent="ask_trade_in")
    await customer.tell("华为 P30")

    worth = await customer.tell("用了三年多，能用，屏幕碎了")

    assert worth.said == ["utter_question_more_items"]
    assert (worth.responses[0]["low"], worth.responses[0]["high"]) == ("102.00", "138.00")


async def test_what_is_not_taken_is_said(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await customer.start("trade_in_form", "以旧换新", intent="ask_trade_in")

    answer = await customer.tell(None, entities={"old_category": "clothing"})

    assert answer.said == ["utter_trade_in_not_taken", "utter_question_old_category"]


async def test_a_visitor_gets_the_estimate_and_signs_in_to_book(speak: SpokenTo) -> None:
    visitor = await speak(None)
    await visitor.start("trade_in_form", "旧手机能抵多少", intent="ask_trade_in")
    await _tells_of_a_phone(visitor)

    answer = await visitor.tell(None, entities={"more_items": "no"})

    assert answer.said == ["utter_trade_in_sign_in"]
    assert answer.slots["requested_slot"] is None


async def _checked(customer: Conversation, trade_in_no: str, final_fen: int) -> TradeIn:
    wish = CheckWish(
        trade_in_no=trade_in_no, step=CheckStep.CHECK, final_fen=final_fen, note="屏幕有划痕"
    )
    key, actor = f"check-{final_fen}", agent_actor(LIN)
    return await take_check_step(customer.desk, customer.id, wish, key=key, actor=actor)


async def test_a_lower_value_waits_for_the_customers_answer(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await _files(customer)
    [filed] = await trade_ins_of(customer.desk, customer.id)
    await _checked(customer, filed.trade_in_no, 300_00)

    shown = await customer.run(SHOW, "怎么估价变了", intent="query_trade_in_progress")
    press = {"trade_in_no": filed.trade_in_no, "choice": "accept"}
    first = await customer.run(SHOW, None, intent="query_trade_in_progress", entities=press)
    second = await customer.again(SHOW, None, intent="query_trade_in_progress", entities=press)
    too_late = await customer.run(
        SHOW, None, intent="query_trade_in_progress", entities={**press, "choice": "withdraw"}
    )

    assert shown.said == ["utter_trade_in_revalued"]
    assert (shown.responses[0]["amount"], shown.responses[0]["until"]) == (
        "300.00",
        "11月4日 12:00",
    )
    assert shown.labels == ["接受新估价", "不换了，退回旧机", "申请复检"]
    assert first.said == second.said == ["utter_trade_in_accepted"]
    assert too_late.said == ["utter_trade_in_nothing_to_answer"]
    [now] = await trade_ins_of(customer.desk, customer.id)
    assert now.state is TradeInState.ACCEPTED


async def test_a_second_check_is_owed_by_a_colleague(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await _files(customer)
    [filed] = await trade_ins_of(customer.desk, customer.id)
    await _checked(customer, filed.trade_in_no, 300_00)

    answer = await customer.run(
        SHOW, None, intent="query_trade_in_progress", entities={"choice": "recheck"}
    )

    assert answer.said == ["utter_trade_in_rechecking"]
    states = {one.state: one.text for one in await work_orders_of(customer.desk, customer.id)}
    assert sorted(states) == ["done", "open"]
    assert "复检" in states[WorkOrderState.OPEN]


async def test_a_check_within_the_range_needs_no_answer(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await _files(customer)
    [filed] = await trade_ins_of(customer.desk, customer.id)

    checked = await _checked(customer, filed.trade_in_no, filed.low_fen)

    assert (checked.state, checked.answer_until) == (TradeInState.CHECKED, None)
    with pytest.raises(Conflict):
        await _checked(customer, filed.trade_in_no, 1_00)


async def test_the_trade_in_of_somebody_else_is_not_found(speak: SpokenTo) -> None:
    owner, other = await speak("88009"), await speak("88001")
    await _files(owner)
    [filed] = await trade_ins_of(owner.desk, owner.id)

    answer = await other.run(
        SHOW,
        "进度",
        intent="query_trade_in_progress",
        entities={"trade_in_no": filed.trade_in_no, "choice": "withdraw"},
    )

    assert answer.said == ["utter_trade_in_not_found"]
    assert await trade_ins_of(owner.desk, owner.id) == [filed]


async def test_a_changed_value_without_an_answer_is_withdrawn_when_its_time_is_over(
    speak: SpokenTo,
) -> None:
    customer = await speak("88009")
    await _files(customer)
    [filed] = await trade_ins_of(customer.desk, customer.id)
    await _checked(customer, filed.trade_in_no, 300_00)
    clock = customer.desk.clock
    assert isinstance(clock, Clock)

    clock.moment += timedelta(hours=48, seconds=-1)
    too_soon = await tend_trade_ins(customer.desk)
    clock.moment += timedelta(seconds=1)
    lapsed = await tend_trade_ins(customer.desk)
    again = await tend_trade_ins(customer.desk)

    assert (too_soon, lapsed, again) == (0, 1, 0)
    [now] = await trade_ins_of(customer.desk, customer.id)
    assert now.state is TradeInState.WITHDRAWN
    said = [event.body.get("text") for event in await customer.stored()]
    assert (
        f"{filed.trade_in_no} 的新估价到 11月4日 12:00 还没有确认，已经撤回，旧机免费寄还给您。"
        in said
    )
