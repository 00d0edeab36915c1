"""Tying a quote and its place in a document to a criterion, and letting it go."""

from datetime import datetime
from typing import cast

from esf_desktop.assessor.assess import clean
from esf_desktop.assessor.guard import open_form
from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId, Evidence, replace
from esf_desktop.workspace import Change, Work, Workspace, fields

LONGEST_QUOTE = 2_000
"""Characters; a longer selection is a chapter, not evidence."""


class QuoteTooLongError(EsfError):
    """A selection that is too long to be evidence, or empty."""

    code = "quote_too_long"

    def sentence(self) -> str:
        return _("Choose a passage of at most 2,000 characters as evidence; nothing was changed.")


def add(
    workspace: Workspace, application: ApplicationId, criterion: CriterionId, evidence: Evidence, *, at: datetime
) -> Change:
    """Add the evidence last under the criterion; the same place twice is kept once."""
    new = _tidied(evidence)
    with workspace.write(at=at) as work:
        open_form(work, application)
        kept = _kept(work, application, criterion)
        work.put(application, fields.of("evidence", criterion), kept if new in kept else (*kept, new))
    return work.change


def change(
    workspace: Workspace,
    application: ApplicationId,
    criterion: CriterionId,
    before: Evidence,
    evidence: Evidence,
    *,
    at: datetime,
) -> Change:
    """Put other evidence, such as the same place with another extent, where that stood; gone meanwhile, it is added."""
    new = _tidied(evidence)
    with workspace.write(at=at) as work:
        open_form(work, application)
        kept = _kept(work, application, criterion)
        others = tuple(one for one in kept if one != new or one == before)
        place = others.index(before) if before in others else len(others)
        work.put(application, fields.of("evidence", criterion), (*others[:place], new, *others[place + 1 :]))
    return work.change


def remove(
    workspace: Workspace, application: ApplicationId, criterion: CriterionId, index: int, *, at: datetime
) -> Change:
    """Let go of one piece of evidence, counted from 0."""
    with workspace.write(at=at) as work:
        open_form(work, application)
        kept = _kept(work, application, criterion)
        work.put(application, fields.of("evidence", criterion), kept[:index] + kept[index + 1 :])
    return work.change


def _tidied(evidence: Evidence) -> Evidence:
    quote = clean(" ".join(evidence.quote.split()))
    if not 0 < len(quote) <= LONGEST_QUOTE:
        raise QuoteTooLongError
    return replace(evidence, quote=quote)


def _kept(work: Work, application: ApplicationId, criterion: CriterionId) -> tuple[Evidence, ...]:
    return cast("tuple[Evidence, ...]", work.get(application, fields.of("evidence", criterion)) or ())
