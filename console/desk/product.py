"""The goods: product, public price over time, and which products answer a shopper's words.

Ranking is plain word and character overlap on the merchant's own catalogue; it never sells out of
a budget (docs/sources.md#search).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SELF_OPERATED = "self"


class Category(StrEnum):
    PHONES = "phones"
    COMPUTERS = "computers"
    DIGITAL = "digital"
    APPLIANCES = "appliances"
    CLOTHING = "clothing"
    UNDERWEAR = "underwear"  # unfit for return once unsealed, if the buyer was told so
    BABY_CONSUMABLES = "baby_consumables"  # nappies, formula, wipes
    BABY_GEAR = "baby_gear"
    PET_FOOD = "pet_food"
    PET_SUPPLIES = "pet_supplies"
    FOOD = "food"
    FRESH = "fresh"
    MEDICINE = "medicine"


# Charger, cable, remote, manual: what comes in the box has to go back with the goods.
WITH_ACCESSORIES = frozenset(
    {Category.PHONES, Category.COMPUTERS, Category.DIGITAL, Category.APPLIANCES}
)


class PriceKind(StrEnum):
    """How a price came about; only a public one counts for price protection."""

    PUBLIC = "public"
    MEMBER = "member"
    NEW_USER = "new_user"
    GROUP_BUY = "group_buy"
    LIVE_ROOM = "live_room"
    FLASH_SALE = "flash_sale"
    PRESALE = "presale"
    GIFT = "gift"


@dataclass(frozen=True, slots=True)
class PricePoint:
    """From `at` on the product costs `price_fen`."""

    product_id: str
    at: datetime
    price_fen: int
    kind: PriceKind = PriceKind.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """`price_fen` is the public price now; `purchase_limit` is per customer."""

    product_id: str
    title: str
    title_en: str
    category: Category
    price_fen: int
    stock: int
    seller_id: str = SELF_OPERATED
    store_name: str = ""
    store_name_en: str = ""
    keywords: tuple[str, ...] = ()
    point: str = ""  # one selling point, Chinese
    point_en: str = ""
    purchase_limit: int | None = None
    image: str = ""

    @property
    def seller_type(self) -> str:
        return "self" if self.seller_id == SELF_OPERATED else "third_party"


def public_price(points: Iterable[PricePoint], now: datetime) -> int | None:
    """The latest public price at `now`; a flash sale or a member price is no public price."""
    known = [point for point in points if point.kind is PriceKind.PUBLIC and point.at <= now]
    return max(known, key=lambda point: point.at).price_fen if known else None


def find_products(
    products: Sequence[Product], text: str, *, budget_fen: int | None = None, limit: int = 5
) -> list[Product]:
    """Best match first, in stock before sold out; nothing above `budget_fen` (when given).

    Empty words with a budget list what fits it, dearest first; without a budget nothing matches.
    """
    affordable = [one for one in products if budget_fen is None or one.price_fen <= budget_fen]
    words = _words(text)
    if not words:
        return _dearest(affordable)[:limit] if budget_fen is not None else []
    scored = [(_score(one, words), one) for one in affordable]
    matches = [(score, one) for score, one in scored if score > 0]
    matches.sort(key=lambda pair: (pair[1].stock == 0, -pair[0], pair[1].product_id))
    return [one for _, one in matches[:limit]]


def _dearest(products: Iterable[Product]) -> list[Product]:
    return sorted(products, key=lambda one: (one.stock == 0, -one.price_fen, one.product_id))


_RUN = re.compile(
    r"[a-z]+|(?<!\d)\d+[a-z]+|[\u4e00-\u9fff]+"
)  # a bare number is an amount, not a word
# Words of asking, not of goods: they would make every sentence match something.
_ASKING = re.compile(
    r"我想要?|想要?买|帮我|推荐|有没有|一下|一款|一个|有吗|什么|哪款|哪些|比较?好|便宜点?的?|以内|左右|块钱|看看|找找?|适合|[买卖找个的吗呢款元]"
)
_ASKING_EN = re.compile(
    r"a|an|any|the|i|me|my|for|of|to|do|you|have|want|need|looking|look|show|recommend|under|with|"
    r"some|buy|is|are|in|and|cheap|good|best|please|can|could|find|something"
)


def _words(text: str) -> set[str]:
    plain = _ASKING.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    words: set[str] = set()
    for run in _RUN.findall(plain):
        words |= _pieces(run)
    return {word for word in words if not _ASKING_EN.fullmatch(word)}


def _pieces(run: str) -> set[str]:
    """Latin runs whole (without a plural s), Chinese ones in overlapping pairs."""
    if run[0].isascii():
        return {run.removesuffix("s") if len(run) > 3 else run}
    return {run} if len(run) < 3 else {run[i : i + 2] for i in range(len(run) - 1)}


def _score(product: Product, words: set[str]) -> int:
    """A keyword weighs three, a word of the title two, one of the selling point one."""
    keywords = " ".join(product.keywords).casefold()
    title = f"{product.title} {product.title_en}".casefold()
    point = f"{product.point} {product.point_en}".casefold()
    fields = ((keywords, 3), (title, 2), (point, 1))
    return sum(weight for word in words for text, weight in fields if _holds(text, word))


def _holds(text: str, word: str) -> bool:
    """Latin words only from a word's start: "pan" is not in "company"."""
    return bool(re.search(rf"\b{re.escape(word)}", text)) if word.isascii() else word in text
