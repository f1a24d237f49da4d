"""What the shop knows of its goods beside their price: variants, spare parts, guides, service.

Everything here is the shop's own data; what it does not say, nobody answers from memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from console.desk.errors import DeskError


class OutOfStock(DeskError):
    """Nothing was reserved: less is left than was asked for."""

    code = "out_of_stock"
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One colour, size or configuration. `stock`: free now, reservations taken off.

    `pieces`: in one pack, where packs of other sizes hold another number; 0 otherwise.
    """

    product_id: str
    variant: str
    variant_en: str
    price_fen: int
    stock: int
    size: str = ""
    pieces: int = 0

    def label(self, lang: str) -> str:
        return self.variant_en if lang == "en" and self.variant_en else self.variant


def wanted_label(fitting: Sequence[Variant], wanted: str, lang: str) -> str:
    """Words for a wished kind, as people of this language call it; `fitting`: what it fits.

    A wish is kept as the shop names things, in Chinese. In English it is what the labels of all
    that fits have in common: of several misty blue ones it is "Misty blue".
    """
    if lang != "en" or wanted.isascii():
        return wanted
    first, *others = [one.label(lang).split() for one in fitting] or [[]]
    return " ".join(word for word in first if all(word in label for label in others))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something that comes in the box and can be sent alone. `words`: how customers call it."""

    part_id: str
    product_id: str
    name: str
    name_en: str
    words: tuple[str, ...]
    value_fen: int
    stock: int

    def label(self, lang: str) -> str:
        return self.name_en if lang == "en" else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What to try when something does not work, in this order. `words`: what the fault is called."""

    guide_id: str
    product_id: str
    title: str
    title_en: str
    words: tuple[str, ...]
    steps: tuple[str, ...]
    steps_en: tuple[str, ...]

    def label(self, lang: str) -> str:
        return self.title_en if lang == "en" else self.title

    def steps_in(self, lang: str) -> tuple[str, ...]:
        return self.steps_en if lang == "en" else self.steps


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCenter:
    """`categories`: what is repaired there."""

    center_id: str
    city: str
    city_en: str
    name: str
    name_en: str
    address: str
    address_en: str
    phone: str
    hours: str
    categories: tuple[str, ...]


def variant_of(variants: Iterable[Variant], label: str) -> Variant | None:
    return next((one for one in variants if one.variant == label), None)


def named_by[T: (Part, Guide)](text: str, known: Sequence[T]) -> T | None:
    """The one whose words fit the text best; `None` when no word of any is in it."""
    plain = re.sub(r"\s+", " ", text.casefold())
    scored = [(max((len(w) for w in one.words if w in plain), default=0), one) for one in known]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] > 0 else None
