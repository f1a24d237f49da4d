"""Why somebody cannot place an order: told from the words, then from the goods they look at."""

from __future__ import annotations

import re
from enum import StrEnum

from console.desk.product import Product


class Trouble(StrEnum):
    """Every one has an answer of its own; ACCOUNT is for a person."""

    SOLD_OUT = "sold_out"
    LIMIT = "limit"
    ADDRESS = "address"
    ACCOUNT = "account"
    RESTORE = "restore"  # of a cancelled order
    FOR_ME = "for_me"  # the customer wants us to order
    OPTION = "option"  # a variant that cannot be chosen
    CART = "cart"
    TIME_SLOT = "time_slot"
    HOW = "how"
    PAGE = "page"  # errors, spinning wheels, dead buttons


_WORDS = (
    (Trouble.RESTORE, r"恢复|找回|撤销取消|restore|bring back|undo"),
    (Trouble.FOR_ME, r"(?:帮|替|给)我?(?:下单|拍|代下|买)|代下单|order (?:it )?for me"),
    (Trouble.ACCOUNT, r"账号|账户|风险|封|异常不能|\baccount\b|blocked|suspended"),
    (
        Trouble.LIMIT,
        r"限购|只能(?:买|拍)|超过.{0,4}数量|purchase limit|only (?:buy|order) \w+|limit",
    ),
    (Trouble.ADDRESS, r"地址|不(?:支持)?配送|address|do(?:es)? ?n[o']t deliver"),
    (Trouble.TIME_SLOT, r"配送时间|时间段|delivery (?:time|slot)"),
    (Trouble.SOLD_OUT, r"无货|缺货|没货|卖完|库存|sold out|out of stock"),
    (Trouble.OPTION, r"规格|颜色选|选不了|选不到|option|variant|colou?r"),
    (Trouble.CART, r"购物车|加购|\bcart\b|basket"),
    (
        Trouble.PAGE,
        r"失败|报错|转圈|闪退|没反应|打不开|灰|繁忙|提交不|结算|error|fail|stuck|crash|grey|button",
    ),
    (Trouble.HOW, r"怎么|咋|哪里|在哪|不会|教|如何|how|where"),
)
_PATTERNS = tuple((trouble, re.compile(words, re.I)) for trouble, words in _WORDS)


def read_trouble(text: str) -> Trouble | None:
    return next((trouble for trouble, words in _PATTERNS if words.search(text)), None)


def diagnose(text: str, product: Product | None) -> Trouble:
    """What the shop knows of the goods in view counts more than "it failed"."""
    said = read_trouble(text)
    is_vague = said in {None, Trouble.PAGE, Trouble.CART, Trouble.OPTION}
    if product is not None and is_vague and product.stock <= 0:
        return Trouble.SOLD_OUT
    return said or Trouble.PAGE
