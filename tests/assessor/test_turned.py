"""Search words of a principle: one's own for the round, the framework's otherwise, and the places where they stand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esf_desktop.assessor import turned
from esf_desktop.model import Document, replace
from esf_desktop.workspace import Workspace
from tests import rounds
from tests.rounds import AT, FIRST, RUS, SAM, SECOND

PAGE = "Parterna samverkar brett. Åtta kommuner deltar.\r\nTabell\r\nDelbudget 4 000 kr"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.open(tmp_path)
    call = rounds.call()
    sha256 = made.store.put(b"one", ["Inget här.", PAGE])
    document = Document(sha256, "ansokan.pdf", "application/pdf", 3)
    first = replace(call.applications[0], documents=(document,))
    rounds.take(made, replace(call, applications=(first, call.applications[1])))
    yield made
    made.close()


def test_the_framework_s_words_stand_until_others_are_chosen_and_can_be_had_back(desk: Workspace) -> None:
    given = turned.framework_words(desk, SAM)
    assert turned.search_words(desk, SAM) == given != ()
    change = turned.choose_words(desk, SAM, [" budget ", "", "budget", "–", "två  ord"], at=AT)
    assert change.round
    assert turned.search_words(desk, SAM) == ("budget", "två ord")
    assert turned.search_words(desk, RUS) == turned.framework_words(desk, RUS)
    turned.choose_words(desk, SAM, (), at=AT)
    assert turned.search_words(desk, SAM) == given
    turned.choose_words(desk, SAM, given, at=AT)
    assert turned.own_words(desk, SAM) == ()
    assert desk.faults() == ()


def test_a_place_is_the_sentence_around_a_beginning_of_a_word(desk: Workspace) -> None:
    places = turned.word_places(desk, FIRST, SAM)
    assert [PAGE[one.start : one.end] for one in places] == ["Parterna samverkar brett.", "Åtta kommuner deltar."][
        : len(places)
    ]
    assert {one.place for one in places} == {1}
    assert "samverkar" in places[0].pieces
    assert turned.word_places(desk, SECOND, SAM) == ()


def test_a_row_of_a_table_ends_where_its_line_does(desk: Workspace) -> None:
    turned.choose_words(desk, SAM, ["delbudget"], at=AT)
    (place,) = turned.word_places(desk, FIRST, SAM)
    assert PAGE[place.start : place.end] == "Delbudget 4 000 kr"
