"""Numbers that name a thing: orders, parcels, after-sale requests, phones.

A number belongs to one kind only. Look-arounds stand where word borders would fail: a Chinese
character counts as a word character. Shapes: spec, section 3.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.entities.found import Found, groups

_ALONE = r"(?<![a-z0-9])"
_END = r"(?![a-z0-9])"
_IS = r"[\s:：,，]{0,2}(?:(?:是|为|is|号码|号|码|no\.?|number|#)[\s:：]{0,2}){0,3}"

_PHONE = re.compile(rf"{_ALONE}(?:\+?86[\s-]?)?(1[3-9]\d[\s-]?\d{{4}}[\s-]?\d{{4}}){_END}")
_NAMED_ORDER = re.compile(rf"(?:订单|訂單|单号|單號|order){_IS}(\d{{10,20}}){_END}")
_ORDER = re.compile(rf"{_ALONE}(\d{{10,20}}){_END}")
_SUFFIX_AFTER_WORD = re.compile(
    rf"(?P<owner>手机|電話|电话|卡|phone|mobile|card)?[号]?(?:的|number)?\s?"
    rf"(?:尾号|尾號|尾数|(?:最?[后後]|末)[四4]位|ending(?: in| with)?|last four(?: digits)?)"
    rf"{_IS}(?P<digits>\d{{4}})(?!\d)"
)
_SUFFIX_BEFORE_WORD = re.compile(
    r"(?<![\da-z.])(\d{4})(?!\d)(?=\s?(?:的|那个|那|这个|这)?\s?(?:订单|訂單|单子|单(?!号|价|元)))"
)
# "Order 1000 mugs" is a wish to buy: in English only an order that somebody has, or one by number.
_SUFFIX_OF_NAMED = re.compile(
    rf"(?:订单|訂單|(?:my|the|this|that|return|cancel|refund|track|about|for|on|of)\s+order"
    rf"|(?<![a-z])order(?=\s?(?:no\b|number|#)))"
    rf"{_IS}(\d{{4}})(?![\d.]\d|\d|\s?(?:[元块件个台套箱年月多]|yuan|pieces?|pcs|units?|of\b))"
)
_ONLY_SUFFIX = re.compile(r"\s*(\d{4})\s*")
_NAMED_WAYBILL = re.compile(
    rf"(?:运单|運單|快递单|快遞單|物流单|物流單|tracking|waybill){_IS}"
    rf"([a-z]{{0,5}}\d{{8,20}}){_END}"
)
_WAYBILL = re.compile(
    rf"{_ALONE}((?:sf|yt|jd[a-z]{{0,2}}|zto?|sto?|yd|jt|ems|dpk|db|kye?)\d{{9,18}}){_END}"
)
_CASE_NUMBERS = {
    "rma_no": re.compile(rf"{_ALONE}(rma[-\s]?\d{{4,20}}){_END}"),
    "ticket_no": re.compile(rf"{_ALONE}(tk[-\s]?\d{{4,20}}){_END}"),
    "trade_in_no": re.compile(rf"{_ALONE}(ti[-\s]?\d{{4,20}}){_END}"),
}


_EMAIL = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{2,24}){1,3})(?![a-z0-9])"
)
_TAX_NO = re.compile(
    rf"(?:税号|识别号|税务登记号|信用代码|tax (?:id|number|no\.?)){_IS}([0-9a-z]{{15,20}}){_END}"
)
# The unified social credit code: 18 characters, letters among them, beginning with 9.
_CREDIT_CODE = re.compile(rf"{_ALONE}(9[1-3]\d{{6}}(?=[0-9a-z]*[a-z])[0-9a-z]{{10}}){_END}")


def find_emails(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        yield Found("email", match[1], match.start(1), match.end(1))


def find_tax_numbers(text: str) -> Iterator[Found]:
    yield from groups(_TAX_NO, text, "tax_no", 1)
    yield from groups(_CREDIT_CODE, text, "tax_no", 1)


def find_case_numbers(text: str) -> Iterator[Found]:
    for entity, pattern in _CASE_NUMBERS.items():
        yield from groups(pattern, text, entity, 1)


def find_waybills(text: str) -> Iterator[Found]:
    yield from groups(_NAMED_WAYBILL, text, "waybill_no", 1)
    yield from groups(_WAYBILL, text, "waybill_no", 1)


def find_phones(text: str) -> Iterator[Found]:
    yield from groups(_PHONE, text, "phone", 1)


def find_named_orders(text: str) -> Iterator[Found]:
    """Before phones: an eleven-digit number that is called an order is one."""
    yield from groups(_NAMED_ORDER, text, "order_no", 1)


def find_orders(text: str) -> Iterator[Found]:
    """Whole numbers, then last four digits; those of a phone or card are not an order."""
    yield from groups(_ORDER, text, "order_no", 1)
    for match in _SUFFIX_AFTER_WORD.finditer(text):
        if match["owner"] is None:
            yield Found("order_no", match["digits"], match.start("digits"), match.end("digits"))
    yield from groups(_SUFFIX_BEFORE_WORD, text, "order_no", 1)
    yield from groups(_SUFFIX_OF_NAMED, text, "order_no", 1)
    only = _ONLY_SUFFIX.fullmatch(text)
    if only:
        yield Found("order_no", only[1], only.start(1), only.end(1))
