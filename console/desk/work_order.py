"""Work orders: what somebody has to look into or carry out, with a number the customer can name.

A work order is the desk's own; what it promises stands in the ledger (`promise.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

TEXT_LIMIT = 2_000  # characters


class WorkOrderKind(StrEnum):
    """What it is about."""

    COMPLAINT = "complaint"
    CARRIER_CLAIM = "carrier_claim"  # damaged or incomplete on the way
    CARRIER_CHECK = "carrier_check"  # a parcel that does not move
    LOST_PARCEL = "lost_parcel"  # signed for by somebody else, or gone
    PAYMENT_CHECK = "payment_check"
    INVOICE = "invoice"
    AUDIT = "audit"  # a decision above the bot's limits
    CALLBACK = "callback"
    TRADE_IN_CHECK = "trade_in_check"
    ADDRESS_CHANGE = "address_change"
    CUSTOM = "custom"  # goods made to order
    BULK = "bulk"
    DATA_REQUEST = "data_request"
    OTHER = "other"


class WorkOrderState(StrEnum):
    """Where it stands."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderRequest:
    """`text`: for the colleague who does it, with the customer's own words.

    `answer_within`: how soon the customer is promised an answer; `severity`: 1-4, of complaints.
    """

    kind: WorkOrderKind
    text: str
    order_no: str | None = None
    line_id: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    severity: int | None = None
    answer_within: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrder:
    work_order_no: str
    key: str
    kind: WorkOrderKind
    state: WorkOrderState
    conversation_id: str
    case_id: str
    customer_id: str
    text: str
    opened_at: datetime
    order_no: str | None = None
    line_id: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    severity: int | None = None
    due_at: datetime | None = None
    promise_id: str | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state is WorkOrderState.OPEN


_GOODS = ("product_id", "custom_spec")


def same_goods(standing: WorkOrder, request: WorkOrderRequest) -> bool:
    """Without an order the goods tell two matters apart: another product, other words on it."""
    return all(standing.details.get(name) == request.details.get(name) for name in _GOODS)


def joined(standing: WorkOrder, request: WorkOrderRequest) -> WorkOrder:
    """The same matter told again: new words are added, the weightier severity counts."""
    text = standing.text
    if request.text not in text:
        text = f"{text}\n{request.text}"[:TEXT_LIMIT]
    severities = [one for one in (standing.severity, request.severity) if one is not None]
    return replace(
        standing,
        text=text,
        details={**standing.details, **request.details},
        severity=max(severities, default=None),
    )


def done(order: WorkOrder, result: str, now: datetime) -> WorkOrder:
    """`result`: what came of it, for whoever reads it later."""
    return ended(order, WorkOrderState.DONE, result, now)


def ended(order: WorkOrder, state: WorkOrderState, result: str, now: datetime) -> WorkOrder:
    """`state`: done or cancelled. `result`: what came of it, or why nothing did."""
    details = {**order.details, "result": result}
    return replace(order, state=state, details=details, closed_at=now)


ENDS = (WorkOrderState.DONE, WorkOrderState.CANCELLED)


_LABELS = {
    WorkOrderKind.COMPLAINT: ("投诉", "Complaint"),
    WorkOrderKind.CARRIER_CLAIM: ("承运商索赔", "Carrier claim"),
    WorkOrderKind.CARRIER_CHECK: ("物流核查", "Tracking check"),
    WorkOrderKind.LOST_PARCEL: ("签收未收到", "Parcel not received"),
    WorkOrderKind.PAYMENT_CHECK: ("支付核查", "Payment check"),
    WorkOrderKind.INVOICE: ("发票", "Invoice"),
    WorkOrderKind.AUDIT: ("人工审核", "Review"),
    WorkOrderKind.CALLBACK: ("回电", "Call back"),
    WorkOrderKind.TRADE_IN_CHECK: ("旧机复核", "Trade-in check"),
    WorkOrderKind.ADDRESS_CHANGE: ("改地址", "Change of address"),
    WorkOrderKind.CUSTOM: ("定制", "Made to order"),
    WorkOrderKind.BULK: ("批量采购", "Bulk order"),
    WorkOrderKind.DATA_REQUEST: ("个人信息请求", "Personal data"),
    WorkOrderKind.OTHER: ("其他", "Other"),
}
_PROMISES = {
    WorkOrderKind.COMPLAINT: ("把您的投诉处理完", "your complaint settled"),
    WorkOrderKind.CARRIER_CLAIM: ("给出破损或缺件的处理结果", "a result for the damaged parcel"),
    WorkOrderKind.CARRIER_CHECK: ("给出物流核查结果", "the result of the tracking check"),
    WorkOrderKind.LOST_PARCEL: ("给出签收核实结果", "the result of the delivery check"),
    WorkOrderKind.PAYMENT_CHECK: ("给出支付核查结果", "the result of the payment check"),
    WorkOrderKind.INVOICE: ("开好发票", "your invoice"),
    WorkOrderKind.AUDIT: ("给出审核结果", "the result of the review"),
    WorkOrderKind.CALLBACK: ("给您回电", "a call back"),
    WorkOrderKind.TRADE_IN_CHECK: ("给出旧机复核结果", "the result of the trade-in check"),
    WorkOrderKind.ADDRESS_CHANGE: ("给出改地址的结果", "an answer about the new address"),
    WorkOrderKind.CUSTOM: ("答复定制方案", "an answer about your custom order"),
    WorkOrderKind.BULK: ("给出批量报价", "a quote for your bulk order"),
    WorkOrderKind.DATA_REQUEST: (
        "答复您的个人信息请求",
        "an answer to your request about personal data",
    ),
    WorkOrderKind.OTHER: ("给您答复", "an answer"),
}


def kind_label(kind: WorkOrderKind, lang: str) -> str:
    return _LABELS[kind][lang == "en"]


def ended_text(order: WorkOrder, lang: str) -> str:
    """What the customer hears when somebody has finished it or called it off."""
    result, label = str(order.details["result"]), kind_label(order.kind, lang)
    is_done = order.state is WorkOrderState.DONE
    if lang == "en":
        what = "is settled" if is_done else "was called off"
        return f"{label} {order.work_order_no} {what}: {result}"
    what = "处理好了" if is_done else "已取消"
    return f"{label}工单 {order.work_order_no} {what}：{result}"


def promise_words(kind: WorkOrderKind, lang: str) -> str:
    """What the ledger says is owed; the sentence around it adds the time."""
    return _PROMISES[kind][lang == "en"]
