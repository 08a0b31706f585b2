"""Where units stand is found without reading the units."""

from __future__ import annotations

from alembic import op

revision = "6"
down_revision = "5"


def upgrade() -> None:
    op.create_index("units_by_place", "units", ["article", "kind", "start", "stop"])
