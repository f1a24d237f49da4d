"""One size up and down, also where sizes are counted in X."""

from __future__ import annotations

import itertools

import pytest

from actions.variant_words import variant_named, wants_another_size
from console.desk.goods import Variant

SIZES = ("XXXS", "XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "4XL")


def _of(size: str) -> Variant:
    return Variant(
        product_id="p1", variant=f"白 {size}", variant_en=f"white {size}", size=size,
        price_fen=100, stock=1,
    )  # fmt: skip


OFFERED = [_of(size) for size in reversed(SIZES)]


@pytest.mark.parametrize(("old", "larger"), list(itertools.pairwise(SIZES)))
def test_the_next_size_up_and_down_is_found(old: str, larger: str) -> None:
    up = variant_named("大一码", OFFERED, _of(old), asked=True)
    down = variant_named("one size smaller please, size down", OFFERED, _of(larger), asked=True)

    assert up is not None
    assert up.size == larger
    assert down is not None
    assert down.size == old


def test_above_the_largest_and_below_the_smallest_there_is_none() -> None:
    assert variant_named("大一码", OFFERED, _of("4XL"), asked=True) is None
    assert variant_named("小一码", OFFERED, _of("XXXS"), asked=True) is None


def test_three_x_is_named_either_way_and_no_other_size() -> None:
    named = variant_named("换 XXXL 的", OFFERED, _of("M"), asked=False)

    assert named is not None
    assert named.size == "XXXL"


@pytest.mark.parametrize(
    ("text", "wants"), [("换个大一码的", True), ("size down please", True), ("蓝色的", False)]
)
def test_another_size_is_wanted_only_when_a_step_is_named(text: str, wants: bool) -> None:
    assert wants_another_size(text) is wants
