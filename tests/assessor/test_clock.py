"""Order never comes from a clock (R18): whatever it says between two deeds, the work and its undoing are the same."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from esf_desktop.assessor import assess, notes, recuse
from esf_desktop.model import Declaration, Rating, replace
from esf_desktop.workspace import Workspace
from tests import rounds
from tests.rounds import AT, FIRST, SAM, later

SUMMER, WINTER = timezone(timedelta(hours=2)), timezone(timedelta(hours=1))
STEADY = tuple(later(60 * n) for n in range(1, 8))
CLOCKS = {
    "fifty years to and fro": tuple(AT + timedelta(days=days) for days in (0, 18_262, -18_262, 1, 18_262, -18_262, 0)),
    "backwards": tuple(reversed(STEADY)),
    "standing still": (AT,) * 7,
    "over a leap day": tuple(datetime(2028, 2, 28, 20, tzinfo=UTC) + timedelta(hours=5 * n) for n in range(7)),
    "into summer time": tuple(
        (datetime(2026, 3, 29, 0, 50, tzinfo=UTC) + timedelta(minutes=4 * n)).astimezone(SUMMER if n > 2 else WINTER)
        for n in range(7)
    ),
    "out of summer time": tuple(
        (datetime(2026, 10, 25, 0, 50, tzinfo=UTC) + timedelta(minutes=4 * n)).astimezone(WINTER if n > 2 else SUMMER)
        for n in range(7)
    ),
}


def view(folder: Path, times: tuple[datetime, ...]) -> tuple[object, ...]:
    """What the work says after each of seven deeds, of which the last two undo and redo, and opened again."""
    desk = rounds.workspace(folder)
    deeds: tuple[Callable[[datetime], object], ...] = (
        lambda at: recuse.declare(desk, FIRST, Declaration.NONE, at=at),
        lambda at: assess.rate(desk, FIRST, SAM, Rating.NOT_MET, at=at),
        lambda at: assess.rate(desk, FIRST, SAM, Rating.MET, at=at),
        lambda at: assess.comment(desk, FIRST, SAM, "Sedan detta.", at=at),
        lambda at: notes.write(desk, FIRST, SAM, "Sist detta.", at=at),
        lambda at: assess.undo(desk, FIRST, at=at),
        lambda at: assess.redo(desk, FIRST, at=at),
    )
    seen = []
    for deed, at in zip(deeds, times, strict=True):
        deed(at)
        seen.append(said(desk))
    desk.close()
    desk = Workspace.open(folder)
    seen.append(said(desk))
    desk.close()
    return tuple(seen)


def said(desk: Workspace) -> object:
    """The draft, without the time that it claims, and the notes."""
    draft = desk.draft(FIRST)
    answered = draft.conflict_of_interest
    assert answered is not None
    return answered.answer, replace(draft, conflict_of_interest=None), desk.notes()


@pytest.mark.parametrize("clock", CLOCKS)
def test_the_work_and_its_undoing_are_the_same_under_every_clock(tmp_path: Path, clock: str) -> None:
    steady = view(tmp_path / "b", STEADY)
    assert view(tmp_path / "a", CLOCKS[clock]) == steady
    assert len({str(one) for one in steady}) == 5, "five deeds show, and undoing and redoing go where they were"
