"""The pages of a long PDF one after the other, each drawn by pypdfium2 alone and put on a picture of the screen."""

import sys
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from benchmarks.rounds import slowly

SCALE = 96 / 72
"""Pixels a point at 100 %."""
SCREEN = (1280, 800)


def screen() -> QImage:
    """What a window is painted on."""
    return QImage(*SCREEN, QImage.Format.Format_RGB32)


def put(image: QImage, on: QImage) -> None:
    """Blit a page."""
    painter = QPainter(on)
    painter.drawImage(QPointF(100, 10), image)
    painter.end()


if __name__ == "__main__":
    document = pypdfium2.PdfDocument((Path(sys.argv[1]) / "hundreds.pdf").read_bytes())
    window = screen()

    def page(number: int) -> None:
        """Draw one page and put it on the screen."""
        opened = document[number]
        drawn = opened.render(scale=SCALE, rev_byteorder=False, prefer_bgrx=True)
        put(QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32), window)
        drawn.close()
        opened.close()

    page(0)
    slowly("raw_page", page, range(len(document)))
