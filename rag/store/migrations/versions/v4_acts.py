"""Each claim has its act. What was stored before counts as speech, until `python -m rag rebuild` makes it anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    op.add_column("claims", sa.Column("act", sa.String(10), nullable=False, server_default="speech"))
