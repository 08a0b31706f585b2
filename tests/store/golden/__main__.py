"""Print the ledger in a folder as SQL."""

import sqlite3
import sys
from pathlib import Path

for line in sqlite3.connect(Path(sys.argv[1]) / "ledger.db").iterdump():
    print(line)
