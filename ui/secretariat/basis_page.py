"""The basis (Underlag): the decision basis written to a folder, the same bytes each time from the same bundles."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from esf_desktop.i18n import _, language
from ui import theme
from ui.secretariat.register_desk import RegisterDesk
from ui.widgets.plain import area, button, clear, label

if TYPE_CHECKING:
    from esf_desktop.secretariat.register import Register


class BasisPage(QWidget):
    """Writes the basis and says where its files lie."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        ground = area("surface")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        column = QVBoxLayout(ground)
        side = theme.pixels(2.8)
        column.setContentsMargins(side, theme.pixels(2), side, side)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Basis for the decision"), "huge", wrap=True))
        about = _(
            "PDF for the meeting and the archive, XLSX and CSV for tables, JSON for other programs. Made again from "
            "the same bundles, every file is the same to the byte."
        )
        column.addWidget(label(about, "muted", wrap=True))
        self._write = button(_("Write the basis…"), "primary")
        self._write.clicked.connect(self._choose)
        column.addWidget(self._write, 0, Qt.AlignmentFlag.AlignLeft)
        self._files = QVBoxLayout()
        column.addLayout(self._files)
        column.addStretch(1)
        self.setFocusProxy(self._write)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """There is a basis as soon as there is a call."""
        self._write.setEnabled(self._desk.register.call() is not None)

    def write(self, folder: Path) -> None:
        """Write the basis into the folder."""
        spoken = language()

        def work(register: "Register") -> Sequence[Path]:
            from esf_desktop.secretariat.reports import write_basis

            return write_basis(register, folder, language=spoken)

        self._desk.do(self, work, self._show)

    def _choose(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, _("Where to put the basis")):
            self.write(Path(chosen))

    def _show(self, written: Sequence[Path]) -> None:
        clear(self._files)
        if written:
            self._files.addWidget(label(str(written[0].parent), wrap=True))
        for path in written:
            opened = button(path.name, "link")
            opened.clicked.connect(lambda _on=False, path=path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
            self._files.addWidget(opened, 0, Qt.AlignmentFlag.AlignLeft)
        self._desk.announced.emit(_("The basis is written."))
