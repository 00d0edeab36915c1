"""Where one was in each document, until the window closes or, when there is a place to keep it, for good."""

from collections.abc import Iterable

from esf_desktop.errors import EsfError
from esf_desktop.model import DocumentId
from esf_desktop.workspace.reading import Place, ReadingPlaces


class DocumentPlaces:
    """The latest place in each document."""

    def __init__(self, kept: ReadingPlaces | None = None) -> None:
        self._kept = kept
        self._places: dict[DocumentId, Place] = {}

    def get(self, document: DocumentId) -> Place | None:
        """Where one was in the document; None when it was never left."""
        if document not in self._places and self._kept is not None:
            try:
                found = self._kept.get(document)
            except EsfError:
                return None
            if found is not None:
                self._places[document] = found
        return self._places.get(document)

    def put(self, place: Place) -> None:
        """Remember a place."""
        if self._places.get(place.document) == place:
            return
        self._places[place.document] = place
        if self._kept is not None:
            # A disk that takes nothing is told by what matters: a place that is lost costs a scroll.
            try:
                self._kept.put(place)
            except EsfError:
                return

    def latest(self, documents: Iterable[DocumentId]) -> DocumentId | None:
        """The one of these that was read last; None when none was."""
        try:
            return self._kept.latest(documents) if self._kept is not None else None
        except EsfError:
            return None
