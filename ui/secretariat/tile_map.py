"""The 29 municipalities as equal tiles laid out by geography, each with its name and its figure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from esf_desktop import formatting
from esf_desktop.i18n import _
from ui import theme
from ui.secretariat.bar_chart import draw_bar

if TYPE_CHECKING:
    from esf_desktop.secretariat.balance import Tile

WIDE, HIGH, GAP = 5.6, 3.9, 0.28
SEEN = 3.0
"""The least contrast of a figure that is no text, as WCAG has it."""
SHADES = (0.0, 0.1, 0.2, 0.32, 1.0)
"""How much of the accent each level has; words keep their contrast on every one of them."""


class TileMap(QLabel):
    """Draws the tiles; what they say is told in words to a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self._tiles: tuple[Tile, ...] = ()
        self._support = True
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Map of the municipalities"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_tiles(self, tiles: "Sequence[Tile]", *, support: bool) -> None:
        """Show these tiles with their sought support, or their number of applications."""
        self._tiles, self._support = tuple(tiles), support
        told = (tile.group.sentence() for tile in self._tiles if tile.group.applied.count)
        self.setAccessibleDescription("\n".join(told))
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        columns = max((tile.column for tile in self._tiles), default=5) + 1
        rows = max((tile.row for tile in self._tiles), default=6) + 1
        return QSize(round(columns * theme.pixels(WIDE + GAP)) + 6, round(rows * theme.pixels(HIGH + GAP)) + 6)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            here = next((tile for tile in self._tiles if _rect(tile).contains(QPointF(event.pos()))), None)
            QToolTip.showText(event.globalPos(), here.group.sentence() if here else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for tile in self._tiles:
            self._paint(painter, tile, _rect(tile))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint(self, painter: QPainter, tile: "Tile", rect: QRectF) -> None:
        ground, ink = colours(tile.level if self._support else tile.count_level)
        applied = tile.group.applied
        pen = QPen(theme.colour("border_strong"), 1)
        if not applied.count:
            pen.setDashPattern([2.2, 1.8])
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        inner = rect.adjusted(theme.pixels(0.35), theme.pixels(0.25), -theme.pixels(0.3), -theme.pixels(0.25))
        painter.setPen(ink)
        font = theme.font(0.8)
        painter.setFont(font)
        name = QFontMetricsF(font).elidedText(tile.group.name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, name)
        if not applied.count:
            return
        painter.setFont(theme.font(0.93, bold=True))
        figure = formatting.millions(applied.support) if self._support else formatting.count(applied.count)
        lower = inner.adjusted(0, theme.pixels(1.0), 0, 0)
        painter.drawText(lower, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, figure)
        self._paint_share(painter, tile, inner, ground, ink)

    def _paint_share(self, painter: QPainter, tile: "Tile", inner: QRectF, ground: QColor, ink: QColor) -> None:
        """A small bar at the foot: how much of what was applied for is proposed."""
        group = tile.group
        if not (group.prioritised.count or group.if_funds_allow.count):
            return
        sums = (group.applied, group.prioritised, group.if_funds_allow)
        applied, sure, perhaps = ((one.support if self._support else one.count) for one in sums)
        bar = QRectF(inner.left(), inner.bottom() - theme.pixels(0.5), inner.width(), theme.pixels(0.5))
        accent = theme.colour("accent")
        draw_bar(
            painter, bar, applied, sure, perhaps, applied, ink if theme.contrast(accent, ground) < SEEN else accent
        )


def colours(level: int) -> tuple[QColor, QColor]:
    """The ground of that level, and the ink that is clearest on it."""
    accent, surface = theme.colour("accent"), theme.colour("surface")
    share = SHADES[min(level, len(SHADES) - 1)]
    red, green, blue = (
        round(one * share + other * (1 - share))
        for one, other in (
            (accent.red(), surface.red()),
            (accent.green(), surface.green()),
            (accent.blue(), surface.blue()),
        )
    )
    mixed = QColor(red, green, blue)
    inks = (theme.colour("ink"), theme.colour("on_accent"))
    return mixed, max(inks, key=lambda ink: theme.contrast(ink, mixed))


def _rect(tile: "Tile") -> QRectF:
    wide, high = theme.pixels(WIDE), theme.pixels(HIGH)
    left, top = tile.column * theme.pixels(WIDE + GAP), tile.row * theme.pixels(HIGH + GAP)
    return QRectF(left + 3, top + 3, wide, high)
