"""What a signed and encrypted export leaves on a stick: each write there is looked at, by the system's calls."""

from pathlib import Path

import pytest

from esf_desktop.assessor import assess
from esf_desktop.documents.client import Documents
from esf_desktop.model import replace
from esf_desktop.signing.encryption import make_key, parse_key
from esf_desktop.signing.keys import save_key
from tests.faults.power import Call, calls
from tests.faults.preload import library, run_under
from tests.packages import assess_fully, assessor_key, desk_with_call, packed_call
from tests.rounds import AT, FIRST

PLAIN = ("KANARIEFÅGEL".encode(), "KANARIEFÅGEL".encode("utf-16-le"), b"assessments", b"PK\x03\x04", b"%PDF")


def exported(made: Path, folder: Path, *words: str) -> list[Call]:
    """Every call on the files of the folder that the export went to, removed ones and temporary ones too."""
    record = folder / "record"
    target = folder / "ut"
    target.mkdir(exist_ok=True)
    asked = ("export", "-w", folder / "desk", "-k", folder / "key", "--out", target, *words)
    run_under(made, "esf_desktop", *asked, FAULTS_ROOT=target, FAULTS_LOG=record)
    return list(calls(record))


@pytest.mark.parametrize("plain", [False, True], ids=["encrypted", "plain, which is caught"])
def test_nothing_unencrypted_touches_the_folder_of_an_encrypted_export(
    tmp_path: Path, documents: Documents, plain: bool
) -> None:
    made = library(tmp_path)
    call = replace(packed_call()[0], recipients=parse_key(make_key().encode(), file="key").recipients)
    desk = desk_with_call(tmp_path, documents, call)
    assess_fully(desk, FIRST)
    assess.write_overall(desk, FIRST, "KANARIEFÅGEL", at=AT)
    desk.close()
    save_key(assessor_key(), tmp_path / "key", None)
    seen = exported(made, tmp_path, *(["--plain"] if plain else []))
    written = b"".join(one.data for one in seen if one.op == "W")
    (left,) = (tmp_path / "ut").iterdir()
    assert left.read_bytes() in written
    assert any(word in written for word in PLAIN) is plain
