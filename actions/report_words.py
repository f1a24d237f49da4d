"""Words of reports: no picture, which remedy, and whether a message describes anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.closed_list import read_ordinal
from console.desk.remedy import Remedy

OWN_SLOTS = (
    "order_item_id",
    "quantity",
    "reason",
    "fault_text",
    "missing_part",
    "outer_box",
    "photos",
    "remedy",
    "remedy_offered",
    "policy_result_id",
    "rma_no",
)
PIECE = "piece"  # as `missing_part`: not a part is missing but a whole piece
UNKNOWN_PART = "unknown"  # a part that the shop does not sell alone
LONGEST = 300  # characters of the customer's words
_R = Remedy
_REMEDIES = (
    (_R.REPAIR, r"修|repair|fix"),
    (_R.DOOR_EXCHANGE, r"上门换|door"),
    (_R.RESHIP, r"补[发寄一]|重[发新寄]|再[发寄]|send|another one|resend"),
    (_R.EXCHANGE, r"换|exchange|replace|swap"),
    (_R.RETURN, r"退货|寄回|return|send .{0,6}back"),
    (_R.REFUND_NOW, r"退款|退钱|赔|refund|money"),
)
_NO_PHOTO = re.compile(
    r"没(?:有|法|拍|办法)|拍不了|扔了|丢了|不方便|no (?:photo|picture)|don'?t have|can'?t|threw",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"(?:外|纸)?[箱包盒](?:子|装)?.{0,6}(?P<bad>破|烂|湿|瘪|压|变形|坏)"
    r"|(?:box|packag\w*).{0,16}(?P<bad_en>torn|wet|crush|damag|broken|open)",
    re.IGNORECASE,
)
_BOX_FINE = re.compile(
    r"(?:外|纸)?[箱包盒](?:子|装)?.{0,6}(?:好|完|没事|没坏|没问题)|(?:box|packag\w*).{0,16}"
    r"(?:fine|ok|intact|good)",
    re.IGNORECASE,
)
_PIECE = re.compile(
    r"(?:少|缺|漏)(?:了|发|寄)*.{0,2}(?:[一二两三\d]+)?[件个盒瓶包双条袋罐]"
    r"|只(?:有|来|收到|发).{0,2}[一二两三\d]|(?:one|two|\d) (?:is|are) missing|only (?:got|one)",
    re.IGNORECASE,
)


def says_no_photo(text: str) -> bool:
    return _NO_PHOTO.search(text) is not None


def read_remedy(text: str, offered: Sequence[str]) -> str | None:
    """One of those that are offered: by its place or by its word."""
    at = read_ordinal(text)
    if at is not None and at < len(offered):
        return offered[at]
    hits = (str(one) for one, words in _REMEDIES if re.search(words, text, re.IGNORECASE))
    fitting = [hit for hit in hits if hit in offered]
    if fitting:
        return fitting[0]
    is_money = re.search(_REMEDIES[-1][1], text, re.IGNORECASE)
    checked = str(Remedy.REFUND_AFTER_CHECK)
    return checked if is_money and checked in offered else None


def read_box(text: str) -> str | None:
    """Whether the outer box was hurt, when the message says so."""
    if _BOX_FINE.search(text):
        return "fine"
    return "damaged" if _BOX.search(text) else None


def says_a_piece_is_missing(text: str) -> bool:
    return _PIECE.search(text) is not None


def describes(text: str) -> bool:
    """More than the bare wish: six Chinese characters or five words."""
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    return chinese >= 6 or len(re.findall(r"[A-Za-z]+", text)) >= 5
