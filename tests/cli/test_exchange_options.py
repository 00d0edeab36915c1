"""`esf` names recipients in a call, looks at a newer call before it is taken, and merges what is encrypted."""

from pathlib import Path

import pytest

from esf_desktop.exchange.call_package import read_call_package
from esf_desktop.model import Text, replace
from esf_desktop.secretariat.register import Register
from esf_desktop.signing.encryption import encrypt, make_key, parse_key
from esf_desktop.signing.keys import save_key
from esf_desktop.workspace import Workspace
from tests.cli.test_esf import told
from tests.packages import package, packed_call, secretariat_key
from tests.secretariat import files
from tests.secretariat.test_call_file import LEAST

pytestmark = pytest.mark.xdist_group("esf")


def pair(folder: Path, name: str) -> tuple[Path, str]:
    """A key file and what a call names as its recipient."""
    path, text = folder / f"{name}.agekey", make_key()
    path.write_text(text)
    (recipient,) = parse_key(text.encode(), file=name).recipients
    return path, recipient


def test_a_packed_call_names_its_recipients_and_a_wrong_one_packs_nothing(tmp_path: Path) -> None:
    (tmp_path / "call.toml").write_text(LEAST, "utf-8")
    (tmp_path / "documents").mkdir()
    save_key(secretariat_key(), tmp_path / "key.pem", None)
    out, recipients = tmp_path / "c.esfcall", tuple(pair(tmp_path, name)[1] for name in ("drift", "reserv"))
    words = ("call", "pack", tmp_path / "call.toml", "--documents", tmp_path / "documents", "--out", out)
    given = (*words, "--key", tmp_path / "key.pem", "--recipient", recipients[0], "--recipient")
    for wrong in (recipients[0], "age1fel", recipients[1].upper()):
        assert told(*given, wrong, code=1)["refused"]["code"] == "bad_recipient"
        assert not out.exists()
    assert told(*given, recipients[1])["recipients"] == list(recipients)
    assert read_call_package(out.read_bytes(), file=out.name).call.recipients == recipients


def test_a_look_at_a_newer_call_says_what_it_changes_and_takes_nothing(tmp_path: Path) -> None:
    def content() -> tuple[str, int]:
        desk = Workspace.open(tmp_path / "desk")
        call = desk.call()
        found = desk.logical_hash(), call.call_version if call else 0
        desk.close()
        return found

    call, _contents = packed_call()
    first, *others = call.framework.principles
    changed = replace(first, description=Text("En ny mening.", "A new sentence."))
    newer = replace(call, call_version=2, framework=replace(call.framework, principles=(changed, *others)))
    at = ("--workspace", tmp_path / "desk")
    told("open", package(tmp_path / "1"), *at, "--confirm", secretariat_key().fingerprint)
    before, later = content(), package(tmp_path / "2", newer)
    (looked,) = told("--language", "sv", "open", later, *at, "--look", code=1)["rows"]
    assert (looked["outcome"], looked["code"]) == ("refused", "newer_call")
    assert [one["criterion"] for one in looked["changes"]["reworded"]] == [first.id]
    assert any("En ny mening." in sentence for sentence in looked["changes"]["sentences"])
    assert content() == before
    (taken,) = told("--language", "sv", "open", later, *at)["rows"]
    assert (taken["outcome"], taken["changes"]) == ("call", looked["changes"])
    assert content()[1] == 2


def test_a_bundle_is_merged_with_its_age_key_and_registers_nothing_without_it(tmp_path: Path) -> None:
    register = files.register(tmp_path)
    before, path = register.logical_hash(), register.place
    register.close()
    right, recipient = pair(tmp_path, "rätt")
    wrong, _other = pair(tmp_path, "fel")
    bundle = tmp_path / "a.esfbundle"
    bundle.write_bytes(encrypt(files.bundle(0, [files.assessment(0)]), (recipient,)))
    for given, code in (((), "encrypted"), (("--decrypt-with", wrong), "wrong_age_key")):
        (row,) = told("merge", bundle, "--register", path, *given, code=1)["rows"]
        assert (row["outcome"], row["code"]) == ("refused", code)
        with Register.open(path) as opened:
            assert opened.logical_hash() == before
    (row,) = told("merge", bundle, "--register", path, "--decrypt-with", right)["rows"]
    assert row["outcome"] == "registered"
    with Register.open(path) as opened:
        assert len(opened.bundles()) == 1
