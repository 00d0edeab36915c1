"""Every row on files and signers of the table of bad inputs, by `esf verify` and `esf merge`, in both languages."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from esf_desktop.exchange.kinds import Kind
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.merge import merge
from esf_desktop.secretariat.register import Register
from esf_desktop.signing.container import Member
from tests.cli.running import run
from tests.vectors.making import material
from tests.vectors.making.keys import key
from tests.vectors.making.trust import put
from tests.vectors.run import AT, FOLDER, fingerprint


@dataclass(frozen=True)
class Row:
    """A bad input: the vectors that show it, and what both commands answer; None where one has nothing to say."""

    vectors: tuple[str, ...]
    verified: str | None
    merged: str


def container(*names: str) -> tuple[str, ...]:
    """Vectors of the container."""
    return tuple(f"container/{name}.esfbundle" for name in names)


def payload(*names: str) -> tuple[str, ...]:
    """Vectors of the payload."""
    return tuple(f"payload/{name}.esfbundle" for name in names)


def of_trust(*names: str) -> tuple[str, ...]:
    """Vectors of trust."""
    return tuple(f"trust/{name}.esfbundle" for name in names)


ROWS = {
    "empty file": Row(container("empty"), "empty", "empty"),
    "cut short": Row(container("cut-in-the-middle", "cut-by-one-byte"), "truncated", "truncated"),
    "any byte altered": Row(container("member-altered", "payload-replaced"), "altered", "altered"),
    "data before, after, or a second archive": Row(
        container("data-before", "data-after", "an-archive-after", "itself-after"), "extra_data", "extra_data"
    ),
    "some other file renamed": Row(container("a-pdf", "another-archive", "noise"), "not_ours", "not_ours"),
    "re-zipped on the way": Row(container("repacked-stored", "repacked-compressed", "wrapped"), "repacked", "repacked"),
    "a mail": Row(container("a-mail", "a-mail-from-outlook"), "is_mail", "is_mail"),
    "made by a newer version": Row(payload("later-version"), "too_new", "too_new"),
    "not built as ours": Row(
        container(
            *("name-twice", "name-twin-in-capitals", "member-hidden", "name-climbs", "member-a-link"),
            *("member-compressed", "member-encrypted", "zip64", "members-four-times-over"),
        ),
        "bad_container",
        "bad_container",
    ),
    "not written as required": Row(
        payload("latin-1", "key-twice", "not-a-number", "float", "depth", "giant-integer"), "bad_payload", "bad_payload"
    ),
    "a comment too long or with what cannot be seen": Row(
        payload("text-too-long", "text-turned"), "bad_text", "bad_text"
    ),
    "rating outside any scale": Row(payload("rating-of-no-scale"), "unknown_criterion", "unknown_criterion"),
    "unknown criterion": Row(of_trust("criterion-unknown", "main-area-unknown"), None, "unknown_criterion"),
    "no declaration": Row(payload("declaration-missing", "recused-with-ratings"), "no_declaration", "no_declaration"),
    "unsigned, two signatures, weak algorithm": Row(
        (
            *container("no-signature", "second-signature"),
            *("signature/certificate-of-rsa-1024.esfbundle", "signature/digest-of-sha1.esfbundle"),
        ),
        "bad_signature",
        "bad_signature",
    ),
    "signer unknown": Row(("good/other-assessor.esfbundle",), None, "unknown_signer"),
    "signer revoked": Row(of_trust("revoked"), None, "revoked_signer"),
    "person and key do not match": Row(of_trust("wrong-person"), None, "wrong_person"),
    "another certificate than it says": Row(payload("signed-by-another-than-said"), "wrong_person", "unknown_signer"),
    "addressed to another secretariat": Row(of_trust("to-another-secretariat"), None, "wrong_addressee"),
    "other call": Row(of_trust("of-another-call", "application-unknown"), None, "wrong_call"),
    "same bundle again": Row(("good/assessor.esfbundle",), None, "duplicate"),
}
NEXT = (
    *("ask", "copy it again", "save the attachment", "send it", "update", "compare", "contact", "is refused"),
    *("Nothing was changed", "nothing was changed", "nothing was registered", "not read", "not taken", "choose"),
)


def esf(language: str, *words: object) -> dict[str, Any]:
    """The JSON that a command prints in that language."""
    done = run("--language", language, *words, "--json", ESF_PASSPHRASE="")
    assert "Traceback" not in done.stderr, done.stderr
    return dict(json.loads(done.stdout))


def ready(path: Path) -> str:
    """Make a register that knows the call, two assessors, one of them revoked, and a bundle; its hash."""
    with Register.open(path) as register:
        trust.add_call(register, (FOLDER / "good/call.esfcall").read_bytes(), file="c", at=AT)
        for who in ("assessor", "revoked"):
            trust.enrol(register, (FOLDER / f"good/{who}.esfenrol").read_bytes(), file=who, at=AT)
        trust.revoke(register, fingerprint("certificates/revoked.pem"), at=AT)
        merge(register, [("a", (FOLDER / "good/assessor.esfbundle").read_bytes())], at=AT)
        return register.logical_hash()


def logical_hash(path: Path) -> str:
    """Everything that the register says."""
    with Register.open(path) as register:
        return register.logical_hash()


def check_sentence(sentence: str, file: str, language: str) -> None:
    """One sentence that a person can read, with what happened and what to do."""
    assert len(sentence.replace(file, "")) <= 140
    if language == "en":
        assert any(words in sentence for words in NEXT), sentence
    else:
        assert not any(words in sentence for words in ("refused", "export;", "Nothing")), sentence
        assert file not in sentence or f"”{file}”" in sentence


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_bad_file_gets_its_code_and_sentence_from_verify(language: str) -> None:
    asked = {vector: row for row in ROWS.values() for vector in row.vectors if row.verified}
    answered = esf(language, "verify", *(FOLDER / vector for vector in asked))["files"]
    for (vector, row), said in zip(asked.items(), answered, strict=True):
        assert (said["verdict"], said["code"]) == ("refused", row.verified), vector
        check_sentence(said["sentence"], Path(vector).name, language)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_bad_file_gets_its_code_and_sentence_from_merge_and_changes_nothing(
    language: str, tmp_path: Path
) -> None:
    before = ready(tmp_path / "r.esfdb")
    asked = {vector: row for row in ROWS.values() for vector in row.vectors}
    answered = esf(language, "merge", *(FOLDER / v for v in asked), "--register", tmp_path / "r.esfdb")["rows"]
    for (vector, row), said in zip(asked.items(), answered, strict=True):
        assert said["code"] == row.merged, vector
        assert said["outcome"] == ("duplicate" if row.merged == "duplicate" else "refused")
        check_sentence(said["sentence"], Path(vector).name, language)
    assert logical_hash(tmp_path / "r.esfdb") == before


def test_both_languages_say_the_same_thing_in_words_of_their_own() -> None:
    paths = [FOLDER / row.vectors[0] for row in ROWS.values() if row.verified]
    swedish, english = (esf(language, "verify", *paths)["files"] for language in ("sv", "en"))
    assert [row["code"] for row in swedish] == [row["code"] for row in english]
    assert not {row["sentence"] for row in swedish} & {row["sentence"] for row in english}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_file_over_its_limit_is_not_read(language: str, tmp_path: Path) -> None:
    sheets = Member("sheets.pdf", "application/pdf", bytes(64 * 2**20))
    payload_member = material.json_member(Kind.BUNDLE, material.edited(material.bundle_of(), lambda _: None))
    large = tmp_path / "stor.esfbundle"
    large.write_bytes(material.sealed([payload_member, sheets], key("assessor")))
    before = ready(tmp_path / "r.esfdb")
    (verified,) = esf(language, "verify", large)["files"]
    (merged,) = esf(language, "merge", large, "--register", tmp_path / "r.esfdb")["rows"]
    assert verified["code"] == merged["code"] == "too_large"
    assert verified["sentence"] == merged["sentence"]
    assert "65" in verified["sentence"]
    assert logical_hash(tmp_path / "r.esfdb") == before


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_trusted_signer_is_asked_for_and_a_stranger_refused(language: str) -> None:
    pem = FOLDER / "certificates" / "assessor.pem"
    good, other = FOLDER / "good/assessor.esfbundle", FOLDER / "good/other-assessor.esfbundle"
    first, second = esf(language, "verify", good, other, "--trust", pem)["files"]
    assert (first["verdict"], first["trusted"]) == ("accepted", True)
    assert (second["verdict"], second["code"]) == ("refused", "unknown_signer")
    check_sentence(second["sentence"], other.name, language)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_states_of_revisions_are_no_refusals(language: str, tmp_path: Path) -> None:
    path = tmp_path / "r.esfdb"
    ready(path)
    again = put(bundle_id="7c2a9c1e-9999-4222-8333-444455556666")
    (tmp_path / "again.esfbundle").write_bytes(again)
    rows: list[dict[str, Any]] = []
    for name in ("revision/jump", "good/second-revision", "revision/parent-unknown", "revision/fork"):
        rows += esf(language, "merge", FOLDER / f"{name}.esfbundle", "--register", path)["rows"]
    rows += esf(language, "merge", tmp_path / "again.esfbundle", "--register", path)["rows"]
    states = [row["assessments"][0]["state"] for row in rows]
    assert {"waiting", "jump", "fork", "superseded"} <= set(states)
    assert "refused" not in {row["outcome"] for row in rows}
    for row in rows:
        assert 0 < len(row["sentence"].replace(row["file"], "")) <= 140
