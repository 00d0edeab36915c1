"""`esf` run as people and scripts run it: a process of its own, its JSON, its sentences and its exit codes."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from esf_desktop.exchange.call_package import read_call_package
from esf_desktop.formatting import groups
from esf_desktop.secretariat.call_file import read_call_file
from esf_desktop.signing.source import FileBytes
from esf_desktop.workspace import Workspace
from tests.cli.running import TREE, run
from tests.packages import package, pdf, secretariat_key

RECIPE = TREE / "tests" / "exchange" / "recipe.sh"


def esf(*words: object, code: int = 0, passphrase: str = "") -> str:
    """What `esf` prints on standard output; it must end with that exit code and without a traceback."""
    done = run(*words, ESF_PASSPHRASE=passphrase)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == code, done.stderr + done.stdout
    return done.stdout


def told(*words: object, code: int = 0, passphrase: str = "") -> Any:
    """The one JSON document that `esf … --json` prints."""
    return json.loads(esf(*words, "--json", code=code, passphrase=passphrase))


@pytest.fixture(scope="module")
def trusting(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register that knows the demo's call and trusts its assessors."""
    register = tmp_path_factory.mktemp("register") / "r.esfdb"
    esf("call", "add", demo / "call.esfcall", "--register", register)
    esf("trust", "add", *(demo / "enrolments").iterdir(), "--register", register)
    return register


