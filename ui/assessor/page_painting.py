"""How a page looks: paper, picture, marks, hits, selection and caret, drawn in the viewport's pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from ui import theme
from ui.assessor.marks import Mark

HIT = QColor("#FFE680")
SELECTION = QColor("#A9CCF5")
_INK = QColor("#1E2A27")
_MUTED = QColor("#55625D")
_MULTIPLY = QPainter.CompositionMode.CompositionMode_Multiply
_OVER = QPainter.CompositionMode.CompositionMode_SourceOver


@dataclass(frozen=True)
class Colours:
    """What the canvas takes from the theme; everything on the paper has its own colours."""

    desk: QColor
    paper: QColor
    line: QColor
    accent: QColor
    flash: QColor
    """Frames on the paper, which is light in every theme."""


def colours() -> Colours:
    """The colours of the theme in use; a scheme with black paper reads documents on white all the same."""
    paper = theme.colour("paper")
    return Colours(
        desk=theme.colour("desk"),
        paper=paper if paper.lightness() > 160 else QColor("white"),
        line=theme.colour("line"),
        accent=theme.colour("accent"),
        flash=QColor("#1B6B50"),
    )


def paint_paper(painter: QPainter, rect: QRectF, colours: Colours) -> None:
    """An empty page with a hairline around it and a breath of shadow below."""
    edge = rect.adjusted(-1, -1, 1, 1)
    painter.fillRect(edge.translated(0, 1), colours.line)
    painter.fillRect(edge, colours.line)
    painter.fillRect(rect, colours.paper)


def paint_picture(painter: QPainter, rect: QRectF, image: QImage, *, exact: bool, ratio: float) -> None:
    """The page's picture: pixel for pixel when it is the right one, stretched until then."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
    if exact:
        corner = QPointF(round(rect.left() * ratio) / ratio, round(rect.top() * ratio) / ratio)
        painter.drawImage(QRectF(corner, image.size().toSizeF() / ratio), image)
    else:
        painter.drawImage(rect, image)


def paint_sentence(painter: QPainter, rect: QRectF, sentence: str, font: QFont) -> None:
    """Words in the place of a page that cannot be drawn."""
    painter.setFont(font)
    painter.setPen(_MUTED)
    inner = rect.adjusted(24, 24, -24, -24)
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), sentence)


def paint_over(painter: QPainter, rects: Sequence[QRectF], colour: QColor) -> None:
    """A colour over text, as by a marker pen: the text stays black."""
    painter.setCompositionMode(_MULTIPLY)
    for rect in rects:
        painter.fillRect(rect, colour)
    painter.setCompositionMode(_OVER)


def paint_underline(painter: QPainter, rects: Sequence[QRectF], mark: Mark, level: int) -> None:
    """The mark's line under its text; marks on the same place lie below each other."""
    for rect in rects:
        painter.fillRect(QRectF(rect.left(), rect.bottom() + 3 * level, rect.width(), 2), mark.line)


def paint_letters(painter: QPainter, page: QRectF, top: float, mark: Mark, before: float, font: QFont) -> float:
    """The criterion's letters in the page's left margin; answers how far right they reach."""
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(mark.criterion) + 8
    tag = QRectF(page.left() + 5 + before, top, width, metrics.height() + 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mark.fill)
    painter.drawRoundedRect(tag, 3, 3)
    painter.setFont(font)
    painter.setPen(mark.line)
    painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), mark.criterion)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    return before + width + 3


def paint_frame(painter: QPainter, rects: Sequence[QRectF], colour: QColor, strength: float = 1.0) -> None:
    """A frame around places that are pointed out; it fades as its strength sinks to 0."""
    faded = QColor(colour)
    faded.setAlphaF(strength)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(faded, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for rect in rects:
        painter.drawRoundedRect(rect.adjusted(-3, -2, 3, 3), 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def paint_caret(painter: QPainter, rect: QRectF) -> None:
    """The upright line where typing would be, if one could type in a document."""
    painter.fillRect(QRectF(rect.left() - 1, rect.top() - 1, 2, rect.height() + 2), _INK)
