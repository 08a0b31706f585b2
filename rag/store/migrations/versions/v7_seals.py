"""Digests of all that is stored of an article. Articles of an earlier version have none until they are made anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "7"
down_revision = "6"


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column(
            "article",
            sa.Integer,
            sa.ForeignKey("articles.key", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("digest", sa.String(64), nullable=False),
    )
