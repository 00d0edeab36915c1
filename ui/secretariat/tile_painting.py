"""The tiles of one cell, one for each assessor: a rating by sign and colour, or the sign of why there is none."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Call, Rating
from esf_desktop.wording import rating_word
from ui import theme
from ui.widgets import icon

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Cell, Tile

FEW = 6
"""Assessors whose tiles stand in one row, each in its own place."""
SIGNS = {"recused": "–", "waiting": "…", "fork": "2", "other_framework": "≠", "spared": "·"}
DASHED = ("missing", "not_asked", "spared")


def shown(tiles: "Sequence[Tile]") -> "Sequence[Tile]":
    """The tiles that are drawn: of many assessors, only of those who read the application."""
    return tiles if len(tiles) <= FEW else [tile for tile in tiles if tile.mark.value != "not_asked"]


def side(count: int) -> float:
    """How wide and high a tile is, where there are so many."""
    return theme.pixels(1.1 if count <= FEW else 0.92)


def gap(count: int) -> float:
    """What stands between two tiles."""
    return theme.pixels(0.3 if count <= FEW else 0.16)


def width(columns: int, count: int) -> float:
    """How wide so many columns of tiles are, where a cell has `count` of them."""
    return columns * side(count) + max(columns - 1, 0) * gap(count)


def height(rows: int, count: int) -> float:
    """How high so many rows of tiles are, where a cell has `count` of them."""
    return rows * side(count) + max(rows - 1, 0) * gap(count)


def draw_all(painter: QPainter, at: QPointF, tiles: "Sequence[Tile]", columns: int, count: int) -> None:
    """Draw the tiles row by row, with the upper left corner of the first there."""
    size, step, ratio = side(count), side(count) + gap(count), painter.device().devicePixelRatioF()
    colours = theme.tokens()
    for place, tile in enumerate(tiles):
        row, column = divmod(place, columns)
        picture = _picture(colours, size, ratio, tile.rating, tile.mark.value, tile.changed)
        painter.drawImage(QPointF(at.x() + column * step, at.y() + row * step), picture)


@lru_cache(256)
def _picture(
    colours: theme.Tokens, size: float, ratio: float, rating: Rating | None, mark: str, changed: bool
) -> QImage:
    """A tile, drawn once for each look; thousands of them are then only copied."""
    made = QImage(*(math.ceil(size * ratio),) * 2, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRectF(0, 0, size, size)
    if rating is None:
        _draw_without(painter, rect, mark)
    else:
        _draw_rating(painter, rect, *colours.rating(rating), rating, changed=changed)
    painter.end()
    return made


def _draw_rating(
    painter: QPainter, rect: QRectF, ink: QColor, ground: QColor, rating: Rating, *, changed: bool
) -> None:
    """A rating; one that a later revision changed has its corner marked."""
    painter.setPen(Qt.PenStyle.NoPen if ground != theme.colour("surface") else QPen(ink, 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, 3, 3)
    inset = rect.width() * 0.16
    icon.draw(painter, rating.value, ink, rect.adjusted(inset, inset, -inset, -inset))
    if changed:
        corner = rect.width() * 0.42
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("ink"))
        top = rect.topRight()
        painter.drawPolygon(QPolygonF([top, QPointF(top.x() - corner, top.y()), QPointF(top.x(), top.y() + corner)]))


def _draw_without(painter: QPainter, rect: QRectF, mark: str) -> None:
    pen = QPen(theme.colour("border_strong"), 1)
    if mark in DASHED:
        pen.setDashPattern([2.2, 1.8])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if mark in SIGNS:
        painter.setFont(theme.font(0.8, bold=True))
        painter.setPen(theme.colour("muted"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, SIGNS[mark])


def words(call: Call, cell: "Cell") -> list[str]:
    """What the cell shows, a line for each assessor, and whether they are far apart."""
    said = []
    for tile in cell.tiles:
        word = rating_word(call, cell.criterion, tile.rating) if tile.rating else tile.mark.word()
        word = _("{rating}, changed in a later revision").format(rating=word) if tile.changed else word
        said.append(f"{tile.person.name}: {word}")
    if cell.apart:
        said.append(_("The assessors are far apart."))
    return said


class CellTiles(QWidget):
    """One cell by itself, with the same said in words; of many assessors it says how many gave each rating."""

    def __init__(self, call: Call, cell: "Cell") -> None:
        super().__init__()
        self._tiles = shown(cell.tiles)
        said = "\n".join(words(call, cell))
        self.setToolTip(said)
        self.setAccessibleName(said.replace("\n", "; "))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        if len(self._tiles) <= FEW:
            return QSize(round(width(len(self._tiles), len(self._tiles))) + 1, theme.pixels(1.5))
        return QSize(round(len(self._counts()) * self._step()), theme.pixels(1.5))

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if len(self._tiles) <= FEW:
            count = max(len(self._tiles), 1)
            draw_all(painter, QPointF(0, (self.height() - side(count)) / 2), self._tiles, count, count)
        else:
            self._draw_counts(painter)
        painter.end()

    def _draw_counts(self, painter: QPainter) -> None:
        size, left = theme.pixels(1.1), 0.0
        for rating, count in self._counts():
            ink, ground = theme.tokens().rating(rating)
            rect = QRectF(left, (self.height() - size) / 2, size, size)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(rect, 3, 3)
            icon.draw(painter, rating.value, ink, rect.adjusted(size / 6, size / 6, -size / 6, -size / 6))
            painter.setPen(theme.colour("ink"))
            painter.setFont(theme.font(0.9))
            beside = QRectF(rect.right() + gap(1), 0, self._step(), self.height())
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(count))
            left += self._step()

    def _counts(self) -> list[tuple[Rating, int]]:
        given = [tile.rating for tile in self._tiles]
        return [(rating, given.count(rating)) for rating in Rating if rating in given]

    def _step(self) -> float:
        return theme.pixels(3.0)
