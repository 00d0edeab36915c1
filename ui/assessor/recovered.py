"""After an end that was none: what is there again and from when, and a report that can be sent."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, qVersion
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from esf_desktop import formatting, paths
from esf_desktop.errors import ExportFailedError
from esf_desktop.files import write_whole
from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId
from ui import theme
from ui.desk import now
from ui.widgets.plain import button, label

if TYPE_CHECKING:
    from ui.desk import Desk


class Recovered(QDialog):
    """Says once what was saved since the program had started that did not close."""

    opened = Signal(str)
    """The application that was written in last."""

    def __init__(self, parent: QWidget, desk: "Desk", since: datetime) -> None:
        super().__init__(parent)
        self._desk, self._since = desk, since
        self.setWindowTitle(_("The program was not closed the last time"))
        written = [(name, at) for name, at in desk.workspace.moments() if at >= since]
        column = QVBoxLayout(self)
        column.setSpacing(theme.pixels(0.8))
        column.addWidget(label(_("Everything that was saved is here"), "title", wrap=True))
        for words in _lines(desk, written, since):
            column.addWidget(label(words, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(0.6))
        self.report = button(_("Error report…"))
        self.report.clicked.connect(lambda: ErrorReport(self, desk, since).open())
        self.go = button(_("Go there"))
        self.go.setVisible(bool(written))
        self.go.clicked.connect(lambda: self._go(written[-1][0]))
        close = button(_("Go on"), "primary")
        close.clicked.connect(self.accept)
        row.addWidget(self.report)
        row.addStretch(1)
        row.addWidget(self.go)
        row.addWidget(close)
        column.addSpacing(theme.pixels(0.4))
        column.addLayout(row)
        self.setMinimumWidth(min(theme.pixels(38), parent.width() - 40))
        self.finished.connect(self.deleteLater)
        close.setFocus()

    def _go(self, application: str) -> None:
        self.accept()
        self.opened.emit(application)


class ErrorReport(QDialog):
    """Shows the whole report before it is saved; nothing is sent."""

    def __init__(
        self, parent: QWidget, desk: "Desk | None", ended: datetime | None = None, text_size: int = 100
    ) -> None:
        super().__init__(parent)
        from esf_desktop.assessor import error_report

        self.setWindowTitle(_("Error report"))
        self.text = error_report.report(
            desk.workspace if desk else None,
            paths.log_folder(),
            at=now(),
            ended=ended,
            more=(f"Qt {qVersion()}", f"{_('Text size')}: {text_size} %"),
        )
        shown = QPlainTextEdit(self.text)
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(_("Error report"))
        shown.setFont(theme.code_font(0.9))
        self._told = label("", wrap=True)
        self._told.hide()
        save, close = button(_("Save as…"), "primary"), button(_("Close"))
        save.clicked.connect(self._ask)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(close)
        row.addStretch(1)
        row.addWidget(save)
        column = QVBoxLayout(self)
        column.setSpacing(theme.pixels(0.6))
        words = _("Read it, save it, and send the file to the person who helps you. Nothing is sent by itself.")
        column.addWidget(label(words, wrap=True))
        column.addWidget(shown, 1)
        column.addWidget(self._told)
        column.addLayout(row)
        room = parent.screen().availableSize()  # the dialog that it stands over may be small
        self.resize(min(theme.pixels(50), room.width() - 40), min(theme.pixels(38), room.height() - 60))
        self.finished.connect(self.deleteLater)
        shown.setFocus()

    def save(self, target: Path) -> None:
        """Write the text as it is shown."""
        try:
            write_whole(target, self.text.encode())
        except OSError:
            self._told.setText(ExportFailedError(str(target)).sentence())
        else:
            self._told.setText(_("Saved as {file}.").format(file=target))
        self._told.show()

    def _ask(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("Save as…"), str(Path.home() / _("error-report.txt")))
        if name:
            self.save(Path(name))


def _lines(desk: "Desk", written: list[tuple[ApplicationId, datetime]], since: datetime) -> tuple[str, ...]:
    started = _("The program was started {time} and then ended without being closed.").format(
        time=formatting.moment(since.astimezone())
    )
    if not written:
        return started, _("Nothing had been written since then.")
    application, last = written[-1]
    titles = {one.id: one.project_name for one in desk.workspace.applications()}
    return (
        started,
        plural(
            "{n} change since then is here, made {time} in {application}.",
            "{n} changes since then are here, the last made {time} in {application}.",
            len(written),
        ).format(
            n=formatting.count(len(written)),
            time=formatting.moment(last.astimezone()),
            application=f"{application} {titles.get(application, '')}".strip(),
        ),
        _("What you typed in the last second before it ended may be missing; look at it once."),
    )
