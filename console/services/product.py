"""Finding goods in the shop's catalogue, and what the shop knows of one."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from console.desk.errors import ShopDown
from console.desk.price_limit import nearest_above
from console.desk.product import PriceKind, PricePoint, Product, find_products
from console.desk.product_naming import named_products, of_the_kind, similar_products
from console.desk.product_sheet import ProductSheet
from console.desk.stock import Availability, StockLevel, availability
from console.desk.words import Words
from console.services.parts import Desk
from console.services.shop_call import answer_of
from console.storage.policy import policy_book


@dataclass(frozen=True, slots=True)
class ProductView:
    """A product with its sheet; an empty sheet when the shop has written none."""

    product: Product
    sheet: ProductSheet


@dataclass(frozen=True, slots=True)
class StockView:
    """`has_regions`: some of it is sent only from where it stands."""

    available: Availability
    has_regions: bool


async def search_products(
    desk: Desk, text: str, budget_fen: int | None = None, limit: int = 5
) -> list[Product]:
    """Best match first; nothing above the budget, ever, nor another kind than the one named."""
    goods = await catalogue(desk)
    return of_the_kind(goods, text, find_products(goods, text, budget_fen=budget_fen, limit=limit))


async def nearest_in_price(desk: Desk, text: str, budget_fen: int) -> list[Product]:
    """For a search whose budget nothing meets: what is meant, just above it."""
    goods = await catalogue(desk)
    meant = named_products(goods, text) or find_products(goods, text, limit=1)
    return nearest_above(meant, budget_fen)


async def catalogue(desk: Desk) -> list[Product]:
    return await answer_of(desk, desk.shop.catalogue())


async def product(desk: Desk, product_id: str) -> Product | None:
    return await answer_of(desk, desk.shop.product(product_id))


async def products_of(desk: Desk, product_ids: list[str]) -> list[Product]:
    """Those that the shop still has in its catalogue, in the order asked for, each once."""
    by_id = {one.product_id: one for one in await catalogue(desk)}
    return [by_id[one] for one in dict.fromkeys(product_ids) if one in by_id]


async def names_of(desk: Desk, product_ids: Iterable[str]) -> dict[str, Words]:
    """What goods are called, by id; without those that a silent shop cannot tell."""
    try:
        found = [await product(desk, one) for one in product_ids]
    except ShopDown:
        return {}
    return {one.product_id: Words(one.title, one.title_en or one.title) for one in found if one}


async def product_view(desk: Desk, found: Product) -> ProductView:
    sheet = await answer_of(desk, desk.shop.sheet(found.product_id))
    return ProductView(found, sheet or ProductSheet(product_id=found.product_id))


async def views(desk: Desk) -> list[ProductView]:
    """The whole catalogue with its sheets."""
    goods, sheets = await asyncio.gather(
        answer_of(desk, desk.shop.catalogue()), answer_of(desk, desk.shop.sheets())
    )
    by_id = {one.product_id: one for one in sheets}
    return [
        ProductView(one, by_id.get(one.product_id) or ProductSheet(product_id=one.product_id))
        for one in goods
    ]


async def stock_view(
    desk: Desk, found: Product, wanted: list[str], region: str | None
) -> StockView:
    levels = await stock_levels(desk, found)
    return StockView(availability(levels, wanted, region), any(level.regions for level in levels))


async def stock_levels(desk: Desk, found: Product) -> list[StockLevel]:
    """A shop that does not count by variant has one shelf for all."""
    levels = await answer_of(desk, desk.shop.stock([found.product_id]))
    return levels or [StockLevel(product_id=found.product_id, quantity=found.stock)]


async def similar_to(desk: Desk, found: Product, limit: int = 3) -> list[Product]:
    return similar_products(await catalogue(desk), found, limit)


async def last_change(desk: Desk, found: Product) -> tuple[PricePoint, PricePoint] | None:
    """The newest two public prices that differ, older first; `None` if it never changed."""
    now = desk.clock.now()
    points = [
        point
        for point in await answer_of(desk, desk.shop.price_history(found.product_id))
        if point.kind is PriceKind.PUBLIC and point.at <= now
    ]
    changes = [
        (old, new) for old, new in itertools.pairwise(points) if old.price_fen != new.price_fen
    ]
    return changes[-1] if changes else None


async def least_bulk(desk: Desk) -> int:
    """From so many pieces on a person negotiates the price."""
    book = await desk.database.read(policy_book)
    return book.number("bulk.least_quantity", desk.clock.now())
