"""The documents of a workspace, found by the SHA-256 of their content, and the text of their pages for searching."""

import hashlib
import re
import threading
from collections.abc import Collection, Sequence
from pathlib import Path

import sqlalchemy as sa

from esf_desktop.model import DocumentId, Value
from esf_desktop.workspace import erasing
from esf_desktop.workspace.database import connect, transaction
from esf_desktop.workspace.reading import ReadingPlaces
from esf_desktop.workspace.tables import DOCUMENTS_SCHEMA, chunk, document, documents

CHUNK = 2**20


class TextHit(Value, frozen=True):
    """A place in a document that holds the words: page from 0 or block, and the text around with [[ ]] marks."""

    document: DocumentId
    place: int
    around: str


class DocumentStore:
    """Documents in rows of 1 MiB, one connection, safe to call from several threads."""

    def __init__(self, path: Path, key: bytes | None) -> None:
        self._engine = connect(path, key, documents, schema=DOCUMENTS_SCHEMA)
        self._lock = threading.RLock()
        self.places = ReadingPlaces(self._engine, self._lock)

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()

    def put(self, content: bytes, texts: Sequence[str] = ()) -> DocumentId:
        """Keep the document and the text of each of its pages or blocks; the same content is kept once."""
        sha256 = DocumentId(hashlib.sha256(content).hexdigest())
        with self._lock, transaction(self._engine) as connection:
            if not self._known(connection, sha256):
                connection.execute(document.insert(), {"sha256": sha256, "size": len(content)})
                rows = [
                    {"sha256": sha256, "number": n, "content": content[start : start + CHUNK]}
                    for n, start in enumerate(range(0, len(content), CHUNK))
                ]
                if rows:
                    connection.execute(chunk.insert(), rows)
            if texts and not self._indexed(connection, sha256):
                connection.execute(
                    sa.text("INSERT INTO page_text (sha256, place, body) VALUES (:sha256, :place, :body)"),
                    [{"sha256": sha256, "place": place, "body": body} for place, body in enumerate(texts)],
                )
        return sha256

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

    def indexed(self, sha256: DocumentId) -> bool:
        """Whether the text of the document can be searched."""
        with self._lock, transaction(self._engine) as connection:
            return self._indexed(connection, sha256)

    def size(self, sha256: DocumentId) -> int:
        """How many bytes the document has; 0 when it is not kept here."""
        with self._lock, transaction(self._engine) as connection:
            found = connection.execute(sa.select(document.c.size).where(document.c.sha256 == sha256))
            return found.scalar_one_or_none() or 0

    def known(self) -> frozenset[str]:
        """The hashes of all documents that are kept here."""
        with self._lock, transaction(self._engine) as connection:
            return frozenset(connection.execute(sa.select(document.c.sha256)).scalars())

    def sweep(self, keep: Collection[str]) -> int:
        """Let go of every document but these, and answer how many went."""
        with self._lock, transaction(self._engine) as connection:
            return erasing.sweep(connection, keep)

    def compact(self) -> None:
        """Write the database anew, so that nothing of what was deleted is left in its file."""
        with self._lock:
            erasing.compact(self._engine)

    def search(self, words: str, *, limit: int = 200) -> tuple[TextHit, ...]:
        """The pages with all the words, best first; "quoted words" are a phrase, the last word may be unfinished."""
        if not (query := match_query(words)):
            return ()
        with self._lock, transaction(self._engine) as connection:
            rows = connection.execute(
                sa.text(
                    "SELECT sha256, place, snippet(page_text, 2, '[[', ']]', '…', 24) FROM page_text"
                    " WHERE page_text MATCH :query ORDER BY rank, sha256, place LIMIT :limit"
                ),
                {"query": query, "limit": limit},
            )
            return tuple(TextHit(DocumentId(sha256), int(place), around) for sha256, place, around in rows)

    @staticmethod
    def _known(connection: sa.Connection, sha256: str) -> bool:
        return bool(connection.execute(sa.select(document.c.size).where(document.c.sha256 == sha256)).all())

    @staticmethod
    def _indexed(connection: sa.Connection, sha256: str) -> bool:
        found = connection.execute(sa.text("SELECT 1 FROM page_text WHERE sha256 = :s LIMIT 1"), {"s": sha256})
        return found.first() is not None


def match_query(words: str) -> str:
    """The words as an FTS5 query that cannot fail: every word or "phrase" must be there, the last as a beginning."""
    parts = re.findall(r'"([^"]*)"?|(\S+)', words)
    terms = [" ".join(re.findall(r"\w+", phrase or word)) for phrase, word in parts]
    quoted = [f'"{term}"' for term in terms if term]
    if quoted and not words.rstrip().endswith('"'):
        quoted[-1] += "*"
    return " ".join(quoted)
