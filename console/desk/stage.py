"""Which stage of shopping a conversation is in, told by what the customer wants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_PRESALE = (
    "search_product recommend_product compare_products ask_product_attribute ask_product_usage "
    "ask_size_advice ask_stock subscribe_item_alert ask_price bargain_price ask_promotion "
    "ask_coupon coupon_unusable ask_payment_method ask_delivery_method ask_delivery_time "
    "ask_shipping_fee ask_install_service ask_trade_in ask_authenticity ask_return_policy "
    "ask_price_protect_policy ask_warranty_policy ask_bulk_purchase ask_customization "
    "consult_domain_expert"
)
_ORDER = (
    "place_order_help payment_problem query_order_status ask_ship_date track_logistics "
    "logistics_stalled ask_arrival_time urge_shipment urge_delivery change_address "
    "change_order_item cancel_order query_cancel_result order_cancelled_unexpectedly "
    "schedule_delivery refuse_delivery signed_not_received confirm_order_info "
    "duplicate_order_or_charge request_invoice query_invoice modify_invoice subscribe_order_watch"
)
_AFTER_SALE = (
    "request_return request_refund_only request_exchange request_size_swap request_repair "
    "request_replace_instead_of_repair query_after_sale_progress query_refund_progress "
    "dispute_refund_amount cancel_after_sale modify_after_sale provide_return_tracking "
    "ask_return_address schedule_pickup urge_after_sale apply_price_protect "
    "query_price_protect_record price_protect_rejected report_missing_parts report_wrong_item "
    "report_damaged report_quality_issue ask_troubleshooting query_warranty find_service_center "
    "query_trade_in_progress request_compensation"
)
_MEMBER = "ask_membership account_help opt_out_marketing"

STAGES = {
    intent: stage
    for stage, intents in (
        ("presale", _PRESALE),
        ("order", _ORDER),
        ("aftersale", _AFTER_SALE),
        ("member", _MEMBER),
    )
    for intent in intents.split()
}


def stage_of(intents: Iterable[dict[str, Any] | None]) -> str | None:
    """The stage of the last intent that has one; small talk changes nothing."""
    stages = [STAGES.get(str((intent or {}).get("name"))) for intent in intents]
    return next((stage for stage in reversed(stages) if stage), None)
