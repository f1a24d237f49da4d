"""Which products a sentence names, and which are like another one.

A product is named by its title or by a word for what it is; of words inside each other the longer
counts ("手机壳" is no "手机"). Words that many things share (baby, running, quiet) only tell apart
what is named by the same word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from console.desk.product import Product

_SHARED_ZH = (
    "宝宝 婴儿 儿童 运动 跑步 办公 厨房 宠物 女装 男装 冬天 夏天 贴身 老人 备用 拍照 智能机 零食 急救 "
    "猫 狗 喝水 吸尘 拖地 心率 除甲醛 空气 汽车 手口 机械 轻薄 蓝牙 降噪 快充 机器人 负离子 榨汁 料理 "
    "烧水 煮饭 上衣 女 男 粮 药 锅 茶 生鲜"
)
_SHARED_EN = (
    "baby pet women men running kitchen bluetooth fitness snack child car cleaner bumper air robot"
)
_SHARED = frozenset(f"{_SHARED_ZH} {_SHARED_EN}".split())


def named_products(catalogue: Iterable[Product], text: str) -> list[Product]:
    """In the order of the catalogue; empty when the sentence names none."""
    plain, every = text.casefold(), list(catalogue)
    names = names_said(every, text)
    meant = {id(one) for name in names for one in _told_apart(every, name, plain)}
    return [one for one in every if id(one) in meant]


def goods_called(catalogue: Iterable[Product], text: str, kinds: Iterable[str]) -> list[Product]:
    """Named by the sentence, else of a kind it speaks of: running shoes are shoes, and a phone case
    is no phone. `kinds` are words for what something is, as the engine knows them."""
    every, nouns = list(catalogue), [kind.casefold() for kind in kinds if kind]
    return named_products(every, text) or [
        one for one in every if any(name.endswith(noun) for name in names_of(one) for noun in nouns)
    ]


def of_the_kind(catalogue: Iterable[Product], text: str, found: Sequence[Product]) -> list[Product]:
    """What was found of the kind that the sentence names; all of it when it names none."""
    names = set(names_said(catalogue, text))
    return [one for one in found if not names or names & names_of(one)]


def names_said(catalogue: Iterable[Product], text: str) -> list[str]:
    """Titles and words for what something is, each the longest of its kind, as they are said."""
    plain = text.casefold()
    said = {name for one in catalogue for name in names_of(one) if _is_said(name, plain)}
    longest = [name for name in said if not any(name in other for other in said - {name})]
    return sorted(longest, key=plain.find)


def names_of(product: Product) -> set[str]:
    titles = {title.casefold() for title in (product.title, product.title_en) if title}
    return titles | ({word.casefold() for word in product.keywords} - _SHARED)


def _told_apart(every: Sequence[Product], name: str, plain: str) -> list[Product]:
    """Of several with the same name, those for which most other words speak."""
    holders = [(_more_words(one, plain), one) for one in every if name in names_of(one)]
    most = max(count for count, _ in holders)
    return [one for count, one in holders if count == most]


def _more_words(product: Product, plain: str) -> int:
    parts = re.split(r"\s+", f"{product.title} {product.title_en}".casefold())
    words = {word.casefold() for word in product.keywords}
    words |= {part for part in parts if len(part) > 1}
    return sum(_is_said(word, plain) for word in words)


def _is_said(word: str, plain: str) -> bool:
    if word.isascii():
        pattern = rf"(?<![a-z0-9]){re.escape(word)}(?:e?s)?(?![a-z0-9])"
        return re.search(pattern, plain) is not None
    return word in plain


def similar_products(
    catalogue: Sequence[Product], product: Product, limit: int = 3
) -> list[Product]:
    """In stock, of the same kind first, then of the same category; the nearest price first."""
    nouns = names_of(product)
    others = [
        one
        for one in catalogue
        if one.product_id != product.product_id
        and one.category is product.category
        and one.stock > 0
    ]

    def distance(one: Product) -> tuple[bool, int, str]:
        is_other_kind = not nouns & names_of(one)
        return is_other_kind, abs(one.price_fen - product.price_fen), one.product_id

    return sorted(others, key=distance)[:limit]
