"""Pages as pictures and as text, fetched in the background and kept within a bound."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, sqrt

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from esf_desktop.documents.client import OpenDocument
from ui.assessor.fetcher import Fetcher
from ui.assessor.page_text import ReadPage
from ui.tasks import Tasks

PICTURE_BOUND = 96 * 2**20
"""Bytes of pictures kept for reading."""
THUMBNAIL_BOUND = 16 * 2**20
TEXT_BOUND = 150_000
"""Characters of page text kept."""
_LARGEST = 6_000_000
"""Pixels of a picture of a whole page; where a page is zoomed beyond this, tiles are laid over it."""
_UNDER_TILES = 1_500_000
"""Pixels of the picture that is seen until the tiles have come."""
_TILE = 1024
"""Pixels across a tile."""

Clip = tuple[int, int, int, int]
"""Left, top, width and height in pixels of the unturned page."""


@dataclass(frozen=True)
class Picture:
    """Which picture of a page: its pixels a point, quarter turns, the paper's colour as `#RRGGBB`, and which part."""

    page: int
    scale: float
    turn: int
    paper: str
    clip: Clip | None = None


class SharedImage(QImage):
    """An image over memory that lives as long as the image does."""

    pixels: memoryview


class Pictures(Fetcher[Picture, QImage]):
    """The pictures of one document's pages."""

    def __init__(self, document: OpenDocument, tasks: Tasks, bound: int, parent: QObject) -> None:
        super().__init__(tasks, lambda wanted: drawn(document, wanted), QImage.sizeInBytes, bound, parent)

    def nearest(self, wanted: Picture) -> QImage | None:
        """The picture, or else one of the same whole page at another scale until it has come."""
        exact = self.get(wanted)
        if exact is not None:
            return exact
        like = (wanted.page, wanted.turn, wanted.paper, None)
        others = [p for p in self.kept() if (p.page, p.turn, p.paper, p.clip) == like]
        return self.get(min(others, key=lambda p: abs(p.scale - wanted.scale))) if others else None

    def want_only(self, wanted: Iterable[Picture]) -> None:
        """Fetch these, and let go of the same pages' pictures at other scales once they have come."""
        wanted = tuple(wanted)
        self.want(wanted)
        came = {p.page for p in wanted} - {p.page for p in wanted if self.get(p) is None}
        scales = {(p.page, p.scale, p.turn, p.paper) for p in wanted}
        for old in [p for p in self.kept() if p.page in came]:
            if (old.page, old.scale, old.turn, old.paper) not in scales:
                self.drop(old)


def drawn(document: OpenDocument, wanted: Picture) -> QImage:
    """The picture, drawn now: on white paper it is the worker's own memory, which is not copied."""
    bitmap = document.render(wanted.page, wanted.scale, wanted.clip)
    image = SharedImage(bitmap.pixels, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
    image.pixels = bitmap.pixels
    return _on_paper(image, wanted)


def whole(page: int, size: tuple[float, float], scale: float, turn: int, paper: str) -> Picture:
    """The picture of a whole page of that size in points, at a smaller scale where it would be too large."""
    if size[0] * size[1] * scale * scale > _LARGEST:
        scale = sqrt(_UNDER_TILES / (size[0] * size[1]))
    return Picture(page, round(scale, 7), turn, paper)


def tiles(page: int, size: tuple[float, float], scale: float, turn: int, paper: str, seen: QRectF) -> list[Picture]:
    """The pictures of what is seen of a page (in points, unturned) that is too large for one; else none."""
    if size[0] * size[1] * scale * scale <= _LARGEST:
        return []
    width, height = ceil(size[0] * scale), ceil(size[1] * scale)
    left, right = (max(0, min(width - 1, int(x * scale))) // _TILE for x in (seen.left(), seen.right()))
    top, bottom = (max(0, min(height - 1, int(y * scale))) // _TILE for y in (seen.top(), seen.bottom()))
    found = []
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            x, y = column * _TILE, row * _TILE
            clip = x, y, min(_TILE, width - x), min(_TILE, height - y)
            found.append(Picture(page, round(scale, 7), turn, paper, clip))
    return found


def turned(clip: Clip, size: tuple[float, float], scale: float, turn: int) -> tuple[int, int]:
    """How far right and down of the turned page's corner a tile lies, in pixels."""
    left, top, width, height = clip
    across, down = ceil(size[0] * scale), ceil(size[1] * scale)
    match turn % 4:
        case 1:
            return down - top - height, left
        case 2:
            return across - left - width, down - top - height
        case 3:
            return top, across - left - width
    return left, top


def texts(document: OpenDocument, tasks: Tasks, parent: QObject) -> Fetcher[int, ReadPage]:
    """The texts of one document's pages."""

    def read(page: int) -> ReadPage:
        return ReadPage(document.text(page))

    return Fetcher(tasks, read, lambda text: len(text) + 500, TEXT_BOUND, parent)


def _on_paper(image: QImage, wanted: Picture) -> QImage:
    if QColor(wanted.paper) != QColor("white"):
        image = image.copy()
        painter = QPainter(image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(image.rect(), QColor(wanted.paper))
        painter.end()
    return image.transformed(QTransform().rotate(90 * wanted.turn)) if wanted.turn % 4 else image
