"""A request on file: where it stands, withdrawing and changing it, and hurrying it once."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from console.desk.after_sale import (
    AfterSaleKind,
    AfterSaleState,
    Condition,
    ReturnReason,
    ReturnRequest,
    ReturnWay,
)
from console.desk.errors import NotFound
from console.desk.event import BOT, EventType
from console.services.after_sale_wish import withdraw
from console.services.promise import promise_view
from console.services.work_order import work_orders_of
from console.storage.after_sale import insert_step, move, steps_of
from console.storage.after_sale_change import pickup_of
from console.storage.conversation import conversation
from console.storage.promise import promises_of_case
from tests.actions.after_sale_given import GRAVE, KETTLE, has_filed, now, state
from tests.actions.conftest import Clock, Conversation, SpokenTo

_S = AfterSaleState
FORM, SUBMIT = "rma_change_form", "action_submit_change"


async def becomes(customer: Conversation, rma_no: str, *states: AfterSaleState) -> None:
    """As if the warehouse had moved it on."""
    for new in states:
        old, at = await state(customer, rma_no), customer.desk.clock.now()

        await customer.desk.database.write(partial(_moved, rma_no, old, new, at))


def _moved(
    rma_no: str, old: AfterSaleState, new: AfterSaleState, at: datetime, tx: Connection
) -> None:
    assert move(tx, rma_no, old=old, new=new, at=at)
    insert_step(tx, rma_no, new, at, actor_kind=BOT.kind, actor_id="")


def later(customer: Conversation, **delta: float) -> None:
    clock = customer.desk.clock
    assert isinstance(clock, Clock)
    clock.moment += timedelta(**delta)


# --- progress -------------------------------------------------------------------------------


async def test_progress_shows_the_card_and_what_comes_next(speak: SpokenTo) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer)

    answer = await customer.run(
        "action_show_after_sale", "退货到哪步了", intent="query_after_sale_progress"
    )

    assert answer.said == ["utter_after_sale_state"]
    assert answer.responses[0]["happening"] == (
        "审核通过，等您把商品寄回，请在 11月9日 12:00 前寄出。"
    )
    [card] = answer.cards
    assert (card["type"], card["heading"], card["rma_no"]) == (
        "refund_progress", "退货进度", filed.rma_no,
    )  # fmt: skip
    assert [step["done"] for step in card["steps"]] == [True, True, False, False, False, False]
    assert answer.labels == ["约上门取件", "填寄回单号", "寄到哪里", "撤销申请"]
    assert answer.slots["rma_no"] == filed.rma_no


async def test_all_running_requests_are_shown_when_none_is_named(speak: SpokenTo) -> None:
    customer = await speak("88009", "en")
    first = await has_filed(customer)
    second = await has_filed(customer, KETTLE)

    answer = await customer.run(
        "action_show_after_sale", "my request?", intent="query_after_sale_progress"
    )

    assert {card["rma_no"] for card in answer.cards} == {first.rma_no, second.rma_no}
    assert {card["heading"] for card in answer.cards} == {"Return: progress"}


async def test_the_request_of_somebody_else_is_not_found(speak: SpokenTo) -> None:
    owner, other = await speak("88009"), await speak("88001")
    filed = await has_filed(owner)

    for number in (filed.rma_no, "RMA1000000000"):
        answer = await other.run(
            "action_show_after_sale",
            "进度",
            intent="query_after_sale_progress",
            entities={"rma_no": number},
        )
        assert answer.said == ["utter_request_not_found"]
        assert answer.cards == []


async def test_a_visitor_signs_in_first(speak: SpokenTo) -> None:
    visitor = await speak(None)

    answer = await visitor.run("action_show_after_sale", "进度", intent="query_after_sale_progress")

    assert answer.said == ["utter_sign_in_for_money"]


# --- withdrawing ----------------------------------------------------------------------------


async def test_a_request_is_withdrawn_once_after_a_yes(speak: SpokenTo) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer, way=ReturnWay.PICKUP)

    sure = await customer.start(FORM, "不退了，撤掉", intent="cancel_after_sale")
    await customer.tell("确认", intent="affirm")
    slots = dict(customer.slots)
    first = await customer.end(SUBMIT, "确认", intent="affirm")
    customer.slots.update(slots)
    second = await customer.end(SUBMIT, "确认", intent="affirm")

    assert sure.said == ["utter_question_summary"]
    assert (sure.cards[0]["heading"], sure.summary["售后单号"]) == ("撤销售后申请", filed.rma_no)
    assert sure.cards[0]["note"].startswith("撤销后不能恢复")
    assert first.said == second.said == ["utter_request_withdrawn"]
    assert await state(customer, filed.rma_no) is _S.CANCELLED
    steps = await customer.desk.database.read(lambda tx: steps_of(tx, filed.rma_no))
    assert [one for one, _ in steps].count(_S.CANCELLED) == 1
    pickup = await customer.desk.database.read(lambda tx: pickup_of(tx, filed.rma_no))
    assert pickup.pickup_no is None


async def test_a_no_keeps_the_request(speak: SpokenTo) -> None:
    customer = await speak("88009", "en")
    filed = await has_filed(customer)

    await customer.start(FORM, "withdraw my return", intent="cancel_after_sale")
    await customer.tell(None, intent="deny", entities={"change_confirmed": "no"})
    answer = await customer.end(SUBMIT, None, intent="deny")

    assert answer.said == ["utter_change_kept"]
    assert await now(customer, filed.rma_no) == filed


async def test_what_is_on_its_way_goes_to_a_person(speak: SpokenTo) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer)
    await becomes(customer, filed.rma_no, _S.IN_RETURN)

    answer = await customer.start(FORM, "撤销", intent="cancel_after_sale")

    assert answer.said == ["utter_change_needs_person"]
    assert answer.slots["requested_slot"] is None
    assert (await customer.brief())["wish"] == f"修改售后单 {filed.rma_no}"
    assert await state(customer, filed.rma_no) is _S.IN_RETURN


async def test_what_is_closed_stays_closed(speak: SpokenTo) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer)
    await becomes(customer, filed.rma_no, _S.CANCELLED)

    answer = await customer.start(FORM, "撤销", intent="cancel_after_sale")

    assert answer.said == ["utter_request_closed"]


async def test_nobody_withdraws_the_request_of_another(speak: SpokenTo) -> None:
    owner, other = await speak("88009"), await speak("88001")
    filed = await has_filed(owner)

    with pytest.raises(NotFound):
        await withdraw(other.desk, other.id, filed.rma_no, key="k:0")

    assert await now(owner, filed.rma_no) == filed


# --- changing -------------------------------------------------------------------------------


async def test_another_reason_is_decided_and_paid_anew(speak: SpokenTo) -> None:
    """Damaged on arrival: the freight of the order comes back with it, 270.00 + 10.00."""
    customer = await speak("88009")
    filed = await has_filed(customer, photos=("up_1",))

    what = await customer.start(FORM, "售后单改一下", intent="modify_after_sale")
    why = await customer.tell(None, entities={"change_field": "reason"})
    sure = await customer.tell("其实是收到就碎了")
    await customer.tell("对", intent="affirm")
    done = await customer.end(SUBMIT, "对", intent="affirm")

    assert what.said == ["utter_question_change_field"]
    assert why.said == ["utter_question_new_reason"]
    assert sure.said == ["utter_question_summary"]
    assert (sure.summary["新的原因"], sure.summary["退款金额"]) == ("收到时破损", 280_00)
    assert done.said == ["utter_reason_changed"]
    changed = await now(customer, filed.rma_no)
    assert (changed.request.reason, changed.refund.total_fen) == (ReturnReason.DAMAGED, 280_00)
    assert filed.refund.total_fen == 270_00


async def test_a_grave_reason_brings_the_request_back_to_review(speak: SpokenTo) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer, photos=("up_1",))

    await customer.start(FORM, "售后原因选错了，是假货", intent="modify_after_sale")
    await customer.tell("确认", intent="affirm")
    answer = await customer.end(SUBMIT, "确认", intent="affirm")

    assert answer.said == ["utter_reason_changed_in_audit"]
    assert await state(customer, filed.rma_no) is _S.SUBMITTED


async def test_choosing_wrongly_is_about_the_form_and_no_reason(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await has_filed(customer, photos=("up_1",))

    answer = await customer.start(
        FORM, "售后原因选错了，是收到就碎了的", intent="modify_after_sale"
    )

    assert answer.summary["新的原因"] == "收到时破损"


async def test_a_refused_reason_changes_nothing_and_another_may_be_given(speak: SpokenTo) -> None:
    """Photos are missing for a damage."""
    customer = await speak("88009")
    filed = await has_filed(customer)

    answer = await customer.start(FORM, "原因改成破损", intent="modify_after_sale")

    assert answer.said == ["utter_reason_refused", "utter_question_new_reason"]
    assert answer.responses[0]["why"] == "这个原因需要照片"
    assert await now(customer, filed.rma_no) == filed


async def test_the_courier_comes_to_another_place(speak: SpokenTo) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer, way=ReturnWay.PICKUP)

    where = await customer.start(FORM, "取件地址写错了", intent="modify_after_sale")
    await customer.tell("厦门市湖里区新样路 10 号 2 楼")
    await customer.tell("好", intent="affirm")
    done = await customer.end(SUBMIT, "好", intent="affirm")

    assert where.said == ["utter_question_pickup_address"]
    assert done.said == ["utter_pickup_address_changed"]
    pickup = await customer.desk.database.read(lambda tx: pickup_of(tx, filed.rma_no))
    assert pickup.address == "厦门市湖里区新样路 10 号 2 楼"
    assert pickup.pickup_no is not None


async def test_a_pickup_is_moved_in_one_message(speak: SpokenTo) -> None:
    customer = await speak("88009", "en")
    filed = await has_filed(customer, way=ReturnWay.PICKUP)

    sure = await customer.start(
        FORM,
        "move the pickup to Wednesday morning",
        intent="modify_after_sale",
        entities={"date": "2026-11-04", "slot": "09:00/12:00"},
    )
    await customer.tell("yes", intent="affirm")
    done = await customer.end(SUBMIT, "yes", intent="affirm")

    assert sure.said == ["utter_question_summary"]
    assert sure.summary["When"] == "Wed 04 Nov, 09:00-12:00"
    assert done.responses[0]["when"] == "Wed 04 Nov, 09:00-12:00"
    changed = await now(customer, filed.rma_no)
    assert changed.request.pickup_label == "Wed 04 Nov, 09:00-12:00"


async def test_who_sends_it_alone_needs_no_courier(speak: SpokenTo) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer, way=ReturnWay.PICKUP)

    await customer.start(FORM, "改成自己寄", intent="modify_after_sale")
    await customer.tell("对", intent="affirm")
    done = await customer.end(SUBMIT, "对", intent="affirm")

    assert done.said == ["utter_ships_alone"]
    changed = await now(customer, filed.rma_no)
    assert (changed.request.way, changed.refund.return_freight_fen) == (ReturnWay.SELF_SHIP, 0)


# --- hurrying -------------------------------------------------------------------------------


async def _urges(customer: Conversation) -> list[str]:
    answer = await customer.run("action_urge_after_sale", "催审核", intent="urge_after_sale")
    return answer.said


async def test_a_review_is_hurried_once_in_twelve_hours(speak: SpokenTo) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer, GRAVE)

    first = await _urges(customer)
    again = await customer.again("action_urge_after_sale", "催审核", intent="urge_after_sale")
    later(customer, hours=11, minutes=59, seconds=59)
    too_soon = await _urges(customer)

    assert first == again.said == ["utter_after_sale_urged"]
    assert too_soon == ["utter_after_sale_urged_before"]
    [order] = await work_orders_of(customer.desk, customer.id)
    assert (order.kind, order.details["rma_no"]) == ("audit", filed.rma_no)
    [promise] = await _promises(customer)
    assert promise["due_at"] == "2026-11-02T16:00:00.000Z"

    later(customer, seconds=1)
    assert await _urges(customer) == ["utter_after_sale_urged"]


async def _promises(customer: Conversation) -> list[dict[str, object]]:
    def query(tx: Connection) -> list[dict[str, object]]:
        case_id = conversation(tx, customer.id).case_id
        return [promise_view(one) for one in promises_of_case(tx, case_id)]

    return await customer.desk.database.read(query)


async def test_what_is_overdue_brings_a_person_at_once(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await has_filed(customer, GRAVE)
    later(customer, hours=24)

    said = await _urges(customer)

    assert said == ["utter_after_sale_urged", "utter_after_sale_is_late"]
    assert (await customer.brief())["policy"] == "售后单已过处理时限"


async def test_the_customers_own_turn_is_told_and_nobody_is_chased(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await has_filed(customer)

    said = await _urges(customer)

    assert said == ["utter_after_sale_state"]
    assert await work_orders_of(customer.desk, customer.id) == []


# --- sending it back ------------------------------------------------------------------------


async def test_a_number_with_its_carrier_is_only_confirmed(speak: SpokenTo) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer, way=ReturnWay.PICKUP)

    sure = await customer.start(
        "tracking_form",
        "寄出去了，单号 SF9988776655443",
        intent="provide_return_tracking",
        entities={"waybill_no": "sf9988776655443"},
    )
    await customer.tell("对", intent="affirm")
    slots = dict(customer.slots)
    first = await customer.end("action_submit_tracking", "对", intent="affirm")
    customer.slots.update(slots)
    second = await customer.end("action_submit_tracking", "对", intent="affirm")

    assert sure.said == ["utter_question_summary"]
    assert sure.summary == {
        "售后单号": filed.rma_no, "快递公司": "顺丰速运", "运单号": "SF9988776655443",
    }  # fmt: skip
    assert first.said == second.said == ["utter_tracking_filed"]
    changed = await now(customer, filed.rma_no)
    assert (changed.state, changed.request.way) == (_S.IN_RETURN, ReturnWay.SELF_SHIP)
    pickup = await customer.desk.database.read(lambda tx: pickup_of(tx, filed.rma_no))
    assert pickup.pickup_no is None  # the courier was called off


async def test_number_and_carrier_are_asked_for_and_checked(speak: SpokenTo) -> None:
    customer = await speak("88009", "en")
    filed = await has_filed(customer)

    number = await customer.start(
        "tracking_form", "I sent it back", intent="provide_return_tracking"
    )
    wrong = await customer.tell("1234567")
    carrier = await customer.tell("99887766")
    sure = await customer.tell("Swiftwind")
    not_it = await customer.tell("no", intent="deny", entities={"tracking_confirmed": "no"})

    assert number.said == ["utter_question_waybill_no"]
    assert wrong.said == ["utter_waybill_implausible", "utter_question_waybill_no"]
    assert carrier.said == ["utter_question_carrier"]
    assert sure.summary["Carrier"] == "Swiftwind Express"
    assert not_it.said == ["utter_question_waybill_no"]
    assert await now(customer, filed.rma_no) == filed


async def test_a_number_of_another_carrier_is_asked_for_again(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await has_filed(customer)

    answer = await customer.start(
        "tracking_form",
        "圆通寄的，SF9988776655443",
        intent="provide_return_tracking",
        entities={"waybill_no": "sf9988776655443", "carrier": "圆通"},
    )

    assert answer.said == ["utter_waybill_of_other_carrier", "utter_question_waybill_no"]
    assert answer.responses[0]["carrier"] == "圆通速递"


async def test_before_the_approval_no_number_is_taken(speak: SpokenTo) -> None:
    customer = await speak("88009")
    await has_filed(customer, GRAVE)

    answer = await customer.start("tracking_form", "单号给你", intent="provide_return_tracking")

    assert answer.said == ["utter_tracking_not_approved"]


async def test_the_address_is_the_sellers_with_the_day_and_who_pays(speak: SpokenTo) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer)

    answer = await customer.run(
        "action_answer_return_address", "退货寄到哪", intent="ask_return_address"
    )

    assert answer.said == ["utter_return_address"]
    told = answer.responses[0]
    assert told["address"] == (
        "广东省佛山市南海区示例大道 88 号 3 号库，拾光自营退货组，020-5550-0101"
    )
    assert (told["due"], told["freight"]) == ("11月9日 12:00", "寄回运费由您承担")
    assert told["rma_no"] == filed.rma_no


async def test_what_a_courier_fetches_needs_no_address(speak: SpokenTo) -> None:
    customer = await speak("88009", "en")
    await has_filed(customer, way=ReturnWay.PICKUP, pickup_label="tonight")

    answer = await customer.run(
        "action_answer_return_address", "where to?", intent="ask_return_address"
    )

    assert answer.said == ["utter_return_is_fetched"]
    assert answer.responses[0]["freight"] == "The courier collects ¥12.00 at the door"


async def test_without_a_request_the_rules_are_told(speak: SpokenTo) -> None:
    customer = await speak("88001")

    answer = await customer.run(
        "action_answer_return_address", "退回去运费谁出", intent="ask_return_address"
    )

    assert answer.said == ["utter_return_address_rules"]


# --- the amount -----------------------------------------------------------------------------


async def test_every_line_of_a_refund_is_explained_and_the_second_time_a_person_checks(
    speak: SpokenTo,
) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer, way=ReturnWay.PICKUP)

    first = await customer.run(
        "action_explain_refund", "怎么少退了", intent="dispute_refund_amount"
    )
    second = await customer.run("action_explain_refund", "还是不对", intent="dispute_refund_amount")

    assert first.said == ["utter_refund_explained"]
    told = first.responses[0]
    assert told["lines"].splitlines() == [
        "商品金额 +300.00",
        "优惠分摊 -30.00（下单时这件商品用掉的优惠）",
    ]
    assert told["total"] == "270.00"
    assert told["pickup"] == "另外，上门取件运费 12.00 元由快递员当面收取，不在退款里。"
    assert first.labels == ["还是不对"]
    assert second.said == ["utter_refund_dispute_to_person"]
    brief = await customer.brief()
    assert brief["wish"] == f"核对退款金额 {filed.rma_no} ¥270.00"
    assert EventType.HANDOFF_REQUESTED in {event.type for event in await customer.stored()}


async def test_a_refund_without_a_request_goes_to_a_person(speak: SpokenTo) -> None:
    customer = await speak("88007")

    answer = await customer.run("action_explain_refund", "退款少了", intent="dispute_refund_amount")

    assert answer.said == ["utter_refund_dispute_without_request"]
    assert (await customer.brief())["wish"] == "核对退款金额"


# --- another kind ---------------------------------------------------------------------------

DRESS_ORDER = "620026072458"  # of 88001: a dress in 米白 M, signed yesterday
DRESS = ReturnRequest(
    order_no=DRESS_ORDER,
    line_id=f"{DRESS_ORDER}-1",
    quantity=1,
    reason=ReturnReason.WRONG_SIZE,
    condition=Condition.UNOPENED,
    way=ReturnWay.SELF_SHIP,
)


async def test_a_return_becomes_an_exchange_and_a_return_again(speak: SpokenTo) -> None:
    customer = await speak("88001")
    filed = await has_filed(customer, DRESS)

    which = await customer.start(FORM, "退货改成换货", intent="modify_after_sale")
    wanted = which.labels[0]
    sure = await customer.tell(wanted, entities={"new_variant": wanted})
    await customer.tell("对", intent="affirm")
    done = await customer.end(SUBMIT, "对", intent="affirm")
    exchange = await now(customer, filed.rma_no)
    await customer.start(FORM, "换货改成退货", intent="modify_after_sale")
    await customer.tell("对", intent="affirm")
    back = await customer.end(SUBMIT, "对", intent="affirm")

    assert which.said == ["utter_question_variant_instead"]
    assert sure.summary["改成"] == f"换货，换成“{wanted}”"
    assert done.said == ["utter_became_exchange"]
    assert exchange.kind is AfterSaleKind.EXCHANGE
    assert exchange.replacement is not None
    assert (exchange.replacement.variant, exchange.refund.total_fen) == (wanted, 0)
    assert exchange.reservation_no is not None
    assert back.said == ["utter_became_return"]
    again = await now(customer, filed.rma_no)
    assert (again.kind, again.replacement, again.refund) == (
        AfterSaleKind.RETURN, None, filed.refund,
    )  # fmt: skip


async def test_without_another_variant_the_return_stays(speak: SpokenTo) -> None:
    customer = await speak("88009")
    filed = await has_filed(customer)

    answer = await customer.start(FORM, "退货改成换货", intent="modify_after_sale")

    assert answer.said == ["utter_no_variant_instead"]
    assert answer.slots["requested_slot"] is None
    assert await now(customer, filed.rma_no) == filed
