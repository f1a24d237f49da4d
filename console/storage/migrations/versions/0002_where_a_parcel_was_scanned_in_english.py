"""Where a parcel was scanned, in English"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Scans that are stored by then have one name, which both languages show."""
    column = sa.Column("place_en", sa.Text(), nullable=False, server_default="")
    op.add_column("shop_parcel_event", column)
