"""Which part of a request a customer wants changed, in free words."""

from __future__ import annotations

import re
from enum import StrEnum

from console.desk.after_sale_change import Change


class Field(StrEnum):
    """What the rma_change form may change."""

    WITHDRAW = "withdraw"
    REASON = "reason"
    PICKUP = "pickup"  # another time
    ADDRESS = "address"
    SELF_SHIP = "self_ship"  # no courier after all
    KIND = "kind"
    OTHER = "other"


CHANGE_OF = {
    Field.WITHDRAW: Change.WITHDRAWN,
    Field.REASON: Change.REASON,
    Field.PICKUP: Change.PICKUP,
    Field.ADDRESS: Change.ADDRESS,
    Field.SELF_SHIP: Change.PICKUP,
    Field.KIND: Change.KIND,
    Field.OTHER: Change.KIND,
}
# First match wins.
_PATTERNS = (
    (Field.ADDRESS, r"地址|搬|换个地方|\baddress\b|\bplace\b"),
    (Field.SELF_SHIP, r"自己(?:去)?寄|自寄|不用(?:上门|来取)|myself|drop (?:it )?off"),
    (
        Field.KIND,
        r"换货|(?:换|修|维修).{0,3}(?:改|变)|改(?:成|为)?.{0,3}(?:退货|换|维修|退款)"
        r"|exchange|instead",
    ),
    (Field.REASON, r"原因|理由|\breason\b"),
    (
        Field.PICKUP,
        r"时间|改天|改约|换个?时|取件|上门|明天|后天|上午|下午|晚上"
        r"|\btime\b|\bday\b|pick ?up|courier",
    ),
    (Field.WITHDRAW, r"撤|取消|不退|不换|不修|留着|withdraw|cancel|keep it"),
    (Field.OTHER, r"其他|其它|数量|件数|电话|\bother\b|quantity|phone"),
)  # fmt: skip
_COMPILED = tuple((field, re.compile(pattern, re.IGNORECASE)) for field, pattern in _PATTERNS)


def read_field(text: str) -> Field | None:
    return next((field for field, pattern in _COMPILED if pattern.search(text)), None)
