"""The basis (Underlag): the decision basis in every format, the same bytes each time from the same register."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QPushButton, QWidget

from esf_desktop.i18n import _, language
from ui import theme
from ui.secretariat.archive_box import ArchiveBox
from ui.secretariat.register_desk import RegisterDesk
from ui.widgets.columns import scrolling
from ui.widgets.plain import button, label

if TYPE_CHECKING:
    from esf_desktop.secretariat.register import Register

WIDTH = 66
"""Of the page, in heights of a letter."""


def formats() -> tuple[tuple[str, str, str], ...]:
    """The ending of each format's file, its name, and what it is good for."""
    return (
        ("pdf", "PDF", _("For the meeting and the archive; the JSON lies inside it.")),
        ("html", "HTML", _("A web page in one file, to read on a screen or with a screen reader.")),
        ("docx", "DOCX", _("With headings and tables, to write the minutes in.")),
        ("xlsx", "XLSX", _("A workbook with a sheet for each table.")),
        ("csv", "CSV", _("A row for each application, assessor and criterion.")),
        ("json", "JSON", _("The same values for other programs.")),
    )


class BasisPage(QWidget):
    """Writes the basis, all formats or one, and opens what it has written."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        self._save: dict[str, QPushButton] = {}
        self._open: dict[str, QPushButton] = {}
        self._written: dict[str, Path] = {}
        column = scrolling(self, WIDTH)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(label(_("Basis for the decision"), "huge", wrap=True))
        about = _(
            "Everything that the meeting needs, with the same numbers in every format. Made again from the same "
            "register, every file is the same to the byte."
        )
        column.addWidget(label(about, "muted", wrap=True))
        self._write = button(_("Write all formats…"), "primary")
        self._write.clicked.connect(self._choose)
        column.addWidget(self._write, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._make_formats())
        self._where = label("", "muted", wrap=True)
        column.addWidget(self._where)
        self.archive = ArchiveBox(desk)
        column.addWidget(self.archive)
        column.addStretch(1)
        self.setFocusProxy(self._write)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """There is a basis as soon as there is a call."""
        known = self._desk.register.call() is not None
        for one in (self._write, *self._save.values()):
            one.setEnabled(known)

    def write(self, folder: Path) -> None:
        """Write every format into the folder."""
        spoken = language()

        def work(register: "Register") -> Mapping[str, Path]:
            from esf_desktop.secretariat.reports import write_basis

            return write_basis(register, folder, language=spoken)

        self._desk.do(self, work, self._show)

    def write_one(self, kind: str, file: Path) -> None:
        """Write one format as that file."""
        spoken = language()

        def work(register: "Register") -> Mapping[str, Path]:
            from esf_desktop.secretariat.reports import write_format

            write_format(register, kind, file, language=spoken)
            return {kind: file}

        self._desk.do(self, work, self._show)

    def _make_formats(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.pixels(1.2))
        grid.setVerticalSpacing(theme.pixels(0.35))
        grid.setColumnStretch(1, 1)
        for row, (kind, name, about) in enumerate(formats()):
            save = button(_("Save…"), described=_("Save the basis as {format}").format(format=name))
            save.setAccessibleName(_("Save as {format}").format(format=name))
            save.clicked.connect(partial(self._choose_file, kind, name))
            opened = button(_("Open"), described=_("Write {format} first, then it can be opened").format(format=name))
            opened.setAccessibleName(_("Open {format}").format(format=name))
            opened.setEnabled(False)
            opened.clicked.connect(partial(self._show_file, kind))
            self._save[kind], self._open[kind] = save, opened
            grid.addWidget(label(name, "strong"), row, 0)
            grid.addWidget(label(about, wrap=True), row, 1)
            grid.addWidget(save, row, 2)
            grid.addWidget(opened, row, 3)
        return grid

    def _choose(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, _("Where to put the basis")):
            self.write(Path(chosen))

    def _choose_file(self, kind: str, name: str) -> None:
        asked = _("Save the basis as {format}").format(format=name)
        chosen, _kind = QFileDialog.getSaveFileName(self, asked, f"basis.{kind}", f"{name} (*.{kind})")
        if chosen:
            self.write_one(kind, Path(chosen))

    def _show(self, written: Mapping[str, Path]) -> None:
        for kind, path in written.items():
            self._written[kind] = path
            self._open[kind].setEnabled(True)
            self._open[kind].setToolTip(str(path))
            self._open[kind].setAccessibleDescription(str(path))
        places = sorted({str(path.parent) for path in written.values()})
        self._where.setText(_("Written to {folder}").format(folder=", ".join(places)))
        self._desk.announced.emit(_("The basis is written."))

    def _show_file(self, kind: str, _on: bool = False) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written[kind])))
