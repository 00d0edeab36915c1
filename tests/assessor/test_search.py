"""One search over everything: kinds, applications, counts, and what cannot be searched."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esf_desktop.assessor import assess, indexing, notes, recuse
from esf_desktop.assessor.search import SHOWN, Where, find, search
from esf_desktop.documents.client import Documents
from esf_desktop.model import Declaration, Document, replace
from esf_desktop.workspace import Workspace
from tests import rounds
from tests.rounds import AT, FIRST, SAM, SECOND

PAGE = "Parterna kommer från åtta kom\xad\nmuner i båda länen."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.open(tmp_path)
    call = rounds.call()
    one, other = (made.store.put(content) for content in (b"one", b"other"))
    documents = [Document(sha, f"{n}.pdf", "application/pdf", 3) for n, sha in enumerate((one, other))]
    applications = [replace(a, documents=(d,)) for a, d in zip(call.applications, documents, strict=True)]
    rounds.take(made, replace(call, applications=tuple(applications)))
    made.store.index(one, [PAGE] * (SHOWN // 2 + 4))
    made.store.index(other, ["", ""])
    for application in (FIRST, SECOND):
        recuse.declare(made, application, Declaration.NONE, at=AT)
    yield made
    made.close()


def test_the_words_are_shown_in_their_context_as_they_stand(desk: Workspace) -> None:
    hit = search(desk, "båda kommun")[0]
    assert hit.around == "Parterna kommer från åtta [[kommuner]] i [[båda]] länen."
    assert hit.match == "kommuner"
    assert (hit.where, hit.name, hit.place) == (Where.DOCUMENT, "0.pdf", 0)


def test_many_pages_of_one_application_are_counted_and_the_first_ones_shown(desk: Workspace) -> None:
    results = find(desk, "kommuner")
    assert results.counts == {FIRST: SHOWN // 2 + 4}
    assert [hit.place for hit in results.hits] == list(range(SHOWN // 2))
    assert len(find(desk, "kommuner", all_of_it=True).hits) == SHOWN // 2 + 4


def test_kinds_and_one_application_narrow_the_search(desk: Workspace) -> None:
    assess.comment(desk, FIRST, SAM, "Åtta kommuner deltar.", at=AT)
    notes.write(desk, SECOND, SAM, "Fråga kommunerna.", at=AT)
    assess.write_overall(desk, SECOND, "Kommunernas bidrag är litet.", at=AT)
    assert find(desk, "kommun", kinds=frozenset({Where.NOTE})).hits[0].criterion == SAM
    assert {hit.where for hit in find(desk, "kommun", only=SECOND).hits} == {Where.NOTE, Where.OVERALL}
    assert find(desk, "kommun", kinds=frozenset()).hits == ()


def test_an_application_whose_pages_hold_no_text_is_told_of(desk: Workspace) -> None:
    assert indexing.gaps(desk) == {SECOND: indexing.Gap.NO_TEXT}


def test_a_document_that_cannot_be_read_is_passed_over_and_the_next_is_indexed(tmp_path: Path) -> None:
    from tests.ui.desks import paper

    made = Workspace.open(tmp_path)
    contents = {FIRST: b"%PDF-1.7 broken", SECOND: paper(2)}
    call = rounds.call()
    applications = [
        replace(a, documents=(Document(made.store.put(contents[a.id]), "a.pdf", "application/pdf", 3),))
        for a in call.applications
    ]
    rounds.take(made, replace(call, applications=tuple(applications)))
    with Documents() as documents:
        assert indexing.build(made, documents) == 2
    assert indexing.gaps(made) == {FIRST: indexing.Gap.NO_TEXT}
    assert [hit.place for hit in search(made, '"båda länen"')] == [0, 1]
    made.close()
