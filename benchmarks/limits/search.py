"""The same words looked for in the same pages by SQLite alone, with its own snippets."""

import sqlite3
import sys
import time
from pathlib import Path

from benchmarks.ours.search import QUERIES, pages
from benchmarks.rounds import say

if __name__ == "__main__":
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE page USING fts5(body, tokenize = 'unicode61 remove_diacritics 0')")
    connection.executemany(
        "INSERT INTO page VALUES (?)", [(page,) for document in pages(Path(sys.argv[1])) for page in document]
    )

    def search_all() -> None:
        """Every question, with the text around the best places."""
        for words in QUERIES:
            connection.execute(
                "SELECT rowid, snippet(page, 0, '[', ']', '…', 24) FROM page WHERE page MATCH ? LIMIT 200",
                (words if '"' in words or "*" in words else f"{words}*",),
            ).fetchall()

    search_all()
    seconds = []
    for _number in range(20):
        began = time.perf_counter()
        search_all()
        seconds.append((time.perf_counter() - began) / len(QUERIES))
    say("raw_search", seconds)
