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
    "remedy_confirmed",
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
    r"没有?(?:照|相|图|拍|法拍|办法拍)|(?:照片|图|拍)[^,，。]{0,4}(?:没有|不了|没拍|没照)|不方便拍"
    r"|^没有?[了啊呢的]*[。.!！]?$|(?:东西|箱子|包装).{0,4}(?:扔|丢)了"
    r"|\bno (?:photos?|pictures?)\b|(?:don'?t have|can'?t (?:take|send)|without) .{0,8}(?:photo|picture|any)"
    r"|threw (?:it|them) away|^no(?:ne)?\.?$",
    re.IGNORECASE,
)
# The bare wish: what is left of a message without it describes the case, or does not.
_BARE = re.compile(
    r"有?质量(?:太差|不好|有?问题)|有问题|坏了|破(?:损|了)|发错货?了?|(?:少|缺|漏)(?:件|发|货|东西)?了?"
    r"|收到的?|我(?:要|想)?|给我|直接|申请|报修|要?修|换货?|退(?:款|钱|货)|这个|那个|东西|商品|怎么办",
)
_BOX = re.compile(
    r"(?:外|纸)?[箱包盒](?:子|装)?.{0,6}(?:破|烂|湿|瘪|压|变形|坏)"
    r"|(?:box|pack(?:ages?|aging)).{0,16}(?:torn|wet|crush|damag|broken|open)",
    re.IGNORECASE,
)
_BOX_FINE = re.compile(
    r"(?:外|纸)?[箱包盒](?:子|装)?.{0,6}(?:好|完|没事|没坏|没问题)|(?:box|pack(?:ages?|aging)).{0,16}"
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


def read_remedy(text: str, offered: Sequence[str], present: str | None = None) -> str | None:
    """One of those that are offered: by its place or by its word.

    `present`: picked before; beside another one it is what is taken back.
    """
    at = read_ordinal(text)
    if at is not None and at < len(offered):
        return offered[at]
    hits = (str(one) for one, words in _REMEDIES if re.search(words, text, re.IGNORECASE))
    fitting = [hit for hit in hits if hit in offered]
    others = [hit for hit in fitting if hit != present] or _with_money(text, offered, present)
    return next(iter([*others, *fitting]), None)


def _with_money(text: str, offered: Sequence[str], present: str | None) -> list[str]:
    """Money that is not paid at once: after a check, or against the goods."""
    if not re.search(_REMEDIES[-1][1], text, re.IGNORECASE):
        return []
    return [
        str(one)
        for one in (_R.REFUND_AFTER_CHECK, _R.RETURN)
        if str(one) in offered and str(one) != present
    ]


def read_box(text: str) -> str | None:
    """Whether the outer box was hurt, when the message says so."""
    if _BOX_FINE.search(text):
        return "fine"
    return "damaged" if _BOX.search(text) else None


def says_a_piece_is_missing(text: str) -> bool:
    return _PIECE.search(text) is not None


def describes(text: str) -> bool:
    """More than the bare wish and a name: six Chinese characters or five words."""
    chinese = len(re.findall(r"[\u4e00-\u9fff]", _BARE.sub("", text)))
    return chinese >= 6 or len(re.findall(r"[A-Za-z']+", text)) >= 5


def adds_to_it(text: str) -> bool:
    """Words instead of a picture: the case goes on being told."""
    return len(re.findall(r"[\u4e00-\u9fff]", text)) >= 4 or len(text.split()) >= 3
