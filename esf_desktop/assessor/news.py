"""What a newer version of a call changes, found by comparing the two; shown before it is taken."""

from collections.abc import Iterator
from datetime import date

from esf_desktop import formatting
from esf_desktop.i18n import _
from esf_desktop.model import Application, ApplicationId, Call, Criterion, CriterionId, Text, Value

_FACTS = tuple(name for name in Application.__struct_fields__ if name not in ("id", "documents"))
_RULES = ("selected_principles", "scale", "require", "budget", "third_assessor", "recipients", "references")


class Reworded(Value, frozen=True):
    """A text of a criterion that is another now; empty before when it is new, and after when it is gone."""

    criterion: CriterionId
    before: str
    after: str


class Altered(Value, frozen=True):
    """An application whose facts or documents are others now; `documents` are the names that came or went."""

    application: ApplicationId
    facts: tuple[str, ...]
    documents: tuple[str, ...]


class News(Value, frozen=True):
    """Everything that differs between the version of a call that is in use and a newer one."""

    before: int
    after: int
    added: tuple[ApplicationId, ...]
    withdrawn: tuple[ApplicationId, ...]
    reworded: tuple[Reworded, ...]
    altered: tuple[Altered, ...]
    deadline: tuple[date | None, date | None] | None
    rules: tuple[str, ...]

    @property
    def to_review(self) -> tuple[CriterionId, ...]:
        """The criteria whose answers were given to another wording, each once."""
        return tuple(dict.fromkeys(one.criterion for one in self.reworded))

    def lines(self) -> tuple[str, ...]:
        """One sentence for each change, in the language spoken now."""
        return tuple(_lines(self))


def news(before: Call, after: Call) -> News:
    """What the newer version changes."""
    was, now = ({a.id: a for a in call.applications} for call in (before, after))
    return News(
        before.call_version,
        after.call_version,
        tuple(id_ for id_ in now if id_ not in was),
        tuple(id_ for id_ in was if id_ not in before.withdrawn and (id_ in after.withdrawn or id_ not in now)),
        tuple(_reworded(before, after)),
        tuple(found for id_ in now if id_ in was if (found := _altered(was[id_], now[id_]))),
        None if before.deadline == after.deadline else (before.deadline, after.deadline),
        tuple(name for name in _RULES if getattr(before, name) != getattr(after, name)),
    )


def _reworded(before: Call, after: Call) -> Iterator[Reworded]:
    was, now = ({c.id: c for c in (*call.framework.principles, *call.framework.areas)} for call in (before, after))
    for id_ in dict.fromkeys((*was, *now)):
        old, new = (_texts(found[id_]) if id_ in found else () for found in (was, now))
        for place in range(max(len(old), len(new))):
            one, other = (side[place] if place < len(side) else None for side in (old, new))
            if one != other:
                yield Reworded(id_, one.spoken() if one else "", other.spoken() if other else "")


def _texts(criterion: Criterion) -> tuple[Text, ...]:
    return (criterion.title, criterion.description, *(question.text for question in criterion.questions))


def _altered(before: Application, after: Application) -> Altered | None:
    facts = tuple(name for name in _FACTS if getattr(before, name) != getattr(after, name))
    was, now = set(before.documents), set(after.documents)
    documents = tuple(sorted({document.name for document in was ^ now}))
    return Altered(after.id, facts, documents) if facts or documents else None


def _lines(found: News) -> Iterator[str]:
    for application in found.added:
        yield _("{application} is new.").format(application=application)
    for application in found.withdrawn:
        yield _("{application} is withdrawn: what you wrote is kept, and cannot be sent.").format(
            application=application
        )
    for one in found.reworded:
        if one.before and one.after:
            said = _("{criterion} had the wording “{before}” and has now “{after}”. Your answers are kept to review.")
        elif one.after:
            said = _("{criterion} has a new text: “{after}”. Your answers are kept to review.")
        else:
            said = _("{criterion} no longer has the text “{before}”. Your answers are kept to review.")
        yield said.format(criterion=one.criterion, before=one.before, after=one.after)
    for altered in found.altered:
        if altered.facts:
            yield _("{application} has other facts than before.").format(application=altered.application)
        if altered.documents:
            yield _("{application} has other documents: {names}.").format(
                application=altered.application, names=", ".join(altered.documents)
            )
    if found.deadline is not None:
        was, now = (formatting.day(day) if day else "–" for day in found.deadline)
        yield _("The deadline was {before} and is now {after}.").format(before=was, after=now)
    if found.rules:
        yield _("The call's rules have changed, such as its principles, its scale or what it requires.")
