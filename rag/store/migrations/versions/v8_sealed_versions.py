"""Digests of earlier versions of articles. Of those that are there by now, only the text is checked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "8"
down_revision = "7"


def upgrade() -> None:
    op.add_column("versions", sa.Column("digest", sa.String(64)))
