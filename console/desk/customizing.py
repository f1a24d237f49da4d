"""Goods made to order: what may be chosen, what it adds to the price, and how much later it ships."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from console.desk.product_sheet import CustomOption


def missing_option(
    options: Sequence[CustomOption], chosen: Mapping[str, str]
) -> CustomOption | None:
    """The first that is still open."""
    return next((one for one in options if one.key not in chosen), None)


def take(option: CustomOption, said: str) -> str | None:
    """The choice (by its Chinese name) or the words; `None` when the option does not allow it."""
    plain = said.strip().strip("“”\"'「」")
    if option.choices:
        wanted = plain.casefold()
        named = (
            one.zh
            for one in option.choices
            if one.zh in plain or one.en.casefold() in wanted or one.zh.removesuffix("色") in plain
        )
        return next(named, None)
    return plain if 1 <= len(plain) <= option.longest else None


def extra_fen(options: Sequence[CustomOption], chosen: Mapping[str, str]) -> int:
    """On top of the price of one piece."""
    return sum(one.extra_fen for one in options if one.key in chosen)


def ships_later_days(options: Sequence[CustomOption], chosen: Mapping[str, str]) -> int:
    """They are done one after another."""
    return sum(one.days for one in options if one.key in chosen)
