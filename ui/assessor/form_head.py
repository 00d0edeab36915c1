"""The head of the form: what is applied for, by whom, its facts folded, the answer on jäv and how many are met."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop import completeness
from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId, Declaration, Draft
from ui import formatting, theme
from ui.assessor.facts import Facts, summary
from ui.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.fold import Fold
from ui.widgets.plain import area, button, label, line


class FormHead(QWidget):
    """Stays above the part that scrolls; `facts_area` is what it folds out there."""

    conflict_pressed = Signal()
    facts_pressed = Signal()

    def __init__(self, desk: Desk, application: ApplicationId) -> None:
        super().__init__()
        self._desk, self._application = desk, application
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "surface")
        side = theme.pixels(1.28)
        self._title = label("", "title", wrap=True)
        self._applicant = label("", "small", wrap=True)
        self._conflict = button("", "quiet", described=_("Change the answer on conflict of interest"))
        self._conflict.clicked.connect(self.conflict_pressed)
        self._met = label("", "small")
        self._met.setTextFormat(Qt.TextFormat.RichText)
        self.facts = Facts(desk, application)
        self.facts_area = area("window")
        facts_column = QVBoxLayout(self.facts_area)
        facts_column.setContentsMargins(0, theme.pixels(0.8), 0, 0)
        facts_column.setSpacing(0)
        facts_column.addWidget(self.facts)
        facts_column.addWidget(line())
        self._fold = Fold(self.facts_area)
        self._fold.clicked.connect(self.facts_pressed)
        fold_row = QHBoxLayout()
        fold_row.setContentsMargins(side - theme.pixels(0.36), 0, side, 0)
        fold_row.addWidget(self._fold)
        fold_row.addStretch(1)
        row = Flow(self._conflict, self._met)
        row.setContentsMargins(side - theme.pixels(0.36), 0, side, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.pixels(0.9), 0, 0)
        column.setSpacing(theme.pixels(0.3))
        for part in (self._title, self._applicant):
            part.setContentsMargins(side, 0, side, 0)
            column.addWidget(part)
        column.addLayout(fold_row)
        column.addLayout(row)
        column.addSpacing(theme.pixels(0.5))
        column.addWidget(line())

    def show_draft(self, draft: Draft) -> None:
        """Show what is on disk."""
        application = self._desk.workspace.application(self._application)
        self._title.setText(application.project_name)
        self._applicant.setText(application.applicant_name)
        self._applicant.setVisible(bool(application.applicant_name))
        odd = self.facts.refresh()
        odd_words = plural("{n} thing looks odd", "{n} things look odd", odd).format(n=odd) if odd else ""
        words = summary(application) or _("About the application")
        self._fold.say(" · ".join(part for part in (words, odd_words) if part))
        declared = draft.conflict_of_interest
        word = formatting.declaration_word(declared.answer) if declared else _("not answered")
        tick = " ✓" if declared and declared.answer is Declaration.NONE else ""
        self._conflict.setText(_("Conflict of interest: {answer}").format(answer=word) + tick)
        met, selected = completeness.met_count(self._desk.call, draft)
        count = _("{n} of {m}").format(n=met, m=selected)
        self._met.setText(_("{count} selected principles met").format(count=f"<b>{count}</b>"))
        self._met.setVisible(not draft.recused)
