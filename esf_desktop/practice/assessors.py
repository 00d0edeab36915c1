"""The fictional assessors at work: they read the same applications, mostly agree, and sometimes differ or abstain."""

from datetime import datetime

from esf_desktop.assessor import assess, evidence, recuse
from esf_desktop.documents.client import Documents, OpenDocument
from esf_desktop.model import (
    Answer,
    Application,
    ApplicationId,
    Call,
    Criterion,
    Declaration,
    Evidence,
    Rating,
    Recommendation,
    Scale,
)
from esf_desktop.practice import application as one
from esf_desktop.practice.content import Content, Truth
from esf_desktop.workspace import Workspace


class Finder:
    """Finds quotes in the applications, each once; of a scanned one, in the pages that were scanned."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._open: dict[str, OpenDocument] = {}
        self._found: dict[tuple[str, str], Evidence | None] = {}

    def find(self, content: Content, application: Application, quote: str) -> Evidence | None:
        """The quote with its place in the application's first document."""
        key = (content.id, quote)
        if key not in self._found:
            self._found[key] = self._search(content, application, quote)
        return self._found[key]

    def _search(self, content: Content, application: Application, quote: str) -> Evidence | None:
        if content.id not in self._open:
            self._open[content.id] = self._documents.open(one.pdf(content), f"{content.id}.pdf")
        opened = self._open[content.id]
        hit = next(opened.hits(quote), None)
        if hit is None or hit.page is None:
            return None
        label = opened.info.pages[hit.page].label
        return Evidence(application.documents[0].sha256, quote, hit.page, label, hit.rects)


def assess_application(workspace: Workspace, finder: Finder, content: Content, assessor: int, *, at: datetime) -> None:
    """Let the assessor of that number, from 1, judge the application by the ordinary deeds."""
    call = workspace.call()
    assert call is not None
    application = workspace.application(ApplicationId(content.id))
    if (assessor - 1) % 3 + 1 in content.recused:
        reason = "Jag sitter i styrelsen för en av samverkansparterna."
        recuse.declare(workspace, application.id, Declaration.RECUSED, reason, at=at)
        return
    possible = (assessor - 1) % 3 + 1 in content.possible_conflict
    reason = "En tidigare kollega arbetar hos stödsökanden." if possible else ""
    recuse.declare(workspace, application.id, Declaration.POSSIBLE if possible else Declaration.NONE, reason, at=at)
    for criterion in call.criteria_for(application.id):
        _judge(workspace, finder, content, application, criterion, call, assessor, at)
    assess.choose_main_area(workspace, application.id, content.main_area, at=at)
    assess.write_overall(workspace, application.id, content.overall[(assessor - 1) % len(content.overall)], at=at)
    assess.recommend(workspace, application.id, recommendation(content, assessor), at=at)


def _judge(
    workspace: Workspace,
    finder: Finder,
    content: Content,
    application: Application,
    criterion: Criterion,
    call: Call,
    assessor: int,
    at: datetime,
) -> None:
    level, comment, quote = opinion(content.truth[criterion.id], assessor)
    if call.scale is Scale.TICK and level is not Rating.MET:
        level = Rating.NOT_MET
    assess.rate(workspace, application.id, criterion.id, level, at=at)
    assess.comment(workspace, application.id, criterion.id, comment, at=at)
    for place, answer in enumerate(_answers(level, len(criterion.questions))):
        if call.asks(application.id, criterion.questions[place]):
            assess.answer(workspace, application.id, criterion.id, place, answer, at=at)
    found = finder.find(content, application, quote) if quote and level is not Rating.CANNOT_ASSESS else None
    if found is not None:
        evidence.add(workspace, application.id, criterion.id, found, at=at)


def opinion(truth: Truth, assessor: int) -> tuple[Rating, str, str]:
    """What the assessor thinks of one criterion: rating, comment and the quote that shows it, or nothing."""
    for other in truth.dissent:
        if other.assessor == (assessor - 1) % 3 + 1:
            return other.level, other.comment, other.quote
    return truth.level, truth.comments[(assessor - 1) % len(truth.comments)], truth.quote


def recommendation(content: Content, assessor: int) -> Recommendation:
    """What the assessor would have the body decide."""
    return content.recommend.get(str((assessor - 1) % 3 + 1), content.recommendation)


def _answers(level: Rating, count: int) -> tuple[Answer | None, ...]:
    match level:
        case Rating.MET:
            return (Answer.YES,) * count
        case Rating.PARTLY:
            return tuple(Answer.YES if n % 2 == 0 else Answer.NO for n in range(count))
        case Rating.NOT_MET:
            return (Answer.NO,) * count
        case Rating.CANNOT_ASSESS:
            return (None,) * count
