"""The backups of some folders: when each was made, what is in it, what putting it back would change, and that deed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.desk import Desk
from ui.tasks import Task
from ui.widgets.columns import scrolled
from ui.widgets.plain import button, label

if TYPE_CHECKING:
    from esf_desktop.workspace.backup import Backup
    from esf_desktop.workspace.content import Compared

HELD = Qt.ItemDataRole.UserRole


class BackupsList(QWidget):
    """Lists them, the newest first; with a desk the chosen one is compared with what is there now."""

    restoring = Signal(object, str)
    """The folder of the backup that is to be put back, and the words that open it: empty for a plain one."""

    def __init__(self, places: Sequence[Path], desk: Desk | None) -> None:
        super().__init__()
        self._places, self._desk = places, desk
        self.list = QListWidget()
        self.list.setAccessibleName(_("Backups, the newest first"))
        self.list.setProperty("role", "lined")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(theme.pixels(9))
        self._none = label(_("No backup has been made yet."), "muted", wrap=True)
        self._what = label("", wrap=True)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.addWidget(self._what)
        around.addStretch(1)
        self._scroll = scrolled(inside, read=_("What would be otherwise"))
        self._scroll.setMinimumHeight(theme.pixels(5))
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(_("Passphrase or recovery code"))
        self.secret.setPlaceholderText(_("Passphrase or recovery code"))
        self.refusal = label("", "refusal", wrap=True)
        self.refusal.hide()
        self.put_back = button(_("Put this backup back"), "primary")
        self._aside = label(_("What is here now is moved aside, not deleted."), "muted", wrap=True)
        self.put_back.clicked.connect(self._restore)
        self.secret.returnPressed.connect(self.put_back.click)
        self.secret.textChanged.connect(self._check)
        self.list.currentRowChanged.connect(lambda _row: self._choose())
        self._lay_out()
        self.setFocusProxy(self.list)
        self.refresh()

    def refresh(self) -> None:
        """Read again which backups there are."""
        from esf_desktop.assessor import backup_lines
        from esf_desktop.workspace import backup

        found = [one for place in self._places for one in backup.made_in(place)]
        found.sort(key=lambda one: one.manifest.at, reverse=True)
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            where = "" if one.place.parent == self._places[0] else f" · {one.place.parent}"
            words = f"{backup_lines.headline(one.manifest)}{where}\n{backup_lines.counts(one.manifest.content)}"
            item = QListWidgetItem(words)
            item.setData(HELD, one)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words.replace("\n", ", "))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        for part in (self.list, self._scroll, self.put_back, self._aside):
            part.setVisible(bool(found))
        self._none.setVisible(not found)
        self._choose()

    def refuse(self, sentence: str) -> None:
        """Say why it was not put back."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))
        self._check()

    @property
    def chosen(self) -> "Backup | None":
        """The backup that is chosen."""
        held: Backup | None = self.list.currentItem().data(HELD) if self.list.count() else None
        return held

    def _lay_out(self) -> None:
        feet = QHBoxLayout()
        feet.setSpacing(theme.pixels(0.6))
        feet.addWidget(self.put_back)
        feet.addWidget(self._aside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(self._none)
        column.addWidget(self.list, 3)
        column.addWidget(self._scroll, 2)
        for part in (self.secret, self.refusal):
            column.addWidget(part)
        column.addLayout(feet)

    def _choose(self) -> None:
        from esf_desktop.workspace.places import KEY_FILE

        one = self.chosen
        self.refuse("")
        self.secret.setVisible(one is not None and (one.place / KEY_FILE).exists())
        self._check()
        if one is None:
            return
        if self._desk is None:
            self._say(_("What lies here now cannot be read, so it cannot be compared."))
            return
        workspace = self._desk.workspace
        self._say(_("Comparing with what you have now…"))

        def work(task: Task) -> "Compared":
            from esf_desktop.workspace import backup

            return backup.compared(one.place, workspace)

        self._desk.tasks.run(
            work, owner=self, done=lambda found: self._show(one, found), failed=lambda e: self._cannot(one, e)
        )

    def _show(self, one: "Backup", found: "Compared") -> None:
        from esf_desktop.assessor import backup_lines

        if self.chosen == one and self._desk is not None:
            titles = {application.id: application.project_name for application in self._desk.workspace.applications()}
            self._say("\n".join(backup_lines.differences(found, titles)))

    def _cannot(self, one: "Backup", error: Exception) -> bool:
        from esf_desktop.errors import EsfError

        if isinstance(error, EsfError) and self.chosen == one:
            # another passphrase than now, or damaged since: told apart when it is put back
            self._say(_("It cannot be compared before its own passphrase is known."))
        return isinstance(error, EsfError)

    def _say(self, words: str) -> None:
        self._what.setText(words)

    def _check(self) -> None:
        self.put_back.setEnabled(self.chosen is not None and (self.secret.isHidden() or bool(self.secret.text())))

    def _restore(self) -> None:
        if (one := self.chosen) is not None and self.put_back.isEnabled():
            self.put_back.setEnabled(False)
            secret = "" if self.secret.isHidden() else self.secret.text()
            self.secret.clear()
            self.put_back.setEnabled(False)
            self.restoring.emit(one.place, secret)


def about() -> QLabel:
    """What backups are good for, and what not."""
    words = _(
        "One is made every half hour when something changed, when you close, and before files are taken in. It helps "
        "against mistakes and damage, but not when the computer is lost or stolen: choose a second place, kept apart."
    )
    return label(words, "muted", wrap=True)
