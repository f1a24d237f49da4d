"""The policy rows that the product ships with. A merchant adds rows; these are never edited.

Sources are sections of docs/sources.md, which names the document and how sure it is.
"""

from __future__ import annotations

from datetime import UTC, datetime

from console.desk.policy import PolicyRow, PolicyValue, Scope
from console.desk.product import SELF_OPERATED, Category

_ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)

ALLOWED = "allowed"
EXCLUDED = "excluded"
IF_CONFIRMED = "if_confirmed"  # excluded once unsealed, if the buyer confirmed so at purchase


def _everywhere(key: str, value: PolicyValue, source: str, note: str = "") -> PolicyRow:
    return PolicyRow(id=key, key=key, value=value, valid_from=_ALWAYS, source=source, note=note)


def _category(key: str, category: Category, value: PolicyValue, source: str) -> PolicyRow:
    return PolicyRow(
        id=f"{key}/{category}", key=key, value=value, valid_from=_ALWAYS,
        scope=Scope.CATEGORY, scope_id=category, source=source,
    )  # fmt: skip


def _seller(key: str, seller_id: str, value: PolicyValue, source: str) -> PolicyRow:
    return PolicyRow(
        id=f"{key}/{seller_id}", key=key, value=value, valid_from=_ALWAYS,
        scope=Scope.SELLER, scope_id=seller_id, source=source,
    )  # fmt: skip


_WINDOW = "price_protection.window_days"
_NO_REASON = "return.no_reason"

PRICE_PROTECTION = (
    _everywhere(_WINDOW, 7, "price-protection"),
    _category(_WINDOW, Category.PHONES, 15, "price-protection"),
    _category(_WINDOW, Category.COMPUTERS, 15, "price-protection"),
    _category(_WINDOW, Category.DIGITAL, 15, "price-protection"),
    _category(_WINDOW, Category.APPLIANCES, 30, "price-protection"),
    _category(_WINDOW, Category.BABY_CONSUMABLES, 90, "price-protection"),
    _everywhere("price_protection.joined", False, "price-protection", "a seller joins by a row"),
    _seller("price_protection.joined", SELF_OPERATED, True, "price-protection"),
)
RETURNS = (
    _everywhere("return.no_reason_hours", 168, "returns"),
    _everywhere("return.fault_days", 7, "faults", "return, exchange or repair at choice"),
    _everywhere("return.exchange_days", 15, "faults", "after it repair only"),
    _everywhere(
        "return.delivery_fault_days", 7, "missing-wrong-damaged", "missing, wrong, damaged"
    ),
    _everywhere("return.warranty_days", 365, "faults"),
    _everywhere(_NO_REASON, ALLOWED, "returns"),
    _category(_NO_REASON, Category.FRESH, EXCLUDED, "returns"),
    _category(_NO_REASON, Category.MEDICINE, EXCLUDED, "returns"),
    _category(_NO_REASON, Category.UNDERWEAR, IF_CONFIRMED, "returns"),
    _category(_NO_REASON, Category.BABY_CONSUMABLES, IF_CONFIRMED, "returns"),
    _category(_NO_REASON, Category.FOOD, IF_CONFIRMED, "returns"),
    _category(_NO_REASON, Category.PHONES, IF_CONFIRMED, "returns"),
    _everywhere("return.auto_approve_fen", 2000_00, "bot-limits", "above it a person decides"),
    _everywhere("return.pet_refuses", False, "returns", "accepted reason for pet food"),
    _category("return.pet_refuses", Category.PET_FOOD, True, "returns"),
    _everywhere("return.freight_is_free", False, "refunds"),
    _category("return.freight_is_free", Category.CLOTHING, True, "refunds"),
    _everywhere("return.pickup_fee_fen", 12_00, "refunds", "collected by the courier"),
)
COMPLAINTS = (
    _everywhere("complaint.first_answer_minutes", 15, "complaints", "by a person"),
    _everywhere("complaint.first_answer_grave_minutes", 5, "complaints", "severity 3 and 4"),
    _everywhere("complaint.plan_hours", 24, "complaints"),
    _everywhere("complaint.close_hours", 72, "complaints"),
)
CARRIER = (
    _everywhere("tracking.stalled_hours", 48, "tracking", "since the last scan"),
    _everywhere("tracking.stalled_same_city_hours", 24, "tracking"),
    _everywhere("tracking.lost_days", 7, "tracking"),
    _everywhere("tracking.answer_hours", 24, "tracking"),
    _everywhere("lost.report_days", 15, "signed-not-received"),
    _everywhere("lost.answer_hours", 24, "signed-not-received"),
    _everywhere("lost.settle_hours", 48, "signed-not-received", "refund or a new parcel"),
    _everywhere("cancellation.warehouse_minutes", 30, "cancellation", "until it answers"),
    _everywhere("cancellation.carrier_hours", 24, "cancellation", "until it answers"),
    _everywhere("cancellation.chase_hours", 4, "cancellation", "when nobody answered in time"),
    _everywhere("refusal.refund_hours", 24, "cancellation", "after the parcel is back"),
    _everywhere("refusal.answer_hours", 24, "cancellation", "where a refused parcel is"),
)
DEFAULT_POLICIES = PRICE_PROTECTION + RETURNS + COMPLAINTS + CARRIER
