"""Who works here, the fingerprint of the key, and where everything lies."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from esf_desktop import paths
from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from ui import formatting, theme
from ui.widgets.plain import button, label, line

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.main_window import MainWindow


class Person(QWidget):
    """Shows them; the details themselves are changed in their own window."""

    def __init__(self, window: "MainWindow", desk: "Desk | None") -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(0.6))
        known = desk.workspace.assessor() if desk else None
        if desk is not None:
            name = known.name if known else _("Nobody has said who works here.")
            self._column.addWidget(label(name, "strong", wrap=True))
            for part in (known.organisation, known.email) if known else ():
                if part:
                    self._column.addWidget(label(part, wrap=True))
            self._show_key(desk)
            change = button(_("Your details…"))
            change.clicked.connect(lambda: window.wished.emit("details"))
            row = QHBoxLayout()
            row.addWidget(change)
            backups = button(_("Backups…"))
            backups.clicked.connect(lambda: window.wished.emit("backups"))
            row.addWidget(backups)
            row.addStretch(1)
            self._column.addLayout(row)
            self._column.addWidget(line())
        folders = (
            (_("Your work lies here"), desk.workspace.folder if desk else paths.data_folder()),
            (_("The log, which holds nothing of what you write"), paths.log_folder()),
            (_("Your choices"), paths.settings_file().parent),
        )
        for words, folder in folders:
            self._add_folder(words, folder)

    def _show_key(self, desk: "Desk") -> None:
        from esf_desktop.assessor import identity

        try:
            digits = identity.fingerprint(desk.workspace)
        except EsfError as error:
            self._column.addWidget(label(error.sentence(), "refusal", wrap=True))
            return
        self._column.addWidget(label(_("Key fingerprint"), "small"))
        if digits:
            shown = _readable(formatting.fingerprint(digits), _("Key fingerprint"))
            shown.setFont(theme.code_font(0.9))
            self._column.addWidget(shown)
        else:
            self._column.addWidget(label(_("The key is made when you sign or save your enrolment."), wrap=True))

    def _add_folder(self, words: str, folder: Path) -> None:
        self._column.addWidget(label(words, "small", wrap=True))
        row = QHBoxLayout()
        row.addWidget(_readable(str(folder), words), 1)
        show = button(_("Show in folder"))
        show.setAccessibleDescription(words)
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        row.addWidget(show)
        self._column.addLayout(row)


def _readable(text: str, name: str) -> QLabel:
    """Words that can be selected and copied."""
    made = label(text, wrap=True)
    made.setAccessibleName(f"{name}: {text}")
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
