"""The history of a joint assessment: who wrote when, what became different, and a way to write it back."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.formatting import moment
from esf_desktop.i18n import _
from esf_desktop.model import Call, CriterionId, Rating
from esf_desktop.wording import rating_word, recommendation_word
from ui import theme
from ui.widgets.fold import Fold
from ui.widgets.plain import button, clear, label

if TYPE_CHECKING:
    from esf_desktop.secretariat.consensus import Consensus, Written


class ConsensusHistory(QWidget):
    """A fold with a line for each sitting, the latest first."""

    wanted = Signal(object)
    """The `Written` that is to be written again."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QWidget()
        self._lines = QVBoxLayout(self._inside)
        self._lines.setContentsMargins(theme.pixels(1.2), 0, 0, 0)
        self._lines.setSpacing(theme.pixels(0.6))
        self.fold = Fold(self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold)
        column.addWidget(self._inside)

    def show_history(self, call: Call, all_: "Sequence[Written]") -> None:
        """Show what was written in each sitting, oldest at the foot."""
        clear(self._lines)
        self.setVisible(bool(all_))
        self.fold.say(_("History ({n})").format(n=len(all_)))
        befores = [None, *all_]
        for place in range(len(all_) - 1, -1, -1):
            self._lines.addLayout(self._line(call, befores[place], all_[place], latest=place == len(all_) - 1))

    def _line(self, call: Call, before: "Written | None", one: "Written", *, latest: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        when = moment(datetime.fromisoformat(one.at).astimezone())
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(label(" · ".join(filter(None, (when, one.consensus.by))), "strong", wrap=True))
        said.addWidget(label(difference(call, before.consensus if before else None, one.consensus), "small", wrap=True))
        row.addLayout(said, 1)
        if not latest:
            again = button(_("Write it again"), "quiet", described=_("As it was {time}").format(time=when))
            again.setAccessibleName(_("Write it again as it was {time}").format(time=when))
            again.clicked.connect(lambda: self.wanted.emit(one))
            row.addWidget(again)
        return row


def difference(call: Call, before: "Consensus | None", now: "Consensus") -> str:
    """What became different, in words."""
    said = []
    for criterion in call.criteria_for(now.application):
        was, is_ = (one.judgement(criterion.id) if one else None for one in (before, now))
        assert is_ is not None
        old = was.rating if was else None
        if old is not is_.rating:
            said.append(f"{criterion.id}: {_arrow(call, criterion.id, old, is_.rating)}")
        elif (was.comment if was else "") != is_.comment:
            said.append(_("{criterion}: the reasons").format(criterion=criterion.id))
    if (before.recommendation if before else None) is not now.recommendation:
        said.append(recommendation_word(now.recommendation) if now.recommendation else _("no recommendation"))
    if (before.main_area if before else None) != now.main_area:
        said.append(_("main area {area}").format(area=now.main_area or "–"))
    if (before.text if before else "") != now.text:
        said.append(_("the reasons on the whole"))
    if (before.present if before else ()) != now.present:
        said.append(_("who was present"))
    return "; ".join(said) or _("nothing")


def _arrow(call: Call, criterion: CriterionId, before: Rating | None, now: Rating | None) -> str:
    word = rating_word(call, criterion, now)
    return word if before is None else f"{rating_word(call, criterion, before)} → {word}"
