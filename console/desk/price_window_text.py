"""How long prices are protected, in words: the general length, then the kinds with one of their own."""

from __future__ import annotations

from datetime import datetime

from console.desk.policy import PolicyBook, Subject
from console.desk.policy_text import span_words
from console.desk.product import Category
from console.desk.words import Words

_KEY = "price_protection.window_days"
_KINDS = {
    Category.PHONES: Words("手机", "phones"),
    Category.COMPUTERS: Words("电脑", "computers"),
    Category.DIGITAL: Words("数码", "digital"),
    Category.APPLIANCES: Words("家电", "appliances"),
    Category.CLOTHING: Words("服装", "clothing"),
    Category.UNDERWEAR: Words("贴身衣物", "underwear"),
    Category.BABY_CONSUMABLES: Words("母婴消耗品", "baby consumables"),
    Category.BABY_GEAR: Words("母婴用品", "baby gear"),
    Category.PET_FOOD: Words("宠物食品", "pet food"),
    Category.PET_SUPPLIES: Words("宠物用品", "pet supplies"),
    Category.FOOD: Words("食品", "food"),
    Category.FRESH: Words("生鲜", "fresh food"),
    Category.MEDICINE: Words("药品", "medicine"),
}


def price_windows(policies: PolicyBook, at: datetime, lang: str) -> str:
    """ "7 days in general, 15 days for phones and computers": shortest first."""
    general = policies.number(_KEY, at)
    kinds: dict[int, list[str]] = {}
    for category, name in _KINDS.items():
        days = policies.number(_KEY, at, Subject(category=category))
        if days != general:
            kinds.setdefault(days, []).append(name.of(lang))
    parts = [_part(days, kinds[days], lang) for days in sorted(kinds)]
    said = span_words(_KEY, general, lang)
    if lang == "en":
        return ", ".join([f"{said} in general", *parts])
    return "，".join([f"一般商品 {said}", *parts])


def _part(days: int, names: list[str], lang: str) -> str:
    said = span_words(_KEY, days, lang)
    if lang != "en":
        return f"{'、'.join(names)} {said}"
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return f"{said} for {listed}"
