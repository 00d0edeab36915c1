"""One criterion of a joint assessment: what each one gave, what was agreed on, and why."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Call, Criterion, Rating
from esf_desktop.wording import rating_word
from ui import theme
from ui.secretariat.tile_painting import CellTiles
from ui.widgets.rating_control import RatingControl
from ui.widgets.row_header import RowHeader
from ui.widgets.saving_edit import SavingEdit

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Cell
    from esf_desktop.secretariat.consensus import JointJudgement

KEYS = ("1", "2", "3", "4")


class ConsensusRow(QWidget):
    """Unfolds to the control that rates and the field for the reasons; saves what is typed."""

    opened = Signal()
    rated = Signal(object)
    """A rating, or None when the one chosen was pressed again."""

    def __init__(self, call: Call, criterion: Criterion, cell: "Cell", save: Callable[[str], bool]) -> None:
        super().__init__()
        self._call, self.criterion = call, criterion
        self._rating: Rating | None = None
        self.head = RowHeader(criterion.title.spoken(), code=criterion.id)
        self.head.clicked.connect(self.opened)
        above = QHBoxLayout()
        above.setSpacing(theme.pixels(0.6))
        above.addWidget(self.head, 1)
        above.addWidget(CellTiles(call, cell), 0, Qt.AlignmentFlag.AlignVCenter)
        above.addSpacing(theme.pixels(1))
        ratings = call.scale.ratings
        steps = {step.rating: step.anchor.spoken() for step in call.framework.steps}
        self.control = RatingControl(
            tuple((r, rating_word(call, criterion.id, r), steps[r]) for r in ratings),
            _("Joint rating: {criterion}").format(criterion=criterion.title.spoken()),
            KEYS[: len(ratings)],
        )
        self.control.rated.connect(self.rated)
        self.comment = SavingEdit(
            save, name=_("Why: {criterion}").format(criterion=criterion.title.spoken()), hint=_("Why?"), lines=2
        )
        self._inside = QWidget()
        inside = QVBoxLayout(self._inside)
        side = theme.pixels(1.28)
        inside.setContentsMargins(side, 0, side, theme.pixels(0.9))
        inside.setSpacing(theme.pixels(0.5))
        inside.addWidget(self.control)
        inside.addWidget(self.comment)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self._inside)
        self.unfold(False)

    def show_judgement(self, judgement: "JointJudgement") -> None:
        """Show what is on disk."""
        self._rating = judgement.rating
        self.control.show_rating(judgement.rating)
        self.comment.show_text(judgement.comment)
        word = rating_word(self._call, self.criterion.id, judgement.rating)
        self.head.show_value(word, judgement.rating)

    def unfold(self, shown: bool) -> None:
        """Show or hide what is under the heading."""
        self.head.setChecked(shown)
        self._inside.setVisible(shown)

    def press(self, place: int) -> None:
        """Rate by the key in that place, from 0; the rating that is chosen already is cleared."""
        rating = self.control.rating_of_key(place)
        if rating is not None:
            self.rated.emit(None if rating is self._rating else rating)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in KEYS and event.text() and not event.modifiers():
            self.press(KEYS.index(event.text()))
        else:
            super().keyPressEvent(event)
