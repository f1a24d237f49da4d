"""Orders for rule tests: every argument has a plain default, a test names what matters to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from console.desk.order import Order, OrderLine, OrderState, Parcel, ParcelState
from console.desk.policy import PolicyBook
from console.desk.policy_defaults import DEFAULT_POLICIES
from console.desk.product import Category

SIGNED = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
PLACED = SIGNED - timedelta(days=3)
SECOND = timedelta(seconds=1)
POLICIES = PolicyBook(DEFAULT_POLICIES)

_LINE = OrderLine(
    line_id="l1",
    product_id="p1",
    title="保温杯",
    title_en="Vacuum mug",
    variant="银色",
    quantity=1,
    unit_fen=1000_00,
    category=Category.PET_SUPPLIES,
)


def a_line(**changes: Any) -> OrderLine:
    return replace(_LINE, **changes)


def an_order(
    *lines: OrderLine,
    state: OrderState = OrderState.SIGNED,
    signed_at: datetime | None = SIGNED,
    **changes: Any,
) -> Order:
    """One parcel with everything in it; signed for when the order is."""
    lines = lines or (a_line(),)
    parcel = Parcel(
        waybill_no="W1",
        carrier="测试速运",
        carrier_en="Test Express",
        state=ParcelState.SIGNED if state is OrderState.SIGNED else ParcelState.IN_TRANSIT,
        line_ids=tuple(line.line_id for line in lines),
        signed_at=signed_at if state is OrderState.SIGNED else None,
    )
    return Order(
        **{
            "order_no": "100000000001",
            "customer_no": "c1",
            "state": state,
            "placed_at": PLACED,
            "lines": lines,
            "parcels": (parcel,),
            **changes,
        }
    )
