"""Which intents of one message are one wish, and which are none of their own."""

from __future__ import annotations

from typing import Any

# These say nothing on their own: an answer, a nod, or nothing that was understood.
LEANING = frozenset({"nlu_fallback", "inform", "affirm", "deny", "out_of_scope", "chitchat", None})
NOT_UNDERSTOOD = frozenset({"nlu_fallback", None})
# Said together they are one wish: what is to become of an order or of a broken thing, the same
# question with more or less hurry, a price that fell and what is asked for it.
ONE_WISH = (
    frozenset(
        {
            "cancel_order",
            "request_return",
            "request_refund_only",
            "refuse_delivery",
            "cancel_after_sale",
        }
    ),
    frozenset({"request_exchange", "request_size_swap", "change_order_item"}),
    frozenset(
        {
            "request_repair",
            "request_replace_instead_of_repair",
            "report_quality_issue",
            "report_damaged",
            "ask_troubleshooting",
        }
    ),
    frozenset({"request_invoice", "modify_invoice", "query_invoice"}),
    frozenset(
        {
            "apply_price_protect",
            "ask_price_protect_policy",
            "price_protect_rejected",
            "query_price_protect_record",
            "request_compensation",
        }
    ),
    frozenset(
        {
            "ask_delivery_time",
            "ask_arrival_time",
            "ask_ship_date",
            "urge_shipment",
            "urge_delivery",
        }
    ),
    frozenset({"track_logistics", "logistics_stalled"}),
    frozenset(
        {
            "query_refund_progress",
            "query_after_sale_progress",
            "urge_after_sale",
            "dispute_refund_amount",
        }
    ),
    frozenset({"ask_coupon", "coupon_unusable"}),
    frozenset(
        {
            "request_human",
            "request_previous_agent",
            "escalate_to_supervisor",
            "file_complaint",
            "express_anger",
        }
    ),
    frozenset({"search_product", "recommend_product", "ask_price", "bargain_price"}),
)
# What is wrong, and what is to be done about it.
FAULTS = frozenset(
    {
        "report_quality_issue",
        "report_damaged",
        "report_wrong_item",
        "report_missing_parts",
        "ask_troubleshooting",
        "request_repair",
    }
)
REMEDIES = frozenset(
    {
        "request_return",
        "request_refund_only",
        "request_exchange",
        "request_size_swap",
        "request_repair",
        "request_replace_instead_of_repair",
        "request_compensation",
        "refuse_delivery",
    }
)
# These need no turn of their own beside a real wish.
POLITE = frozenset({"greet", "thank", "goodbye"})


def together(one: Any, other: Any) -> bool:
    """Whether two intents of one message are one wish."""
    return (
        one == other
        or any({one, other} <= group for group in ONE_WISH)
        or (one in FAULTS and other in REMEDIES)
        or (other in FAULTS and one in REMEDIES)
    )
