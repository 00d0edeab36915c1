"""The question on conflict of interest (jäv): asked before anything else, and open for another answer at any time."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import ConflictOfInterest, Declaration
from ui import theme
from ui.widgets.choice import Choice
from ui.widgets.plain import area, button, label


class ConflictQuestion(QWidget):
    """Three answers; two of them ask for a reason before they count."""

    def __init__(self, declare: Callable[[Declaration, str], bool]) -> None:
        super().__init__()
        self._declare = declare
        ground = area("ask")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        column = QVBoxLayout(ground)
        side = theme.pixels(1.28)
        column.setContentsMargins(side, theme.pixels(1.0), side, theme.pixels(1.1))
        column.setSpacing(theme.pixels(0.55))
        column.addWidget(label(_("Do you have a conflict of interest?"), "strong", wrap=True))
        column.addWidget(
            label(
                _(
                    "Answer before you assess. It may be that you, someone close to you or an organisation "
                    "that you represent has something to gain or lose, or that others could doubt you."
                ),
                "small",
                wrap=True,
            )
        )
        self._choices = {
            Declaration.NONE: Choice(_("No, none"), mark=True),
            Declaration.POSSIBLE: Choice(_("Perhaps: ask the secretariat, I go on meanwhile"), mark=True),
            Declaration.RECUSED: Choice(_("Yes, I abstain"), mark=True),
        }
        for answer, choice in self._choices.items():
            choice.clicked.connect(lambda _on=False, answer=answer: self._choose(answer))
            column.addWidget(choice)
        self._reason = QTextEdit()
        self._reason.setAcceptRichText(False)
        self._reason.setTabChangesFocus(True)
        self._reason.setAccessibleName(_("The reason, for the secretariat"))
        self._reason.setPlaceholderText(_("The reason, for the secretariat. It goes with what you send."))
        self._reason.setFixedHeight(theme.pixels(4.6))
        self._confirm = button("", "primary")
        self._confirm.clicked.connect(lambda: self._say())
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._confirm)
        column.addWidget(self._reason)
        column.addLayout(row)
        self._waiting: Declaration | None = None
        self.show_answer(None)

    def show_answer(self, declared: ConflictOfInterest | None) -> None:
        """Show what has been answered."""
        self._waiting = None
        for answer, choice in self._choices.items():
            choice.setChecked(declared is not None and declared.answer is answer)
        self._reason.setPlainText(declared.reason if declared else "")
        self._ask_reason(False)

    def flush(self) -> bool:
        """Declare what was chosen with a reason, also without the button; False when that could not be saved."""
        return not (self._waiting is not None and self._reason.toPlainText().strip()) or self._say()

    def focus_first(self) -> None:
        """Put the focus on the first answer."""
        self._choices[Declaration.NONE].setFocus()

    def _choose(self, answer: Declaration) -> None:
        for other, choice in self._choices.items():
            choice.setChecked(other is answer)
        if answer is Declaration.NONE:
            self._ask_reason(False)
            self._declare(answer, "")
            return
        self._waiting = answer
        abstains = answer is Declaration.RECUSED
        self._confirm.setText(_("Abstain and close the form") if abstains else _("Note it and go on"))
        self._ask_reason(True)
        self._reason.setFocus()

    def _ask_reason(self, asked: bool) -> None:
        self._reason.setVisible(asked)
        self._confirm.setVisible(asked)

    def _say(self) -> bool:
        answer, self._waiting = self._waiting, None
        if answer is None or self._declare(answer, self._reason.toPlainText().strip()):
            return True
        self._waiting = answer
        return False
