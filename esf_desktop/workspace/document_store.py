"""The documents of a workspace, found by the SHA-256 of their content, and the text of their pages for searching."""

import hashlib
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa

from esf_desktop.finding import Term, as_query, findable, parted
from esf_desktop.model import DocumentId
from esf_desktop.workspace import erasing
from esf_desktop.workspace.database import close, connect, copy_open, transaction
from esf_desktop.workspace.reading import ReadingPlaces
from esf_desktop.workspace.tables import DOCUMENTS_SCHEMA, TEXT_INDEX, UNDER_WAY, chunk, document, documents

CHUNK = 2**20
_ADD_CHUNK = "INSERT INTO chunk (sha256, number, content) VALUES (?, ?, ?)"
_BATCH = 32
"""Rows of a transaction: few enough that nobody who reads waits long, and enough that syncing costs little."""


class DocumentStore:
    """Documents in rows of 1 MiB, one connection, safe to call from several threads."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        self._engine = connect(path, key, documents, schema=DOCUMENTS_SCHEMA, bulky=True)
        self._lock = threading.RLock()
        self.places = ReadingPlaces(self._engine, self._lock)
        with transaction(self._engine) as connection:
            for statement in TEXT_INDEX:
                connection.exec_driver_sql(statement)
        self.filling = threading.RLock()
        """Held from the first document of something until it is named in the work database, and while sweeping."""

    def close(self) -> None:
        """Close the database."""
        close(self._engine)

    def put(self, content: bytes, texts: Sequence[str] | None = None) -> DocumentId:
        """Keep the document; the same content is kept once. With the texts of its pages or blocks, index them too."""
        sha256 = DocumentId(hashlib.sha256(content).hexdigest())
        self.keep(sha256, (content[start : start + CHUNK] for start in range(0, len(content), CHUNK)))
        if texts is not None:
            self.index(sha256, texts)
        return sha256

    def keep(self, sha256: DocumentId, pieces: Iterable[bytes]) -> None:
        """Keep the document that comes in pieces of 1 MiB, the last one shorter; it is here once they have ended.

        What was kept of one whose pieces raise, or of one that a power cut ended, is swept later and seen by nobody.
        """
        if self.has(sha256):
            for _piece in pieces:
                pass
            return
        size, begun = 0, False
        for rows, last in _batches(sha256, pieces):
            size += sum(len(content) for *_place, content in rows)
            with self._lock, transaction(self._engine) as connection:
                if not begun:
                    connection.execute(chunk.delete().where(chunk.c.sha256 == sha256))
                    connection.execute(document.delete().where(document.c.sha256 == sha256))
                    connection.execute(document.insert(), {"sha256": sha256, "size": UNDER_WAY})
                if rows:
                    connection.exec_driver_sql(_ADD_CHUNK, rows)
                if last:
                    connection.execute(document.update().where(document.c.sha256 == sha256).values(size=size))
            begun = True

    def index(self, sha256: DocumentId, texts: Iterable[str]) -> None:
        """Let the text of each page or block be found; no text at all is remembered too. Once is enough."""
        pages = [(place, text, findable(text), parted(text)) for place, text in enumerate(texts) if text.strip()]
        with self._lock, transaction(self._engine) as connection:
            if self._indexed(connection, sha256) is not None:
                return
            connection.exec_driver_sql("INSERT INTO indexed VALUES (?, ?)", (sha256, len(pages)))
            if not pages:
                return
            start = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM page_body").scalar_one()
            connection.exec_driver_sql(
                "INSERT INTO page_body (id, sha256, place, body) VALUES (?, ?, ?, ?)",
                [(start + n, sha256, place, text) for n, (place, text, _joined, _parted) in enumerate(pages, 1)],
            )
            connection.exec_driver_sql(
                "INSERT INTO page_words (rowid, joined, parted) VALUES (?, ?, ?)",
                [(start + n, joined, apart) for n, (_place, _text, joined, apart) in enumerate(pages, 1)],
            )

    def get(self, sha256: DocumentId) -> bytes:
        """The document's bytes; KeyError when it is not kept here."""
        with self._lock, transaction(self._engine) as connection:
            if not self._known(connection, sha256):
                raise KeyError(sha256)
            rows = connection.execute(
                sa.select(chunk.c.content).where(chunk.c.sha256 == sha256).order_by(chunk.c.number)
            )
            return b"".join(rows.scalars())

    def has(self, sha256: DocumentId) -> bool:
        """Whether the document is kept here."""
        with self._lock, transaction(self._engine) as connection:
            return self._known(connection, sha256)

    def indexed(self) -> dict[DocumentId, int]:
        """Of each document that was read for the index, how many of its pages or blocks hold text."""
        with self._lock, transaction(self._engine) as connection:
            rows = connection.exec_driver_sql("SELECT sha256, pages FROM indexed").all()
        return {DocumentId(sha256): pages for sha256, pages in rows}

    def size(self, sha256: DocumentId) -> int:
        """How many bytes the document has; 0 when it is not kept here."""
        with self._lock, transaction(self._engine) as connection:
            found = connection.execute(sa.select(document.c.size).where(document.c.sha256 == sha256))
            return max(0, found.scalar_one_or_none() or 0)

    def known(self) -> frozenset[str]:
        """The hashes of all documents that are kept here."""
        with self._lock, transaction(self._engine) as connection:
            whole = sa.select(document.c.sha256).where(document.c.size != UNDER_WAY)
            return frozenset(connection.execute(whole).scalars())

    def sweep(self, keep: Collection[str]) -> int:
        """Let go of every document but these, and of what has not wholly come; answer how many went."""
        with self._lock, transaction(self._engine) as connection:
            return erasing.sweep(connection, keep)

    def compact(self) -> None:
        """Write the database anew, so that nothing of what was deleted is left in its file."""
        with self._lock:
            erasing.compact(self._engine)

    def copy_to(self, target: Path, key: bytes | None, step: Callable[[int, int], None]) -> None:
        """Copy the documents and their index to a new file; nobody reads or writes them meanwhile."""
        copy_open(self._engine, key, target, lock=self._lock, between=step, seen=lambda: None)

    def search(self, wanted: Sequence[Term], *, any_of: bool = False) -> tuple[tuple[DocumentId, int, int], ...]:
        """The pages with all of the terms, or with any: document, place, and a number to read the text by."""
        if not wanted:
            return ()
        with self._lock, transaction(self._engine) as connection:
            rows = connection.exec_driver_sql(
                "SELECT sha256, place, id FROM page_body"
                " WHERE id IN (SELECT rowid FROM page_words WHERE page_words MATCH ?) ORDER BY id",
                (as_query(wanted, any_of=any_of),),
            )
            return tuple((DocumentId(sha256), place, id_) for sha256, place, id_ in rows)

    def texts(self, numbers: Iterable[int]) -> dict[int, str]:
        """The text of pages by the numbers that `search` gave."""
        with self._lock, transaction(self._engine) as connection:
            read = "SELECT body FROM page_body WHERE id = ?"
            return {n: connection.exec_driver_sql(read, (n,)).scalar_one_or_none() or "" for n in numbers}

    @staticmethod
    def _known(connection: sa.Connection, sha256: str) -> bool:
        size = connection.execute(sa.select(document.c.size).where(document.c.sha256 == sha256)).scalar_one_or_none()
        return size is not None and bool(size != UNDER_WAY)

    @staticmethod
    def _indexed(connection: sa.Connection, sha256: str) -> int | None:
        found = connection.exec_driver_sql("SELECT pages FROM indexed WHERE sha256 = ?", (sha256,))
        return found.scalar_one_or_none()


def _batches(sha256: str, pieces: Iterable[bytes]) -> Iterator[tuple[list[tuple[str, int, bytes]], bool]]:
    """The rows of a document, some at a time, and whether they are its last; at least once, with none for no bytes."""
    rows: list[tuple[str, int, bytes]] = []
    for number, piece in enumerate(pieces):
        if len(rows) == _BATCH:
            yield rows, False
            rows = []
        rows.append((sha256, number, piece))
    yield rows, True
