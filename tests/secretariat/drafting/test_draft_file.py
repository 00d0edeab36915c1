"""The draft on disk is the same CALL.toml that `esf call pack` reads."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.exchange.call_package import read_call_package
from esf_desktop.framework import builtin
from esf_desktop.handwritten import UnknownKeyError
from esf_desktop.model import (
    BudgetPart,
    CriterionId,
    Partner,
    ProjectType,
    Requirements,
    Scale,
    Text,
    ThirdAssessor,
    replace,
)
from esf_desktop.secretariat.drafting import draft_file
from esf_desktop.secretariat.drafting.draft import CallDraft, DraftApplication, DraftReader, DraftReference, draft_of
from esf_desktop.secretariat.drafting.draft_file import Drafted, NoFrameworkError
from esf_desktop.secretariat.drafting.toml_text import written
from esf_desktop.signing.source import FileBytes
from tests.secretariat.files import enrolment, secretariat_key
from tests.secretariat.samples import AT, person

FULL = CallDraft(
    id="2026-ON-1",
    call_version=2,
    body="Partnerskapet",
    title='Kompetens i "hela" Övre Norrland – čállit',
    diary_number="2026/00042",
    deadline=date(2026, 12, 8),
    scale=Scale.TICK,
    selected_principles=(CriterionId("RUS"), CriterionId("SAM")),
    selected_areas=(CriterionId("LAR"),),
    sectors=("offentlig", "privat"),
    withdrawn=("2026/00115",),
    require=Requirements(comments=False, evidence=True),
    third_assessor=ThirdAssessor(3),
    budget=(BudgetPart("Gles geografi", 55_000_000),),
    references=(DraftReference("Strategi", "strategi.pdf", ("Ett mål", "Ett till")),),
    applications=(
        DraftApplication(
            "2026/00112",
            "Inland\nrad två",
            "Påhitt",
            documents=("2026-00112/ansokan.pdf",),
            project_type=ProjectType.FEASIBILITY_STUDY,
            start_date=date(2027, 1, 1),
            requested_support=6_359_500,
            municipalities=("2505", "Sollefteå"),
            partners=(Partner("Lärcentrum", "402000-0206", "akademi"),),
            budget_part="Gles geografi",
        ),
        DraftApplication("2026/00115", "Åtta", "Exempel"),
    ),
    assessors=(DraftReader(enrolment="b1.esfenrol"), DraftReader(person(1).id, "B 2", ("2026/00112",))),
)

_texts = st.text(st.characters(codec="utf-8"), max_size=20)
_plain = st.one_of(_texts, st.integers(-(2**53), 2**53), st.booleans(), st.dates(), st.lists(_texts, max_size=4))
_tables = st.dictionaries(_texts, _plain, max_size=4)


@given(st.dictionaries(_texts, st.one_of(_plain, _tables, st.lists(_tables, min_size=1, max_size=3)), max_size=6))
def test_what_is_written_as_toml_reads_as_the_same_values(values: dict[str, Any]) -> None:
    assert tomllib.loads(written(values)) == values


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2026-00112").mkdir()
    for name in ("2026-00112/ansokan.pdf", "strategi.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7 " + name.encode())
    (tmp_path / "b1.esfenrol").write_bytes(enrolment(0))
    return tmp_path


def test_a_draft_is_read_as_it_was_written_and_becomes_the_package(folder: Path) -> None:
    begun = draft_file.begin(folder)
    assert begun.draft == CallDraft()
    put = draft_file.write(Drafted(begun.path, FULL, begun.framework))
    assert draft_file.begin(folder) == put
    assert put.draft == FULL
    call, documents = draft_file.call_of(put)
    assert [area.id for area in call.framework.areas] == ["LAR"]
    assert [reader.name for reader in call.assessors] == [person(0).name, "B 2"]
    draft_file.pack(folder / "ut.esfcall", call, documents, secretariat_key(), at=AT)
    with FileBytes(folder / "ut.esfcall") as source:
        assert read_call_package(source, file="ut.esfcall").call == call


def test_a_call_that_was_made_becomes_a_draft_that_makes_the_same_call(folder: Path) -> None:
    put = draft_file.write(Drafted(folder / "CALL.toml", FULL, builtin()))
    call, documents = draft_file.call_of(put)
    names = {sha256: path.relative_to(folder).as_posix() for sha256, path in documents.items()}
    again = draft_of(call, lambda _application, sha256: names[sha256])
    assert again.selected_areas is None, "the wording of a package has no others"
    made = draft_file.write(Drafted(folder / "IGEN.toml", again, call.framework))
    assert draft_file.call_of(made)[0] == call


def test_what_is_untouched_is_not_written(folder: Path) -> None:
    put = draft_file.write(Drafted(folder / "CALL.toml", CallDraft(title="Kompetens"), builtin()))
    assert tomllib.loads(put.path.read_text()) == {"id": "", "body": "", "title": "Kompetens", "diary_number": ""}
    assert not (folder / draft_file.FRAMEWORK).exists()


def test_own_wording_lies_beside_the_draft_and_the_programs_own_does_not(folder: Path) -> None:
    own = builtin()
    first = replace(own.principles[0], title=Text("Officiell lydelse\ni två rader", "Official wording"))
    own = replace(own, principles=(first, *own.principles[1:]))
    put = draft_file.write(Drafted(folder / "CALL.toml", CallDraft(), own))
    assert put.draft.framework == draft_file.FRAMEWORK
    assert draft_file.begin(folder).framework == own
    back = draft_file.write(Drafted(put.path, put.draft, builtin()))
    assert back.draft.framework is None
    assert draft_file.begin(folder).framework == builtin()


def test_a_file_written_by_hand_is_kept_once_before_the_first_change(folder: Path) -> None:
    text = '# Min egen anteckning\ntitle = "Kompetens"\n'
    (folder / "CALL.toml").write_text(text)
    read = draft_file.begin(folder)
    assert read.by_hand
    put = draft_file.write(Drafted(read.path, replace(read.draft, title="Annat"), read.framework, by_hand=True))
    assert not put.by_hand
    assert (folder / draft_file.KEPT).read_text() == text
    assert not draft_file.begin(folder).by_hand


def test_an_unknown_key_is_never_written_over(folder: Path) -> None:
    text = 'titel = "Kompetens"\n'
    (folder / "CALL.toml").write_text(text)
    with pytest.raises(UnknownKeyError) as caught:
        draft_file.begin(folder)
    assert caught.value.nearest == "title"
    assert (folder / "CALL.toml").read_text() == text


def test_a_wording_that_is_gone_says_so(folder: Path) -> None:
    (folder / "CALL.toml").write_text('framework = "borta.toml"\n')
    with pytest.raises(NoFrameworkError):
        draft_file.begin(folder)
