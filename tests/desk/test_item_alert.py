"""Alerts: due at the target and not a fen above; goods are back with the first piece."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk.item_alert import (
    AlertKind,
    AlertState,
    AlertWish,
    ItemAlert,
    is_due,
    is_met,
    kind_in,
)
from tests.given import NOW

PRICE = ItemAlert(
    id="al", key="k", customer_id="cu", conversation_id="co", product_id="p",
    kind=AlertKind.PRICE, variant="", target_fen=100_00, base_fen=120_00,
    state=AlertState.ACTIVE, created_at=NOW,
)  # fmt: skip


@pytest.mark.parametrize(("price_fen", "due"), [(99_99, True), (100_00, True), (100_01, False)])
def test_a_target_is_reached_to_the_fen(price_fen: int, due: bool) -> None:
    wish = AlertWish(product_id="p", kind=AlertKind.PRICE, target_fen=100_00)

    assert is_due(PRICE, price_fen, 0) is due
    assert is_met(wish, price_fen, 0) is due


@pytest.mark.parametrize(("price_fen", "due"), [(119_99, True), (120_00, False), (120_01, False)])
def test_without_a_target_any_fall_counts(price_fen: int, due: bool) -> None:
    wish = AlertWish(product_id="p", kind=AlertKind.PRICE)

    assert is_due(replace(PRICE, target_fen=None), price_fen, 9) is due
    assert not is_met(wish, price_fen, 9)


@pytest.mark.parametrize(("quantity", "due"), [(0, False), (1, True)])
def test_one_piece_is_enough(quantity: int, due: bool) -> None:
    stock = replace(PRICE, kind=AlertKind.STOCK, target_fen=None)

    assert is_due(stock, 1, quantity) is due
    assert is_met(AlertWish(product_id="p", kind=AlertKind.STOCK), 1, quantity) is due


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("降到两千告诉我", AlertKind.PRICE),
        ("有货了喊我一声", AlertKind.STOCK),
        ("tell me when it is back in stock", AlertKind.STOCK),
        ("tell me when it gets cheaper", AlertKind.PRICE),
        ("设个提醒", None),
    ],
)
def test_what_is_waited_for_is_read_from_the_words(text: str, kind: AlertKind | None) -> None:
    assert kind_in(text) == kind
