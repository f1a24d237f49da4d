"""The part of the shop's port that changes orders and issues invoices.

Rules for writes and silence are those of `gateways/shop.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from console.desk.charge import Charge
from console.desk.invoice import Invoice, InvoiceWish


class ChangeState(StrEnum):
    """What became of the wish to change an order."""

    DONE = "done"
    ASKED = "asked"  # the courier will answer
    TOO_LATE = "too_late"  # the order has moved on


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who gets it and where; what is empty stays as it is."""

    name: str = ""
    phone: str = ""
    address: str = ""


class OrderShop(Protocol):
    async def change_receiver(
        self, customer_no: str, order_no: str, receiver: Receiver, *, key: str
    ) -> ChangeState: ...

    async def change_line(
        self,
        customer_no: str,
        order_no: str,
        line_id: str,
        variant: str,
        quantity: int,
        *,
        key: str,
    ) -> ChangeState:
        """Before picking; what a paid order saves by it is refunded in the same step.

        Raises `OutOfStock`, and `BadRequest` when a paid order would cost more.
        """
        ...

    async def leave_note(
        self, customer_no: str, order_no: str, text: str, *, key: str
    ) -> ChangeState:
        """For the warehouse; on its way, for the courier."""
        ...

    async def book_delivery(
        self, customer_no: str, order_no: str, at: datetime, label: str, *, key: str
    ) -> ChangeState: ...

    async def charges_of(self, customer_no: str, order_no: str) -> list[Charge]:
        """Oldest first; none for an order of somebody else."""
        ...

    async def invoices_of(self, customer_no: str) -> list[Invoice]:
        """Newest first."""
        ...

    async def request_invoice(
        self,
        customer_no: str,
        order_no: str,
        wish: InvoiceWish,
        amount_fen: int,
        *,
        key: str,
    ) -> Invoice:
        """A later one for the same order makes the earlier void."""
        ...

    async def send_invoice(
        self, customer_no: str, invoice_no: str, email: str, *, key: str
    ) -> Invoice: ...
