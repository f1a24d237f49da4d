"""What waits for a person about one customer: requests on file, audited claims, trade-ins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from console.desk.after_sale import AfterSaleRequest
from console.desk.after_sale_clock import clock_of, entered_at
from console.desk.after_sale_step import open_steps
from console.desk.customer import Customer
from console.desk.policy import PolicyBook
from console.desk.trade_in import open_check_steps
from console.services.after_sale_giving import waiting_yes
from console.services.audited_claim import AuditedClaim, audited_claims, waiting_claims
from console.services.second_yes import FirstYes
from console.services.trade_in_check import waiting_yes as trade_in_yes
from console.storage import after_sale as after_sale_rows
from console.storage import trade_in as trade_in_rows
from console.storage.policy import policy_book
from console.storage.trade_in import TradeIn


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOnFile:
    """`due_at`: of the clock that runs in the present state, if one does.

    `first_yes`: to a step that gives more than one person may.
    """

    request: AfterSaleRequest
    due_at: datetime | None
    first_yes: FirstYes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTradeIn:
    trade_in: TradeIn
    first_yes: FirstYes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSteps:
    """Newest requests and trade-ins first, oldest claims first."""

    after_sale: list[RequestOnFile]
    price_claims: list[AuditedClaim]
    trade_ins: list[OpenTradeIn]


NOTHING = OpenSteps(after_sale=[], price_claims=[], trade_ins=[])


def open_steps_of(tx: Connection, customer: Customer) -> OpenSteps:
    """Everything a person can take a step on now; nothing of a visitor."""
    if customer.shop_customer_no is None or not customer.verified:
        return NOTHING
    customer_no, band = customer.shop_customer_no, customer.band
    on_file = after_sale_rows.requests_of(tx, customer_no)
    requests = [one for one in on_file if open_steps(one)]
    claims = waiting_claims(tx, customer_no)
    # Most customers have nothing open, and every look at a conversation comes here.
    policies = policy_book(tx) if requests or claims else PolicyBook(())
    trade_ins = trade_in_rows.trade_ins_of(tx, customer_no)
    return OpenSteps(
        after_sale=[_on_file(tx, one, policies, band) for one in requests],
        price_claims=audited_claims(tx, claims, policies, band),
        trade_ins=[
            OpenTradeIn(trade_in=one, first_yes=trade_in_yes(tx, one))
            for one in trade_ins
            if open_check_steps(one.state)
        ],
    )


def _on_file(
    tx: Connection, request: AfterSaleRequest, policies: PolicyBook, band: str
) -> RequestOnFile:
    since = entered_at(request, after_sale_rows.steps_of(tx, request.rma_no))
    clock = clock_of(request.state, since, policies, band=band)
    return RequestOnFile(
        request=request,
        due_at=clock.due_at if clock else None,
        first_yes=waiting_yes(tx, request),
    )
