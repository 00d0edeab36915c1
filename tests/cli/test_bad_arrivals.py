"""Bad call packages, receipts and encrypted bundles through `esf`, in both languages; nothing is changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyrage import encrypt as age_encrypt
from pyrage import passphrase, x25519

from esf_desktop.assessor import assess, intake
from esf_desktop.documents.client import Documents
from esf_desktop.exchange.receipt import Acknowledged, AssessmentState, Outcome, Receipt, write_receipt
from esf_desktop.model import AssessorId, Call, CallId, Rating, replace
from esf_desktop.secretariat.register import Register
from esf_desktop.signing.encryption import encrypt, make_key, parse_key
from esf_desktop.signing.keys import SigningKey
from esf_desktop.signing.keys import make_key as make_signing_key
from esf_desktop.workspace import Workspace
from tests.cli.test_bad_files import check_sentence, esf
from tests.packages import assess_fully, desk_with_call, package, packed_call, secretariat_key
from tests.rounds import AT, FIRST, PERSON, SAM, later
from tests.secretariat import files

pytestmark = pytest.mark.xdist_group("esf")

RIGHT, WRONG, THIRD = (make_key() for _ in range(3))


def version(number: int, **changed: object) -> Call:
    """That version of the call."""
    return replace(packed_call()[0], call_version=number, **changed)


def recipients(*keys: str) -> list[str]:
    """The public halves of the keys."""
    return [one for key in keys for one in parse_key(key.encode(), file="k").recipients]


def receipt(assessor: AssessorId = PERSON.id, key: SigningKey | None = None, call: str = "2026-ON-1") -> bytes:
    """A first receipt from the secretariat, or from whoever has the key."""
    told = Acknowledged("ab" * 32, FIRST, AssessmentState.HEAD)
    value = Receipt(1, None, "cd" * 32, Outcome.REGISTERED, None, AT, CallId(call), assessor, (told,))
    return write_receipt(value, key or secretariat_key(), at=AT)


def stranger() -> SigningKey:
    """Somebody who calls themselves the secretariat."""
    return make_signing_key("Sekretariatet", "Partnerskapet", at=AT)


def call_file(made: Call, key: SigningKey | None = None) -> Callable[[Path], bytes]:
    """What gives that call as a file."""
    return lambda folder: package(folder, made, key=key).read_bytes()


def altered(content: bytes) -> bytes:
    """The file with another outcome than was signed."""
    return content.replace(b'"registered"', b'"duplicated"', 1)


OPENED: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "aldre.esfcall": ("older_call", call_file(version(1))),
    "annan-nyckel.esfcall": ("other_secretariat", call_file(version(3), stranger())),
    "samma-nummer.esfcall": ("changed_call", call_file(version(2, title="En annan rubrik"))),
    "for-en-annan.esfreceipt": ("receipt_for_other", lambda _: receipt(AssessorId("0" * 8 + PERSON.id[8:]))),
    "annan-avsandare.esfreceipt": ("other_secretariat", lambda _: receipt(key=stranger())),
    "annan-utlysning.esfreceipt": ("wrong_call", lambda _: receipt(call="2025-ON-9")),
    "andrad.esfreceipt": ("altered", lambda _: altered(receipt())),
}


def bundle() -> bytes:
    """A bundle that the register would take."""
    return files.bundle(0, [files.assessment(0)])


def encrypted() -> bytes:
    """The same, to the right key."""
    return encrypt(bundle(), recipients(RIGHT))


def to_many() -> bytes:
    """The same, to one more than a call may name."""
    return bytes(age_encrypt(bundle(), [x25519.Recipient.from_str(one) for one in recipients(RIGHT, WRONG, THIRD)]))


def armored() -> bytes:
    """The same as text."""
    return bytes(age_encrypt(bundle(), [x25519.Recipient.from_str(*recipients(RIGHT))], armored=True))


ENCRYPTED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "fel-nyckel.esfbundle": ("wrong_age_key", lambda: encrypt(bundle(), recipients(WRONG))),
    "kapad.esfbundle": ("damaged_encryption", lambda: encrypted()[:-1]),
    "kapad-tidigt.esfbundle": ("truncated", lambda: encrypted()[:60]),
    "svans.esfbundle": ("damaged_encryption", lambda: encrypted() + b"x"),
    "andrad.esfbundle": ("damaged_encryption", lambda: encrypted()[:-40] + bytes(40)),
    "som-text.esfbundle": ("armored", armored),
    "losenfras.esfbundle": ("passphrase_encryption", lambda: passphrase.encrypt(bundle(), "hemligt")),
    "till-flera.esfbundle": ("too_many_recipients", to_many),
    "dubbelt.esfbundle": ("encrypted_twice", lambda: encrypt(encrypted(), recipients(RIGHT))),
}


def state(folder: Path) -> str:
    """Everything that the workspace says."""
    desk = Workspace.open(folder)
    try:
        return desk.logical_hash()
    finally:
        desk.close()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_bad_call_package_or_receipt_gets_its_sentence_and_changes_nothing(language: str, tmp_path: Path) -> None:
    with Documents() as documents:
        desk_with_call(tmp_path, documents, version(2)).close()
    before, arrived = state(tmp_path / "desk"), tmp_path / "in"
    arrived.mkdir()
    for name, (_code, content) in OPENED.items():
        (arrived / name).write_bytes(content(tmp_path / "made"))
    rows = esf(language, "open", *(arrived / name for name in OPENED), "--workspace", tmp_path / "desk")["rows"]
    for (name, (code, _content)), row in zip(OPENED.items(), rows, strict=True):
        assert (row["file"], row["outcome"], row["code"]) == (name, "refused", code)
        check_sentence(row["sentence"], name, language)
    assert state(tmp_path / "desk") == before


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_bundle_that_cannot_be_decrypted_gets_its_sentence_and_changes_nothing(language: str, tmp_path: Path) -> None:
    register = files.register(tmp_path)
    before, path = register.logical_hash(), register.place
    register.close()
    (tmp_path / "rätt.agekey").write_text(RIGHT)
    for name, (_code, content) in ENCRYPTED.items():
        (tmp_path / name).write_bytes(content())
    given = [*(tmp_path / name for name in ENCRYPTED), "--decrypt-with", tmp_path / "rätt.agekey"]
    merged = esf(language, "merge", *given, "--register", path)["rows"]
    verified = esf(language, "verify", *given)["files"]
    for (name, (code, _content)), row, verdict in zip(ENCRYPTED.items(), merged, verified, strict=True):
        assert (row["file"], row["outcome"], row["code"]) == (name, "refused", code)
        assert (verdict["verdict"], verdict["code"]) == ("refused", code)
        check_sentence(row["sentence"], name, language)
        check_sentence(verdict["sentence"], name, language)
    wrong = tmp_path / "ingen.agekey"
    wrong.write_text("hej")
    refused = esf(language, "merge", tmp_path / "kapad.esfbundle", "--register", path, "--decrypt-with", wrong)
    assert refused["refused"]["code"] == "bad_age_key"
    check_sentence(refused["refused"]["sentence"], wrong.name, language)
    with Register.open(path) as opened:
        assert opened.logical_hash() == before


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_was_written_on_a_withdrawn_application_is_kept_and_cannot_be_sent(language: str, tmp_path: Path) -> None:
    with Documents() as documents:
        desk = desk_with_call(tmp_path, documents)
        assess_fully(desk, FIRST)
        path = package(tmp_path / "2", version(2, withdrawn=(FIRST,)))
        (taken,) = intake.take_files(desk, documents, [path], at=later(1)).taken
    assert taken.news is not None
    assert taken.news.withdrawn == (FIRST,)
    assess.comment(desk, FIRST, SAM, "Kvar.", at=later(2))
    assert desk.draft(FIRST).judgement(SAM).rating is Rating.MET
    desk.close()
    before = state(tmp_path / "desk")
    refused = esf(language, "export", "--workspace", tmp_path / "desk", "--out", tmp_path / "ut")["refused"]
    assert refused["code"] == "nothing_to_sign"
    check_sentence(refused["sentence"], "utlysning.esfcall", language)
    assert not (tmp_path / "ut").exists()
    assert state(tmp_path / "desk") == before
