"""The kinds of after-sale requests and the states that each goes through."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from console.desk.after_sale import (
    PATHS,
    AfterSaleKind,
    AfterSaleRequest,
    AfterSaleState,
    Condition,
    ReturnReason,
    ReturnRequest,
    may_become,
)
from console.desk.refund import Refund
from tests.desk.shop_samples import SIGNED

_K, _S = AfterSaleKind, AfterSaleState
FILED = AfterSaleRequest(
    rma_no="RMA1", kind=_K.RETURN, state=_S.AWAITING_RETURN, customer_no="c1",
    request=ReturnRequest(
        order_no="o1", line_id="l1", quantity=1, reason=ReturnReason.DAMAGED,
        condition=Condition.OPENED,
    ),
    title="杯", title_en="Mug", refund=Refund(lines=()), rule_id="r",
    created_at=SIGNED, updated_at=SIGNED,
)  # fmt: skip


@pytest.mark.parametrize("kind", list(AfterSaleKind))
def test_every_kind_can_go_its_own_way_to_the_end(kind: AfterSaleKind) -> None:
    path = PATHS[kind]

    assert path[-1] is _S.DONE
    assert all(may_become(old, new, kind) for old, new in itertools.pairwise(path))


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        (_K.RETURN, _S.INSPECTED, _S.REPAIRING),
        (_K.REFUND_ONLY, _S.APPROVED, _S.AWAITING_RETURN),
        (_K.REPAIR, _S.INSPECTED, _S.REFUNDING),
        (_K.SIZE_SWAP, _S.AWAITING_RETURN, _S.IN_RETURN),
        (_K.DOOR_EXCHANGE, _S.AWAITING_RETURN, _S.DONE),
    ],
)
def test_no_kind_takes_a_step_of_another(
    kind: AfterSaleKind, old: AfterSaleState, new: AfterSaleState
) -> None:
    assert not may_become(old, new, kind)


@pytest.mark.parametrize("kind", list(AfterSaleKind))
def test_every_kind_can_be_withdrawn_while_the_goods_are_with_the_customer(
    kind: AfterSaleKind,
) -> None:
    assert may_become(_S.SUBMITTED, _S.CANCELLED, kind)
    assert may_become(_S.APPROVED, _S.CANCELLED, kind)


def test_units_stay_bound_after_their_money_went_back_without_them() -> None:
    kept = replace(FILED, kind=_K.REFUND_ONLY, state=_S.DONE)

    assert kept.takes_units
    assert not replace(FILED, state=_S.DONE).takes_units, "the shop counts what came back"
    assert not replace(kept, state=_S.CANCELLED).takes_units


def test_a_missing_part_binds_no_unit() -> None:
    part = replace(FILED.request, part="p1-cable")

    assert not replace(FILED, kind=_K.REFUND_ONLY, request=part).takes_units
