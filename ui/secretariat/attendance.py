"""Who was present when an application was talked through, and who stepped aside because of a conflict of interest."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import AssessorId
from ui import theme

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Line
    from esf_desktop.secretariat.consensus import Present

Change = Callable[["tuple[Present, ...]"], None]


class Attendance(QWidget):
    """A line for each assessor of the round and for everybody who was added; each tick is told at once."""

    changed = Signal(object)
    """Everybody who was present, as it is now."""

    def __init__(self, line: "Line") -> None:
        super().__init__()
        self._assessors = [(reading.person.name, reading.person.id) for reading in line.readings]
        self._present: tuple[Present, ...] = ()
        self._rows: dict[tuple[str, AssessorId | None], _Row] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.pixels(1))
        self._grid.setVerticalSpacing(theme.pixels(0.2))
        self._grid.setColumnStretch(2, 1)
        self._name = QLineEdit()
        self._name.setPlaceholderText(_("Somebody else who was there, then Enter"))
        self._name.setAccessibleName(_("Somebody else who was there"))
        self._name.returnPressed.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.5))
        column.addLayout(self._grid)
        column.addWidget(self._name)

    def show_present(self, present: "tuple[Present, ...]") -> None:
        """Show these as present; the assessors who are not among them have a line without a tick."""
        self._present = present
        known = {(one.name, one.assessor): one for one in present}
        by_id = {one.assessor: one for one in present if one.assessor is not None}
        for name, assessor in (*self._assessors, *((o.name, o.assessor) for o in present if o.assessor is None)):
            key = (name, assessor)
            if key not in self._rows:
                self._rows[key] = _Row(self._grid, len(self._rows), name, assessor, self._tell)
            self._rows[key].show_one(by_id.get(assessor) if assessor else known.get(key))
        here = {key for key in self._rows if key[1] is not None or key in known}
        for key in [key for key in self._rows if key not in here]:
            self._rows.pop(key).leave()

    def flush(self) -> None:
        """Tell what was typed as the reason of a conflict and not told yet."""
        for row in self._rows.values():
            row.flush()

    def _tell(self) -> None:
        made = tuple(row.one() for row in self._rows.values() if row.there.isChecked() or row.aside.isChecked())
        if made != self._present:
            self.changed.emit(made)

    def _add(self) -> None:
        from esf_desktop.secretariat.consensus import Present

        name = " ".join(self._name.text().split())
        self._name.clear()
        if name and all(one.name != name for one in self._present):
            self.changed.emit((*self._present, Present(name)))


class _Row:
    """Name, whether they took part, whether they stepped aside, and what the conflict was."""

    def __init__(
        self, grid: QGridLayout, place: int, name: str, assessor: AssessorId | None, told: Callable[[], None]
    ) -> None:
        self._name, self._assessor, self._told, self._stored = name, assessor, told, ""
        self.there = QCheckBox(name)
        self.there.setAccessibleName(_("{name} took part").format(name=name))
        self.aside = QCheckBox(_("Conflict of interest"))
        self.aside.setAccessibleName(_("{name} stepped aside because of a conflict of interest").format(name=name))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Which conflict"))
        self.reason.setAccessibleName(_("The conflict of interest of {name}").format(name=name))
        self.there.clicked.connect(self._part)
        self.aside.clicked.connect(self._step_aside)
        self.reason.editingFinished.connect(self.flush)
        grid.addWidget(self.there, place, 0)
        grid.addWidget(self.aside, place, 1)
        grid.addWidget(self.reason, place, 2)

    def show_one(self, one: "Present | None") -> None:
        """Show whether they were there."""
        conflict = one is not None and one.conflict
        self.there.setChecked(one is not None and not conflict)
        self.aside.setChecked(conflict)
        self.reason.setVisible(conflict)
        reason = one.reason if one is not None else ""
        if self.reason.text() == self._stored or not self.reason.hasFocus():
            self._stored = reason
            self.reason.setText(reason)

    def one(self) -> "Present":
        """The line as a value."""
        from esf_desktop.secretariat.consensus import Present

        conflict = self.aside.isChecked()
        return Present(self._name, self._assessor, conflict, self.reason.text().strip() if conflict else "")

    def flush(self) -> None:
        """Tell the reason when it is another than the one on disk."""
        if self.aside.isChecked() and self.reason.text().strip() != self._stored:
            self._stored = self.reason.text().strip()
            self._told()

    def leave(self) -> None:
        """Take the line away."""
        for part in (self.there, self.aside, self.reason):
            part.hide()
            part.deleteLater()

    def _part(self, on: bool) -> None:
        if on:
            self.aside.setChecked(False)
        self._told()

    def _step_aside(self, on: bool) -> None:
        if on:
            self.there.setChecked(False)
        self._told()
