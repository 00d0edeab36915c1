"""Pages as pictures and as text, fetched in the background and kept within a bound."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from esf_desktop.documents.client import OpenDocument
from ui.assessor.fetcher import Fetcher
from ui.assessor.page_text import ReadPage
from ui.tasks import Tasks

PICTURE_BOUND = 96 * 2**20
"""Bytes of pictures kept for reading."""
THUMBNAIL_BOUND = 16 * 2**20
TEXT_BOUND = 400_000
"""Characters of page text kept."""
_LARGEST_PICTURE = 20_000_000
"""Pixels; a page zoomed beyond this is drawn at this size and stretched."""


@dataclass(frozen=True)
class Picture:
    """Which picture of a page: its pixels a point, quarter turns, and the paper's colour as `#RRGGBB`."""

    page: int
    scale: float
    turn: int
    paper: str


class Pictures(Fetcher[Picture, QImage]):
    """The pictures of one document's pages."""

    def __init__(self, document: OpenDocument, tasks: Tasks, bound: int, parent: QObject) -> None:
        sizes = [(page.width, page.height) for page in document.info.pages]

        def draw(wanted: Picture) -> QImage:
            width, height = sizes[wanted.page]
            most = sqrt(_LARGEST_PICTURE / (width * height))
            bitmap = document.render(wanted.page, min(wanted.scale, most))
            image = QImage(bitmap.pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
            return _on_paper(image, wanted)

        super().__init__(tasks, draw, QImage.sizeInBytes, bound, parent)

    def nearest(self, wanted: Picture) -> QImage | None:
        """The picture, or else one of the same page at another scale until it has come."""
        exact = self.get(wanted)
        if exact is not None:
            return exact
        others = [p for p in self.kept() if (p.page, p.turn, p.paper) == (wanted.page, wanted.turn, wanted.paper)]
        return self.get(min(others, key=lambda p: abs(p.scale - wanted.scale))) if others else None

    def want_only(self, wanted: Iterable[Picture]) -> None:
        """Fetch these, and let go of the same pages' other pictures once they have come."""
        wanted = tuple(wanted)
        self.want(wanted)
        pages = {picture.page: picture for picture in wanted if self.get(picture) is not None}
        for old in [p for p in self.kept() if p.page in pages and p != pages[p.page]]:
            self.drop(old)


def texts(document: OpenDocument, tasks: Tasks, parent: QObject) -> Fetcher[int, ReadPage]:
    """The texts of one document's pages."""

    def read(page: int) -> ReadPage:
        return ReadPage(document.text(page))

    return Fetcher(tasks, read, lambda text: len(text) + 500, TEXT_BOUND, parent)


def _on_paper(image: QImage, wanted: Picture) -> QImage:
    if QColor(wanted.paper) == QColor("white"):
        copy = image.copy()
    else:
        copy = image.copy()
        painter = QPainter(copy)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(copy.rect(), QColor(wanted.paper))
        painter.end()
    return copy.transformed(QTransform().rotate(90 * wanted.turn)) if wanted.turn % 4 else copy
