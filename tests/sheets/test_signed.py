"""A sheet given out alone carries a signature that other programs call valid, and stays what archives accept."""

import re
import shutil
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from esf_desktop.i18n import Language
from esf_desktop.model import replace
from esf_desktop.sheets import signed
from esf_desktop.sheets.sheet import SheetItem, sheets, signed_sheet
from esf_desktop.signing.keys import SigningKey, make_key
from tests.sheets.samples import (
    APPLICATION,
    ASSESSOR,
    CALL,
    SEAL,
    SIGNED_AT,
    draft,
    elements_of,
    faults,
    recused,
    text_of,
)
from tests.signing.cards import issued

AT = SIGNED_AT + timedelta(days=1)
OWN = make_key("Bedömare 1", "Övningsregionen", at=SIGNED_AT)
SIGNERS = {"own": lambda: OWN, "card P-256": lambda: issued("p256"), "card RSA": lambda: issued("rsa2048")}


def sheet(signer: SigningKey = OWN, language: Language = Language.SWEDISH, *, long: bool = False) -> bytes:
    """A signed sheet; a long one has several pages."""
    given = draft("Mycket text. " * 150) if long else draft()
    item = SheetItem(APPLICATION, given, SEAL)
    return signed_sheet(CALL, ASSESSOR, item, signer, language=language, at=AT)


def pdfsig(content: bytes, folder: Path) -> str:
    """What poppler says of the signature."""
    file = folder / "sheet.pdf"
    file.write_bytes(content)
    done = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr


def pyhanko(content: bytes) -> tuple[bool, bool, str, str]:
    """What pyHanko says: intact, valid, what is covered, and by which filter."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    (found,) = PdfFileReader(BytesIO(content)).embedded_signatures
    found.compute_integrity_info()
    intact, valid = validate_sig_integrity(
        found.signer_info,
        found.signer_cert,
        expected_content_type="data",
        actual_digest=found.compute_digest(),
    )
    return intact, valid, found.coverage.name, str(found.sig_object["/SubFilter"])


def attributes(content: bytes) -> set[str]:
    """The signed attributes, by their names."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    (found,) = PdfFileReader(BytesIO(content)).embedded_signatures
    return {each["type"].native for each in found.signer_info["signed_attrs"]}


@pytest.mark.parametrize("name", SIGNERS)
def test_it_stays_archivable_and_pyhanko_and_poppler_call_it_valid(name: str, tmp_path: Path) -> None:
    content = sheet(SIGNERS[name]())
    assert faults(content, tmp_path) == []
    assert pyhanko(content) == (True, True, "ENTIRE_FILE", "/ETSI.CAdES.detached")
    assert attributes(content) == {"content_type", "message_digest", "signing_certificate_v2"}
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig is not installed")
    said = pdfsig(content, tmp_path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said


def test_before_it_is_signed_only_the_signature_is_missing(tmp_path: Path) -> None:
    room = signed.room_for(OWN, "Bedömarens signatur", at=AT)
    content = sheets(CALL, ASSESSOR, [SheetItem(APPLICATION, draft(), SEAL)], language=Language.SWEDISH, room=room)
    (only,) = faults(content, tmp_path)
    assert "BYTERANGE" in only, "all that is wrong is that the room is empty"
    assert len(signed.sign(content, room, OWN)) == len(content)


def test_several_pages_are_one_signed_document(tmp_path: Path) -> None:
    content = sheet(long=True)
    assert faults(content, tmp_path) == []
    assert pyhanko(content)[:3] == (True, True, "ENTIRE_FILE")
    assert elements_of(content)[b"Form"] == 1


def test_a_changed_byte_is_called_invalid(tmp_path: Path) -> None:
    content = sheet()
    opening = content.index(b"/Contents <") + 10
    closing = content.index(b">", opening)
    places = [12, content.index(b"/Producer"), opening - 40, closing + 30, len(content) - 40]
    for place in places:
        changed = bytearray(content)
        changed[place] ^= 1
        with_pyhanko = _judged(bytes(changed))
        assert not with_pyhanko, place
        if shutil.which("pdfsig"):
            assert "Signature is Valid." not in pdfsig(bytes(changed), tmp_path), place


def test_an_addition_behind_it_is_seen(tmp_path: Path) -> None:
    content = sheet() + b"\n% tillagt\n"
    assert _judged(content) is False
    if shutil.which("pdfsig"):
        assert "Not total document signed" in pdfsig(content, tmp_path)


@pytest.mark.parametrize("language", Language)
def test_the_seal_says_in_words_how_it_is_checked(language: Language) -> None:
    said = text_of(sheet(language=language))
    assert "pdfsig" in said
    groups = re.findall(r"\b[0-9A-F]{4}\b", said)
    assert "".join(groups[-16:]) == OWN.fingerprint.upper()
    assert ("hela dokumentet" if language is Language.SWEDISH else "whole document") in said
    assert "2026-11-24 14:40" in said


def test_a_sheet_without_a_signature_of_its_own_has_no_field() -> None:
    content = sheets(CALL, ASSESSOR, [SheetItem(APPLICATION, draft(), SEAL)], language=Language.SWEDISH)
    assert b"/Sig" not in content
    assert "pdfsig" not in text_of(content)


def test_an_assessor_who_abstains_can_give_out_a_sheet_too(tmp_path: Path) -> None:
    item = SheetItem(APPLICATION, recused(), SEAL)
    content = signed_sheet(CALL, ASSESSOR, item, OWN, language=Language.SWEDISH, at=AT)
    assert faults(content, tmp_path) == []
    assert pyhanko(content)[:2] == (True, True)


def test_a_title_that_looks_like_the_room_does_not_mislead() -> None:
    named = replace(APPLICATION, project_name=signed._START.decode() + signed._RANGE.decode())
    content = signed_sheet(CALL, ASSESSOR, SheetItem(named, draft(), SEAL), OWN, language=Language.SWEDISH, at=AT)
    assert pyhanko(content)[:3] == (True, True, "ENTIRE_FILE")


def test_a_document_without_room_cannot_be_signed() -> None:
    room = signed.room_for(OWN, "", at=AT)
    with pytest.raises(ValueError, match="room"):
        signed.sign(b"%PDF-1.7", room, OWN)
    small = signed.Room(100, "", "", AT)
    content = sheets(CALL, ASSESSOR, [SheetItem(APPLICATION, draft(), SEAL)], language=Language.SWEDISH, room=small)
    with pytest.raises(ValueError, match="fit"):
        signed.sign(content, small, OWN)


def _judged(content: bytes) -> bool:
    """Whether pyHanko still calls the whole document signed and intact."""
    from pyhanko.pdf_utils.misc import PdfReadError

    try:
        return pyhanko(content)[:3] == (True, True, "ENTIRE_FILE")
    except (PdfReadError, ValueError, AssertionError, KeyError, IndexError):
        return False
