"""Which products a sentence names, and which are like another one.

A product is named by its title or by a word for what it is; of words inside each other the longer
counts ("手机壳" is no "手机"), and of words side by side the last ("a phone charger" is no phone).
Words that many things share (baby, running, quiet) only tell apart what is named by the same word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.desk.product import Category, Product

# Words as they were said → what that is, as the engine knows it: a kind of goods, or a product's id.
Kinds = Mapping[str, str]

_SHARED_ZH = (
    "宝宝 婴儿 儿童 运动 跑步 办公 厨房 宠物 女装 男装 冬天 夏天 贴身 老人 备用 拍照 智能机 零食 急救 "
    "猫 狗 喝水 吸尘 拖地 心率 除甲醛 空气 汽车 手口 机械 轻薄 蓝牙 降噪 快充 机器人 负离子 榨汁 料理 "
    "烧水 煮饭 上衣 女 男 粮 药 锅 茶 生鲜"
)
_SHARED_EN = (
    "baby pet women men running kitchen bluetooth fitness snack child car cleaner bumper air robot"
)
_SHARED = frozenset(f"{_SHARED_ZH} {_SHARED_EN}".split())
# Kinds that no title says: whatever lies in these departments is meant.
_WIDE: Mapping[str, frozenset[Category]] = {
    "衣服": frozenset({Category.CLOTHING, Category.UNDERWEAR})
}


def named_products(catalogue: Iterable[Product], text: str) -> list[Product]:
    """In the order of the catalogue; empty when the sentence names none."""
    plain, every = text.casefold(), list(catalogue)
    names = names_said(every, text)
    meant = {id(one) for name in names for one in _told_apart(every, name, plain)}
    return [one for one in every if id(one) in meant]


@dataclass(frozen=True, slots=True)
class Called:
    """`goods`: those that were named; `strange`: names of other goods.

    `rest`: what was said without the strange names; `other_words`: without any name.
    """

    goods: list[Product]
    strange: list[str]
    rest: str
    other_words: str


def goods_called(
    goods: Iterable[Product],
    text: str,
    kinds: Kinds,
    catalogue: Iterable[Product],
    no_longer_sold: Sequence[str] = (),
) -> Called:
    """Which of `goods` the sentence names, by a name or else by a kind: running shoes are shoes.

    `catalogue`: all that is sold, whose longer names count too; `no_longer_sold`: titles of goods
    that it lacks by now, whose words are not strange.
    """
    mine, every, plain = list(goods), list(catalogue), text.casefold()
    kinds = {word.casefold(): kind for word, kind in kinds.items()}
    said = _all_said(every, plain) | kinds.keys()
    names = _standing_alone(said, plain)
    found = {name: _called(mine, name, plain, kinds, every) for name in names}
    meant = {id(one) for named in found.values() for one in named}
    old = " ".join(no_longer_sold).casefold()
    strange = [name for name, named in found.items() if not named and name not in old]
    called = [one for one in mine if id(one) in meant]
    return Called(called, strange, _without(strange, said, plain), _without(names, said, plain))


def _without(names: Iterable[str], said: Iterable[str], plain: str) -> str:
    """Also without what they are for: a "phone charger" goes as a whole."""
    for name in names:
        before = "|".join(re.escape(one) for one in said if one != name)
        link = rf"(?:(?:{before}){_link(name)})?" if before else ""
        plain = re.sub(link + _as_said(name), " ", plain)
    return plain


def of_the_kind(catalogue: Iterable[Product], text: str, found: Sequence[Product]) -> list[Product]:
    """What was found of the kind that the sentence names; all of it when it names none."""
    names = set(names_said(catalogue, text))
    return [one for one in found if not names or names & names_of(one)]


def names_said(catalogue: Iterable[Product], text: str) -> list[str]:
    """Titles and words for what something is, each the longest of its kind, as they are said."""
    plain = text.casefold()
    return _standing_alone(_all_said(catalogue, plain), plain)


def _standing_alone(said: set[str], plain: str) -> list[str]:
    return sorted((name for name in said if _stands_alone(name, said, plain)), key=plain.find)


def _all_said(catalogue: Iterable[Product], plain: str) -> set[str]:
    return {name for one in catalogue for name in names_of(one) if _is_said(name, plain)}


def _link(name: str) -> str:
    """Between a name and the one that says what it is for."""
    return r"(?:['’]s)?[ \t-]+" if name.isascii() else "的?"


def _stands_alone(name: str, said: set[str], plain: str) -> bool:
    """Somewhere it is neither a piece of a longer name nor says what the next one is for."""
    others = sorted(said - {name}, key=len, reverse=True)
    outer = [other for other in others if name in other]
    if outer and not _is_said(name, re.sub("|".join(map(re.escape, outer)), "\n", plain)):
        return False
    others = [one for one in others if one not in name and one.isascii() == name.isascii()]
    tail = "|".join(map(re.escape, others))
    if not tail or name not in plain:
        return True
    return re.search(rf"{re.escape(name)}(?!{_link(name)}(?:{tail}))", plain) is not None


def names_of(product: Product) -> set[str]:
    titles = {title.casefold() for title in (product.title, product.title_en) if title}
    return titles | ({word.casefold() for word in product.keywords} - _SHARED)


def _called(
    goods: Sequence[Product], name: str, plain: str, kinds: Kinds, catalogue: Sequence[Product]
) -> list[Product]:
    if named := _told_apart(goods, name, plain):
        return named
    kind = kinds.get(name)
    if kind is None:
        return []
    of_kind = [one for one in goods if _is_of_kind(one, kind)]
    if of_kind or any(name in names_of(one) for one in catalogue):
        return of_kind
    return [one for one in goods if one.category in _WIDE.get(kind, ())]


def _is_of_kind(product: Product, kind: str) -> bool:
    return product.product_id == kind or any(name.endswith(kind) for name in names_of(product))


def _told_apart(every: Sequence[Product], name: str, plain: str) -> list[Product]:
    """Of several with the same name, those for which most other words speak."""
    holders = [(_more_words(one, plain), one) for one in every if name in names_of(one)]
    most = max((count for count, _ in holders), default=0)
    return [one for count, one in holders if count == most]


def _more_words(product: Product, plain: str) -> int:
    parts = re.split(r"\s+", f"{product.title} {product.title_en}".casefold())
    words = {word.casefold() for word in product.keywords}
    words |= {part for part in parts if len(part) > 1}
    return sum(_is_said(word, plain) for word in words)


def _is_said(word: str, plain: str) -> bool:
    return word in plain and re.search(_as_said(word), plain) is not None


def _as_said(word: str) -> str:
    if word.isascii():
        return rf"(?<![a-z0-9]){re.escape(word)}(?:e?s)?(?![a-z0-9])"
    return re.escape(word)


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
