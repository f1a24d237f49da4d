"""Small words of the return form: "the other one", "all of them", a word of the goods."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.closed_list import read_ordinal
from actions.title_words import naming_most
from console.desk.order import Order, OrderLine

OWN_SLOTS = (
    "order_item_id",
    "quantity",
    "reason",
    "fault_text",
    "condition",
    "accessories_complete",
    "photos",
    "return_way",
    "slot_window",
    "return_confirmed",
    "policy_result_id",
    "rma_no",
)
# What falls when an answer is taken back. The reason usually stays the same for another item.
BELOW = {
    "order_no": (
        "order_item_id",
        "quantity",
        "condition",
        "accessories_complete",
        "policy_result_id",
    ),
    "order_item_id": ("quantity", "condition", "accessories_complete", "policy_result_id"),
    "return_way": ("slot_window",),
}
ANOTHER_ITEM = re.compile(
    r"不是(?:这|那)(?:个|件|款|双|台)(?!原因|理由|意思|问题|状态|时间|地址|颜色|尺码)"
    r"|(?:另|换).{0,3}(?:件|款|商品)"
    r"|\b(?:other|another|different|wrong) (?:item|one|product)\b|not (?:this|that) (?:item|one)\b",
    re.IGNORECASE,
)
CLEAR_WAY = re.compile(
    r"自己寄|自寄|上门|取件|myself|pick(?:ed)? ?(?:it )?up|pickup|drop off", re.IGNORECASE
)
PARTS = re.compile(r"配件|附件|赠品|accessor|\bgifts?\b", re.IGNORECASE)
EVERYTHING = re.compile(r"全|都|所有|\b(?:all|both|everything)\b", re.IGNORECASE)


def slots_below(name: str) -> tuple[str, ...]:
    return BELOW.get(name, ())


def open_lines(order: Order) -> list[OrderLine]:
    """Lines that were delivered and have not gone back altogether."""
    return [
        line
        for line in order.lines
        if line.quantity_left > 0 and order.signed_at(line.line_id) is not None
    ]


def is_returnable(order: Order) -> bool:
    return bool(open_lines(order))


def line_named(text: str, lines: Sequence[OrderLine], *, asked: str | None) -> OrderLine | None:
    """By a word of its title or variant that no other line shares, or by its place in the list."""
    named = naming_most(text, lines, lambda one: f"{one.title} {one.title_en} {one.variant}")
    if len(named) == 1:
        return named[0]
    at = read_ordinal(text) if asked == "order_item_id" else None
    return lines[at] if at is not None and at < len(lines) else None
