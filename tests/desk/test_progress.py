"""Steps that a customer sees, for each kind of request."""

from __future__ import annotations

import pytest

from console.desk.after_sale import AfterSaleKind, AfterSaleState
from console.desk.progress import request_steps
from tests.desk.shop_samples import SIGNED

_K, _S = AfterSaleKind, AfterSaleState
BEGUN = (_S.SUBMITTED, _S.APPROVED)


def seen(kind: AfterSaleKind, *states: AfterSaleState) -> list[tuple[str, bool]]:
    steps = request_steps(kind, states[-1], [(state, SIGNED) for state in states])
    return [(step.key, step.is_done) for step in steps]


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        (_K.REFUND_ONLY, "refunded"),
        (_K.SIZE_SWAP, "exchanged"),
        (_K.DOOR_EXCHANGE, "exchanged"),
    ],
)
def test_what_needs_no_way_back_shows_none(kind: AfterSaleKind, last: str) -> None:
    assert seen(kind, *BEGUN) == [("submitted", True), ("approved", True), (last, False)]


def test_new_goods_that_are_sent_first_show_no_way_back() -> None:
    assert seen(_K.EXCHANGE, *BEGUN, _S.EXCHANGING) == [
        ("submitted", True), ("approved", True), ("exchanged", False),
    ]  # fmt: skip


def test_an_exchange_that_waits_for_the_old_goods_shows_their_way() -> None:
    way = (_S.AWAITING_RETURN, _S.IN_RETURN, _S.RECEIVED, _S.INSPECTED, _S.EXCHANGING)

    assert [key for key, _ in seen(_K.EXCHANGE, *BEGUN, *way)] == [
        "submitted", "approved", "in_return", "received", "inspected", "exchanged",
    ]  # fmt: skip
