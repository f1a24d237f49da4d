"""Whether what is said inside a form is another wish, or the answer to the question that is open.

Words of a wish ("please", "I want") decide without the engine. Otherwise the engine's reading does,
where it is sure and where the question would take any words: a story, a name, a time. What people
say when they tell that very story (a fault, a rude courier) is never another wish.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.turn import Turn
from console.desk.meaning import CHANGING, GIVING_BACK
from console.desk.stage import STAGES

# Below these the engine's reading does not outweigh an open question (intents 3.4).
SURE, APART = 0.60, 0.10
# Said inside another form, these words ask for something else and answer nothing.
WISH_WORDS = re.compile(
    r"(?:我要|我想|想要|帮我|给我|麻烦|顺便|另外|还要|还想|先)[^,，。;；]{0,8}"
    r"(?:取消|投诉|换货|退货|退款|发票|改.{0,4}地址|报修|维修|回电|价保|保价|补差|预约)"
    r"|\b(?:i (?:want|need|would like) to|please|can you|could you|first)\b.{0,24}"
    r"\b(?:cancel|complain|exchange|return|refund|invoice|change .{0,12}address|repair|call me)\b",
    re.IGNORECASE,
)
REPORTS = frozenset(
    {"report_damaged", "report_quality_issue", "report_missing_parts", "report_wrong_item"}
)
_REPAIRS = frozenset(
    {"request_repair", "request_replace_instead_of_repair", "ask_troubleshooting", "query_warranty"}
)
_FAULTS = REPORTS | _REPAIRS
_TROUBLE = _FAULTS | frozenset(
    {
        *("logistics_stalled", "signed_not_received", "urge_shipment", "urge_delivery"),
        *("urge_after_sale", "order_cancelled_unexpectedly", "refuse_delivery"),
        *("payment_problem", "duplicate_order_or_charge", "place_order_help", "coupon_unusable"),
        *("dispute_refund_amount", "price_protect_rejected", "file_complaint"),
        *("request_compensation", "ask_authenticity"),
    }
)
_WAYS_OUT = GIVING_BACK | CHANGING | _REPAIRS | frozenset({"request_callback"})
_WHERE = frozenset(
    {"change_address", "ask_delivery_method", "schedule_delivery", "confirm_order_info"}
)
_INVOICES = frozenset({"request_invoice", "modify_invoice", "query_invoice"})
_OLD_GOODS = frozenset({"ask_trade_in", "search_product", "recommend_product", "ask_price"})
# Questions that any words answer, and the wishes that such words may sound like.
TAKES_ANY_WORDS: Mapping[str, frozenset[str]] = {
    "complaint_text": _TROUBLE,
    "complaint_wish": _TROUBLE | _WAYS_OUT,
    "complaint_confirmed": _TROUBLE | _WAYS_OUT,
    "fault_text": _FAULTS,
    "fault_since": _FAULTS,
    "tried_steps": _FAULTS,
    "order_note": _WHERE | frozenset({"change_order_item", "urge_delivery"}),
    "new_address": _WHERE,
    "new_receiver": _WHERE,
    "invoice_title": _INVOICES,
    "company": _INVOICES | frozenset({"ask_bulk_purchase"}),
    "custom_spec": frozenset({"ask_customization"}),
    "old_model": _OLD_GOODS,
    "new_product": _OLD_GOODS,
}
_TIMES = frozenset(
    {"schedule_delivery", "schedule_pickup", "request_callback", "modify_after_sale"}
)
# A story may name anything that went wrong; a wish beside it asks or bids.
_STORIES = frozenset({"complaint_text", "complaint_confirmed"})
# The name of goods answers these; a question with that name in it asks something else.
_WHICH = frozenset({"order_no", "order_item_id"})
# Read as these, a bid may do no more than name an order: "look at the one with the phone".
_FINDS = frozenset({"query_order_status", "confirm_order_info"})
# These name wishes themselves.
_WISHES_ARE_ANSWERS = frozenset({"remedy", "door_offer", "item_field", "change_field"})
_BIDS = re.compile(
    r"^(?:先|再|顺便|另外|请|帮|给我|麻烦|查|看|我[要想]|想|能)|一下"
    r"|^(?:need|want)\b|\b(?:please|i (?:want|need|would like)|let me|show me|tell me)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[吗呢嘛么？?]\s*$|有没有|怎么|多少|什么|啥|几点|哪|能不能|可不可以"
    r"|^(?:(?:wait|sorry|oh|hey|hi|and|but|so|ok|okay|by the way)\W+){0,2}"
    r"(?:when|where|how|what|is|are|can|do|does)\b",
    re.IGNORECASE,
)


def has_wish_words(turn: Turn) -> bool:
    return WISH_WORDS.search(turn.text) is not None


def is_sure(turn: Turn) -> bool:
    """The engine's reading stands clear of the next one."""
    ranked = turn.confidences
    if not ranked or ranked[0][0] != turn.intent:
        return False
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return ranked[0][1] >= SURE and ranked[0][1] - second >= APART


def is_new_wish(turn: Turn, asked: str | None, *, begins_form: bool) -> bool:
    """Of a message with words that is not about the form itself; small talk is no wish."""
    if turn.intent not in STAGES and turn.intent != "file_complaint":
        return False
    asks = _ASKS.search(turn.text) is not None
    if asked == "slot_window":
        return turn.intent not in _TIMES and is_sure(turn) and asks
    if not is_sure(turn):
        return False
    sounds_like = TAKES_ANY_WORDS.get(str(asked))
    bids = asks or _BIDS.search(turn.text) is not None
    if sounds_like is None:
        if asked in _WHICH and (asks or turn.intent not in _FINDS):
            return bids and turn.intent not in _FAULTS - {"query_warranty"}
        return bids and asked not in _WISHES_ARE_ANSWERS and _leads_away(turn, begins_form)
    if turn.intent in sounds_like:
        return False
    return asked not in _STORIES or bids


def _leads_away(turn: Turn, begins_form: bool) -> bool:
    """Asked for a thing of a closed list, a word of it may stand in a question before buying, or
    in the wish for another form."""
    if turn.intent in REPORTS:
        return False
    return begins_form or STAGES.get(str(turn.intent)) == "presale"
