"""What each assessor says of one criterion, or on the whole, one under the other, with evidence that can be opened."""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from esf_desktop.differences import Piece, pieces
from esf_desktop.i18n import _
from esf_desktop.model import Call, CriterionId, Evidence, Judgement
from esf_desktop.wording import rating_word, recommendation_word
from ui import theme
from ui.secretariat.evidence_link import EvidenceLink
from ui.widgets.plain import clear, label, line
from ui.widgets.rating_chip import RatingChip

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Line, Reading


class Readings(QWidget):
    """Shows the readings of one application; the same again is shown already."""

    evidence_wanted = Signal(object)
    """The `Evidence` whose place somebody wants to see."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Line, CriterionId | None] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(0.5))

    def show_line(self, call: Call, shown: "Line", criterion: CriterionId | None) -> None:
        """Show what each one says of the criterion; the overall assessments when it is None."""
        if self._shown is not None and self._shown[0] is shown and self._shown[1] == criterion:
            return
        self._shown = shown, criterion
        clear(self._column)
        for reading in shown.readings:
            if reading.mark.value == "not_asked" and len(shown.readings) > 3:
                continue
            self._column.addWidget(line())
            self._column.addWidget(one_reading(call, reading, criterion, self.evidence_wanted.emit))


def one_reading(
    call: Call,
    reading: "Reading",
    criterion: CriterionId | None,
    opened: Callable[[Evidence], None],
    *,
    named: bool = True,
) -> QWidget:
    """What one assessor says, in a column of its own; `opened` is told of evidence that is pressed."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.pixels(0.35))
    head = QHBoxLayout()
    if named:
        head.addWidget(label(reading.person.name, "strong", wrap=True), 1)
    column.addLayout(head)
    assessment = reading.assessment
    if assessment is None or assessment.recused:
        column.addWidget(label(reading.mark.word(), "muted", wrap=True))
        return made
    if criterion is None:
        if assessment.recommendation is not None:
            head.addWidget(label(recommendation_word(assessment.recommendation), "muted", wrap=True))
        _add_warnings(column, call, reading)
        before = reading.replaced.overall if reading.replaced else assessment.overall
        _add_text(column, before, assessment.overall)
        return made
    judgement = reading.judgement(criterion)
    if judgement.rating is not None:
        head.addWidget(RatingChip(judgement.rating, rating_word(call, criterion, judgement.rating)))
    if not named:
        head.addStretch(1)
    before_it = reading.before(criterion) if reading.changed(criterion) else judgement
    if before_it != judgement:
        column.addWidget(label(_changed_words(call, before_it, judgement), "warning", wrap=True))
    _add_text(column, before_it.comment, judgement.comment)
    for evidence in judgement.evidence:
        column.addWidget(_link(evidence, opened))
    return made


def _add_warnings(column: QVBoxLayout, call: Call, reading: "Reading") -> None:
    assessment = reading.assessment
    assert assessment is not None
    if reading.possible_conflict:
        column.addWidget(label(_("Possible conflict of interest: ask before the meeting."), "warning", wrap=True))
    if reading.mark.value == "other_framework":
        column.addWidget(label(reading.mark.word().capitalize(), "warning", wrap=True))
    if reading.replaced is not None:
        letters = ", ".join(reading.changes) or "–"
        said = _("Revision {n}, signed {date}. Changed: {criteria}.").format(
            n=assessment.revision, date=assessment.signed_off_at.astimezone().date().isoformat(), criteria=letters
        )
        column.addWidget(label(said, "warning", wrap=True))
    if call.deadline is not None and assessment.signed_off_at.astimezone().date() > call.deadline:
        column.addWidget(label(_("Signed after the deadline."), "warning", wrap=True))


def _changed_words(call: Call, before: Judgement, now: Judgement) -> str:
    said = []
    if before.rating is not now.rating:
        said.append(_("{before} before").format(before=rating_word(call, now.criterion, before.rating)))
    gone = [one for one in before.evidence if one not in now.evidence]
    came = [one for one in now.evidence if one not in before.evidence]
    if gone or came:
        said.append(_("evidence: {n} added, {m} taken away").format(n=len(came), m=len(gone)))
    return _("Changed in a later revision: {what}.").format(what=", ".join(said) or _("the comment"))


def _add_text(column: QVBoxLayout, before: str, now: str) -> None:
    """The text as it is now; where a revision changed it, what came is underlined and what went is struck through."""
    if before == now:
        if now:
            column.addWidget(label(now, wrap=True))
        return
    gone, came = pieces(before, now)
    for found, tag, role in ((came, "u", ""), (gone, "s", "small")):
        if found:
            made = QLabel(_marked(found, tag))
            made.setTextFormat(Qt.TextFormat.RichText)
            made.setWordWrap(True)
            made.setProperty("role", role)
            told = "".join(piece.text for piece in found)
            made.setAccessibleName(told if tag == "u" else _("Before: {text}").format(text=told))
            column.addWidget(made)


def _marked(found: "tuple[Piece, ...]", tag: str) -> str:
    return "".join(
        f"<{tag}>{escape(piece.text)}</{tag}>" if piece.own and piece.text.strip() else escape(piece.text)
        for piece in found
    ).replace("\n", "<br>")


def _link(evidence: Evidence, opened: Callable[[Evidence], None]) -> QWidget:
    made = EvidenceLink(evidence)
    made.clicked.connect(lambda: opened(evidence))
    return made
