"""The narrowest scope wins, then the latest start; nothing counts before it starts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.desk.policy import PolicyBook, PolicyMissing, PolicyRow, Scope, Subject
from console.desk.policy_defaults import DEFAULT_POLICIES
from tests.desk.shop_samples import SECOND

START = datetime(2026, 1, 1, tzinfo=UTC)
GLOBAL = PolicyRow(id="g", key="days", value=7, valid_from=START)
SELLER = replace(GLOBAL, id="s", value=8, scope=Scope.SELLER, scope_id="s1")
CATEGORY = replace(GLOBAL, id="c", value=15, scope=Scope.CATEGORY, scope_id="phones")
SKU = replace(GLOBAL, id="k", value=30, scope=Scope.SKU, scope_id="p9")
BOOK = PolicyBook([SKU, GLOBAL, CATEGORY, SELLER])


@pytest.mark.parametrize(
    ("subject", "row"),
    [
        (Subject(seller_id="s2", category="food", sku="p1"), "g"),
        (Subject(seller_id="s1", category="food", sku="p1"), "s"),
        (Subject(seller_id="s1", category="phones", sku="p1"), "c"),
        (Subject(seller_id="s1", category="phones", sku="p9"), "k"),
    ],
)
def test_the_narrowest_scope_wins(subject: Subject, row: str) -> None:
    assert BOOK.row("days", START, subject).id == row


def test_a_new_row_counts_from_its_first_second() -> None:
    later = replace(GLOBAL, id="g2", value=10, valid_from=START + 10 * SECOND)
    book = PolicyBook([GLOBAL, later])

    assert book.number("days", START + 9 * SECOND) == 7
    assert book.number("days", START + 10 * SECOND) == 10
    assert book.number("days", START + 11 * SECOND) == 10


def test_a_rule_without_a_row_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(PolicyMissing):
        BOOK.row("days", START - SECOND)
    with pytest.raises(PolicyMissing):
        BOOK.row("hours", START)


def test_shipped_rows_have_distinct_ids_and_name_their_source() -> None:
    assert len({row.id for row in DEFAULT_POLICIES}) == len(DEFAULT_POLICIES)
    assert all(row.source for row in DEFAULT_POLICIES)
