"""What a form is about to do, line by line: the card before the yes, and its plain text.

A line is called like the fact it shows (`fact_label.py`), or by one of the names here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.desk.card import Card
from console.desk.fact_label import fact_label
from console.desk.money import yuan

_LABELS = {
    "order_no": ("订单", "Order"),
    "change": ("换成", "Exchanged for"),
    "refund": ("退款金额", "Refund"),
    "to_pay": ("费用", "Cost"),
    "arrival": ("到账", "Arrives"),
    "goods_back": ("退回方式", "Way back"),
    "when": ("时间", "When"),
    "where": ("地点", "Where"),
    "before": ("原来", "Before"),
    "after": ("改成", "After"),
    "price": ("价格", "Price"),
    "next": ("接下来", "What is next"),
    "parcel": ("包裹", "Parcel"),
    "told": ("发生的事", "What happened"),
    "wish": ("希望", "What would help"),
    "invoice_amount": ("开票金额", "Invoice amount"),
    "note": ("备注", "Note"),
    "ships": ("发货", "Ships"),
    "extra": ("定制加价", "On top"),
    "old_things": ("旧物", "Old things"),
    "worth": ("估价", "Worth about"),
    "paid_how": ("抵扣方式", "How it is paid"),
    "promised": ("原来预计", "Expected before"),
    "price_now": ("现价", "Price now"),
    "target": ("目标价", "Target price"),
    "watched": ("什么时候提醒", "I tell you when"),
    "request": ("售后单", "Request"),
    "company": ("采购方", "For"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """`text` as the customer reads it, or an amount in fen. Without either it is left out."""

    name: str
    text: str = ""
    amount_fen: int | None = None

    @property
    def is_empty(self) -> bool:
        return not self.text and self.amount_fen is None


def summary_card(heading: str, lines: Iterable[Line], lang: str, note: str = "") -> Card:
    """`note`: what else has to be known before the yes."""
    return {
        "type": "summary",
        "heading": heading,
        "lines": [
            {"label": label(one.name, lang), "text": one.text, "amount_fen": one.amount_fen}
            for one in lines
            if not one.is_empty
        ],
        "note": note,
    }


def label(name: str, lang: str) -> str:
    return _LABELS[name][lang == "en"] if name in _LABELS else fact_label(name, lang)


def summary_text(card: Card, lang: str) -> str:
    """The same for a channel without cards, a line each."""
    colon = ": " if lang == "en" else "："
    lines = [f"{one['label']}{colon}{_shown(one, lang)}" for one in card["lines"]]
    return "\n".join(part for part in (card["heading"], *lines, card["note"]) if part)


def _shown(line: Card, lang: str) -> str:
    if line["amount_fen"] is None:
        return str(line["text"])
    amount = yuan(line["amount_fen"])
    return f"¥{amount}" if lang == "en" else f"{amount} 元"
