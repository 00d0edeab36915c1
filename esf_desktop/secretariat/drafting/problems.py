"""What a draft lacks and what in it looks odd; nothing of it ever keeps anybody from writing on."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum

from esf_desktop.description import warnings
from esf_desktop.i18n import _, plural
from esf_desktop.model import Framework, Value
from esf_desktop.secretariat.drafting.draft import CallDraft, readers_of
from esf_desktop.secretariat.drafting.listing import as_application

ENOUGH_READERS = 2


class Room(StrEnum):
    """The part of the editor in which something is put right."""

    CALL = "call"
    GROUNDS = "grounds"
    APPLICATIONS = "applications"
    ASSESSORS = "assessors"


class Problem(Value, frozen=True):
    """One thing to look at, in the language spoken when it was found."""

    room: Room
    sentence: str
    needed: bool = False
    """Whether there can be no package before it is put right."""
    about: str = ""
    """The diary number or the assessor that it is about."""


def problems(
    draft: CallDraft, framework: Framework, *, today: date, is_there: Callable[[str], bool] = lambda _path: True
) -> tuple[Problem, ...]:
    """Everything, in the order of the rooms.

    Args:
        is_there: whether a document's path, from the folder of the draft, leads to something.
    """
    return (
        *_of_call(draft, today),
        *_of_grounds(draft, framework),
        *_of_applications(draft, is_there),
        *_of_assessors(draft),
    )


def _of_call(draft: CallDraft, today: date) -> Iterator[Problem]:
    room = Room.CALL
    for given, sentence in (
        (draft.body, _("The body's name is missing.")),
        (draft.title, _("The call's title is missing.")),
        (draft.id, _("The call has no number of its own, such as 2026-ON-1.")),
    ):
        if not given.strip():
            yield Problem(room, sentence, needed=True)
    if draft.deadline is None:
        yield Problem(room, _("The last day for assessments is missing."), needed=True)
    elif draft.deadline < today:
        yield Problem(room, _("The last day for assessments has passed."))
    if not draft.diary_number.strip():
        yield Problem(room, _("The call's diary number is missing."))
    for name, count in Counter(part.name for part in draft.budget).items():
        if not name.strip():
            yield Problem(room, _("A part of the budget has no name."))
        elif count > 1:
            yield Problem(room, _("Two parts of the budget are called “{name}”.").format(name=name))
    if not draft.budget:
        yield Problem(room, _("The budget is missing, so no budget line can be drawn later."))


def _of_grounds(draft: CallDraft, framework: Framework) -> Iterator[Problem]:
    principles, areas = draft.chosen(framework)
    if not principles:
        yield Problem(Room.GROUNDS, _("No principle is chosen."))
    if not areas:
        yield Problem(Room.GROUNDS, _("No priority area is chosen."))
    for criterion in (*framework.principles, *framework.areas):
        texts = (criterion.title, criterion.description, *(question.text for question in criterion.questions))
        if criterion.id in (*principles, *areas) and not all(text.sv.strip() and text.en.strip() for text in texts):
            said = _("{criterion} is not worded in both languages.").format(criterion=criterion.id)
            yield Problem(Room.GROUNDS, said, about=criterion.id)
    for reference in draft.references:
        if not reference.goals and not reference.document:
            yield Problem(Room.GROUNDS, _("“{title}” has neither document nor goals.").format(title=reference.title))


def _of_applications(draft: CallDraft, is_there: Callable[[str], bool]) -> Iterator[Problem]:
    room = Room.APPLICATIONS
    if not draft.applications:
        yield Problem(room, _("There are no applications yet."))
    parts = {part.name for part in draft.budget}
    for number, count in Counter(one.id for one in draft.applications).items():
        if count > 1:
            said = _("{application} stands {n} times.").format(application=number or "–", n=count)
            yield Problem(room, said, needed=True, about=number)
    for one in draft.applications:
        if not one.id.strip():
            yield Problem(room, _("An application has no diary number."), needed=True)
            continue

        def about(sentence: str, number: str = one.id, *, needed: bool = False) -> Problem:
            return Problem(room, f"{number}: {sentence}", needed, number)

        for warning in warnings(as_application(one)):
            yield about(warning.sentence())
        if one.documents is not None and not one.documents:
            yield about(_("There is no document."))
        for path in one.documents or ():
            if not is_there(path):
                yield about(_("“{file}” is not in the folder.").format(file=path), needed=True)
        if one.budget_part and one.budget_part not in parts:
            yield about(_("“{name}” is no part of the budget.").format(name=one.budget_part), needed=True)


def _of_assessors(draft: CallDraft) -> Iterator[Problem]:
    room = Room.ASSESSORS
    if not draft.assessors:
        yield Problem(room, _("There are no assessors yet."))
        return
    for reader in draft.assessors:
        if not reader.name.strip():
            yield Problem(room, _("An assessor has no name."), needed=True, about=reader.id)
        if not _is_uuid(reader.id) and not reader.enrolment:
            yield Problem(
                room,
                _("{name} has no identity; fetch it from the enrolment file.").format(name=reader.name),
                needed=True,
            )
    thin = [one.id for one in draft.applications if len(readers_of(draft, one.id)) < ENOUGH_READERS]
    if thin:
        said = plural(
            "{n} application is read by fewer than two.", "{n} applications are read by fewer than two.", len(thin)
        )
        yield Problem(room, f"{said.format(n=len(thin))} ({', '.join(thin[:6])})")


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
