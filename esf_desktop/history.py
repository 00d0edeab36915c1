"""Undo and redo as arithmetic on the journal; the journal itself only ever grows."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum

from esf_desktop.model import ApplicationId, Moment, Value

ONE_EDIT = timedelta(minutes=2)
"""Edits of one text that follow each other within this time are one step in what people see."""
TEXTS = ("comment:", "note", "overall")


class Kind(StrEnum):
    """What an entry does to undo."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"
    TAKE_BACK = "take_back"
    """An earlier text was put in the place of a later one: a step of its own, whatever was typed just before."""
    SEAL = "seal"
    """Signed, declared or taken in: what lies before can no longer be undone."""
    PURGE = "purge"
    """The round was purged; what lay before is no more, and the row keeps the head that it had."""


class Entry(Value, frozen=True):
    """One row of the journal: a field of an application, before and after, each as canonical JSON or None."""

    number: int
    transaction: int
    at: Moment
    kind: Kind
    application: ApplicationId
    field: str
    before: str | None
    after: str | None


class Step(Value, frozen=True):
    """What a person did at once: one or more entries of one application."""

    kind: Kind
    entries: tuple[Entry, ...]

    @property
    def field(self) -> str:
        """The field that the step is named after."""
        return self.entries[-1].field

    @property
    def after(self) -> str | None:
        """What the field became."""
        return self.entries[-1].after

    @property
    def before(self) -> str | None:
        """What the field was."""
        return next(entry.before for entry in self.entries if entry.field == self.field)

    @property
    def at(self) -> Moment:
        """When the step ended."""
        return self.entries[-1].at

    def backwards(self) -> tuple[tuple[str, str | None], ...]:
        """The fields with what they were before the step."""
        before = {entry.field: entry.before for entry in reversed(self.entries)}
        return tuple(sorted(before.items()))

    @property
    def idle(self) -> bool:
        """Whether the step ended where it began, as when a word was typed and taken away again."""
        return self.backwards() == self.forwards()

    def forwards(self) -> tuple[tuple[str, str | None], ...]:
        """The fields with what they were after the step."""
        return tuple(sorted({entry.field: entry.after for entry in self.entries}.items()))


def steps(entries: Iterable[Entry], before: Sequence[Step] = ()) -> tuple[Step, ...]:
    """The entries of one application, oldest first, as the steps that a person took.

    Args:
        before: the steps of the entries that came before these; the last of them may go on.
    """
    found = list(before)
    for entry in entries:
        if found and _continues(found[-1], entry):
            found[-1] = Step(entry.kind, (*found[-1].entries, entry))
        else:
            found.append(Step(entry.kind, (entry,)))
    return tuple(found)


def undoable(taken: Sequence[Step]) -> Step | None:
    """The step that undo would take back now."""
    done, _ = _stacks(taken)
    return done[-1] if done else None


def redoable(taken: Sequence[Step]) -> Step | None:
    """The step that redo would take again now."""
    _, undone = _stacks(taken)
    return undone[-1] if undone else None


def limit(taken: Sequence[Step]) -> Step | None:
    """The latest step that undo does not reach behind: signed, or declared; None when nothing stops it."""
    return next((step for step in reversed(taken) if step.kind in (Kind.SEAL, Kind.PURGE)), None)


def _stacks(taken: Sequence[Step]) -> tuple[list[Step], list[Step]]:
    done: list[Step] = []
    undone: list[Step] = []
    for step in taken:
        match step.kind:
            case Kind.DO | Kind.TAKE_BACK:
                if not step.idle:
                    done.append(step)
                undone.clear()
            case Kind.UNDO:
                undone.append(done.pop())
            case Kind.REDO:
                done.append(undone.pop())
            case Kind.SEAL | Kind.PURGE:
                done.clear()
                undone.clear()
    return done, undone


def _continues(step: Step, entry: Entry) -> bool:
    last = step.entries[-1]
    if entry.transaction == last.transaction:
        return True
    same_text = entry.field == last.field and entry.field.startswith(TEXTS)
    return same_text and step.kind is entry.kind is Kind.DO and entry.at - last.at <= ONE_EDIT
