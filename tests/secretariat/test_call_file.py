"""A call drafted by hand: the sample parses, and every mistake is answered with its line."""

import shutil
from pathlib import Path

import pytest

from esf_desktop.errors import EsfError, UnreadableFileError
from esf_desktop.exchange.call_package import read_call_package, write_call_package
from esf_desktop.framework import builtin
from esf_desktop.handwritten import HandwrittenError, MissingKeyError, TwiceError, UnknownKeyError, WrongWordError
from esf_desktop.i18n import Language, use
from esf_desktop.model import Call
from esf_desktop.secretariat.call_file import Documents, NoSuchDocumentError, read_call_file
from tests.secretariat.files import enrolment, secretariat_key
from tests.secretariat.samples import AT, person

TREE = Path(__file__).resolve().parent.parent.parent
SAMPLE = TREE / "docs" / "sample-call.toml"

LEAST = """
id = "2026-ON-1"
body = "Partnerskapet"
title = "Kompetens"
diary_number = "2026/00042"
deadline = 2026-12-08
[[applications]]
id = "2026/00112"
project_name = "Inland"
applicant_name = "Påhitt"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the documents of the sample."""
    made = tmp_path / "handlingar"
    for number, names in {"2026-00112": ["ansokan.pdf"], "2026-00115": ["b.pdf", "a.pdf", ".dold"]}.items():
        (made / number).mkdir(parents=True)
        for name in names:
            (made / number / name).write_bytes(f"%PDF-1.7 {number} {name}".encode())
    (made / "strategi.pdf").write_bytes(b"%PDF-1.7 strategi")
    return made


def drafted(text: str, folder: Path) -> tuple[Call, Documents]:
    """The call of a text."""
    path = folder.parent / "CALL.toml"
    path.write_text(text)
    return read_call_file(path, folder)


def test_the_sample_becomes_a_call_package(folder: Path) -> None:
    call, documents = read_call_file(SAMPLE, folder)
    first, second = call.applications
    assert call.selected_principles == ("RUS", "MET", "SAM", "GEO", "STR", "ATT")
    assert first.municipalities == ("2505", "2506")
    assert [d.name for d in first.documents] == ["ansokan.pdf"]
    assert [d.name for d in second.documents] == ["a.pdf", "b.pdf"]
    assert call.references[0].document in documents
    assert len(documents) == 4
    content = write_call_package(call, documents, secretariat_key(), at=AT)
    assert read_call_package(content, file="a.esfcall").call == call


def test_what_is_left_out_has_its_default(folder: Path) -> None:
    call, documents = drafted(LEAST, folder)
    assert call.framework == builtin()
    assert len(call.selected_principles) == 9
    assert call.call_version == 1
    assert [d.name for d in call.applications[0].documents] == ["ansokan.pdf"]
    assert len(documents) == 1


def test_only_the_selected_areas_are_in_the_package(folder: Path) -> None:
    call, _documents = drafted(LEAST.replace("[[", 'selected_areas = ["LAR"]\n[['), folder)
    assert [area.id for area in call.framework.areas] == ["LAR"]
    assert call.framework.principles == builtin().principles


def test_an_assessor_can_be_named_by_their_enrolment(folder: Path) -> None:
    (folder / "b1.esfenrol").write_bytes(enrolment(0))
    call, _documents = drafted(LEAST + '[[assessors]]\nenrolment = "b1.esfenrol"\nreads = ["2026/00112"]\n', folder)
    assert (call.assessors[0].id, call.assessors[0].name) == (person(0).id, person(0).name)


def test_own_wording_is_read_from_beside_the_file(folder: Path) -> None:
    shutil.copy(TREE / "resources" / "frameworks" / "ovre-norrland-2021-2027.toml", folder.parent / "ramverk.toml")
    call, _documents = drafted('framework = "ramverk.toml"\n' + LEAST, folder)
    assert call.framework == builtin()


