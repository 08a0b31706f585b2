"""The tables of the first release: where every step begins."""

revision = "3"
down_revision = None
