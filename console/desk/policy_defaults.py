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
REVIEWS = (
    _everywhere("price_protection.review_hours", 24, "price-protection", "a person looks again"),
    _everywhere("price_protection.review_hours.band_b", 4, "membership"),
    _everywhere("price_protection.review_hours.band_c", 4, "membership"),
    _everywhere("callback.notice_minutes", 30, "callbacks"),
    _everywhere("callback.furthest_days", 7, "callbacks"),
)
_BASE = "trade_in.base_fen"
TRADE_IN = (
    _everywhere(_BASE, 0, "trade-in", "0: not taken"),
    _category(_BASE, Category.PHONES, 800_00, "trade-in"),
    _category(_BASE, Category.COMPUTERS, 1500_00, "trade-in"),
    _category(_BASE, Category.DIGITAL, 200_00, "trade-in"),
    _category(_BASE, Category.APPLIANCES, 150_00, "trade-in"),
    _everywhere("trade_in.age_under_1_percent", 100, "trade-in"),
    _everywhere("trade_in.age_under_3_percent", 60, "trade-in"),
    _everywhere("trade_in.age_over_3_percent", 30, "trade-in"),
    _everywhere("trade_in.looks_good_percent", 100, "trade-in"),
    _everywhere("trade_in.looks_worn_percent", 80, "trade-in"),
    _everywhere("trade_in.looks_broken_percent", 50, "trade-in"),
    _everywhere("trade_in.defective_percent", 20, "trade-in"),
    _everywhere("trade_in.spread_percent", 15, "trade-in"),
    _everywhere("trade_in.valid_hours", 72, "trade-in"),
    _everywhere("trade_in.answer_hours", 48, "trade-in"),
    _everywhere("trade_in.check_hours", 48, "trade-in", "after the pickup"),
)
_CLOCKS = "after-sale-clocks"
AFTER_SALE_CLOCKS = (
    _everywhere("after_sale.audit_hours", 24, _CLOCKS),
    _everywhere("after_sale.audit_hours.band_b", 4, "membership"),
    _everywhere("after_sale.audit_hours.band_c", 4, "membership"),
    _everywhere("after_sale.send_back_hours", 168, _CLOCKS, "7 days, then it lapses"),
    _everywhere("after_sale.reminder_hours", 48, _CLOCKS, "before it lapses"),
    _everywhere("after_sale.inspection_hours", 48, _CLOCKS),
    _everywhere("after_sale.refund_hours", 24, _CLOCKS),
    _everywhere("after_sale.urge_hours", 12, _CLOCKS, "one push upstream in that time"),
    _everywhere("after_sale.urge_answer_hours", 12, _CLOCKS),
)
COMPLAINTS = (
    _everywhere("complaint.first_answer_minutes", 15, "complaints", "by a person"),
    _everywhere("complaint.first_answer_grave_minutes", 5, "complaints", "severity 3 and 4"),
    _everywhere("complaint.plan_hours", 24, "complaints"),
    _everywhere("complaint.close_hours", 72, "complaints"),
)
ORDERS = (
    _everywhere("invoice.hours", 24, "invoices", "after the order is completed"),
    _everywhere("invoice.busy_hours", 48, "invoices", "in the first days of a month"),
    _everywhere("invoice.busy_until_day", 6, "invoices"),
    _everywhere("invoice.change_days", 365, "invoices", "after it was issued"),
    _seller("invoice.change_days", SELF_OPERATED, 730, "invoices"),
    _everywhere("invoice.most_changes", 2, "invoices"),
    _everywhere("invoice.special_hours", 24, "invoices", "until a person answers"),
    _everywhere("payment.answer_hours", 24, "payments"),
    _everywhere("payment.duplicate_minutes", 30, "payments", "between two orders"),
    _everywhere("address_change.answer_hours", 4, "order-changes", "of the courier"),
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
_WARRANTY = "return.warranty_days"
_KEPT = "refund_only.auto_fen"
AFTER_SALE = (
    *(
        _category(_WARRANTY, category, 0, "warranty")  # eaten or used up, never repaired
        for category in (
            Category.FOOD,
            Category.FRESH,
            Category.MEDICINE,
            Category.PET_FOOD,
            Category.BABY_CONSUMABLES,
        )
    ),
    _category(_WARRANTY, Category.CLOTHING, 90, "warranty"),
    _category(_WARRANTY, Category.UNDERWEAR, 0, "warranty"),
    _everywhere("warranty.restarts_after_exchange", True, "warranty"),
    _everywhere("warranty.least_days_after_door_exchange", 90, "door-exchange"),
    _everywhere("remedy.refund_now_fen", 20_00, "missing-wrong-damaged", "without a question"),
    _everywhere("remedy.send_first_fen", 100_00, "missing-wrong-damaged", "bands B and C always"),
    _everywhere("remedy.carrier_claim_hours", 48, "missing-wrong-damaged"),
    _everywhere(_KEPT, 20_00, "refund-only", "above it a person audits"),
    _category(_KEPT, Category.FRESH, 100_00, "refund-only"),
    _everywhere("exchange.hold_hours", 24, "exchange", "stock is kept that long"),
    _everywhere("size_swap.offered", False, "size-swap"),
    _category("size_swap.offered", Category.BABY_CONSUMABLES, True, "size-swap"),
    _everywhere("size_swap.first_day", 8, "size-swap", "before it an exchange"),
    _everywhere("size_swap.last_day", 90, "size-swap"),
    _everywhere("door_exchange.offered", False, "door-exchange", "by category or item"),
    _everywhere("door_exchange.days", 180, "door-exchange"),
    _everywhere("repair.most_repairs", 2, "faults", "after them an exchange"),
    _everywhere("repair.fee_fen", 50_00, "warranty", "outside the warranty, before parts"),
    _category("repair.fee_fen", Category.PHONES, 120_00, "warranty"),
    _category("repair.fee_fen", Category.COMPUTERS, 150_00, "warranty"),
)
PRESALE = (
    _everywhere("delivery.cutoff_hour", 16, "delivery", "orders before it leave the same day"),
    _everywhere("bulk.least_quantity", 20, "bulk", "from so many pieces on prices are negotiated"),
    _everywhere("custom.answer_hours", 24, "bulk", "an answer about goods made to order"),
    _everywhere("account.data_request_hours", 72, "account"),
)
DEFAULT_POLICIES = (
    *PRICE_PROTECTION,
    *RETURNS,
    *COMPLAINTS,
    *CARRIER,
    *ORDERS,
    *AFTER_SALE,
    *PRESALE,
    *AFTER_SALE_CLOCKS,
    *REVIEWS,
    *TRADE_IN,
)
