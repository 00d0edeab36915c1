"""A card signs from the command line as a key file does, all the way into the register; a PIN is never an argument."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from esf_desktop.assessor.identity import introduced
from esf_desktop.documents.client import Documents
from esf_desktop.workspace import Workspace
from tests.cli.test_esf import RECIPE, esf, told
from tests.packages import assess_fully, desk_with_call
from tests.rounds import FIRST
from tests.signing import cards

pytestmark = [
    pytest.mark.xdist_group("esf"),
    pytest.mark.skipif(not cards.PRESENT, reason="SoftHSM is not installed"),
]


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A reader with the card of Anna Öberg in it, whose PIN is in the environment."""
    monkeypatch.setenv("ESF_PIN", cards.PIN)
    with cards.reader(tmp_path / "softhsm") as found:
        cards.put_in("Tjänstekort", cards.issued("rsa2048"))
        yield found


@pytest.fixture
def signable(tmp_path: Path) -> Path:
    """A workspace with one assessment that is ready to sign, and the call package beside it."""
    with Documents() as documents:
        desk = desk_with_call(tmp_path, documents)
    assess_fully(desk, FIRST)
    desk.close()
    return tmp_path / "desk"


def test_a_card_is_listed_tried_and_introduced(module: Path, tmp_path: Path) -> None:
    key = cards.issued("rsa2048")
    (listed,) = told("identity", "card", "list", "--module", module)["keys"]
    assert (listed["name"], listed["card"], listed["fingerprint"]) == ("Anna Öberg", "Tjänstekort", key.fingerprint)
    lines = told("identity", "card", "test", "--sign", "--module", module)["lines"]
    assert all(line["good"] is not False for line in lines)
    assert cards.PIN not in json.dumps(lines)
    out = tmp_path / "kort.esfenrol"
    made = told("identity", "card", "enrol", "--out", out, "--module", module)
    assert made["fingerprint"] == key.fingerprint
    (row,) = told("verify", out)["files"]
    assert (row["verdict"], row["signer"], row["fingerprint"]) == ("accepted", "Anna Öberg", key.fingerprint)


def test_a_bundle_signed_by_a_card_is_registered_and_openssl_takes_it(
    module: Path, signable: Path, tmp_path: Path
) -> None:
    desk, out, register = signable, tmp_path / "out", tmp_path / "r.esfdb"
    enrolment = tmp_path / "kort.esfenrol"
    told("identity", "card", "enrol", "--out", enrolment, "--module", module, "--workspace", desk)
    with closing(Workspace.open(desk)) as opened:
        assert introduced(opened) == (cards.issued("rsa2048").fingerprint,)
    done = told("export", "--workspace", desk, "--card", "any", "--module", module, "--out", out)
    known = cards.issued("rsa2048").fingerprint
    judged = subprocess.run(["sh", RECIPE, done["file"], known], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stderr
    esf("call", "add", tmp_path / "utlysning.esfcall", "--register", register)
    esf("trust", "add", enrolment, "--register", register)
    (row,) = told("merge", done["file"], "--register", register)["rows"]
    assert row["outcome"] == "registered"


def test_a_sheet_is_given_out_alone_signed_by_the_card(module: Path, signable: Path, tmp_path: Path) -> None:
    esf("identity", "card", "enrol", "--out", tmp_path / "k.esfenrol", "--module", module, "--workspace", signable)
    sheet = ("sheets", "--workspace", signable, "--signed", "--application", "2026/00112", "--module", module)
    before = told(*sheet, "--card", "any", "--out", tmp_path / "sheets", code=1)
    assert before["refused"]["code"] == "not_signed"
    esf("export", "--workspace", signable, "--card", "any", "--module", module, "--out", tmp_path / "out")
    (file,) = told(*sheet, "--card", "any", "--out", tmp_path / "sheets")["files"]
    assert b"/ETSI.CAdES.detached" in Path(file).read_bytes()
    if shutil.which("pdfsig"):
        said = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout
        assert "Signature is Valid." in said


@pytest.mark.parametrize(
    ("pin", "words", "code"),
    [
        (cards.OTHER_PIN, ["--card", "any"], "wrong_pin"),
        (None, ["--card", "any"], "pin_needed"),
        (cards.PIN, ["--card", "0000"], "no_card_key"),
    ],
)
def test_what_a_card_refuses_is_one_sentence_and_changes_nothing(
    pin: str | None,
    words: list[str],
    code: str,
    module: Path,
    signable: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if pin is None:
        monkeypatch.delenv("ESF_PIN")
    else:
        monkeypatch.setenv("ESF_PIN", pin)
    before = _hash(signable)
    answer = told("export", "--workspace", signable, *words, "--module", module, "--out", tmp_path / "out", code=1)
    assert answer["refused"]["code"] == code
    assert _hash(signable) == before
    assert not (tmp_path / "out").exists()


def test_somebody_elses_card_is_refused(module: Path, signable: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = told("export", "--workspace", signable, "--card", "any", "--module", module, "--out", out, code=1)
    assert answer["refused"]["code"] == "other_persons_key"
    assert "Anna Öberg" in answer["refused"]["sentence"]


def test_a_key_or_a_card_but_not_both_nor_none(tmp_path: Path) -> None:
    for words in ([], ["--key", "k", "--card", "any"]):
        esf("sheets", "--workspace", tmp_path / "w", "--out", tmp_path, "--signed", *words, code=2)


def test_no_card_software_is_told(tmp_path: Path) -> None:
    answer = told("identity", "card", "list", "--module", tmp_path / "ingen.so", code=1)
    assert answer["refused"]["code"] == "bad_card_module"


def _hash(folder: Path) -> str:
    with closing(Workspace.open(folder)) as desk:
        return desk.logical_hash()
