"""Random walks of deeds on a real workspace: undo leads all the way back, redo all the way forth, the disk agrees."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from esf_desktop import history
from esf_desktop.assessor import assess, evidence, notes, recuse
from esf_desktop.assessor.assess import NothingToUndoError
from esf_desktop.model import Answer, Declaration, Draft, Rating, Recommendation
from esf_desktop.workspace import Workspace
from tests.rounds import AT, FIRST, LAR, RUS, SAM, later, quote, workspace

criteria = st.sampled_from((SAM, RUS, LAR))
texts = st.sampled_from(("", "a", "ab", "abc", "helt annat"))


class Walk:
    """A desk where deeds follow each other in time."""

    def __init__(self, folder: Path) -> None:
        self.desk, self.seconds = workspace(folder), 0.0
        recuse.declare(self.desk, FIRST, Declaration.NONE, at=AT)

    def do(self, deed: Callable[..., object], *given: object, pause: float = 1.0) -> None:
        self.seconds += pause
        deed(self.desk, FIRST, *given, at=later(self.seconds))

    def all_the_way(self, deed: Callable[..., object]) -> int:
        count = 0
        while True:
            try:
                self.do(deed)
            except NothingToUndoError:
                return count
            count += 1
            assert count < 1000, "it does not come to an end"

    @property
    def state(self) -> tuple[Draft, tuple[str, ...]]:
        found = tuple(self.desk.note(FIRST, criterion) for criterion in (SAM, RUS, LAR, None))
        return self.desk.draft(FIRST), found


deeds = st.one_of(
    st.tuples(st.just(assess.rate), criteria, st.sampled_from([None, *Rating])),
    st.tuples(st.just(assess.comment), criteria, texts),
    st.tuples(st.just(assess.answer), criteria, st.integers(0, 2), st.sampled_from([None, *Answer])),
    st.tuples(st.just(assess.choose_main_area), st.sampled_from([None, LAR])),
    st.tuples(st.just(assess.write_overall), texts),
    st.tuples(st.just(assess.recommend), st.sampled_from([None, *Recommendation])),
    st.tuples(st.just(notes.write), st.sampled_from([None, SAM]), texts),
    st.tuples(st.just(evidence.add), criteria, st.builds(quote, st.sampled_from(["ett", "två"]))),
    st.tuples(st.just(evidence.remove), criteria, st.just(0)),
    st.tuples(st.just(assess.take_back), st.sampled_from(["comment:SAM", "overall", "note"]), texts),
    st.tuples(st.just(assess.undo)),
    st.tuples(st.just(assess.redo)),
)
walks = st.lists(st.tuples(deeds, st.sampled_from([1.0, 30.0, 600.0])), max_size=25)


def go(walk: Walk, steps: list[tuple[tuple[object, ...], float]]) -> None:
    for (deed, *given_), pause in steps:
        assert callable(deed)
        try:
            walk.do(deed, *given_, pause=pause)
        except NothingToUndoError:
            assert deed in (assess.undo, assess.redo)


@settings(max_examples=20)
@given(walks)
def test_undo_goes_all_the_way_back_and_redo_all_the_way_forth(steps: list[tuple[tuple[object, ...], float]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(Path(folder))
        start = walk.state
        go(walk, steps)
        walk.all_the_way(assess.redo)
        end = walk.state
        count = walk.all_the_way(assess.undo)
        assert walk.state == start
        assert walk.all_the_way(assess.redo) == count
        assert walk.state == end
        assert walk.desk.faults() == ()
        walk.desk.close()


@settings(max_examples=10)
@given(walks, walks)
def test_undo_stops_at_a_declaration_and_says_at_which(
    first: list[tuple[tuple[object, ...], float]], second: list[tuple[tuple[object, ...], float]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(Path(folder))
        go(walk, first)
        walk.do(recuse.declare, Declaration.POSSIBLE, "Granne.")
        sealed = walk.state
        go(walk, second)
        walk.all_the_way(assess.undo)
        assert walk.state == sealed
        stop = history.limit(walk.desk.steps(FIRST))
        assert stop is not None
        assert stop.field == "conflict"
        walk.desk.close()


@settings(max_examples=10)
@given(walks)
def test_the_steps_that_were_kept_are_those_that_are_read_anew(steps: list[tuple[tuple[object, ...], float]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(Path(folder))
        for step in steps:
            go(walk, [step])
            kept = walk.desk.steps(FIRST)
        kept = walk.desk.steps(FIRST)
        walk.desk.close()
        again = Workspace.open(Path(folder))
        assert again.steps(FIRST) == kept
        again.close()


def test_typing_a_word_and_taking_it_away_is_no_step_that_undo_stumbles_on() -> None:
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(Path(folder))
        walk.do(assess.rate, SAM, Rating.MET)
        walk.do(assess.comment, SAM, "a")
        walk.do(assess.comment, SAM, "")
        walk.do(assess.undo)
        assert walk.desk.draft(FIRST).judgement(SAM).rating is None
        walk.desk.close()


def test_an_earlier_text_that_was_taken_back_is_a_step_of_its_own() -> None:
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(Path(folder))
        walk.do(assess.comment, SAM, "den första")
        walk.do(assess.comment, SAM, "den andra", pause=600)
        walk.do(assess.take_back, "comment:SAM", "den första")
        walk.do(assess.comment, SAM, "den första och mer")
        walk.do(assess.undo)
        assert walk.desk.draft(FIRST).judgement(SAM).comment == "den första"
        walk.do(assess.undo)
        assert walk.desk.draft(FIRST).judgement(SAM).comment == "den andra"
        walk.desk.close()
