"""After-sale requests: reasons, who is at fault, the kinds, and the states each goes through.

Whether one is allowed is decided in `return_policy.py`, `exchange.py`, `size_swap.py`,
`refund_only.py`, `repair.py` and `door_exchange.py`; how much comes back in `refund.py`.
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
    SAME_VISIT = "same_visit"  # the courier takes the old and hands over the new
    KEEP = "keep"  # nothing goes back


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


_S, _K = AfterSaleState, AfterSaleKind
_NEXT: dict[AfterSaleState, frozenset[AfterSaleState]] = {
    _S.SUBMITTED: frozenset({_S.APPROVED, _S.NEED_INFO, _S.REJECTED, _S.CANCELLED}),
    _S.NEED_INFO: frozenset({_S.SUBMITTED, _S.REJECTED, _S.CANCELLED, _S.EXPIRED}),
    _S.APPROVED: frozenset({_S.AWAITING_RETURN, _S.REFUNDING, _S.EXCHANGING, _S.CANCELLED}),
    _S.REJECTED: frozenset({_S.DISPUTED}),
    _S.AWAITING_RETURN: frozenset({_S.IN_RETURN, _S.EXCHANGING, _S.CANCELLED, _S.EXPIRED}),
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
_OPENING = (_S.SUBMITTED, _S.APPROVED)
_BACK_TO_US = (_S.AWAITING_RETURN, _S.IN_RETURN, _S.RECEIVED, _S.INSPECTED)
# The straight way of each kind. Goods that are sent without waiting for the old ones, and missing
# parts, skip what lies between approval and sending.
PATHS: dict[AfterSaleKind, tuple[AfterSaleState, ...]] = {
    _K.RETURN: (*_OPENING, *_BACK_TO_US, _S.REFUNDING, _S.DONE),
    _K.REFUND_ONLY: (*_OPENING, _S.REFUNDING, _S.DONE),
    _K.EXCHANGE: (*_OPENING, *_BACK_TO_US, _S.EXCHANGING, _S.DONE),
    _K.SIZE_SWAP: (*_OPENING, _S.AWAITING_RETURN, _S.EXCHANGING, _S.DONE),
    _K.DOOR_EXCHANGE: (*_OPENING, _S.AWAITING_RETURN, _S.EXCHANGING, _S.DONE),
    _K.REPAIR: (*_OPENING, *_BACK_TO_US, _S.REPAIRING, _S.DONE),
}
_SIDE_EXITS = frozenset(_S) - {state for path in PATHS.values() for state in path}
# These no longer bind goods or money: the line may be asked about afresh.
VOID = frozenset({_S.REJECTED, _S.CANCELLED, _S.EXPIRED})
RUNNING = frozenset(_S) - VOID - {_S.DONE}
# A courier comes: for goods that go back first, and for old ones while the new are on their way.
FETCHED = frozenset({ReturnWay.PICKUP, ReturnWay.SAME_VISIT})
COURIER_COMES = frozenset({_S.AWAITING_RETURN, _S.EXCHANGING})


def may_become(
    old: AfterSaleState, new: AfterSaleState, kind: AfterSaleKind = AfterSaleKind.RETURN
) -> bool:
    """A step on the way of that kind, or off it."""
    return new in _NEXT[old] and (new in PATHS[kind] or new in _SIDE_EXITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What comes instead of the old: a variant of the same goods."""

    product_id: str
    variant: str
    variant_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRequest:
    """What a form collected; named after the first kind there was. `photos`: ids of uploads.

    `part`: the missing part when not a whole piece is meant; the goods themselves stay then.
    """

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
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterSaleRequest:
    """A filed request. `deducted_fen`: price claims taken off its refund.

    `fee_fen`: what a repair costs the customer. `reservation_no`, `shipment_no`, `refund_no`: the
    shop's, once it has confirmed.
    """

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
    replacement: Replacement | None = None
    fee_fen: int = 0
    reservation_no: str | None = None
    shipment_no: str | None = None
    refund_no: str | None = None

    @property
    def has_freight_back(self) -> bool:
        return any(line.key == "freight" for line in self.refund.lines)

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def takes_units(self) -> bool:
        """The units are bound: they go back, or their money has gone back without them.

        What came back and was refunded is counted by the shop itself.
        """
        if self.request.part or self.state in VOID:
            return False
        return self.is_running or self.kind is AfterSaleKind.REFUND_ONLY

    @property
    def pays_money_back(self) -> bool:
        return self.kind in (AfterSaleKind.RETURN, AfterSaleKind.REFUND_ONLY)
