"""Words that titles share with what was said, where no name of goods decides: a brand, a variant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence


def naming_most[T](text: str, things: Sequence[T], called: Callable[[T], str]) -> list[T]:
    """Those that share most words with the text: an air fryer is no air purifier."""
    words = words_of(text)
    shared = [(len(words & words_of(called(thing))), thing) for thing in things]
    most = max((count for count, _ in shared), default=0)
    return [thing for count, thing in shared if count == most > 0]


# Words of the dialogue, not of goods; some titles contain them by chance.
_NOT_GOODS = frozenset(
    [
        "订单",
        "退货",
        "退款",
        "取消",
        "快递",
        "物流",
        "价保",
        "差价",
        "商品",
        "东西",
        "一个",
        "这个",
        "那个",
        "什么",
    ]
)
_NOT_GOODS_EN = frozenset(
    [
        "order",
        "return",
        "refund",
        "cancel",
        "item",
        "with",
        "from",
        "the",
        "and",
        "for",
        "want",
        "send",
    ]
)


def words_of(text: str) -> set[str]:
    """Latin words of three letters or more, and pairs of Chinese characters."""
    plain = text.casefold()
    latin = {word.removesuffix("s") for word in re.findall(r"[a-z]{3,}", plain)} - _NOT_GOODS_EN
    runs = re.findall(r"[\u4e00-\u9fff]+", plain)
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return latin | (pairs - _NOT_GOODS)
