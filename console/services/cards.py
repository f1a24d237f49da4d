"""Cards about money and goods, ready to post: the bot and the agents send the same ones.

Plain cards of orders and products come from `console/desk/card.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.after_sale import AfterSaleRequest, fault_party
from console.desk.after_sale_text import request_heading
from console.desk.card import (
    Card,
    order_card,
    order_list_card,
    parcel_trace_card,
    product_list_card,
    wire_time,
)
from console.desk.price_protection import ClaimCode
from console.desk.progress import MONEY_KINDS, RefundProgress, Step
from console.desk.reason_text import (
    arrival_text,
    ended_label,
    price_reason,
    refund_line_label,
    step_label,
)
from console.desk.refund import slowest
from console.desk.return_text import (
    condition_label,
    freight_note,
    reason_label,
    state_label,
    way_label,
)
from console.desk.work_order import WorkOrder, WorkOrderState, kind_label
from console.services.after_sale import ReturnPreview
from console.services.price_protection import PriceCheck, PriceClaimResult, PriceItem

_SHOWN_FIRST = (ClaimCode.PAID, ClaimCode.AUDIT)


def price_claim_card(check: PriceCheck, lang: str) -> Card:
    """Of a look or of a claim; what is paid comes first."""
    items = sorted(check.items, key=_rank)
    return {
        "type": "price_claim",
        "total_fen": check.total_fen,
        "items": [_price_item(item, lang) for item in items],
        "arrival": _arrival(check, lang),
    }


def _rank(item: PriceItem) -> int:
    return _SHOWN_FIRST.index(item.code) if item.code in _SHOWN_FIRST else len(_SHOWN_FIRST)


def _arrival(check: PriceCheck, lang: str) -> str:
    """By the slowest source; an honest word when the shop has not confirmed yet."""
    if check.total_fen == 0:
        return ""
    if isinstance(check, PriceClaimResult) and not check.is_settled:
        return "Decided; the payment is being made" if lang == "en" else "已通过，正在打款"
    sources = [item.source for item in check.items if item.code is ClaimCode.PAID and item.source]
    return arrival_text(slowest(sources), lang)


def _price_item(item: PriceItem, lang: str) -> Card:
    return {
        "order_no": item.order_no,
        "line_id": item.line_id,
        "title": _in(lang, item.title, item.title_en),
        "paid_unit_fen": item.paid_unit_fen,
        "current_unit_fen": item.current_unit_fen,
        "claim_fen": item.claim_fen,
        "code": str(item.code),
        "reason": price_reason(item.reason, lang),
        "days_left": item.days_left,
    }


def return_summary_card(wish: ReturnPreview | AfterSaleRequest, lang: str) -> Card:
    """Before filing (no number yet) or of a filed request."""
    request, refund = wish.request, wish.refund
    filed = wish if isinstance(wish, AfterSaleRequest) else None
    return {
        "type": "return_summary",
        "rma_no": filed.rma_no if filed else None,
        "order_no": request.order_no,
        "title": _in(lang, wish.title, wish.title_en),
        "quantity": request.quantity,
        "reason_label": reason_label(request.reason, lang),
        "condition_label": condition_label(request.condition, lang),
        "way_label": way_label(request.way, lang),
        "pickup_label": request.pickup_label or None,
        "photos": len(request.photos),
        "refund_fen": refund.total_fen,
        "breakdown": [
            {"label": refund_line_label(line.key, lang), "amount_fen": line.amount_fen}
            for line in refund.lines
        ],
        "freight_note": freight_note(request.way, fault_party(request.reason), refund, lang),
        "state_label": state_label(filed.state, lang) if filed else None,
    }


def refund_progress_card(progress: RefundProgress, lang: str) -> Card:
    return {
        "type": "refund_progress",
        "heading": request_heading(progress.kind, lang) if progress.kind else None,
        "rma_no": progress.rma_no,
        "order_no": progress.order_no,
        "title": _in(lang, progress.title, progress.title_en),
        "amount_fen": progress.amount_fen if _moves_money(progress) else None,
        "steps": [_step(step, progress, lang) for step in progress.steps],
        "arrival": _arrives(progress, lang),
    }


def _moves_money(progress: RefundProgress) -> bool:
    return progress.kind is None or progress.kind in MONEY_KINDS


def _arrives(progress: RefundProgress, lang: str) -> str:
    if progress.ended:
        return ended_label(progress.ended, lang)
    return arrival_text(progress.source, lang) if _moves_money(progress) else ""


def _step(step: Step, progress: RefundProgress, lang: str) -> Card:
    return {
        "label": step_label(step.key, lang, is_done=step.is_done),
        "at": wire_time(step.at),
        "done": step.is_done,
        "current": step.is_current and not progress.ended,
    }


_WORK_ORDER_STATES = {
    WorkOrderState.OPEN: ("处理中", "Open"),
    WorkOrderState.DONE: ("已处理", "Settled"),
    WorkOrderState.CANCELLED: ("已取消", "Cancelled"),
}


def work_orders_card(orders: Sequence[WorkOrder], lang: str) -> Card:
    """As their customer sees them: what, since when, until when, and what came of it."""
    return {
        "type": "work_orders",
        "items": [
            {
                "work_order_no": order.work_order_no,
                "kind_label": kind_label(order.kind, lang),
                "state": str(order.state),
                "state_label": _WORK_ORDER_STATES[order.state][lang == "en"],
                "opened_at": wire_time(order.opened_at),
                "due_at": wire_time(order.due_at) if order.is_open else None,
                "result": str(order.details.get("result") or ""),
            }
            for order in orders
        ],
    }


def _in(lang: str, zh: str, en: str) -> str:
    return en if lang == "en" and en else zh


__all__ = [
    "Card",
    "order_card",
    "order_list_card",
    "parcel_trace_card",
    "price_claim_card",
    "product_list_card",
    "refund_progress_card",
    "return_summary_card",
    "work_orders_card",
]
