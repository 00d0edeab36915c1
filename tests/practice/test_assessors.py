"""The fictional assessors finish their work by the ordinary deeds, each in their own words, and one abstains."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esf_desktop import completeness
from esf_desktop.assessor import identity, intake
from esf_desktop.completeness import State
from esf_desktop.documents.client import Documents
from esf_desktop.model import ApplicationId, Assessor, Draft, Rating
from esf_desktop.practice import round as practice
from esf_desktop.practice.assessors import Finder, assess_application, opinion, recommendation
from esf_desktop.practice.content import all_contents
from esf_desktop.practice.worked import EXAMPLES, put_on_desk
from esf_desktop.workspace import Workspace
from tests.practice.applications import flat
from tests.rounds import AT

COUNT = 4
RECUSED = ApplicationId("2026/00121")
"""What the first assessor abstains from."""


@pytest.fixture(scope="module")
def documents() -> Iterator[Documents]:
    """One worker for all tests."""
    with Documents() as opened:
        yield opened


@pytest.fixture(scope="module")
def desks(documents: Documents, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, ...]]:
    """Two assessors who have read the same four applications."""
    folder = tmp_path_factory.mktemp("desks")
    made = practice.make(applications=COUNT, at=AT)
    package = folder / "call.esfcall"
    package.write_bytes(made.package)
    finder = Finder(documents)
    opened = []
    for number, reader in enumerate(made.call.assessors[:2], start=1):
        desk = Workspace.open(folder / str(number))
        identity.introduce(desk, Assessor(reader.id, reader.name, "Övning"), at=AT)
        intake.take_files(desk, documents, [package], at=AT, confirm=made.key.fingerprint)
        for content in practice.contents(COUNT):
            assess_application(desk, finder, content, number, at=AT)
        opened.append(desk)
    yield tuple(opened)
    for desk in opened:
        desk.close()


def test_everything_is_ready_to_sign_but_what_the_first_abstains_from(desks: tuple[Workspace, ...]) -> None:
    for desk in desks:
        call = desk.call()
        assert call is not None
        for application in desk.applications():
            assert [m for m in completeness.missing(call, desk.draft(application.id)) if m.required] == []
    states = [[desk.state(application.id) for application in desk.applications()] for desk in desks]
    assert states == [[State.READY] * 3 + [State.RECUSED], [State.READY] * 4]
    assert {judgement.rating for judgement in desks[0].draft(RECUSED).judgements} == {None}
    declared = desks[0].draft(RECUSED).conflict_of_interest
    assert declared is not None
    assert declared.reason


def test_every_piece_of_evidence_stands_on_its_page(desks: tuple[Workspace, ...], documents: Documents) -> None:
    for desk in desks:
        for application in desk.applications():
            document = application.documents[0]
            with documents.open(desk.document(document.sha256), document.name) as opened:
                found = [e for judgement in desk.draft(application.id).judgements for e in judgement.evidence]
                for evidence in found:
                    assert evidence.page is not None
                    assert evidence.document == document.sha256
                    assert evidence.rects
                    assert evidence.label == opened.info.pages[evidence.page].label
                    assert flat(evidence.quote) in flat(opened.text(evidence.page).text)
            assert found or application.id == RECUSED


def test_two_assessors_mostly_agree_in_different_words(desks: tuple[Workspace, ...]) -> None:
    for application in desks[1].applications():
        if application.id == RECUSED:
            continue
        one, other = (judged(desk.draft(application.id)) for desk in desks)
        same = [one[criterion][0] is other[criterion][0] for criterion in one]
        assert sum(same) >= len(same) - 4
        assert all(one[criterion][1] != other[criterion][1] for criterion in one if one[criterion][1])
        assert desks[0].draft(application.id).overall != desks[1].draft(application.id).overall


def test_the_assessors_of_the_whole_round_differ_somewhere() -> None:
    differing = [
        (content.id, criterion)
        for content in all_contents()
        for criterion, truth in content.truth.items()
        if len({opinion(truth, n)[0] for n in (1, 2, 3)}) > 1
    ]
    assert len({id_ for id_, _criterion in differing}) >= 4
    assert any(len({recommendation(content, n) for n in (1, 2, 3)}) > 1 for content in all_contents())
    assert sum(bool(content.recused) for content in all_contents()) == 1


def test_the_practice_desk_has_its_examples_and_the_rest_untouched(documents: Documents, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    desk = Workspace.open(tmp_path / "desk")
    put_on_desk(desk, documents, at=AT, applications=3, step=lambda done, of: steps.append((done, of)))
    states = [desk.state(application.id) for application in desk.applications()]
    call = desk.call()
    desk.close()
    assert call is not None
    assert call.practice
    assert states == [State.READY] * EXAMPLES + [State.NOT_STARTED]
    assert steps == [(n, 2 + EXAMPLES) for n in range(2 + EXAMPLES)]


def judged(draft: Draft) -> dict[str, tuple[Rating | None, str]]:
    """Rating and comment of each criterion."""
    return {judgement.criterion: (judgement.rating, judgement.comment) for judgement in draft.judgements}
