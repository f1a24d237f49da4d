"""What comes nearest to a price limit that nothing meets."""

from __future__ import annotations

from dataclasses import replace

from console.desk.price_limit import nearest_above
from console.gateways.demo_catalogue import PRODUCTS_BY_ID

ROBOT = PRODUCTS_BY_ID["p204"]


def test_the_cheapest_above_the_limit_come_first_and_two_are_enough() -> None:
    dear, dearer = (
        replace(ROBOT, product_id="b", price_fen=3000_00),
        replace(ROBOT, product_id="c", price_fen=4000_00),
    )

    assert nearest_above([dearer, dear, ROBOT], 2000_00) == [ROBOT, dear]


def test_a_price_at_the_limit_is_not_above_it() -> None:
    assert nearest_above([ROBOT], ROBOT.price_fen) == []
    assert nearest_above([ROBOT], ROBOT.price_fen - 1) == [ROBOT]


def test_what_is_sold_out_is_not_offered() -> None:
    assert nearest_above([replace(ROBOT, stock=0)], 2000_00) == []
