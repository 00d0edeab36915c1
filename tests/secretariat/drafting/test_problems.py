"""What a draft lacks, and what looks odd in it."""

from datetime import date

import pytest

from esf_desktop.framework import builtin
from esf_desktop.i18n import Language, use
from esf_desktop.model import BudgetPart, Text, replace
from esf_desktop.secretariat.drafting.draft import (
    CallDraft,
    DraftApplication,
    DraftReader,
    DraftReference,
    readers_of,
    with_application,
    without_applications,
)
from esf_desktop.secretariat.drafting.problems import Problem, Room, problems
from tests.secretariat.samples import assessor_id

TODAY = date(2026, 11, 23)
SOUND = CallDraft(
    id="2026-ON-1",
    body="Partnerskapet",
    title="Kompetens",
    diary_number="2026/00042",
    deadline=date(2026, 12, 8),
    budget=(BudgetPart("Glest", 1),),
    applications=(DraftApplication("2026/00112", "Inland", "Påhitt", documents=("a.pdf",), budget_part="Glest"),),
    assessors=(DraftReader(assessor_id(0), "B 1"), DraftReader(assessor_id(1), "B 2")),
)


def found(draft: CallDraft, **given: object) -> tuple[Problem, ...]:
    return problems(draft, builtin(), today=TODAY, **given)  # type: ignore[arg-type]


def test_a_sound_draft_has_none() -> None:
    assert found(SOUND) == ()


def test_an_untouched_draft_can_be_written_on_and_says_what_a_package_needs() -> None:
    needed = [problem.room for problem in found(CallDraft()) if problem.needed]
    assert needed == [Room.CALL] * 4


FIRST = SOUND.applications[0]
ODD: dict[str, tuple[CallDraft, Room, bool]] = {
    "no body": (replace(SOUND, body=" "), Room.CALL, True),
    "no deadline": (replace(SOUND, deadline=None), Room.CALL, True),
    "a deadline that has passed": (replace(SOUND, deadline=date(2026, 11, 22)), Room.CALL, False),
    "parts of one name": (replace(SOUND, budget=SOUND.budget * 2), Room.CALL, False),
    "no principle": (replace(SOUND, selected_principles=()), Room.GROUNDS, False),
    "no area": (replace(SOUND, selected_areas=()), Room.GROUNDS, False),
    "a reference of nothing": (replace(SOUND, references=(DraftReference("RUS"),)), Room.GROUNDS, False),
    "no applications": (replace(SOUND, applications=()), Room.APPLICATIONS, False),
    "a number twice": (replace(SOUND, applications=(FIRST, FIRST)), Room.APPLICATIONS, True),
    "a number that is odd": (replace(SOUND, applications=(replace(FIRST, id="12"),)), Room.APPLICATIONS, False),
    "no documents": (replace(SOUND, applications=(replace(FIRST, documents=()),)), Room.APPLICATIONS, False),
    "no such part": (replace(SOUND, applications=(replace(FIRST, budget_part="Tätt"),)), Room.APPLICATIONS, True),
    "no assessors": (replace(SOUND, assessors=()), Room.ASSESSORS, False),
    "one assessor": (replace(SOUND, assessors=SOUND.assessors[:1]), Room.ASSESSORS, False),
    "no identity": (replace(SOUND, assessors=(*SOUND.assessors, DraftReader("", "B 3"))), Room.ASSESSORS, True),
    "no name": (replace(SOUND, assessors=(*SOUND.assessors, DraftReader(assessor_id(2)))), Room.ASSESSORS, True),
}


@pytest.mark.parametrize("case", ODD)
def test_each_oddity_is_told_in_its_room(case: str) -> None:
    draft, room, needed = ODD[case]
    (problem,) = found(draft)
    assert (problem.room, problem.needed) == (room, needed)
    use(Language.ENGLISH)
    (english,) = found(draft)
    assert english.sentence != problem.sentence or "2026/" in english.sentence


def test_a_document_that_is_not_in_the_folder_is_told_of() -> None:
    (problem,) = found(SOUND, is_there=lambda path: path != "a.pdf")
    assert "a.pdf" in problem.sentence
    assert problem.needed


def test_a_wording_in_one_language_is_told_of_where_it_is_asked_about() -> None:
    own = builtin()
    half = replace(own, principles=(replace(own.principles[0], title=Text("Bara svenska", "")), *own.principles[1:]))
    (problem,) = problems(SOUND, half, today=TODAY)
    assert problem.about == own.principles[0].id
    assert problems(replace(SOUND, selected_principles=(own.principles[1].id,)), half, today=TODAY) == ()


def test_a_number_that_is_corrected_is_followed_by_those_who_read_it() -> None:
    draft = replace(SOUND, assessors=(replace(SOUND.assessors[0], reads=("2026/00112",)),), withdrawn=("2026/00112",))
    changed = with_application(draft, replace(FIRST, id="2026/00113"), was="2026/00112")
    assert [one.id for one in changed.applications] == ["2026/00113"]
    assert changed.assessors[0].reads == ("2026/00113",)
    assert changed.withdrawn == ("2026/00113",)
    assert readers_of(changed, "2026/00113") == changed.assessors
    gone = without_applications(changed, ["2026/00113"])
    assert (gone.applications, gone.withdrawn, gone.assessors[0].reads) == ((), (), ())
