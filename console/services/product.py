"""Finding goods in the shop's catalogue."""

from __future__ import annotations

from console.desk.product import Product, find_products
from console.services.parts import Desk
from console.services.shop_call import answer_of


async def search_products(
    desk: Desk, text: str, budget_fen: int | None = None, limit: int = 5
) -> list[Product]:
    """Best match first; nothing above the budget, ever."""
    catalogue = await answer_of(desk, desk.shop.catalogue())
    return find_products(catalogue, text, budget_fen=budget_fen, limit=limit)


async def product(desk: Desk, product_id: str) -> Product | None:
    return await answer_of(desk, desk.shop.product(product_id))


async def products_of(desk: Desk, product_ids: list[str]) -> list[Product]:
    """Those that the shop still has in its catalogue, in the order asked for, each once."""
    catalogue = {one.product_id: one for one in await answer_of(desk, desk.shop.catalogue())}
    return [catalogue[one] for one in dict.fromkeys(product_ids) if one in catalogue]
