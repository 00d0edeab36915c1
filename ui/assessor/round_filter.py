"""The row above the round's list: words to look for, state, area, municipality, and what to sort by."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop.completeness import State
from esf_desktop.i18n import _
from esf_desktop.model import Call, CriterionId
from ui import theme
from ui.assessor.facts import place_name
from ui.assessor.round_order import COLUMNS, Line, Order, Wish, swedish
from ui.widgets.flow import Flow
from ui.widgets.fold import Fold
from ui.widgets.picker import Picker
from ui.widgets.plain import button, label

PAUSE = 150
"""Milliseconds after the last key until the list follows."""


def column_words() -> dict[str, str]:
    """What each column is called."""
    words = (_("Application"), _("Project"), _("Sought support"), _("Municipality"), _("Ratings"), _("State"))
    return dict(zip(COLUMNS, words, strict=True))


class RoundFilter(QWidget):
    """Tells a changed wish or order; keeps neither: the page says what to show."""

    wished = Signal(object)
    ordered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._wish, self._order = Wish(), Order()
        self._words = QLineEdit()
        self._words.setClearButtonEnabled(True)
        self._words.setPlaceholderText(_("Filter: project, applicant, place"))
        self._words.setAccessibleName(_("Filter the applications by words"))
        self._words.setFixedWidth(theme.pixels(19))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(lambda: self._say(words=self._words.text()))
        self._words.textEdited.connect(lambda _text: self._pause.start())
        self._words.returnPressed.connect(lambda: self._say(words=self._words.text()))
        self._state = Picker(_("State"), 11)
        self._state.picked.connect(lambda value: self._say(state=value))
        self._area = Picker(_("Priority area, as you have judged it"), 11)
        self._area.setToolTip(_("Those whose main area it is, or that you find meet it at least partly."))
        self._area.picked.connect(lambda value: self._say(area=value))
        self._place = Picker(_("Municipality"), 11)
        self._place.picked.connect(lambda value: self._say(municipality=value))
        self._sort = Picker(_("Sort by"), 12.5)
        self._sort.picked.connect(lambda value: self.ordered.emit(Order(str(value))))
        self._turn = button("", "quiet")
        self._turn.clicked.connect(lambda: self.ordered.emit(Order(self._order.column, not self._order.downwards)))
        self._count = label("", "small")
        self._clear = button(_("Show all"), "link")
        self._clear.clicked.connect(self.clear)
        self._more = QWidget()
        pickers = Flow(self._state, self._area, self._place, self._sort, self._turn, spread=False)
        self._more.setLayout(pickers)
        self._fold = Fold(self._more)
        self._fold.say(_("Filter and sort"))
        self._said = QWidget()
        self._said.setLayout(Flow(self._count, self._clear, spread=False))
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        self._first.setSpacing(theme.pixels(0.6))
        for part in (self._words, self._fold):
            self._first.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.5))
        column.addLayout(self._first)
        column.addLayout(self._second)
        self._narrow: bool | None = None
        self.fold(False)

    def fold(self, narrow: bool) -> None:
        """Everything in one row, or the lists behind a toggle where there is little room."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        (self._second if narrow else self._first).addWidget(self._more, 1, Qt.AlignmentFlag.AlignVCenter)
        self._first.addWidget(self._said, 1 if narrow else 0, Qt.AlignmentFlag.AlignVCenter)
        self._fold.setVisible(narrow)
        self._fold.unfold(not narrow)

    def offer(self, call: Call, lines: Sequence[Line], wish: Wish, order: Order, shown: int) -> None:
        """Show what is wished for, of what the round has to choose from."""
        self._wish, self._order = wish, order
        if self._words.text() != wish.words and not self._pause.isActive():
            self._words.setText(wish.words)
        states = sorted({line.state for line in lines}, key=list(State).index)
        self._state.offer([(_("All states"), None), *((state.word(), state) for state in states)], wish.state)
        areas = [(area.title.spoken(), area.id) for area in call.framework.areas]
        self._area.offer([(_("All areas"), None), *areas], wish.area)
        codes = {code for line in lines for code in line.application.municipalities}
        names = sorted(((place_name(code), code) for code in codes), key=lambda pair: swedish(pair[0]))
        self._place.offer([(_("All municipalities"), ""), *names], wish.municipality)
        self._sort.offer(
            [(_("By {column}").format(column=words.lower()), name) for name, words in column_words().items()],
            order.column,
        )
        self._turn.setText(_("▼ Descending") if order.downwards else _("▲ Ascending"))
        self._turn.setAccessibleName(_("Descending order") if order.downwards else _("Ascending order"))
        self._count.setText("" if wish.open else _("{n} of {m} shown").format(n=shown, m=len(lines)))
        self._count.setVisible(not wish.open)
        self._clear.setVisible(not wish.open)

    def clear(self) -> None:
        """Wish for everything again."""
        self._pause.stop()
        self._words.clear()
        self.wished.emit(Wish())

    def _say(
        self,
        *,
        words: str | None = None,
        state: object = ...,
        area: object = ...,
        municipality: str | None = None,
    ) -> None:
        wish = self._wish
        self._pause.stop()
        self.wished.emit(
            Wish(
                wish.words if words is None else words,
                wish.state if state is ... else State(state) if isinstance(state, str) else None,
                wish.area if area is ... else CriterionId(area) if isinstance(area, str) else None,
                wish.municipality if municipality is None else municipality,
            )
        )
