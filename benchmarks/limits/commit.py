"""One value and one row of a journal, committed with the settings of a workspace by the database library alone."""

import sys
from itertools import count
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from benchmarks.rounds import repeatedly

if __name__ == "__main__":
    connection = sqlcipher.connect(str(Path(sys.argv[2]) / "raw.db"), isolation_level=None)
    for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE field (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    connection.execute(
        "CREATE TABLE journal (number INTEGER PRIMARY KEY, name TEXT, before TEXT, after TEXT, hash TEXT)"
    )
    numbers = count()

    def commit() -> None:
        """Write both, durably."""
        n = next(numbers)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT OR REPLACE INTO field VALUES (?, ?)", (f"rating/{n % 12}", f"{n % 4}"))
        connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?)", (n, "rating", "0", f"{n % 4}", "0" * 64))
        connection.execute("COMMIT")

    repeatedly("raw_commit", commit, times=400)
