"""Waybill numbers that customers give: which carrier they belong to, and which are none.

Prefixes and lengths are what the carriers print; a carrier we do not know needs a plausible number.
Source: docs/sources.md#waybills.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carrier:
    """`words`: what customers call it; `pattern`: its numbers, normalised."""

    name: str
    name_en: str
    words: re.Pattern[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ReturnWaybill:
    carrier: str
    waybill_no: str


def _carrier(name: str, name_en: str, words: str, pattern: str) -> Carrier:
    return Carrier(name, name_en, re.compile(words, re.IGNORECASE), re.compile(pattern))


CARRIERS = (
    _carrier("疾风速运", "Swiftwind Express", r"疾风|swiftwind", r"JF\d{8,14}"),
    _carrier("青鸟物流", "Bluebird Logistics", r"青鸟|bluebird", r"QN\d{8,14}"),
    _carrier("顺丰速运", "SF Express", r"顺丰|\bsf\b|shunfeng", r"SF\d{12,15}"),
    _carrier("京东物流", "JD Logistics", r"京东|\bjd\b", r"JD[A-Z0-9]{2}\d{9,14}|JD\d{11,15}"),
    _carrier("圆通速递", "YTO Express", r"圆通|\byto\b", r"YT\d{13}"),
    _carrier("中通快递", "ZTO Express", r"中通|\bzto\b", r"(?:ZT|ZTO)?7\d{11,14}"),
    _carrier("申通快递", "STO Express", r"申通|\bsto\b", r"(?:STO)?77\d{11,13}"),
    _carrier("韵达快递", "Yunda Express", r"韵达|yunda", r"(?:YD)?[34]\d{12,14}"),
    _carrier("极兔速递", "J&T Express", r"极兔|j&t|\bjt\b", r"JT\d{13}"),
    _carrier("邮政 EMS", "China Post EMS", r"邮政|\bems\b|china post", r"[A-Z]{2}\d{9}[A-Z]{2}|1\d{12}"),
)  # fmt: skip
OTHER = "other"
_PLAUSIBLE = re.compile(r"(?=(?:.*\d){8})[A-Z0-9]{8,20}")


def plain(written: str) -> str:
    """ "sf 1188-2033 4567 1" as the carriers write it."""
    return re.sub(r"[\s-]", "", written).upper()


def is_waybill(written: str) -> bool:
    """Could be one: 8 to 20 letters and digits with at least eight digits."""
    return _PLAUSIBLE.fullmatch(plain(written)) is not None


def carrier_of(waybill_no: str) -> Carrier | None:
    """The carrier whose numbers look like this; `None` when none or several do."""
    fitting = [one for one in CARRIERS if one.pattern.fullmatch(plain(waybill_no))]
    return fitting[0] if len(fitting) == 1 else None


def carrier_named(text: str) -> Carrier | None:
    return next((one for one in CARRIERS if one.words.search(text)), None)


def carrier_called(name: str) -> Carrier | None:
    """By the name that is stored."""
    return next((one for one in CARRIERS if one.name == name), None)


def belongs_to(waybill_no: str, carrier: Carrier) -> bool:
    """A number of another carrier that we know is a slip of the pen; an unknown one may be new."""
    if carrier.pattern.fullmatch(plain(waybill_no)):
        return True
    return carrier_of(waybill_no) is None and is_waybill(waybill_no)
