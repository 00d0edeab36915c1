"""What the program is, its version, and the licences of everything that it is made of."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from esf_desktop import __version__, licences, paths
from esf_desktop.i18n import _
from ui import theme
from ui.program_icon import PROGRAM, image
from ui.widgets.plain import label


class About(QDialog):
    """Says what this is; each part's own licence can be read beside the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About ESF Desktop"))
        self._parts = licences.parts()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.pixels(1.2)] * 4)
        column.setSpacing(theme.pixels(0.7))
        places = label(
            _("Work: {work}\nLog: {log}\nChoices: {choices}").format(
                work=paths.data_folder(), log=paths.log_folder(), choices=paths.settings_file()
            ),
            "small",
            wrap=True,
        )
        places.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        close = QDialogButtonBox()
        close.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.rejected.connect(self.reject)
        column.addLayout(self._make_head())
        for part in (
            places,
            label(_("Made with these parts, each under its own licence:"), "strong", wrap=True),
        ):
            column.addWidget(part)
        column.addLayout(self._make_parts(), 1)
        column.addWidget(close)
        self.resize(min(theme.pixels(56), parent.width() - 40), min(theme.pixels(40), parent.height() - 40))
        self.finished.connect(self.deleteLater)

    def _make_head(self) -> QHBoxLayout:
        """The program's picture, and beside it what the program is."""
        size, ratio = theme.pixels(4), self.devicePixelRatioF()
        picture = QPixmap.fromImage(image(PROGRAM, round(size * ratio)))
        picture.setDevicePixelRatio(ratio)
        mark = QLabel()
        mark.setPixmap(picture)
        mark.setAccessibleName("ESF Desktop")
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(0.3))
        words.addWidget(label(_("ESF Desktop {version}").format(version=__version__), "title"))
        purpose = _("For assessing ESF+ applications beside their documents. It never uses the network.")
        words.addWidget(label(purpose, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(1))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _make_parts(self) -> QHBoxLayout:
        self._list = QListWidget()
        self._list.setAccessibleName(_("Parts"))
        self._list.setProperty("role", "words")
        for part in self._parts:
            self._list.addItem(" · ".join(filter(None, (f"{part.name} {part.version}".strip(), part.licence))))
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(_("The part's licence"))
        self._list.currentRowChanged.connect(self._show)
        self._list.setCurrentRow(0)
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(0.6))
        row.addWidget(self._list, 2)
        row.addWidget(self._text, 3)
        return row

    def _show(self, place: int) -> None:
        text = self._parts[place].text if 0 <= place < len(self._parts) else ""
        self._text.setPlainText(text or _("The part brings no text of its licence along; the name stands in the list."))
