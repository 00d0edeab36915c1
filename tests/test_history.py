"""Undo and redo over histories made up at random."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.history import Entry, Kind, redoable, steps, undoable
from tests.rounds import AT, FIRST

FIELDS = ("rating:SAM", "comment:SAM", "overall", "rating:RUS")


class Desk:
    """The fields and the journal that deeds, undo and redo leave."""

    def __init__(self) -> None:
        self.fields: dict[str, str | None] = dict.fromkeys(FIELDS)
        self.journal: list[Entry] = []
        self.seconds = 0

    def put(self, changes: tuple[tuple[str, str | None], ...], kind: Kind = Kind.DO, pause: int = 600) -> None:
        self.seconds += pause
        number = self.journal[-1].transaction + 1 if self.journal else 1
        for field, after in changes:
            at = AT + timedelta(seconds=self.seconds)
            row = Entry(len(self.journal) + 1, number, at, kind, FIRST, field, self.fields[field], after)
            self.journal.append(row)
            self.fields[field] = after

    def undo(self) -> bool:
        step = undoable(steps(self.journal))
        if step:
            self.put(step.backwards(), Kind.UNDO)
        return step is not None

    def redo(self) -> bool:
        step = redoable(steps(self.journal))
        if step:
            self.put(step.forwards(), Kind.REDO)
        return step is not None


change = st.lists(st.tuples(st.sampled_from(FIELDS), st.sampled_from(["1", "2", None])), min_size=1, max_size=3)
deed = st.one_of(change, st.sampled_from(["undo", "redo", "seal"]))


def do(desk: Desk, what: object) -> None:
    match what:
        case "undo":
            desk.undo()
        case "redo":
            desk.redo()
        case "seal":
            desk.put((("overall", desk.fields["overall"]),), Kind.SEAL)
        case list():
            desk.put(tuple(what))


@given(st.lists(deed, max_size=30))
def test_undoing_and_redoing_everything_is_doing_nothing(deeds: list[object]) -> None:
    desk = Desk()
    for what in deeds:
        do(desk, what)
    while desk.redo():
        pass
    end, count = dict(desk.fields), 0
    while desk.undo():
        count += 1
    for _ in range(count):
        assert desk.redo()
    assert desk.fields == end


@given(st.lists(change, min_size=1, max_size=10))
def test_undoing_everything_is_never_having_started(deeds: list[list[tuple[str, str | None]]]) -> None:
    desk = Desk()
    for what in deeds:
        desk.put(tuple(what))
    while desk.undo():
        pass
    assert set(desk.fields.values()) == {None}


@given(st.lists(deed, max_size=20))
def test_the_journal_only_grows_and_each_row_follows_from_the_one_before(deeds: list[object]) -> None:
    desk = Desk()
    for what in deeds:
        before = list(desk.journal)
        do(desk, what)
        assert desk.journal[: len(before)] == before
    last: dict[str, str | None] = {}
    for row in desk.journal:
        assert last.get(row.field) == row.before
        last[row.field] = row.after


def test_typing_in_one_comment_is_one_step_and_a_pause_begins_another() -> None:
    desk = Desk()
    desk.put((("comment:SAM", "å"),), pause=1)
    desk.put((("comment:SAM", "åt"),), pause=1)
    desk.put((("comment:SAM", "åtta"),), pause=1)
    desk.put((("comment:SAM", "åtta kommuner"),), pause=600)
    assert len(steps(desk.journal)) == 2
    desk.undo()
    assert desk.fields["comment:SAM"] == "åtta"
    desk.undo()
    assert desk.fields["comment:SAM"] is None


def test_a_rating_between_two_edits_parts_them() -> None:
    desk = Desk()
    desk.put((("comment:SAM", "å"),), pause=1)
    desk.put((("rating:SAM", "1"),), pause=1)
    desk.put((("comment:SAM", "åt"),), pause=1)
    assert [step.field for step in steps(desk.journal)] == ["comment:SAM", "rating:SAM", "comment:SAM"]


def test_undo_stops_at_a_seal() -> None:
    desk = Desk()
    desk.put((("rating:SAM", "1"),))
    desk.put((("overall", "klart"),), Kind.SEAL)
    assert not desk.undo()
    assert desk.fields["rating:SAM"] == "1"
