"""Bands: each has all of the band below and something more."""

from __future__ import annotations

import pytest

from console.desk.membership import (
    BANDS,
    Member,
    benefits_gained,
    benefits_of,
    next_band_level,
)
from console.gateways.demo_terms import BENEFITS


def test_every_band_has_strictly_more_than_the_one_below() -> None:
    keys = [{one.key for one in benefits_of(BENEFITS, band)} for band in BANDS]

    assert keys[0] < keys[1] < keys[2]
    assert all(keys)


@pytest.mark.parametrize(
    ("lower", "higher", "count"), [(3, 4, 3), (4, 5, 0), (6, 7, 3), (0, 3, 0), (3, 7, 6)]
)
def test_what_a_level_has_more_than_another(lower, higher, count) -> None:
    assert len(benefits_gained(BENEFITS, lower, higher)) == count


@pytest.mark.parametrize(("level", "following"), [(0, 4), (3, 4), (4, 7), (6, 7), (7, None)])
def test_where_the_next_band_begins(level, following) -> None:
    assert next_band_level(level) == following


@pytest.mark.parametrize(("growth", "missing"), [(999, 1), (1_000, 0), (1_001, 0)])
def test_what_is_missing_to_the_next_level(growth, missing) -> None:
    member = Member(customer_no="1", level=2, points=0, growth=growth, next_growth=1_000)

    assert member.growth_missing == missing
    assert Member(customer_no="1", level=7, points=0, growth=1).growth_missing is None
