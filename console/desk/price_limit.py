"""A price limit that nothing meets: what comes nearest to it."""

from __future__ import annotations

from collections.abc import Iterable

from console.desk.product import Product

MOST = 2


def nearest_above(goods: Iterable[Product], limit_fen: int) -> list[Product]:
    """In stock and dearer than the limit, the cheapest first."""
    above = [one for one in goods if one.stock > 0 and one.price_fen > limit_fen]
    return sorted(above, key=lambda one: (one.price_fen, one.product_id))[:MOST]
