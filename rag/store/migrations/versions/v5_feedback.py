"""Readers' feedback. A ledger of version 4 may have it already: it came with that version's last changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("key", sa.Integer, primary_key=True),
        sa.Column("given_at", sa.Float(53), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(4), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("claims", sa.Text, nullable=False),
        sa.Column("filters", sa.Text, nullable=False),
        sa.Column("reader", sa.Text),
        sqlite_autoincrement=True,
        if_not_exists=True,
    )
