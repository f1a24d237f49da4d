"""Asking the shop for invoices, and for corrected ones: once per wish, by the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from console.desk.errors import DeskError, NotFound
from console.desk.event import BOT, EventType, NewEvent
from console.desk.invoice import (
    ChangeDecision,
    ChangeOutcome,
    Invoice,
    InvoiceDecision,
    InvoiceOutcome,
    InvoiceState,
    InvoiceWish,
    decide_invoice,
    decide_invoice_change,
    invoice_amount,
)
from console.desk.order import Order
from console.desk.policy import PolicyDecision
from console.desk.work_order import WorkOrder, WorkOrderKind, WorkOrderRequest
from console.services.parts import Desk
from console.services.shop_call import Shopper, answer_of, find_shopper, own_order
from console.services.work_order import open_work_order
from console.storage.event import record, stored_event
from console.storage.policy import policy_book, record_decision


class InvoiceRefused(DeskError):
    """The rules say no; `reason` says why."""

    code = "invoice_refused"
    status = 409

    def __init__(self, rule_id: str, reason: str) -> None:
        super().__init__(rule_id=rule_id, reason=reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class InvoiceTerms:
    """`present`: the invoice that the order has already, void ones left out."""

    order: Order
    decision: InvoiceDecision
    present: Invoice | None
    amount_fen: int


async def invoices_of(desk: Desk, conversation_id: str) -> list[Invoice]:
    """Newest first, void ones left out; none for a visitor."""
    shopper = await find_shopper(desk, conversation_id)
    if shopper is None:
        return []
    found = await answer_of(desk, desk.shop.invoices_of(shopper.customer_no))
    return [one for one in found if one.state is not InvoiceState.REPLACED]


async def invoice_terms(desk: Desk, conversation_id: str, order_no: str) -> InvoiceTerms:
    """What the rules say, before anything is asked for. Raises `NotFound`."""
    _, order = await own_order(desk, conversation_id, order_no)
    mine = await invoices_of(desk, conversation_id)
    policies = await desk.database.read(policy_book)
    return InvoiceTerms(
        order=order,
        decision=decide_invoice(order, policies, desk.clock.now()),
        present=next((one for one in mine if one.order_no == order_no), None),
        amount_fen=invoice_amount(order),
    )


async def request_invoice(
    desk: Desk, conversation_id: str, order_no: str, wish: InvoiceWish, *, key: str
) -> Invoice:
    """The invoice that stands now. Raises `NotFound`, and `InvoiceRefused` by the rules."""
    shopper, _ = await own_order(desk, conversation_id, order_no)
    terms = await invoice_terms(desk, conversation_id, order_no)
    if terms.present is not None:
        if terms.present.wish != wish:
            raise InvoiceRefused("invoice.one_per_order", "exists")
        return terms.present
    decision = terms.decision
    await _keep(desk, conversation_id, shopper, order_no, decision.outcome, decision.rule_id)
    if decision.outcome is InvoiceOutcome.REFUSED:
        raise InvoiceRefused(decision.rule_id, decision.reason)
    invoice = await answer_of(
        desk,
        desk.shop.request_invoice(
            shopper.customer_no, order_no, wish, terms.amount_fen, key=f"invoice:{key}"
        ),
    )
    await _tell(desk, conversation_id, invoice, key)
    return invoice


async def change_terms(
    desk: Desk, conversation_id: str, order_no: str, wish: InvoiceWish
) -> tuple[Invoice, ChangeDecision]:
    """What a change would be. Raises `NotFound` when there is nothing to change."""
    _, order = await own_order(desk, conversation_id, order_no)
    mine = await invoices_of(desk, conversation_id)
    present = next((one for one in mine if one.order_no == order_no), None)
    if present is None:
        raise NotFound("invoice")
    policies = await desk.database.read(policy_book)
    now = desk.clock.now()
    return present, decide_invoice_change(present, wish, order.seller_id, policies, now)


async def change_invoice(
    desk: Desk, conversation_id: str, order_no: str, wish: InvoiceWish, *, key: str
) -> tuple[Invoice, ChangeOutcome]:
    """The corrected invoice, or the same one sent again; a repeat finds it done already.

    Raises `NotFound`, `InvoiceRefused`.
    """
    shopper, order = await own_order(desk, conversation_id, order_no)
    present, decision = await change_terms(desk, conversation_id, order_no, wish)
    done = await _outcome_of(desk, conversation_id, key)
    if done is not None:
        return present, done
    if present.wish == wish and decision.outcome is not ChangeOutcome.SEND:
        return present, decision.outcome
    await _keep(desk, conversation_id, shopper, order_no, decision.outcome, decision.rule_id)
    if decision.outcome is ChangeOutcome.REFUSED:
        raise InvoiceRefused(decision.rule_id, decision.reason)
    if decision.outcome is ChangeOutcome.SEND:
        call = desk.shop.send_invoice(
            shopper.customer_no, present.invoice_no, wish.email, key=f"invoice-send:{key}"
        )
    else:
        call = desk.shop.request_invoice(
            shopper.customer_no, order_no, wish, invoice_amount(order), key=f"invoice:{key}"
        )
    invoice = await answer_of(desk, call)
    await _tell(desk, conversation_id, invoice, f"{decision.outcome}:{key}")
    return invoice, decision.outcome


async def _outcome_of(desk: Desk, conversation_id: str, key: str) -> ChangeOutcome | None:
    """What was done under this key: with the new words on it, an invoice looks like a sent one."""

    def query(tx: Connection) -> ChangeOutcome | None:
        for outcome in (ChangeOutcome.CHANGE, ChangeOutcome.SEND):
            told = NewEvent(EventType.ACTION_TAKEN, BOT, {}, f"invoice:{outcome}:{key}")
            if stored_event(tx, conversation_id, told) is not None:
                return outcome
        return None

    return await desk.database.read(query)


async def ask_person_about_invoice(
    desk: Desk, conversation_id: str, order_no: str | None, words: str, *, key: str
) -> WorkOrder:
    """Qualifications, amounts and contents are looked at by a person. Raises `NotFound`."""
    policies = await desk.database.read(policy_book)
    hours = policies.number("invoice.special_hours", desk.clock.now())
    request = WorkOrderRequest(
        kind=WorkOrderKind.INVOICE,
        text=words,
        order_no=order_no,
        answer_within=timedelta(hours=hours),
    )
    return await open_work_order(desk, conversation_id, request, key=key)


async def _keep(
    desk: Desk, conversation_id: str, shopper: Shopper, order_no: str, outcome: str, rule_id: str
) -> None:
    now = desk.clock.now()
    decision = PolicyDecision(
        subject="invoice",
        outcome=outcome,
        rule_id=rule_id,
        order_no=order_no,
        inputs={"now": now.isoformat()},
    )

    def work(tx: Connection) -> None:
        record_decision(
            tx, decision, conversation_id=conversation_id, customer_no=shopper.customer_no,
            actor=BOT, at=now,
        )  # fmt: skip

    await desk.database.write(work)


async def _tell(desk: Desk, conversation_id: str, invoice: Invoice, key: str) -> None:
    body = {
        "action": "invoice",
        "invoice_no": invoice.invoice_no,
        "order_no": invoice.order_no,
        "amount_fen": invoice.amount_fen,
    }
    event = NewEvent(EventType.ACTION_TAKEN, BOT, body, f"invoice:{key}")
    now = desk.clock.now()
    await desk.database.write(lambda tx: record(tx, conversation_id, [event], now))
