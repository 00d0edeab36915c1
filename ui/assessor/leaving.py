"""Exactly what a bundle would hold: a row for each assessment, and every word of it on demand."""

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from esf_desktop.i18n import _, plural
from esf_desktop.model import Assessment, Assessor, Call
from esf_desktop.wording import declaration_word, rating_word, recommendation_word
from ui import formatting, theme
from ui.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.fold import Fold
from ui.widgets.plain import clear, label, line
from ui.widgets.tiles import Tiles

LINES = 18


class Leaving(QWidget):
    """Shows assessments as they would be signed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.4))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.pixels(0.35))
        column.addLayout(self._rows)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(_("Every word that leaves"))
        self._text.setFixedHeight(theme.pixels(LINES * 1.4))
        self._fold = Fold(self._text)
        self._fold.say(_("Every word that leaves"))
        column.addWidget(self._fold)
        column.addWidget(self._text)

    def show_assessments(self, call: Call, assessor: Assessor, leaving: tuple[Assessment, ...]) -> None:
        """Show these."""
        clear(self._rows)
        for assessment in leaving:
            self._rows.addLayout(self._row(call, assessment))
            self._rows.addWidget(line())
        words = "\n\n".join(self._words(call, assessment) for assessment in leaving)
        sender = " · ".join(part for part in (assessor.name, assessor.organisation) if part)
        self._text.setPlainText(f"{sender}\n{call.id} · {call.title}\n\n{words}")

    def _row(self, call: Call, assessment: Assessment) -> Flow:
        known = self._desk.workspace.application(assessment.application)
        number = label(assessment.application, "muted")
        number.setMinimumWidth(theme.pixels(6))
        right: list[QWidget] = []
        if assessment.recused:
            right.append(label(declaration_word(assessment.conflict_of_interest.answer), "muted"))
        else:
            by_criterion = {judgement.criterion: judgement.rating for judgement in assessment.judgements}
            principles = call.principles_for(assessment.application)
            ratings = tuple(by_criterion.get(principle.id) for principle in principles)
            words = ", ".join(
                f"{principle.id} {rating_word(call, principle.id, by_criterion.get(principle.id))}"
                for principle in principles
            )
            count = sum(len(judgement.evidence) for judgement in assessment.judgements)
            told = plural("{n} piece of evidence", "{n} pieces of evidence", count).format(n=count)
            right += [Tiles(ratings, words), label(told, "small")]
        right.append(label(_revision(assessment), "small"))
        return Flow(_beside(number, label(known.project_name, "strong")), _beside(*right))

    def _words(self, call: Call, assessment: Assessment) -> str:
        known = self._desk.workspace.application(assessment.application)
        declared = assessment.conflict_of_interest
        said = [
            f"{assessment.application} {known.project_name} · {_revision(assessment)}",
            " – ".join(part for part in (declaration_word(declared.answer), declared.reason) if part),
        ]
        for judgement in assessment.judgements:
            title = call.criterion(judgement.criterion).title.spoken()
            said.append(f"{judgement.criterion} {title}: {rating_word(call, judgement.criterion, judgement.rating)}")
            said += [f"    {part}" for part in judgement.comment.splitlines()]
            asked = zip(call.criterion(judgement.criterion).questions, judgement.questions, strict=False)
            said += [f"    {q.text.spoken()} {formatting.answer_word(answer)}" for q, answer in asked if answer]
            said += [f"    {_('p. {page}').format(page=e.label or '–')} ”{e.quote}”" for e in judgement.evidence]
        if assessment.main_area:
            said.append(_("Main area: {area}").format(area=call.criterion(assessment.main_area).title.spoken()))
        said += [assessment.overall] if assessment.overall else []
        said += [recommendation_word(assessment.recommendation)] if assessment.recommendation else []
        return "\n".join(said)


def _revision(assessment: Assessment) -> str:
    """Which revision it is, and which one it is to be read instead of."""
    number = assessment.revision
    if not assessment.parents:
        return _("revision {n}").format(n=number)
    return _("revision {n}, replaces revision {before}").format(n=number, before=number - 1)


def _beside(*parts: QWidget) -> QWidget:
    """Parts in a row that is not broken."""
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.pixels(0.9))
    for part in parts:
        row.addWidget(part)
    return held
