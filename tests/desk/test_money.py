"""Shares sum exactly, in whatever steps a line goes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.desk.money import net_paid, shares, units_share, yuan
from tests.desk.shop_samples import a_line

weights = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=12)


def test_coupon_of_40_on_300_and_100_is_shared_30_and_10() -> None:
    assert shares(40_00, [300_00, 100_00]) == [30_00, 10_00]


def test_the_odd_fen_goes_to_the_largest_remainder_and_ties_to_the_first_line() -> None:
    assert shares(100, [1, 1, 1]) == [34, 33, 33]
    assert shares(10, [2, 2, 3]) == [3, 3, 4]


@given(weights, st.data())
def test_shares_sum_exactly_and_never_exceed_their_line(
    weights: list[int], data: st.DataObject
) -> None:
    total = data.draw(st.integers(0, sum(weights)))

    parts = shares(total, weights)

    assert sum(parts) == total
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))


def test_an_amount_without_anything_to_share_it_among_is_refused() -> None:
    assert shares(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="zero"):
        shares(1, [0, 0])


@given(st.integers(0, 1_000_000), st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_units_that_go_back_in_steps_carry_the_whole_amount(total: int, steps: list[int]) -> None:
    quantity, before, carried = sum(steps), 0, 0

    for step in steps:
        carried += units_share(total, quantity, before=before, count=step)
        before += step

    assert carried == total


def test_more_units_than_the_line_has_are_refused() -> None:
    with pytest.raises(ValueError, match="more units"):
        units_share(100, 2, before=1, count=2)


def test_net_paid_takes_both_shares_off_the_whole_line() -> None:
    assert net_paid(a_line(unit_fen=50_00, quantity=3, promotion_fen=10_00, coupon_fen=1)) == 139_99


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "0.00"), (5, "0.05"), (123_456_78, "123,456.78"), (-20_00, "-20.00")]
)
def test_fen_are_written_as_yuan(fen: int, text: str) -> None:
    assert yuan(fen) == text
