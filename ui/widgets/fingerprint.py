"""A fingerprint to compare: sixteen groups, four in a row, large enough to read aloud, with a QR code beside them."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from esf_desktop.formatting import groups
from esf_desktop.i18n import _
from ui import theme
from ui.widgets.plain import label

IN_A_ROW = 4
QUIET = 4
"""Modules of white around a QR code, as its standard asks."""


class Fingerprint(QWidget):
    """Shows a fingerprint; the numbers at the side tell where in it one is."""

    def __init__(self, fingerprint: str, *, size: float = 1.25, code: bool = True) -> None:
        super().__init__()
        shown = groups(fingerprint).split()
        self.setAccessibleName(_("Fingerprint: {groups}").format(groups=" ".join(shown)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(1.6))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.pixels(1.1))
        grid.setVerticalSpacing(theme.pixels(0.55))
        for line in range(0, len(shown), IN_A_ROW):
            number = label(f"{line // IN_A_ROW + 1}", "small")
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(number, line, 0)
            for place, group in enumerate(shown[line : line + IN_A_ROW], start=1):
                grid.addWidget(self._group(group, size), line, place)
        grid.setRowStretch(len(shown), 1)
        row.addLayout(grid)
        if code:
            row.addWidget(QrCode("".join(shown), _("QR code of the same fingerprint")), 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)

    @staticmethod
    def _group(text: str, size: float) -> QLabel:
        made = label(text)
        made.setFont(theme.code_font(size))
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made


class QrCode(QWidget):
    """A text as a QR code, dark on white in every theme, for a camera."""

    def __init__(self, content: str, words: str, *, height: float = 8.2) -> None:
        super().__init__()
        import segno

        self._rows = [bytes(row) for row in segno.make(content, error="m", micro=False).matrix]
        self._side = theme.pixels(height)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        module = self._side / (len(self._rows) + 2 * QUIET)
        for line, row in enumerate(self._rows):
            for place, dark in enumerate(row):
                if dark:
                    # A hair wider than a module, so that no light line is left between two of them.
                    left, top = (QUIET + place) * module, (QUIET + line) * module
                    painter.fillRect(QRectF(left, top, module + 0.4, module + 0.4), Qt.GlobalColor.black)
        painter.end()