@pytest.fixture
def register(trusting: Path, tmp_path: Path) -> Path:
    """A copy of that register."""
    return Path(shutil.copy(trusting, tmp_path / "r.esfdb"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `esf demo` leaves, with three applications."""
    out = tmp_path_factory.mktemp("demo")
    esf("demo", out, "--applications", 3)
    return out


def test_the_demo_leaves_every_file_of_the_job(demo: Path) -> None:
    for kind, count in (("enrolments", 3), ("bundles", 3), ("sheets", 9), ("receipts", 3)):
        assert len(list((demo / kind).iterdir())) == count
    for name in ("call.esfcall", "register.esfdb", "basis.pdf", "basis.xlsx", "basis.csv", "basis.json"):
        assert (demo / name).stat().st_size > 1000


def test_the_demos_draft_is_the_call_that_was_sent(demo: Path) -> None:
    with FileBytes(demo / "call.esfcall") as source:
        sent = read_call_package(source, file="call.esfcall").call
    drafted, documents = read_call_file(demo / "CALL.toml", demo)
    assert drafted == sent
    assert len(documents) == 4


def test_a_later_version_says_what_it_changes(demo: Path, tmp_path: Path) -> None:
    shutil.copytree(demo, tmp_path / "d")
    draft = tmp_path / "d" / "CALL.toml"
    text = re.sub(r"deadline = \S+", "deadline = 2099-12-15", draft.read_text("utf-8"))
    draft.write_text(f"call_version = 2\n{text}", "utf-8")
    esf("identity", "new", "--name", "Sekretariatet", "--out", tmp_path / "key")
    options = ("--documents", draft.parent, "--key", tmp_path / "key", "--out", tmp_path / "2.esfcall")
    (change,) = told("call", "pack", draft, *options, "--since", demo / "call.esfcall")["changes"]
    assert "2099-12-15" in change


def test_every_file_of_the_demo_is_accepted_by_esf_and_by_openssl(demo: Path) -> None:
    files = [
        demo / "call.esfcall",
        *(f for kind in ("enrolments", "bundles", "receipts") for f in (demo / kind).iterdir()),
    ]
    rows = told("verify", *files)["files"]
    assert {row["verdict"] for row in rows} == {"accepted"}
    assert {row["kind"] for row in rows} == {"call", "enrolment", "bundle", "receipt"}
    for row in rows:
        subprocess.run(["sh", RECIPE, row["file"], row["fingerprint"]], check=True, timeout=60, capture_output=True)


def test_only_trusted_signers_pass_when_trust_is_given(demo: Path) -> None:
    first, second, _third = sorted((demo / "bundles").iterdir())
    enrolment = sorted((demo / "enrolments").iterdir())[0]
    rows = told("verify", first, second, "--trust", enrolment, code=1)["files"]
    assert [(row["verdict"], row["code"], row["trusted"]) for row in rows] == [
        ("accepted", None, True),
        ("refused", "unknown_signer", None),
    ]


def test_bundles_give_the_same_view_in_any_order_and_twice(demo: Path, trusting: Path, tmp_path: Path) -> None:
    bundles = sorted((demo / "bundles").iterdir())
    views = set()
    first, second, third = bundles
    for number, order in enumerate([(first, second, third), (third, second, first), (second, third, first)]):
        register = Path(shutil.copy(trusting, tmp_path / f"{number}.esfdb"))
        views.add(told("merge", *order, "--register", register)["view_sha256"])
        again = told("merge", *reversed(order), "--register", register)
        assert {row["outcome"] for row in again["rows"]} == {"duplicate"}
        views.add(again["view_sha256"])
    assert told("check", register) == {"faults": []}
    assert len(views) == 1


def test_a_flipped_bit_is_refused_and_the_others_are_registered(demo: Path, register: Path, tmp_path: Path) -> None:
    for bundle in (demo / "bundles").iterdir():
        shutil.copy(bundle, tmp_path)
    bad = sorted(tmp_path.glob("*.esfbundle"))[0]
    content = bytearray(bad.read_bytes())
    content[len(content) // 2] ^= 1
    bad.write_bytes(content)
    rows = told("merge", tmp_path, "--register", register, code=1)["rows"]
    assert sorted(row["outcome"] for row in rows) == ["refused", "registered", "registered"]
    assert {row["code"] for row in rows if row["outcome"] == "refused"} == {"altered"}


def test_a_revoked_key_is_refused_afterwards(demo: Path, register: Path) -> None:
    bundle = sorted((demo / "bundles").iterdir())[0]
    known = told("trust", "list", "--register", register)["certificates"]
    mine = next(one["fingerprint"] for one in known if one["name"] in bundle.name)
    told("trust", "revoke", groups(mine), "--register", register, "--reason", "Stulen dator")
    last = told("trust", "log", "--register", register)["decisions"][-1]
    assert (last["kind"], last["fingerprint"], last["reason"]) == ("revoked", mine, "Stulen dator")
    assert last["by"]
    (row,) = told("merge", bundle, "--register", register, code=1)["rows"]
    assert row["code"] == "revoked_signer"


def test_the_list_of_fingerprints_is_printed_with_those_that_wait(demo: Path, register: Path, tmp_path: Path) -> None:
    key, enrolment, paper = tmp_path / "key.pem", tmp_path / "ny.esfenrol", tmp_path / "lista.pdf"
    esf("identity", "new", "--name", "Ny Bedömare", "--out", key)
    esf("identity", "enrol", "--key", key, "--out", enrolment, "--device", "surfplatta")
    found = told("trust", "list", "--register", register, "--waiting", tmp_path, "--print", paper)
    assert [(one["name"], one["device"]) for one in found["waiting"]] == [("Ny Bedömare", "surfplatta")]
    assert len(found["certificates"]) == 3
    assert paper.read_bytes().startswith(b"%PDF-")


def test_a_report_from_the_same_register_is_the_same(demo: Path, tmp_path: Path) -> None:
    own = tmp_path / "register.esfdb"
    own.write_bytes((demo / "register.esfdb").read_bytes())
    written = told("report", "--register", own, "--out", tmp_path / "basis")["files"]
    assert [Path(one).suffix for one in written] == [".pdf", ".html", ".docx", ".xlsx", ".csv", ".json"]
    for one in map(Path, written):
        assert one.read_bytes() == (demo / one.name).read_bytes()


def test_the_assessors_way_from_key_to_bundle(tmp_path: Path) -> None:
    desk, key = tmp_path / "desk", tmp_path / "key.pem"
    made = told(
        "identity", "new", "--name", "Bedömare 1", "--organisation", "Övning", "--out", key, passphrase="hemligt"
    )
    assert told("identity", "show", key, passphrase="hemligt") == made
    assert told("identity", "show", key, code=1, passphrase="fel")["refused"]["code"] == "wrong_passphrase"
    told("identity", "new", "--name", "En annan", "--out", key, code=1)
    enrolled = told("identity", "enrol", "--key", key, "--out", tmp_path / "b.esfenrol", passphrase="hemligt")
    assert enrolled["fingerprint"] == made["fingerprint"]
    call = package(tmp_path / "call")
    (refused,) = told("open", call, "--workspace", desk, code=1)["rows"]
    assert (refused["code"], refused["fingerprint"]) == ("unconfirmed_secretariat", secretariat_key().fingerprint)
    (taken,) = told("open", call, "--workspace", desk, "--confirm", secretariat_key().fingerprint)["rows"]
    assert taken["outcome"] == "call"
    assert told("export", "--workspace", desk, "--key", key, "--out", tmp_path, code=1, passphrase="hemligt")
    states = told("assess", _assessment(tmp_path), "--workspace", desk)["applications"]
    assert states == {"2026/00115": "ready"}
    done = told("export", "--workspace", desk, "--key", key, "--out", tmp_path / "ut", passphrase="hemligt")
    assert (len(done["assessments"]), done["unfinished"]) == (1, 1)
    assert told("verify", done["file"])["files"][0]["fingerprint"] == made["fingerprint"]
    assert [hit["where"] for hit in told("search", "starkt", "--workspace", desk)["hits"]] == ["overall"]
    assert len(told("sheets", "--workspace", desk, "--out", tmp_path / "blad", "--blank")["files"]) == 2
    assert told("check", desk) == {"faults": []}


def test_a_backup_is_the_way_back(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    (tmp_path / "a.pdf").write_bytes(pdf("Tvärspråk", "2026/00139"))
    (tmp_path / "b.pdf").write_bytes(pdf("Digitala stigar", "2026/00121"))
    esf("open", tmp_path / "a.pdf", "--workspace", desk, passphrase="hemligt")
    backup = told("backup", "--workspace", desk, passphrase="hemligt")["backup"]
    before = _hash(desk)
    esf("open", tmp_path / "b.pdf", "--workspace", desk, passphrase="hemligt")
    assert _hash(desk) != before
    assert (
        told("restore", backup, "--workspace", desk, code=1, passphrase="fel")["refused"]["code"] == "wrong_passphrase"
    )
    listed = told("restore", "--workspace", desk)["backups"]
    assert [one["place"] for one in listed] == [backup]
    assert listed[0]["why"] == "person"
    told("restore", backup, "--workspace", desk, "--look", passphrase="hemligt")
    aside = Path(told("restore", backup, "--workspace", desk, passphrase="hemligt")["aside"])
    assert _hash(desk) == before
    assert (aside / "work.esfdb").exists()
    (Path(backup) / "work.esfdb").write_bytes(b"x" * 5000)
    told("restore", backup, "--workspace", desk, code=1, passphrase="hemligt")
    assert _hash(desk) == before


def test_a_call_is_packed_from_a_file_and_a_wrong_line_is_pointed_at(tmp_path: Path) -> None:
    key, sample = tmp_path / "key.pem", (TREE / "docs" / "sample-call.toml").read_text("utf-8")
    esf("identity", "new", "--name", "Sekretariatet", "--out", key)
    call = tmp_path / "call.toml"
    call.write_text(sample.replace("scale", "skala", 1), "utf-8")
    refused = told("call", "pack", call, "--documents", tmp_path, "--key", key, "--out", tmp_path / "c.esfcall", code=1)
    assert refused["refused"]["code"] == "bad_toml"
    assert not (tmp_path / "c.esfcall").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["verify"],
        ["merge", "--register", "x.esfdb"],
        ["merge", "x", "--register", "y.esfdb", "--receipts", "r"],
        ["demo", "out", "--applications", "0"],
        ["no-such-command"],
    ],
)
def test_wrong_use_is_exit_code_two(words: list[str], tmp_path: Path) -> None:
    esf(*words, code=2)


BAD = {
    "empty": (b"", "empty"),
    "not_ours": (b"%PDF-1.7 something", "not_ours"),
    "mail": (b"Received: x\r\nFrom: a@b\r\nSubject: s\r\nMIME-Version: 1.0\r\n\r\nhej", "is_mail"),
}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("fault", [*BAD, "truncated", "altered", "extra_data"])
def test_a_bad_file_gets_its_sentence_from_every_command_and_changes_nothing(
    demo: Path, register: Path, tmp_path: Path, fault: str, language: str
) -> None:
    good = sorted((demo / "bundles").iterdir())[0].read_bytes()
    made = {
        "truncated": (good[:-100], "truncated"),
        "altered": (good.replace(b'"rating":"met"', b'"rating":"mat"', 1), "altered"),
        "extra_data": (good + b"x", "extra_data"),
    }
    content, code = (BAD | made)[fault]
    bad = tmp_path / "paket.esfbundle"
    bad.write_bytes(content)
    before = register.read_bytes()
    (verified,) = told("--language", language, "verify", bad, code=1)["files"]
    (merged,) = told("--language", language, "merge", bad, "--register", register, code=1)["rows"]
    assert verified["code"] == merged["code"] == code
    assert verified["sentence"] == merged["sentence"]
    assert len(merged["sentence"].replace(bad.name, "")) <= 140
    assert _register_hash(register) == _register_hash_of(before, tmp_path)


def _assessment(folder: Path) -> Path:
    criteria = [
        ("RUS", 4),
        ("MET", 4),
        ("SAM", 5),
        ("GEO", 4),
        ("STR", 5),
        ("UTV", 4),
        ("ARB", 3),
        ("LAR", 3),
        ("PLA", 3),
    ]
    judged = "\n".join(
        f'[judgements.{code}]\nrating = "partly"\ncomment = "Delvis visat."' for code, _count in criteria
    )
    path = folder / "bedomning.toml"
    path.write_text(
        'application = "2026/00115"\noverall = "Ett starkt projekt."\nrecommendation = "discuss"\n'
        f'[conflict_of_interest]\nanswer = "none"\n{judged}\n'
        '[[judgements.PLA.evidence]]\nquote = "åtta kommuner i båda länen"\npage = 2\n',
        "utf-8",
    )
    return path


def _hash(desk: Path) -> str:
    opened = Workspace.open(desk, "hemligt")
    try:
        return opened.logical_hash()
    finally:
        opened.close()


def _register_hash(path: Path) -> str:
    from esf_desktop.secretariat.register import Register

    with Register.open(path) as register:
        return register.logical_hash()


def _register_hash_of(content: bytes, folder: Path) -> str:
    copy = folder / "before.esfdb"
    copy.write_bytes(content)
    return _register_hash(copy)


@pytest.mark.parametrize(
    "words",
    [
        ["open", "{file}", "--workspace", "{file}/w"],
        ["merge", "{file}", "--register", "{file}/r.esfdb"],
        ["identity", "new", "--name", "A", "--out", "{folder}/missing/k.pem"],
        ["sheets", "--workspace", "{file}", "--out", "{folder}/s"],
        ["demo", "{file}", "--applications", "1", "--assessors", "1"],
    ],
)
def test_a_place_that_cannot_be_used_is_a_sentence_and_no_traceback(words: list[str], tmp_path: Path) -> None:
    file = tmp_path / "fil.pdf"
    file.write_bytes(b"x")
    refused = told(*(word.format(file=file, folder=tmp_path) for word in words), code=1)["refused"]
    assert refused["code"] == "unusable_place"
    assert sorted(tmp_path.iterdir()) == [file]


def test_checking_a_folder_makes_nothing_in_it(tmp_path: Path) -> None:
    assert told("check", tmp_path, code=1)["refused"]["code"] == "unreadable"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "  ", "Två\nrader", "Dolt\u202etecken", "Å" * 33])
def test_a_name_that_no_certificate_can_hold_makes_no_key(name: str, tmp_path: Path) -> None:
    refused = told("identity", "new", "--name", name, "--out", tmp_path / "k.pem", code=1)["refused"]
    assert refused["code"] == "bad_name"
    assert list(tmp_path.iterdir()) == []


def test_nobody_signs_with_another_persons_key(tmp_path: Path) -> None:
    desk, call = tmp_path / "desk", package(tmp_path / "call")
    for name in ("Bedömare 1", "Bedömare 2"):
        esf("identity", "new", "--name", name, "--out", tmp_path / f"{name}.pem")
    esf("open", call, "--workspace", desk, "--confirm", secretariat_key().fingerprint)
    before = _hash(desk)
    out = ("--workspace", desk, "--out", tmp_path / "ut", "--key")
    told("export", *out, tmp_path / "Bedömare 2.pem", code=1)
    assert _hash(desk) == before
    recused = tmp_path / "a.toml"
    for application in ("2026/00112", "2026/00115"):
        recused.write_text(f'application = "{application}"\n[conflict_of_interest]\nanswer = "recused"\n', "utf-8")
        esf("assess", recused, "--workspace", desk)
        if application == "2026/00112":
            esf("export", *out, tmp_path / "Bedömare 1.pem")
    refused = told("export", *out, tmp_path / "Bedömare 2.pem", code=1)["refused"]
    assert refused["code"] == "other_persons_key"
    assert len(list((tmp_path / "ut").iterdir())) == 1
    esf("export", *out, tmp_path / "Bedömare 1.pem")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_not_text_is_written_as_json_all_the_same(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.esfbundle"))
    path.write_bytes(b"")
    (row,) = told("verify", path, code=1)["files"]
    assert (row["code"], row["file"]) == ("empty", f"{tmp_path}/?.esfbundle")
