"""What banks took for orders of the demo shop, and the invoice that somebody has already."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.desk.charge import Charge, ChargeFailure, ChargeState
from console.desk.invoice import InvoiceWish, TitleKind
from console.desk.order import PaymentSource

TAKEN_BUT_UNPAID, REFUSED_BY_BANK, CHARGED_TWICE = "620026087014", "620026087458", "620026087890"
INVOICED = "620026075864"
INVOICE_NO, INVOICE_AGE = "FP7300418265", timedelta(days=19)
INVOICE = InvoiceWish(
    title_kind=TitleKind.PERSONAL, title="陈嘉树", email="jiashu.chen@example.com"
)


def demo_charges(now: datetime) -> list[Charge]:
    """Only where something went wrong: of the others the shop says nothing."""
    rows = (
        (TAKEN_BUT_UNPAID, PaymentSource.CARD, 168_00, ChargeState.TAKEN, 60, None),
        (REFUSED_BY_BANK, PaymentSource.CARD, 79_00, ChargeState.FAILED, 40, ChargeFailure.LIMIT),
        (CHARGED_TWICE, PaymentSource.CARD, 100_00, ChargeState.TAKEN, 430, None),
        (CHARGED_TWICE, PaymentSource.CARD, 100_00, ChargeState.TAKEN, 429, None),
    )
    return [
        Charge(
            charge_no=f"ch_{number}", order_no=order_no, source=source, amount_fen=amount_fen,
            state=state, at=now - timedelta(minutes=minutes), failure=failure,
        )
        for number, (order_no, source, amount_fen, state, minutes, failure) in enumerate(rows, 1)
    ]  # fmt: skip
