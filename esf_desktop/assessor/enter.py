"""Entering a whole assessment from a file, from paper or from another program; all of it is taken, or nothing.

`docs/exempel-bedomning.toml` is a commented example.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from esf_desktop.assessor.assess import clean
from esf_desktop.assessor.guard import open_form
from esf_desktop.assessor.locate import locate
from esf_desktop.assessor.recuse import put_answer
from esf_desktop.documents.client import Documents
from esf_desktop.handwritten import Handwritten, HandwrittenError
from esf_desktop.i18n import _
from esf_desktop.model import (
    Answer,
    Application,
    ApplicationId,
    Call,
    CriterionId,
    Declaration,
    Evidence,
    Rating,
    Recommendation,
    Value,
)
from esf_desktop.toml_lines import Place
from esf_desktop.workspace import Change, Work, Workspace, fields


@dataclass(eq=False)
class NoSuchQuoteError(HandwrittenError):
    """Evidence whose words are not in the document, or not on that page."""

    quote: str

    def sentence(self) -> str:
        return _("{file}, line {n}: “{quote}” is not found there in the document; nothing was changed.").format(
            file=self.file, n=self.line, quote=self.quote
        )


class WrittenEvidence(Value, frozen=True):
    """Evidence as a person writes it: the quote, what is printed as the page's number, and which document."""

    quote: str
    page: int | str = ""
    document: str = ""


class WrittenJudgement(Value, frozen=True):
    """A judgement as a person writes it; `questions` holds "yes", "no" or "" for each guiding question."""

    rating: Rating | None = None
    comment: str = ""
    questions: tuple[str, ...] = ()
    evidence: tuple[WrittenEvidence, ...] = ()


class WrittenDeclaration(Value, frozen=True):
    """The answer on conflict of interest as a person writes it."""

    answer: Declaration
    reason: str = ""


class WrittenAssessment(Value, frozen=True):
    """The whole file."""

    application: str
    conflict_of_interest: WrittenDeclaration | None = None
    judgements: dict[str, WrittenJudgement] = msgspec.field(default_factory=dict)
    main_area: str = ""
    overall: str = ""
    recommendation: Recommendation | None = None


def enter(workspace: Workspace, documents: Documents, source: Handwritten, *, at: datetime) -> Change:
    """Enter the assessment; what the file leaves out stays as it is on the desk.

    Raises:
        HandwrittenError: a line has to be corrected; nothing was changed.
        NotDeclaredError, FormClosedError: neither the file nor the desk lets it be assessed; nothing was changed.
    """
    written = source.convert(source.values, WrittenAssessment)
    call = workspace.call()
    ids = [str(application.id) for application in call.applications] if call else []
    if call is None or written.application not in ids:
        raise source.wrong_word(("application",), written.application, ids)
    application = workspace.application(ApplicationId(written.application))
    checked = _checked(source, call, written)
    located = {
        criterion: tuple(
            _locate(workspace, documents, application, source, criterion, n, e) for n, e in enumerate(said.evidence)
        )
        for criterion, said in checked.items()
    }
    with workspace.write(at=at) as work:
        if declared := written.conflict_of_interest:
            put_answer(work, application.id, declared.answer, clean(declared.reason), at)
        if checked or written.main_area or written.overall or written.recommendation:
            open_form(work, application.id)
        for criterion, said in checked.items():
            _put_judgement(work, call, application.id, criterion, said, located[criterion])
        if written.main_area:
            work.put(application.id, "main_area", CriterionId(written.main_area))
        if written.overall:
            work.put(application.id, "overall", clean(written.overall))
        if written.recommendation:
            work.put(application.id, "recommendation", written.recommendation)
    return work.change


def _checked(source: Handwritten, call: Call, written: WrittenAssessment) -> dict[CriterionId, WrittenJudgement]:
    application = ApplicationId(written.application)
    known = {str(criterion.id): criterion for criterion in call.criteria_for(application)}
    areas = [str(area.id) for area in call.areas_for(application)]
    if written.main_area and written.main_area not in areas:
        raise source.wrong_word(("main_area",), written.main_area, areas)
    for code, said in written.judgements.items():
        if code not in known:
            raise source.wrong_word(("judgements", code), code, known)
        place = ("judgements", code)
        if said.rating and said.rating not in call.scale.ratings:
            raise source.wrong_word((*place, "rating"), said.rating, [r.value for r in call.scale.ratings])
        asked = [call.asks(application, question) for question in known[code].questions]
        unasked = any(answer and not is_asked for answer, is_asked in zip(said.questions, asked, strict=False))
        if unasked or len(said.questions) not in (0, len(asked)):
            raise source.wrong_kind((*place, "questions"), str(["yes" if is_asked else "" for is_asked in asked]))
        for answer in said.questions:
            if answer not in ("", *Answer):
                raise source.wrong_word((*place, "questions"), answer, [a.value for a in Answer])
    return {CriterionId(code): said for code, said in written.judgements.items()}


def _put_judgement(
    work: Work,
    call: Call,
    application: ApplicationId,
    criterion: CriterionId,
    said: WrittenJudgement,
    evidence: tuple[Evidence, ...],
) -> None:
    if said.rating:
        work.put(application, fields.of("rating", criterion), said.rating)
    if said.comment:
        work.put(application, fields.of("comment", criterion), clean(said.comment))
    if any(said.questions):
        answers = tuple(Answer(answer) if answer else None for answer in said.questions)
        work.put(application, fields.of("questions", criterion), answers)
    if evidence:
        work.put(application, fields.of("evidence", criterion), evidence)


def _locate(
    workspace: Workspace,
    documents: Documents,
    application: Application,
    source: Handwritten,
    criterion: CriterionId,
    number: int,
    written: WrittenEvidence,
) -> Evidence:
    """The evidence with its place in the document; a quote that is not there is refused, unless it has no text."""
    place: Place = ("judgements", criterion, "evidence", number)
    names = [document.name for document in application.documents]
    if written.document and written.document not in names:
        raise source.wrong_word((*place, "document"), written.document, names)
    quote = clean(" ".join(written.quote.split()))
    sought = locate(workspace, documents, application, quote, str(written.page), written.document)
    if sought.evidence is not None:
        return sought.evidence
    if sought.labels and not sought.has_text:
        raise source.wrong_word((*place, "page"), str(written.page), sought.labels)
    raise NoSuchQuoteError(source.file, source.line((*place, "quote")), written.quote[:40])
