"""One question whose answers have a key each: press it and go on, as somebody does who types off a paper."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Rating
from ui import theme
from ui.widgets import icon
from ui.widgets.flow import Flow
from ui.widgets.plain import label

ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class Option(NamedTuple):
    """An answer: its key, its word and its value."""

    key: str
    word: str
    value: object


class Answer(QToolButton):
    """One answer; it leaves the arrow keys to its question."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class KeyedChoice(QWidget):
    """Shows which answer is chosen and tells of another; one of the answers is a stop for the Tab key."""

    chosen = Signal(object)
    """The value; None when the answer was cleared."""
    passed = Signal(int)
    """The person goes on (+1) or back (-1)."""

    def __init__(self, title: str, options: Sequence[Option], *, beside: bool = False) -> None:
        """`beside` puts the answers to the right of the question where there is room, instead of under it."""
        super().__init__()
        self._options = tuple(options)
        self._buttons = [self._button(title, option) for option in options]
        question = label(title, wrap=True)
        answers = QWidget()
        pairs = Flow(*(self._pair(*pair) for pair in zip(options, self._buttons, strict=True)), spread=False)
        answers.setLayout(pairs)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(0.35))
        if title:
            self._column.addWidget(question, 1)
        self._column.addWidget(answers)
        self._beside = beside
        if beside:
            answers.setMinimumWidth(pairs.sizeHint().width())
        self.show_value(None)

    def show_value(self, value: object) -> None:
        """Mark the answer of this value, or none."""
        stop = 0
        for place, (option, button) in enumerate(zip(self._options, self._buttons, strict=True)):
            button.setChecked(value is not None and option.value == value)
            stop = place if button.isChecked() else stop
        if not any(button.hasFocus() for button in self._buttons):
            self._stop_at(stop)

    def begin(self) -> None:
        """Put the focus here."""
        stop = next((b for b in self._buttons if b.focusPolicy() == Qt.FocusPolicy.StrongFocus), self._buttons[0])
        stop.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self._beside and self.width() > theme.pixels(30)
        self._column.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, typed = Qt.Key(event.key()), event.text().upper()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: +1}.get(key)
        option = next((known for known in self._options if typed and known.key == typed), None)
        if option is not None:
            self._stop_at(self._options.index(option))
            self.chosen.emit(option.value)
            self.passed.emit(+1)
        elif key in ON:
            self.passed.emit(+1)
        elif key == Qt.Key.Key_Up:
            self.passed.emit(-1)
        elif key in CLEARING:
            self.chosen.emit(None)
        elif step is not None:
            place = next((n for n, button in enumerate(self._buttons) if button.hasFocus()), 0) + step
            if 0 <= place < len(self._buttons):
                self._stop_at(place)
                self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _button(self, title: str, option: Option) -> Answer:
        made = Answer()
        made.setText(option.word)
        made.setCheckable(True)
        made.setProperty("role", "answer")
        name = _("{answer}: {question}").format(answer=option.word, question=title) if title else option.word
        made.setAccessibleName(name)
        made.setAccessibleDescription(_("Key {key}").format(key=option.key))
        if isinstance(option.value, Rating):
            made.setIcon(icon.icon(option.value.value, option.value.value))
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.clicked.connect(lambda on: self.chosen.emit(option.value if on else None))
        return made

    def _pair(self, option: Option, button: Answer) -> QWidget:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, theme.pixels(0.4), 0)
        row.setSpacing(theme.pixels(0.3))
        row.addWidget(label(option.key, "key"))
        row.addWidget(button)
        return pair

    def _stop_at(self, place: int) -> None:
        """Tab stops at one answer only; the arrow keys lead to the others."""
        for number, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == place else Qt.FocusPolicy.ClickFocus)
