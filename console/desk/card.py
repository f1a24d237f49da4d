"""Cards as they travel in a message body: plain JSON, money in fen, times in UTC, words ready.

Whoever shows a card adds nothing: bot and agents send the same ones. Shapes: docs/protocol.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from console.desk.order import (
    Order,
    OrderLine,
    Parcel,
    ParcelEvent,
    Trackable,
    order_state_label,
    parcel_state_label,
)
from console.desk.product import Product

Card = dict[str, Any]


def order_card(order: Order, lang: str) -> Card:
    return {**_order(order, lang), "type": "order", "parcels": _short_parcels(order, lang)}


def order_list_card(orders: Iterable[Order], lang: str) -> Card:
    return {"type": "order_list", "orders": [_order(order, lang) for order in orders]}


def parcel_trace_card(order: Trackable, lang: str) -> Card:
    """Newest event of each parcel first."""
    parcels = [_parcel(parcel, lang) for parcel in order.parcels]
    return {"type": "parcel_trace", "order_no": order.order_no, "parcels": parcels}


def product_list_card(
    products: Iterable[Product], lang: str, reasons: Mapping[str, str] = MappingProxyType({})
) -> Card:
    """`reasons`: by product id, why it is shown; otherwise its selling point is."""
    rows = [_product(product, lang) for product in products]
    for row in rows:
        row["reason"] = reasons.get(row["product_id"], row["reason"])
    return {"type": "product_list", "products": rows}


def line_title(line: OrderLine, lang: str) -> str:
    return line.title_en if lang == "en" and line.title_en else line.title


def order_title(order: Order, lang: str) -> str:
    """The first line's title, and that there is more."""
    first = line_title(order.lines[0], lang)
    if len(order.lines) == 1:
        return first
    return f"{first} and more" if lang == "en" else f"{first}等 {len(order.lines)} 件"


def wire_time(moment: datetime | None) -> str | None:
    """ISO 8601 with a Z, whole seconds."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _order(order: Order, lang: str) -> Card:
    store = order.store_name_en if lang == "en" and order.store_name_en else order.store_name
    return {
        "order_no": order.order_no,
        "status": str(order.state),
        "status_label": order_state_label(order.state, lang),
        "store_name": store,
        "seller_type": order.seller_type,
        "placed_at": wire_time(order.placed_at),
        "promised_at": wire_time(order.promised_at),
        "total_fen": order.total_fen,
        "lines": [_line(line, lang) for line in order.lines],
    }


def _line(line: OrderLine, lang: str) -> Card:
    return {
        "line_id": line.line_id,
        "title": line_title(line, lang),
        "variant": line.variant_label(lang),
        "quantity": line.quantity,
        "unit_fen": line.unit_fen,
        "image": line.image,
    }


def _short_parcels(order: Order, lang: str) -> list[Card]:
    return [
        {
            "waybill_no": parcel.waybill_no,
            "carrier": _carrier(parcel, lang),
            "status_label": parcel_state_label(parcel.state, lang),
        }
        for parcel in order.parcels
    ]


def _parcel(parcel: Parcel, lang: str) -> Card:
    return {
        "waybill_no": parcel.waybill_no,
        "carrier": _carrier(parcel, lang),
        "status_label": parcel_state_label(parcel.state, lang),
        "promised_at": wire_time(parcel.promised_at),
        "events": [_event(event, lang) for event in reversed(parcel.events)],
    }


def _event(event: ParcelEvent, lang: str) -> Card:
    english = lang == "en"
    text = event.text_en if english and event.text_en else event.text
    place = event.place_en if english and event.place_en else event.place
    return {"at": wire_time(event.at), "place": place, "text": text}


def _carrier(parcel: Parcel, lang: str) -> str:
    return parcel.carrier_en if lang == "en" and parcel.carrier_en else parcel.carrier


def _product(product: Product, lang: str) -> Card:
    english = lang == "en"
    sold_out = product.stock <= 0
    return {
        "product_id": product.product_id,
        "title": product.title_en if english and product.title_en else product.title,
        "price_fen": product.price_fen,
        "image": product.image,
        "reason": product.point_en if english else product.point,
        "stock_label": _stock_label(sold_out=sold_out, english=english),
    }


def _stock_label(*, sold_out: bool, english: bool) -> str:
    if english:
        return "Sold out" if sold_out else "In stock"
    return "暂时无货" if sold_out else "有货"
