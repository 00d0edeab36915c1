"""The question on conflict of interest (jäv): asked before anything else, and open for another answer at any time."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import ConflictOfInterest, Declaration
from ui import theme
from ui.widgets.choice import Choice
from ui.widgets.fold import Fold
from ui.widgets.plain import area, button, label


class ConflictQuestion(QWidget):
    """Three answers, each with a key; two of them ask for a reason before they count."""

    def __init__(self, declare: Callable[[Declaration, str], bool], keys: Sequence[str] = ("", "", "")) -> None:
        super().__init__()
        self._declare = declare
        self._answered: ConflictOfInterest | None = None
        ground = area("ask")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        column = QVBoxLayout(ground)
        side = theme.pixels(1.28)
        column.setContentsMargins(side, theme.pixels(1.0), side, theme.pixels(1.1))
        column.setSpacing(theme.pixels(0.55))
        question = _("Do you have a conflict of interest?")
        column.addWidget(label(question, "strong", wrap=True))
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
        self._law = label(_law(), "small", wrap=True)
        self._more = Fold(self._law)
        self._more.say(_("What the law says, in short"))
        column.addWidget(self._more)
        column.addWidget(self._law)
        self._law.hide()
        self._choices = {
            Declaration.NONE: Choice(_("No, none"), mark=True, key=keys[0]),
            Declaration.POSSIBLE: Choice(_("Perhaps: ask the secretariat, I go on meanwhile"), mark=True, key=keys[1]),
            Declaration.RECUSED: Choice(_("Yes, I abstain"), mark=True, key=keys[2]),
        }
        for answer, choice in self._choices.items():
            choice.setAccessibleName(f"{question} {choice.text()}")
            choice.clicked.connect(lambda _on=False, answer=answer: self._choose(answer))
            column.addWidget(choice)
        self._about = label("", "small", wrap=True)
        column.addWidget(self._about)
        self._reason = QTextEdit()
        self._reason.setAcceptRichText(False)
        self._reason.setTabChangesFocus(True)
        self._reason.setAccessibleName(_("The reason, for the secretariat"))
        self._reason.setPlaceholderText(_("The reason, for the secretariat. It goes with what you send."))
        self._reason.setFixedHeight(theme.pixels(4.6))
        self._reason.textChanged.connect(self._check)
        self._confirm = button("", "primary")
        self._confirm.clicked.connect(lambda: self._say())
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._confirm)
        column.addWidget(self._reason)
        column.addLayout(row)
        self._waiting: Declaration | None = None
        self.show_answer(None)

    def show_answer(self, declared: ConflictOfInterest | None, *, signed: bool = False) -> None:
        """Show what has been answered; what was signed already is said in the next revision."""
        self._answered, self._waiting = declared, None
        self._mark(declared.answer if declared else None)
        self._reason.setPlainText(declared.reason if declared else "")
        self._ask_reason(None)
        if signed:
            self._about.setText(_("You have signed this application; another answer goes with your next revision."))
            self._about.show()

    def press(self, place: int) -> None:
        """Choose the answer in that place, from 0, as its key does."""
        answers = tuple(self._choices)
        if place < len(answers):
            self._choices[answers[place]].setFocus()
            self._choose(answers[place])

    def flush(self) -> bool:
        """Declare what was chosen with a reason, also without the button; False when that could not be saved."""
        return not (self._waiting is not None and self._reason.toPlainText().strip()) or self._say()

    def focus_first(self) -> None:
        """Put the focus on the answer that was given, or on the first one."""
        self._choices[self._answered.answer if self._answered else Declaration.NONE].setFocus()

    def _choose(self, answer: Declaration) -> None:
        self._mark(answer)
        if answer is Declaration.NONE:
            self._waiting = None
            self._ask_reason(None)
            if not self._declare(answer, ""):
                self._mark(self._answered.answer if self._answered else None)
            return
        self._waiting = answer
        abstains = answer is Declaration.RECUSED
        self._confirm.setText(_("Abstain and close the form") if abstains else _("Note it and go on"))
        self._ask_reason(answer)
        self._reason.setFocus()

    def _mark(self, answer: Declaration | None) -> None:
        for other, choice in self._choices.items():
            choice.setChecked(other is answer)

    def _ask_reason(self, answer: Declaration | None) -> None:
        self._reason.setVisible(answer is not None)
        self._confirm.setVisible(answer is not None)
        self._about.setVisible(answer is not None)
        if answer is Declaration.POSSIBLE:
            self._about.setText(_("Write to the secretariat what it is about: it goes with what you sign and send."))
        elif answer is Declaration.RECUSED:
            self._about.setText(
                _(
                    "Your ratings stay on this computer; only that you abstain is sent, "
                    "with the reason if you write one."
                )
            )
        self._check()

    def _check(self) -> None:
        """Only a note gives the secretariat something to answer; who abstains need not say why."""
        written = bool(self._reason.toPlainText().strip())
        self._confirm.setEnabled(written or self._waiting is not Declaration.POSSIBLE)

    def _say(self) -> bool:
        answer, self._waiting = self._waiting, None
        if answer is None or self._declare(answer, self._reason.toPlainText().strip()):
            return True
        self._waiting = answer
        return False


def _law() -> str:
    """Sections 16 to 18 of the Administrative Procedure Act in plain words."""
    return _(
        "You have a conflict of interest if you or someone close to you is the applicant or a partner, or can be "
        "expected to gain or lose noticeably from the decision; if you or someone close to you represents them; if "
        "you have helped with the application or decided on it elsewhere; or if anything else gives reason to doubt "
        "that you are impartial (section 16).\n"
        "Then you may not take part in assessing or deciding (section 17), and you say so at once, whenever you "
        "notice it (section 18). If you are unsure, say so too: the secretariat answers you."
    )
