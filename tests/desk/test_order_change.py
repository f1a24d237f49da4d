"""Changing an order: the state decides, the city where it goes, the price of what is in it."""

from __future__ import annotations

import pytest

from console.desk.order import OrderState
from console.desk.order_change import (
    ChangeWay,
    ItemWay,
    changed_line,
    city_of,
    decide_address_change,
    decide_item_change,
    is_deliverable,
    whole_address,
)
from tests.desk.shop_samples import a_line, an_order

HOME = "浙江省杭州市西湖区示例路 1 号"
S = OrderState


@pytest.mark.parametrize(
    ("state", "city", "way"),
    [
        (S.UNPAID, "杭州", ChangeWay.FREE),
        (S.PAID, "上海", ChangeWay.FREE),
        (S.PICKED, "杭州", ChangeWay.ASK_COURIER),
        (S.PICKED, "上海", ChangeWay.STOP_AND_REORDER),
        (S.IN_TRANSIT, "杭州", ChangeWay.ASK_COURIER),
        (S.IN_TRANSIT, None, ChangeWay.ASK_COURIER),
        (S.IN_TRANSIT, "宁波", ChangeWay.STOP_AND_REORDER),
        (S.DELIVERING, "上海", ChangeWay.STOP_AND_REORDER),
        (S.SIGNED, "杭州", ChangeWay.TOO_LATE),
        (S.CANCELLED, "杭州", ChangeWay.ENDED),
        (S.CANCELLING, None, ChangeWay.ENDED),
    ],
)
def test_state_and_city_decide_how_an_address_changes(
    state: OrderState, city: str | None, way: ChangeWay
) -> None:
    decision = decide_address_change(an_order(state=state, receiver_address=HOME), city)

    assert (decision.way, decision.rule_id) == (way, f"address_change.{way}")


@pytest.mark.parametrize(
    ("address", "city"),
    [
        (HOME, "杭州"),
        ("上海市浦东新区演示大道", "上海"),
        ("北京朝阳区样例园 3 号楼", "北京"),
        ("宁波市海曙区练习路", "宁波"),
        ("新疆维吾尔自治区乌鲁木齐市天山区", "乌鲁木齐"),
        ("3栋502", None),
        ("西湖区文三路", None),
    ],
)
def test_the_city_is_read_from_an_address(address: str, city: str | None) -> None:
    assert city_of(address) == city


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("3栋502", "浙江省杭州市西湖区3栋502"),
        ("滨江区标本路 9 号", "浙江省杭州市滨江区标本路 9 号"),
        ("上海市徐汇区草稿路 2 号", "上海市徐汇区草稿路 2 号"),
    ],
)
def test_what_is_left_out_stays_as_it_was(said: str, whole: str) -> None:
    assert whole_address(said, HOME) == whole


@pytest.mark.parametrize(
    ("address", "can"),
    [("浙江省杭州市西湖区示例路 1 号", True), ("我家", False), ("杭州市西湖区", False)],
)
def test_an_address_without_street_or_number_cannot_be_found(address: str, can: bool) -> None:
    assert is_deliverable(address) is can


def _decide(state: OrderState = S.PAID, **wish: int | str) -> tuple[ItemWay, int]:
    line = a_line(quantity=2, unit_fen=100_00, coupon_fen=20_00)
    told = {"variant": "银色", "quantity": 2, "unit_fen": 100_00, "stock": 9, **wish}
    decision = decide_item_change(an_order(line, state=state), line, **told)  # type: ignore[arg-type]  # plain words
    return decision.way, decision.difference_fen


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({"variant": "黑色"}, (ItemWay.CHANGE, 0)),
        ({"variant": "黑色", "unit_fen": 99_99}, (ItemWay.CHANGE_AND_REFUND, -2)),
        ({"variant": "黑色", "unit_fen": 100_01}, (ItemWay.PAY_MORE, 2)),
        ({"quantity": 1}, (ItemWay.CHANGE_AND_REFUND, -90_00)),
        ({"quantity": 3}, (ItemWay.PAY_MORE, 100_00)),
        ({"quantity": 12}, (ItemWay.SOLD_OUT, 0)),
        ({"quantity": 11}, (ItemWay.PAY_MORE, 900_00)),
        ({"variant": "黑色", "stock": 1}, (ItemWay.SOLD_OUT, 0)),
        ({"variant": "黑色", "stock": 2}, (ItemWay.CHANGE, 0)),
        ({}, (ItemWay.NO_CHANGE, 0)),
        ({"quantity": 3, "state": S.UNPAID}, (ItemWay.CHANGE, 100_00)),
        ({"variant": "黑色", "state": S.PICKED}, (ItemWay.TOO_LATE, 0)),
        ({"variant": "黑色", "state": S.SIGNED}, (ItemWay.TOO_LATE, 0)),
    ],
)
def test_price_and_stock_decide_how_an_item_changes(
    wish: dict[str, int | str], found: tuple[ItemWay, int]
) -> None:
    assert _decide(**wish) == found  # type: ignore[arg-type]  # plain words


def test_discounts_shrink_with_the_quantity_and_never_grow() -> None:
    line = a_line(quantity=3, unit_fen=100_00, coupon_fen=10_00)

    assert changed_line(line, "银色", 1, 1).coupon_fen == 3_33
    assert changed_line(line, "银色", 5, 1).coupon_fen == 10_00
    assert changed_line(line, "黑色", 3, 90_00).unit_fen == 90_00
