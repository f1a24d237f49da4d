"""What waits for a person about a customer, on the wire: how it stands and which steps fit."""

from __future__ import annotations

from typing import Any

from console.desk.after_sale_step import open_steps
from console.desk.after_sale_text import request_kind_label
from console.desk.agent import Agent, Permission
from console.desk.fact_label import shown_value
from console.desk.masking import mask_text
from console.desk.price_audit import AuditStep
from console.desk.reason_text import price_reason
from console.desk.return_text import reason_label, state_label
from console.desk.trade_in import open_check_steps, trade_in_state_label
from console.desk.work_order import ENDS, WorkOrder, kind_label
from console.services.audited_claim import AuditedClaim
from console.services.open_steps import OpenSteps, OpenTradeIn, RequestOnFile
from console.services.promise import optional_time, wire_time
from console.services.second_yes import FirstYes

View = dict[str, Any]


def open_steps_view(found: OpenSteps, agent: Agent, lang: str) -> View:
    """Everybody sees what waits; `steps` is empty for an agent who may not approve."""
    may = agent.may(Permission.APPROVE)
    return {
        "after_sale": [_request(one, may=may, lang=lang) for one in found.after_sale],
        "price_claims": [_claim(one, may=may, lang=lang) for one in found.price_claims],
        "trade_ins": [_trade_in(one, may=may, lang=lang) for one in found.trade_ins],
    }


def _request(found: RequestOnFile, *, may: bool, lang: str) -> View:
    one = found.request
    return {
        "rma_no": one.rma_no,
        "kind": one.kind,
        "kind_label": request_kind_label(one.kind, lang),
        "state": one.state,
        "state_label": state_label(one.state, lang),
        "order_no": one.request.order_no,
        "line_id": one.request.line_id,
        "title": _in(lang, one.title, one.title_en),
        "quantity": one.request.quantity,
        "reason_label": reason_label(one.request.reason, lang),
        "photos": len(one.request.photos),
        "refund_fen": one.refund.total_fen,
        "due_at": optional_time(found.due_at),
        **_first_yes(found.first_yes),
        "steps": [step.value for step in open_steps(one)] if may else [],
    }


def _claim(found: AuditedClaim, *, may: bool, lang: str) -> View:
    claim, item = found.claim, found.item
    return {
        "claim_id": claim.id,
        "order_no": claim.order_no,
        "line_id": claim.line_id,
        "title": _in(lang, item.title, item.title_en),
        "paid_unit_fen": item.paid_unit_fen,
        "current_unit_fen": item.current_unit_fen,
        "claim_fen": claim.claim_fen,
        "reason": price_reason(item.reason, lang),
        "filed_at": wire_time(claim.created_at),
        "due_at": wire_time(found.due_at),
        "approved_by": found.approved_by,
        "steps": [step.value for step in AuditStep] if may else [],
    }


def _first_yes(found: FirstYes | None) -> View:
    """Of money above what one person may give."""
    return {
        "approved_by": found.actor.name if found else None,
        "approved_fen": found.amount_fen if found else None,
    }


def _trade_in(found: OpenTradeIn, *, may: bool, lang: str) -> View:
    one = found.trade_in
    return {
        "trade_in_no": one.trade_in_no,
        "state": one.state,
        "state_label": trade_in_state_label(one.state, lang),
        "items": [
            {
                "model": mask_text(item.model),
                "category_label": shown_value("old_category", item.category, lang),
                "age_label": shown_value("old_age", item.age, lang),
                "looks_label": shown_value("old_looks", item.looks, lang),
                "works": item.works,
            }
            for item in one.items
        ],
        "low_fen": one.low_fen,
        "high_fen": one.high_fen,
        "final_fen": one.final_fen,
        "pickup_at": wire_time(one.pickup_at),
        "pickup_label": one.pickup_label,
        "filed_at": wire_time(one.created_at),
        **_first_yes(found.first_yes),
        "steps": [step.value for step in open_check_steps(one.state)] if may else [],
    }


def work_order_view(order: WorkOrder, agent: Agent, lang: str) -> View:
    """`text` is masked: customers write numbers into it."""
    may = order.is_open and agent.may(Permission.ANSWER)
    return {
        "work_order_no": order.work_order_no,
        "kind": order.kind.value,
        "kind_label": kind_label(order.kind, lang),
        "state": order.state.value,
        "order_no": order.order_no,
        "line_id": order.line_id,
        "text": mask_text(order.text),
        "severity": order.severity,
        "opened_at": wire_time(order.opened_at),
        "due_at": optional_time(order.due_at),
        "closed_at": optional_time(order.closed_at),
        "result": mask_text(str(order.details.get("result") or "")),
        "promise_id": order.promise_id,
        "steps": [state.value for state in ENDS] if may else [],
    }


def _in(lang: str, zh: str, en: str) -> str:
    return en if lang == "en" and en else zh
