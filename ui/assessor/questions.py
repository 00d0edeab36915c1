"""The guiding questions of a criterion, each to be answered yes or no or left open; they set no rating."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Answer, GuidingQuestion
from ui import formatting, theme
from ui.widgets.plain import label


class Questions(QWidget):
    """Shows the questions with their numbers from 0, and tells which answer a person gave: (number, answer or None)."""

    answered = Signal(int, object)

    def __init__(self, questions: Mapping[int, GuidingQuestion]) -> None:
        super().__init__()
        self._buttons: dict[int, dict[Answer, QToolButton]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 4)
        grid.setHorizontalSpacing(theme.pixels(0.35))
        grid.setVerticalSpacing(theme.pixels(0.45))
        grid.setColumnStretch(0, 1)
        for number, question in questions.items():
            text = question.text.spoken()
            grid.addWidget(label(text, wrap=True), number, 0)
            pair = {answer: self._button(number, text, answer) for answer in Answer}
            for column, button in enumerate(pair.values(), 1):
                grid.addWidget(button, number, column, Qt.AlignmentFlag.AlignTop)
            self._buttons[number] = pair

    def show_answers(self, answers: Sequence[Answer | None]) -> None:
        """Mark these answers."""
        for number, pair in self._buttons.items():
            given = answers[number] if number < len(answers) else None
            for answer, button in pair.items():
                button.setChecked(answer is given)

    def focus_first(self) -> None:
        """Put the focus on the first answer; the arrows lead to the others, the space bar answers."""
        for pair in self._buttons.values():
            next(iter(pair.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)
            return

    def _button(self, number: int, text: str, answer: Answer) -> QToolButton:
        made = QToolButton()
        made.setText(formatting.answer_word(answer))
        made.setCheckable(True)
        made.setProperty("role", "answer")
        made.setAccessibleName(_("{answer}: {question}").format(answer=made.text(), question=text))
        made.clicked.connect(lambda on: self.answered.emit(number, answer if on else None))
        return made
