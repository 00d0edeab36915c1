"""Where a person was in each document, kept beside the documents: no part of the assessment or its journal."""

import threading
from collections.abc import Iterable

import sqlalchemy as sa

from esf_desktop.model import DocumentId, Value
from esf_desktop.workspace.database import transaction

TABLE = (
    "CREATE TABLE IF NOT EXISTS place (sha256 TEXT PRIMARY KEY, page INTEGER NOT NULL, share REAL NOT NULL,"
    " zoom TEXT NOT NULL, turn INTEGER NOT NULL, visit INTEGER NOT NULL) WITHOUT ROWID"
)


class Place(Value, frozen=True):
    """Where in a document one reads: page or block from 0 and the share of it that is above the window, zoom, turn.

    `zoom` is 1.0 for 100 %, or the name of a zoom that follows the window; `turn` counts quarters clockwise.
    """

    document: DocumentId
    page: int = 0
    share: float = 0.0
    zoom: float | str = "width"
    turn: int = 0


class ReadingPlaces:
    """One place for each document, found by its content, whatever its name and its application."""

    def __init__(self, engine: sa.Engine, lock: threading.RLock) -> None:
        self._engine, self._lock = engine, lock
        with transaction(engine) as connection:
            connection.exec_driver_sql(TABLE)

    def get(self, document: DocumentId) -> Place | None:
        """Where one was in the document; None when it was never left."""
        with self._lock, transaction(self._engine) as connection:
            row = connection.execute(
                sa.text("SELECT page, share, zoom, turn FROM place WHERE sha256 = :s"), {"s": document}
            ).first()
        return None if row is None else Place(document, row.page, row.share, _zoom(row.zoom), row.turn)

    def put(self, place: Place) -> None:
        """Remember the place, as that of the latest visit.

        Raises:
            NoRoomError, NotSavedError: it could not be remembered; nothing else is lost.
        """
        with self._lock, transaction(self._engine) as connection:
            connection.execute(
                sa.text(
                    "INSERT OR REPLACE INTO place SELECT :s, :page, :share, :zoom, :turn,"
                    " coalesce(max(visit), 0) + 1 FROM place"
                ),
                {
                    "s": place.document,
                    "page": place.page,
                    "share": place.share,
                    "zoom": str(place.zoom),
                    "turn": place.turn,
                },
            )

    def latest(self, documents: Iterable[DocumentId]) -> DocumentId | None:
        """The one of these that was visited last; None when none was."""
        with self._lock, transaction(self._engine) as connection:
            rows = connection.execute(sa.text("SELECT sha256, visit FROM place")).all()
        visits = {row.sha256: row.visit for row in rows}
        return max((d for d in documents if d in visits), key=lambda d: visits[d], default=None)


def _zoom(written: str) -> float | str:
    try:
        return float(written)
    except ValueError:
        return written