MISTAKES: dict[str, tuple[str, type[HandwrittenError], int, str]] = {
    "a misspelt key": (LEAST.replace("title", "titel"), UnknownKeyError, 4, "title"),
    "a missing key": (LEAST.replace('body = "Partnerskapet"\n', ""), MissingKeyError, 1, "body"),
    "a misspelt key of an application": (LEAST + "requested_suport = 1", UnknownKeyError, 11, "requested_support"),
    "an unknown principle": (
        LEAST.replace("[[", 'selected_principles = ["RUS", "SAMM"]\n[['),
        WrongWordError,
        7,
        "SAM",
    ),
    "a principle twice": (LEAST.replace("[[", 'selected_principles = ["RUS", "RUS"]\n[['), TwiceError, 7, "RUS"),
    "an unknown scale": (LEAST.replace("[[", 'scale = "tik"\n[['), WrongWordError, 7, "tick"),
    "an unknown withdrawn one": (
        LEAST.replace("[[", 'withdrawn = ["2026/00113"]\n[['),
        WrongWordError,
        7,
        "2026/00112",
    ),
    "an application twice": (LEAST + LEAST[LEAST.index("[[") :], TwiceError, 12, "2026/00112"),
    "an unknown area": (LEAST.replace("[[", 'selected_areas = ["LAR", "PLAN"]\n[['), WrongWordError, 7, "PLA"),
    "an area twice": (LEAST.replace("[[", 'selected_areas = ["LAR", "LAR"]\n[['), TwiceError, 7, "LAR"),
    "areas that are no list": (LEAST.replace("[[", 'selected_areas = "LAR"\n[['), HandwrittenError, 7, "ARB"),
    "no such document": (LEAST + 'documents = ["2026-00112/ansoken.pdf"]', NoSuchDocumentError, 11, "ansokan.pdf"),
    "no document of a name like it": (LEAST + 'documents = ["zzz"]', NoSuchDocumentError, 11, "zzz"),
    "documents that are no list": (LEAST + 'documents = "ansokan.pdf"', HandwrittenError, 11, "ansokan"),
    "a number that is no UUID": (LEAST + '[[assessors]]\nid = "1"\nname = "B"', HandwrittenError, 12, "00000000-"),
    "an assessor who reads what is not there": (
        LEAST + f'[[assessors]]\nid = "{person(0).id}"\nname = "B"\nreads = ["x"]',
        WrongWordError,
        14,
        "2026/00112",
    ),
    "an assessor twice": (
        LEAST + f'[[assessors]]\nid = "{person(0).id}"\nname = "B"\n' * 2,
        TwiceError,
        15,
        person(0).id,
    ),
    "a negative budget": (LEAST + '[[budget]]\nname = "a"\namount = -1', HandwrittenError, 13, "27000000"),
    "an unknown part of the budget": (
        LEAST + 'budget_part = "Glest"\n[[budget]]\nname = "Gles geografi"\namount = 1',
        WrongWordError,
        11,
        "Gles geografi",
    ),
    "a framework that is no name": ("framework = 3\n" + LEAST, HandwrittenError, 1, "ramverk.toml"),
    "a framework that is not there": ('framework = "x.toml"\n' + LEAST, NoSuchDocumentError, 1, "x.toml"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_answered_with_its_line(case: str, folder: Path) -> None:
    text, kind, line, said = MISTAKES[case]
    with pytest.raises(kind) as caught:
        drafted(text, folder)
    assert caught.value.line == line
    for language in Language:
        use(language)
        assert "CALL.toml" in caught.value.sentence()
        assert said in caught.value.sentence()


def test_a_file_that_is_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_call_file(folder / "saknas.toml", folder)


def test_a_program_among_the_documents_is_refused_by_its_name(folder: Path) -> None:
    (folder / "2026-00112" / "installera.exe").write_bytes(b"MZ")
    with pytest.raises(EsfError) as caught:
        drafted(LEAST, folder)
    assert "installera.exe" in caught.value.sentence()
