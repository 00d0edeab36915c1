"""Documents are found by their hash, in the call package or in a folder, whatever they are called there."""

import hashlib
from pathlib import Path

import pytest

from esf_desktop.exchange.call_package import write_call_package
from esf_desktop.model import Document, DocumentId, replace
from esf_desktop.secretariat.library import MissingDocumentError, beside, find
from tests.secretariat import files
from tests.secretariat.samples import AT

CONTENT = b"%PDF-1.7 en ansokan"
DOCUMENT = Document(DocumentId(hashlib.sha256(CONTENT).hexdigest()), "ansokan.pdf", "application/pdf", len(CONTENT))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A call package with the document."""
    first = replace(files.CALL.applications[0], documents=(DOCUMENT,))
    call = replace(files.CALL, applications=(first, *files.CALL.applications[1:]))
    path = tmp_path / "a.esfcall"
    path.write_bytes(write_call_package(call, {DOCUMENT.sha256: CONTENT}, files.secretariat_key(), at=AT))
    return path


def test_a_document_is_read_out_of_the_call_package(package: Path) -> None:
    assert find(DOCUMENT, (package,)) == CONTENT


def test_a_document_is_found_in_a_folder_whatever_its_name(tmp_path: Path) -> None:
    inside = tmp_path / "ansökningar" / "2026-00101"
    inside.mkdir(parents=True)
    (inside / "ansokan.pdf").write_bytes(b"%PDF-1.7 en annan!!"[: len(CONTENT)])
    (inside / "omdöpt.bin").write_bytes(CONTENT)
    assert find(DOCUMENT, (tmp_path,)) == CONTENT


def test_what_is_nowhere_is_said_in_a_sentence(tmp_path: Path, package: Path) -> None:
    spoilt = tmp_path / "b.esfcall"
    spoilt.write_bytes(package.read_bytes().replace(b"en ansokan", b"en ansokam"))
    for places in ((), (tmp_path / "nowhere",), (spoilt,), (Path(__file__),)):
        with pytest.raises(MissingDocumentError) as caught:
            find(DOCUMENT, places)
        assert "ansokan.pdf" in caught.value.sentence()
        assert len(caught.value.sentence()) <= 140


def test_the_first_places_are_those_beside_the_register(package: Path) -> None:
    (package.parent / "documents").mkdir()
    assert beside(package.parent / "register.esfdb") == (package, package.parent / "documents")
