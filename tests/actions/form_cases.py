"""How every form that writes comes to its summary, and the action that a yes leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.actions.after_sale_given import has_filed
from tests.actions.conftest import Answer, Conversation, SpokenTo

DRESS = "620026072458"  # customer 88001
NAPPIES = "620026083452"  # customer 88010
PUMP = "620026083017"  # customer 88010
EARPHONES = "620026083988"  # customer 88011
SMALL = "620026084760"  # customer 88011
TWO_THINGS = "620026082034"  # customer 88009
PAID = "620026077819"  # customer 88004
SHIRT = "620026088235"  # customer 88022
TUESDAY = "2026-11-03T05:00:00+00:00"
_PHOTO = {"photos": ["up_1"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`given`: what is known before; `steps`: text, or entities of a button."""

    customer: str
    intent: str
    submit: str
    text: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    entities: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[str | Mapping[str, Any], ...] = ()
    has_request: bool = False  # a return is on file


def _item(order_no: str, line: int, **slots: Any) -> dict[str, Any]:
    return {"order_no": order_no, "order_item_id": f"{order_no}-{line}", "quantity": 1, **slots}


CASES: dict[str, Case] = {
    "return_form": Case(
        customer="88001", intent="request_return", submit="action_submit_return", text="退货",
        given=_item(DRESS, 1, reason="wrong_choice", condition="unopened", return_way="self_ship"),
    ),
    "exchange_form": Case(
        customer="88001", intent="request_exchange", submit="action_submit_exchange", text="换货",
        given=_item(DRESS, 1, reason="wrong_size", condition="unopened", return_way="self_ship",
                    new_variant="米白 L"),
    ),
    "size_swap_form": Case(
        customer="88010", intent="request_size_swap", submit="action_submit_size_swap",
        text="换码", given=_item(NAPPIES, 1, condition="unopened", slot_window=TUESDAY),
        steps=("XL",),
    ),
    "refund_only_form": Case(
        customer="88011", intent="request_refund_only", submit="action_submit_refund_only",
        text="退钱", given=_item(SMALL, 3, reason="quality_fault", **_PHOTO),
    ),
    "repair_form": Case(
        customer="88011", intent="request_repair", submit="action_submit_repair", text="报修",
        given=_item(EARPHONES, 1, fault_text="左边没有声音", fault_since="前天",
                    tried_steps="没试过", slot_window=TUESDAY),
    ),
    "door_swap_form": Case(
        customer="88010", intent="request_replace_instead_of_repair",
        submit="action_submit_door_swap", text="换新",
        given=_item(PUMP, 1, fault_text="没有吸力了", slot_window=TUESDAY),
    ),
    "damage_form": Case(
        customer="88011", intent="report_damaged", submit="action_carry_out_remedy", text="破了",
        given=_item(SMALL, 1, fault_text="包装破了", outer_box="fine", **_PHOTO),
        steps=({"remedy": "refund_now"},),
    ),
    "missing_form": Case(
        customer="88009", intent="report_missing_parts", submit="action_carry_out_remedy",
        text="少件", given=_item(TWO_THINGS, 2, missing_part="p206-base", **_PHOTO),
        steps=({"remedy": "reship"},),
    ),
    "wrong_form": Case(
        customer="88011", intent="report_wrong_item", submit="action_carry_out_remedy",
        text="发错了", given=_item(SMALL, 2, fault_text="来的是保温杯", **_PHOTO),
        steps=({"remedy": "reship"},),
    ),
    "cancel_form": Case(
        customer="88004", intent="cancel_order", submit="action_submit_cancel", text="拍错了",
        entities={"order_no": PAID},
    ),
    "address_form": Case(
        customer="88004", intent="change_address", submit="action_submit_address", text="改地址",
        entities={"order_no": PAID}, steps=("上海市徐汇区草稿路 2 号 301",),
    ),
    "item_change_form": Case(
        customer="88022", intent="change_order_item", submit="action_submit_item_change",
        text="少买一件", entities={"order_no": SHIRT},
    ),
    "slot_form": Case(
        customer="88004", intent="schedule_delivery", submit="action_submit_slot",
        text="周三上午送", entities={"order_no": PAID, "date": "2026-11-04"},
    ),
    "invoice_form": Case(
        customer="88001", intent="request_invoice", submit="action_submit_invoice",
        text="个人发票", entities={"order_no": DRESS, "email": "a@example.com"},
    ),
    "invoice_change_form": Case(
        customer="88002", intent="modify_invoice", submit="action_submit_invoice_change",
        text="个人的改成公司的",
        steps=("杭州示例科技有限公司", {"tax_no": "91330106MA2CFJ0X52"}),
    ),
    "lost_form": Case(
        customer="88001", intent="signed_not_received", submit="action_submit_lost",
        text="显示签收没收到", entities={"order_no": DRESS}, steps=("都问过了，没人拿", "没有照片"),
    ),
    "complaint_form": Case(
        customer="88001", intent="file_complaint", submit="action_submit_complaint",
        text="我要投诉把包裹扔在雨里的人", steps=({"complaint_wish": "apology"},),
    ),
    "callback_form": Case(
        customer="88009", intent="request_callback", submit="action_submit_callback",
        text="明天下午给我回个电话", entities={"date": "2026-11-03", "slot": "12:00/18:00"},
        steps=({"callback_phone": "account"},),
    ),
    "rma_change_form": Case(
        customer="88009", intent="cancel_after_sale", submit="action_submit_change",
        text="不退了，撤掉", has_request=True,
    ),
    "tracking_form": Case(
        customer="88009", intent="provide_return_tracking", submit="action_submit_tracking",
        text="寄出去了，单号 SF9988776655443", entities={"waybill_no": "sf9988776655443"},
        has_request=True,
    ),
    "trade_in_form": Case(
        customer="88009", intent="ask_trade_in", submit="action_submit_trade_in",
        text="旧手机能抵多少",
        steps=("澄屿 A1", "用了两年", "能用", "有划痕", {"more_items": "no"}, {"new_product": "-"},
               "检测完打款给我", {"slot_window": TUESDAY}),
    ),
    "alert_form": Case(
        customer="88001", intent="subscribe_item_alert", submit="action_submit_alert",
        text="有货了喊我一声", given={"product_id": "p104"},
    ),
    "watch_form": Case(
        customer="88004", intent="subscribe_order_watch", submit="action_submit_watch",
        text="签收了喊我一下", entities={"order_no": PAID},
    ),
    "custom_form": Case(
        customer="88001", intent="ask_customization", submit="action_submit_custom",
        text="能印字吗", given={"product_id": "p106"}, steps=("平安喜乐", {"custom_choice": "金色"}),
    ),
}  # fmt: skip


async def at_the_summary(
    speak: SpokenTo, form: str, lang: str = "zh"
) -> tuple[Conversation, Answer]:
    """The conversation, and the answer that holds the summary."""
    customer = await before_it_begins(speak, form, lang)
    return customer, await up_to_the_summary(customer, form)


async def before_it_begins(speak: SpokenTo, form: str, lang: str = "zh") -> Conversation:
    case = CASES[form]
    customer = await speak(case.customer, lang)
    if case.has_request:
        await has_filed(customer)
    customer.slots.update(case.given)
    return customer


async def up_to_the_summary(customer: Conversation, form: str) -> Answer:
    case = CASES[form]
    entities = dict(case.entities)
    answer = await customer.start(form, case.text, intent=case.intent, entities=entities)
    for step in case.steps:
        answer = await _tell(customer, step)
    return answer


async def _tell(customer: Conversation, step: str | Mapping[str, Any]) -> Answer:
    if isinstance(step, str):
        return await customer.tell(step)
    return await customer.tell(entities=dict(step))
