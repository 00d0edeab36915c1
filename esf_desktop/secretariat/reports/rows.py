"""The basis as one long table for spreadsheets: a row for each application, assessor and criterion."""

from collections.abc import Iterator

from esf_desktop import formatting
from esf_desktop.i18n import _
from esf_desktop.model import Application, Evidence
from esf_desktop.secretariat.compare import Line, Reading
from esf_desktop.secretariat.reports.basis import Basis
from esf_desktop.wording import declaration_word, rating_word, recommendation_word

Cell = str | int | None


def header() -> tuple[str, ...]:
    """The words above the columns."""
    return (
        _("Diary number"),
        _("Project"),
        _("Applicant"),
        _("Sought support"),
        _("Assessor"),
        _("Conflict of interest"),
        _("Code"),
        _("Criterion"),
        _("Rating"),
        _("Comment"),
        _("Evidence"),
        _("Main area"),
        _("Recommendation"),
        _("Overall assessment"),
        _("Joint rating"),
        _("Outcome"),
    )


def rows(basis: Basis) -> Iterator[tuple[Cell, ...]]:
    """The rows under the header, in the order of the call, of names and of the checklist."""
    for line in basis.comparison.lines:
        for reading in line.readings:
            if reading.assessment is not None:
                yield from _of_reading(basis, line, reading)


def _of_reading(basis: Basis, line: Line, reading: Reading) -> Iterator[tuple[Cell, ...]]:
    call, application, assessment = basis.comparison.call, line.application, reading.assessment
    outcome, written = basis.proposal.outcomes.get(application.id), basis.consensus.get(application.id)
    proposed = outcome.word() if outcome else ""
    assert assessment is not None
    declared = declaration_word(assessment.conflict_of_interest.answer)
    facts: tuple[Cell, ...] = (
        application.id,
        application.project_name,
        application.applicant_name,
        application.requested_support,
        reading.person.name,
        declared,
    )
    if assessment.recused:
        yield (*facts, *[""] * 9, proposed)
        return
    recommended = recommendation_word(assessment.recommendation) if assessment.recommendation else ""
    for judgement in assessment.judgements:
        agreed = written.consensus.judgement(judgement.criterion).rating if written else None
        yield (
            *facts,
            judgement.criterion,
            call.criterion(judgement.criterion).title.spoken(),
            rating_word(call, judgement.criterion, judgement.rating),
            judgement.comment,
            "\n".join(map(quoted, judgement.evidence)),
            _("yes") if judgement.criterion == assessment.main_area else "",
            recommended,
            assessment.overall,
            rating_word(call, judgement.criterion, agreed) if agreed else "",
            proposed,
        )


def quoted(evidence: Evidence) -> str:
    """`s. 14 ”…”`: a quote with what is printed as its page's number."""
    quote = _("“{quote}”").format(quote=evidence.quote)
    return f"{_place(evidence)} {quote}"


def place(application: Application, evidence: Evidence) -> str:
    """`s. 14`, or `bilaga.docx, st. 3` where the application has several documents."""
    names = {document.sha256: document.name for document in application.documents}
    several = names.get(evidence.document, "") if len(names) > 1 else ""
    return ", ".join(filter(None, (several, _place(evidence)))).replace(" ", formatting.NO_BREAK)


def _place(evidence: Evidence) -> str:
    if evidence.page is not None:
        return _("p. {page}").format(page=evidence.label or evidence.page + 1)
    return _("para. {number}").format(number=(evidence.block or 0) + 1)
