"""Migrations lead exactly to the tables of the code, on both databases, or leave no trace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from console.storage.columns import Instant, Json
from console.storage.database import Database
from console.storage.migration import (
    NewerSchema,
    _config,
    migrate,
    newest_revision,
    revision_of,
)
from console.storage.schema import metadata

_A_SCAN_OF_0001 = (
    "INSERT INTO shop_customer (customer_no, name, phone, member_level) VALUES ('1', '', '', 1)",
    "INSERT INTO shop_order (order_no, customer_no, state, placed_at, seller_id, store_name,"
    " store_name_en, freight_fen, is_freight_refunded, receiver_name, receiver_phone,"
    " receiver_address) VALUES ('2', '1', 'paid', 0, '', '', '', 0, false, '', '', '')",
    "INSERT INTO shop_parcel (waybill_no, order_no, carrier, carrier_en, state, line_ids,"
    " origin_city) VALUES ('3', '2', '', '', 'in_transit', '[]', '')",
    "INSERT INTO shop_parcel_event (waybill_no, position, at, place, text, text_en)"
    " VALUES ('3', 0, 0, '派送站', '', '')",
)


@pytest.fixture
def empty(database_url: str) -> Iterator[Engine]:
    engine = Database(database_url).engine
    yield engine
    engine.dispose()


def _same_type(_context: object, _a: object, _b: object, stored: object, ours: object) -> bool:
    """False means "the same"; our own types are compared by what they are stored as."""
    if isinstance(ours, Instant):
        return not isinstance(stored, sa.Integer)
    if isinstance(ours, Json):
        return not isinstance(stored, sa.String)
    return False


def test_migrations_lead_to_the_tables_of_the_code(empty: Engine) -> None:
    migrate(empty)

    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _same_type})
        difference = compare_metadata(context, metadata)
    assert difference == [], 'run: ./baton migrate --draft "What changed."'


def test_migrating_again_changes_nothing(empty: Engine) -> None:
    assert migrate(empty) == newest_revision()
    tables = sa.inspect(empty).get_table_names()

    assert migrate(empty) == newest_revision()
    assert sa.inspect(empty).get_table_names() == tables


def test_a_database_of_an_earlier_version_is_brought_forward_with_its_rows(empty: Engine) -> None:
    with empty.begin() as tx:
        command.upgrade(_config(connection=tx), "0001")
        for row in _A_SCAN_OF_0001:
            tx.execute(sa.text(row))

    migrate(empty)

    with empty.connect() as tx:
        found = tx.execute(sa.text("SELECT place, place_en FROM shop_parcel_event")).all()
    assert [tuple(row) for row in found] == [("派送站", "")]
    assert revision_of(empty) == newest_revision() != "0001"


def test_a_newer_database_is_refused_and_left_alone(empty: Engine) -> None:
    migrate(empty)
    with empty.begin() as tx:
        tx.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NewerSchema, match="9999"):
        migrate(empty)

    assert revision_of(empty) == "9999"


def test_a_migration_that_fails_leaves_no_table(empty: Engine) -> None:
    last = metadata.sorted_tables[-1].name
    with empty.begin() as tx:
        tx.execute(sa.text(f'CREATE TABLE "{last}" (x INTEGER)'))

    with pytest.raises(sa.exc.DBAPIError):
        migrate(empty)

    assert sa.inspect(empty).get_table_names() == [last]
    assert revision_of(empty) is None
