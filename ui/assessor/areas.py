"""The priority areas, folded together: each rated as a principle is, and one of them marked as the main one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from esf_desktop.assessor import assess
from esf_desktop.i18n import _, context, plural
from esf_desktop.model import ApplicationId, Call, CriterionId, Draft
from ui import theme
from ui.actions import Actions
from ui.assessor.criterion_row import CriterionRow
from ui.desk import Desk
from ui.widgets.choice import Choice
from ui.widgets.plain import label, line, with_key
from ui.widgets.row_header import RowHeader


class Areas(QWidget):
    """The heading with its count, and the rows while one of them is open."""

    pressed = Signal()

    def __init__(self, desk: Desk, actions: Actions, application: ApplicationId, rows: Sequence[CriterionRow]) -> None:
        super().__init__()
        self._desk, self._application = desk, application
        self._header = RowHeader(_("Areas"))
        self._header.clicked.connect(self.pressed)
        self._inside = QWidget()
        self._inside.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(line())
        column.addWidget(self._inside)
        inner = QVBoxLayout(self._inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for row in rows:
            inner.addWidget(row)
        inner.addWidget(self._make_main_area(actions.key("main_area")))
        inner.addWidget(line())

    def show_draft(self, call: Call, draft: Draft) -> None:
        """Show what is on disk."""
        left = sum(draft.judgement(area.id).rating is None for area in call.areas_for(self._application))
        main = next((area.title.spoken() for area in call.framework.areas if area.id == draft.main_area), "")
        self._header.show_value(plural("{n} left", "{n} left", left).format(n=left) if left else _("all assessed"))
        self._header.setToolTip(_("Main area: {area}").format(area=main) if main else "")
        self._choices[draft.main_area].setChecked(True)

    def unfold(self, opened: bool) -> None:
        """Show the rows, or put them away."""
        self._header.setChecked(opened)
        self._inside.setVisible(opened)

    def _make_main_area(self, key: str) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        side = theme.pixels(1.28)
        column.setContentsMargins(side, theme.pixels(0.7), side, theme.pixels(0.8))
        column.setSpacing(theme.pixels(0.35))
        column.addWidget(with_key(label(_("The project's main area"), "caption"), key), 0, Qt.AlignmentFlag.AlignLeft)
        group = QButtonGroup(box)
        self._choices: dict[CriterionId | None, Choice] = {}
        options = [(area.id, area.title.spoken()) for area in self._desk.call.areas_for(self._application)]
        for letters, title in [*options, (None, context("main area", "None"))]:
            made = Choice(title, mark=True)
            made.setAutoExclusive(True)
            made.clicked.connect(lambda _on=False, letters=letters: self._choose(letters))
            group.addButton(made)
            column.addWidget(made)
            self._choices[letters] = made
        return box

    def press_main(self, letters: CriterionId) -> None:
        """Let this area be the main one, or none if it was."""
        self._choose(None if self._choices[letters].isChecked() else letters)

    def _choose(self, letters: CriterionId | None) -> None:
        self._desk.do(assess.choose_main_area, self._application, letters)
