"""After-sale requests: reasons, who is at fault, and the states a return goes through.

Whether a return is allowed is decided in `return_policy.py`, how much comes back in `refund.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.desk.refund import Refund


class ReturnReason(StrEnum):
    NO_LONGER_WANTED = "no_longer_wanted"
    WRONG_SIZE = "wrong_size"
    WRONG_CHOICE = "wrong_choice"
    PRICE_DROPPED = "price_dropped"
    LATE_DELIVERY = "late_delivery"
    DAMAGED = "damaged"
    MISSING_PARTS = "missing_parts"
    WRONG_ITEM = "wrong_item"
    QUALITY_FAULT = "quality_fault"
    NOT_AS_DESCRIBED = "not_as_described"
    SUSPECTED_FAKE = "suspected_fake"
    EXPIRED = "expired"
    ALLERGIC = "allergic"
    PET_REFUSES = "pet_refuses"
    OUTGROWN = "outgrown"
    OTHER = "other"


class Fault(StrEnum):
    CUSTOMER = "customer"
    CARRIER = "carrier"
    SHOP = "shop"


_CARRIERS = {ReturnReason.LATE_DELIVERY, ReturnReason.DAMAGED}
_SHOPS = {
    ReturnReason.MISSING_PARTS,
    ReturnReason.WRONG_ITEM,
    ReturnReason.QUALITY_FAULT,
    ReturnReason.NOT_AS_DESCRIBED,
    ReturnReason.SUSPECTED_FAKE,
    ReturnReason.EXPIRED,
    ReturnReason.ALLERGIC,
}
NEEDS_PHOTOS = frozenset(
    {
        ReturnReason.DAMAGED,
        ReturnReason.MISSING_PARTS,
        ReturnReason.WRONG_ITEM,
        ReturnReason.QUALITY_FAULT,
        ReturnReason.NOT_AS_DESCRIBED,
        ReturnReason.SUSPECTED_FAKE,
        ReturnReason.EXPIRED,
        ReturnReason.ALLERGIC,
    }
)
# Health, counterfeits and stale food are looked at by a person whatever the clock says.
GRAVE = frozenset({ReturnReason.SUSPECTED_FAKE, ReturnReason.EXPIRED, ReturnReason.ALLERGIC})
# Seen when the parcel is opened: their own, shorter window.
ON_ARRIVAL = frozenset({ReturnReason.DAMAGED, ReturnReason.MISSING_PARTS, ReturnReason.WRONG_ITEM})


def fault_party(reason: ReturnReason) -> Fault:
    """Who is taken to be at fault until an inspection says otherwise."""
    if reason in _CARRIERS:
        return Fault.CARRIER
    return Fault.SHOP if reason in _SHOPS else Fault.CUSTOMER


class Condition(StrEnum):
    UNOPENED = "unopened"
    OPENED = "opened"  # seal broken, goods intact and complete
    USED = "used"


class ReturnWay(StrEnum):
    PICKUP = "pickup"
    SELF_SHIP = "self_ship"


class AfterSaleKind(StrEnum):
    RETURN = "return"
    REFUND_ONLY = "refund_only"
    EXCHANGE = "exchange"
    SIZE_SWAP = "size_swap"
    DOOR_EXCHANGE = "door_exchange"
    REPAIR = "repair"


class AfterSaleState(StrEnum):
    SUBMITTED = "submitted"  # a person audits it
    NEED_INFO = "need_info"
    APPROVED = "approved"
    REJECTED = "rejected"
    AWAITING_RETURN = "awaiting_return"  # approved; the goods are still with the customer
    IN_RETURN = "in_return"
    RECEIVED = "received"
    INSPECTED = "inspected"
    INSPECTION_FAILED = "inspection_failed"
    REFUNDING = "refunding"
    EXCHANGING = "exchanging"
    REPAIRING = "repairing"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DISPUTED = "disputed"


_S = AfterSaleState
_NEXT: dict[AfterSaleState, frozenset[AfterSaleState]] = {
    _S.SUBMITTED: frozenset({_S.APPROVED, _S.NEED_INFO, _S.REJECTED, _S.CANCELLED}),
    _S.NEED_INFO: frozenset({_S.SUBMITTED, _S.REJECTED, _S.CANCELLED, _S.EXPIRED}),
    _S.APPROVED: frozenset({_S.AWAITING_RETURN, _S.REFUNDING, _S.CANCELLED}),
    _S.REJECTED: frozenset({_S.DISPUTED}),
    _S.AWAITING_RETURN: frozenset({_S.IN_RETURN, _S.CANCELLED, _S.EXPIRED}),
    _S.IN_RETURN: frozenset({_S.RECEIVED, _S.DISPUTED}),
    _S.RECEIVED: frozenset({_S.INSPECTED, _S.INSPECTION_FAILED}),
    _S.INSPECTED: frozenset({_S.REFUNDING, _S.EXCHANGING, _S.REPAIRING}),
    _S.INSPECTION_FAILED: frozenset({_S.REFUNDING, _S.DISPUTED, _S.DONE}),
    _S.REFUNDING: frozenset({_S.DONE}),
    _S.EXCHANGING: frozenset({_S.DONE}),
    _S.REPAIRING: frozenset({_S.DONE}),
    _S.DISPUTED: frozenset({_S.APPROVED, _S.REFUNDING, _S.REJECTED}),
    _S.DONE: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.EXPIRED: frozenset(),
}
# These no longer bind goods or money: the line may be asked about afresh.
VOID = frozenset({_S.REJECTED, _S.CANCELLED, _S.EXPIRED})
RUNNING = frozenset(_S) - VOID - {_S.DONE}


def may_become(old: AfterSaleState, new: AfterSaleState) -> bool:
    return new in _NEXT[old]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRequest:
    """What the form collected. `photos`: ids of uploads."""

    order_no: str
    line_id: str
    quantity: int
    reason: ReturnReason
    condition: Condition
    way: ReturnWay = ReturnWay.PICKUP
    pickup_at: datetime | None = None
    pickup_label: str = ""
    photos: tuple[str, ...] = ()
    accessories_complete: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterSaleRequest:
    """A filed request. `deducted_fen`: price claims taken off its refund."""

    rma_no: str
    kind: AfterSaleKind
    state: AfterSaleState
    customer_no: str
    request: ReturnRequest
    title: str
    title_en: str
    refund: Refund
    rule_id: str
    created_at: datetime
    updated_at: datetime
    deducted_fen: int = 0

    @property
    def has_freight_back(self) -> bool:
        return any(line.key == "freight" for line in self.refund.lines)
