"""Rating, commenting, weighing together, and taking a step back."""

from datetime import datetime

from esf_desktop import history
from esf_desktop.assessor.guard import open_form
from esf_desktop.errors import EsfError
from esf_desktop.exchange.canonical import LONGEST_TEXT, tidy
from esf_desktop.history import Kind
from esf_desktop.i18n import _
from esf_desktop.model import Answer, ApplicationId, CriterionId, Rating, Recommendation
from esf_desktop.workspace import Change, Workspace, fields


class NothingToUndoError(EsfError):
    """There is no step to take back, or to take again."""

    code = "nothing_to_undo"

    def sentence(self) -> str:
        return _("There is nothing to take back here since the last signing.")


class TextTooLongError(EsfError):
    """A text over the limit of the exchange format."""

    code = "text_too_long"

    def sentence(self) -> str:
        return _("The text is longer than 20,000 characters and the latest part is not saved; shorten it.")


def rate(
    workspace: Workspace, application: ApplicationId, criterion: CriterionId, rating: Rating | None, *, at: datetime
) -> Change:
    """Set or clear the rating of one criterion."""
    with workspace.write(at=at) as work:
        open_form(work, application)
        work.put(application, fields.of("rating", criterion), rating)
    return work.change


def reviewed(workspace: Workspace, application: ApplicationId, criterion: CriterionId, *, at: datetime) -> Change:
    """Let the answers to one criterion stand under its new wording."""
    with workspace.write(at=at) as work:
        open_form(work, application)
        work.put(application, fields.of("review", criterion), None)
    return work.change


def comment(
    workspace: Workspace, application: ApplicationId, criterion: CriterionId, text: str, *, at: datetime
) -> Change:
    """Set the comment on one criterion."""
    with workspace.write(at=at) as work:
        open_form(work, application)
        work.put(application, fields.of("comment", criterion), clean(text))
    return work.change


def answer(
    workspace: Workspace,
    application: ApplicationId,
    criterion: CriterionId,
    question: int,
    given: Answer | None,
    *,
    at: datetime,
) -> Change:
    """Answer a guiding question, counted from 0, or leave it open; the rating stays as it is."""
    call = workspace.call()
    asked = [True] * len(call.criterion(criterion).questions) if call else []
    with workspace.write(at=at) as work:
        open_form(work, application)
        name = fields.of("questions", criterion)
        answers = list(fields.answers(work.get(application, name), asked))
        answers[question] = given
        work.put(application, name, tuple(answers) if any(answers) else None)
    return work.change


def choose_main_area(
    workspace: Workspace, application: ApplicationId, area: CriterionId | None, *, at: datetime
) -> Change:
    """Mark one area as the main one, or none."""
    with workspace.write(at=at) as work:
        open_form(work, application)
        work.put(application, "main_area", area)
    return work.change


def write_overall(workspace: Workspace, application: ApplicationId, text: str, *, at: datetime) -> Change:
    """Set the overall assessment."""
    with workspace.write(at=at) as work:
        open_form(work, application)
        work.put(application, "overall", clean(text))
    return work.change


def recommend(
    workspace: Workspace, application: ApplicationId, recommendation: Recommendation | None, *, at: datetime
) -> Change:
    """Set or clear the recommendation."""
    with workspace.write(at=at) as work:
        open_form(work, application)
        work.put(application, "recommendation", recommendation)
    return work.change


def take_back(workspace: Workspace, application: ApplicationId, name: str, text: str, *, at: datetime) -> Change:
    """Put an earlier text of a comment, a note or the overall assessment (by its field) in the place of the present."""
    with workspace.write(at=at, kind=Kind.TAKE_BACK) as work:
        if name.partition(":")[0] != "note":
            open_form(work, application)
        work.put(application, name, clean(text))
    return work.change


def undo(workspace: Workspace, application: ApplicationId, *, at: datetime) -> Change:
    """Take back the latest step in the application; it stays in the journal."""
    step = history.undoable(workspace.steps(application))
    if step is None:
        raise NothingToUndoError
    with workspace.write(at=at, kind=Kind.UNDO) as work:
        for name, coded in step.backwards():
            work.put_coded(application, name, coded)
    return work.change


def redo(workspace: Workspace, application: ApplicationId, *, at: datetime) -> Change:
    """Take the latest undone step again."""
    step = history.redoable(workspace.steps(application))
    if step is None:
        raise NothingToUndoError
    with workspace.write(at=at, kind=Kind.REDO) as work:
        for name, coded in step.forwards():
            work.put_coded(application, name, coded)
    return work.change


def clean(text: str) -> str:
    """The text as it may travel: NFC, line feeds only, without characters that cannot be seen.

    Raises:
        TextTooLongError: nothing was changed.
    """
    seen = tidy(text)
    if len(seen) > LONGEST_TEXT:
        raise TextTooLongError
    return seen
