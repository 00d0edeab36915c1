"""Keys and the four files that travel: make a key, introduce it, pack a call, check any file."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from esf_desktop.assessor.identity import assessor_of, known_assessor
from esf_desktop.assessor.identity import enrolment as enrol_from
from esf_desktop.cli.cards import card
from esf_desktop.cli.output import (
    REFUSED,
    AsJson,
    WithKey,
    now,
    passphrase,
    refusals,
    say,
    show,
    with_passphrase,
    workspace_at,
)
from esf_desktop.errors import EsfError, FileError, NotOursError, UnreadableFileError
from esf_desktop.exchange.call_package import pack_call_package, read_call_package
from esf_desktop.exchange.canonical import tidy
from esf_desktop.exchange.enrolment import Enrolment, read_enrolment, write_enrolment
from esf_desktop.exchange.verify import Examined, examine
from esf_desktop.files import write_whole
from esf_desktop.formatting import groups
from esf_desktop.i18n import _
from esf_desktop.model import Assessor, Call, replace
from esf_desktop.signing import certificate as certificates
from esf_desktop.signing.age_header import LARGEST as LARGEST_ENCRYPTED
from esf_desktop.signing.age_header import is_encrypted
from esf_desktop.signing.cms import Signer
from esf_desktop.signing.keys import SigningKey, load_key, make_key, save_key
from esf_desktop.signing.source import FileBytes, Source

if TYPE_CHECKING:
    from esf_desktop.signing.encryption import AgeKey

identity = typer.Typer(no_args_is_help=True, help="Keys and who they belong to.")
identity.add_typer(card, name="card")


@identity.command("new")
def new(
    name: Annotated[str, typer.Option(help="The person's name.")],
    out: Annotated[Path, typer.Option(help="The file for the key.")],
    organisation: Annotated[str, typer.Option(help="The person's organisation.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make a signing key, protected by ESF_PASSPHRASE when it is set."""
    with refusals(as_json=as_json):
        if out.exists():
            raise KeyExistsError(out.name)
        for text in (name, organisation):
            if tidy(text) != text or "\n" in text or certificates.room_for(text) != text or not name.strip():
                raise BadNameError
        key = make_key(name, organisation, at=now())
        save_key(key, out, passphrase())
    _show_key(key, as_json=as_json)


@identity.command("show")
def show_key(
    key: Annotated[Path, typer.Argument(help="The file of the key.")],
    as_json: AsJson = False,
) -> None:
    """Show whose key it is and its fingerprint."""
    with refusals(as_json=as_json):
        unlocked = with_passphrase(lambda given: load_key(key, given))
    _show_key(unlocked, as_json=as_json)


@identity.command("enrol")
def enrol(
    key: WithKey,
    out: Annotated[Path, typer.Option(help="The enrolment file to write, .esfenrol.")],
    device: Annotated[str, typer.Option(help="What the secretariat may call this computer.")] = "",
    email: Annotated[str, typer.Option(help="An address that receipts can be sent to.")] = "",
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="The workspace whose person has this key too.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Introduce the key to the secretariat."""
    with refusals(as_json=as_json):
        unlocked = with_passphrase(lambda given: load_key(key, given))
        person = introduce(unlocked, out, workspace=workspace, device=device, email=email, at=now())
    show({"file": str(out), "fingerprint": unlocked.fingerprint, "assessor": person.id}, [str(out)], as_json=as_json)


def introduce(signer: Signer, out: Path, *, workspace: Path | None, device: str, email: str, at: datetime) -> Assessor:
    """Write the enrolment of a key: for the workspace's person, or else for the one that its certificate names."""
    if workspace is not None:
        with workspace_at(workspace) as desk:
            enrol_from(desk, signer, out, device=device, at=at)
            return known_assessor(desk)
    person = replace(assessor_of(signer), email=email)
    content = write_enrolment(Enrolment(person, device, at.replace(microsecond=0)), signer, at=at)
    read_enrolment(content, file=out.name)
    write_whole(out, content, mode=0o644)
    return person


def call_pack(
    call: Annotated[Path, typer.Argument(metavar="CALL.toml", help="The call; docs/sample-call.toml is an example.")],
    documents: Annotated[Path, typer.Option(help="The folder of the applications' documents.")],
    key: WithKey,
    out: Annotated[Path, typer.Option(help="The call package to write, .esfcall.")],
    recipient: Annotated[
        list[str] | None,
        typer.Option(metavar="AGE", help="An age1… key that bundles are encrypted to; a second one for recovery."),
    ] = None,
    since: Annotated[
        Path | None, typer.Option(metavar="FILE.esfcall", help="Say what has changed since this earlier package.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a signed call package."""
    from esf_desktop.assessor.news import news
    from esf_desktop.secretariat.call_file import read_call_file
    from esf_desktop.signing.encryption import checked_recipients

    with refusals(as_json=as_json):
        described, contents = read_call_file(call, documents)
        if recipient:
            described = replace(described, recipients=checked_recipients(recipient))
        changes = news(_earlier(since), described).lines() if since else ()
        unlocked = with_passphrase(lambda given: load_key(key, given))
        made = pack_call_package(out, described, contents, unlocked, at=now())
    for sentence in changes:
        say(sentence)
    result = {
        "file": str(out),
        "call": described.id,
        "sha256": made.sha256,
        "fingerprint": made.fingerprint,
        "recipients": described.recipients,
        "changes": changes,
    }
    show(result, [str(out)], as_json=as_json)


def _earlier(path: Path) -> Call:
    with FileBytes(path) as source:
        return read_call_package(source, file=path.name).call


@identity.command("age")
def age(
    out: Annotated[Path, typer.Option(help="The file for the secret key; keep it where the signing key is kept.")],
    as_json: AsJson = False,
) -> None:
    """Make an age key for encrypted bundles, and show the public half that a call names as its recipient."""
    from esf_desktop.signing import encryption

    with refusals(as_json=as_json):
        if out.exists():
            raise KeyExistsError(out.name)
        write_whole(out, encryption.make_key().encode())
        (recipient,) = encryption.read_key(out).recipients
    show({"file": str(out), "recipient": recipient}, [recipient], as_json=as_json)


def decrypt(
    file: Annotated[Path, typer.Argument(help="An encrypted bundle.")],
    key: Annotated[Path, typer.Option("--with", metavar="AGEKEY", help="The file of the secret age key.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    as_json: AsJson = False,
) -> None:
    """Take off the encryption; the file inside is checked before it is written."""
    from esf_desktop.signing import encryption

    with refusals(as_json=as_json):
        if out.exists():
            raise FileExistsHereError(out.name)
        content = _content(file)
        if not is_encrypted(content):
            raise NotEncryptedError(file.name)
        inside = encryption.decrypted(content, encryption.read_key(key), file=file.name)
        examine(inside, file=file.name)
        write_whole(out, inside)
    show({"file": str(out), "sha256": hashlib.sha256(inside).hexdigest()}, [str(out)], as_json=as_json)


def verify(
    files: Annotated[list[Path], typer.Argument(help="Enrolments, call packages, bundles or receipts.")],
    trust: Annotated[
        list[Path] | None, typer.Option(help="A certificate (PEM or DER) or an enrolment that may have signed.")
    ] = None,
    decrypt_with: Annotated[
        Path | None, typer.Option(metavar="AGEKEY", help="The file of the secret age key, for encrypted bundles.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check any of the four files."""
    with refusals(as_json=as_json):
        trusted = frozenset(_fingerprint(path) for path in trust) if trust else None
        key = age_key(decrypt_with)
    rows = [_verdict(path, trusted, key) for path in files]
    show({"files": rows}, (_verdict_line(row) for row in rows), as_json=as_json)
    if any(row["verdict"] == "refused" for row in rows):
        raise typer.Exit(REFUSED)


def age_key(path: Path | None) -> "AgeKey | None":
    """The secret age key of a file, if one was given."""
    if path is None:
        return None
    from esf_desktop.signing.encryption import read_key

    return read_key(path)


class FileExistsHereError(FileError):
    """A file that would be written over another."""

    code = "file_exists"

    def sentence(self) -> str:
        return _("“{file}” is there already and was not touched; choose another name.").format(file=self.file)


class NotEncryptedError(FileError):
    """A file that should be decrypted and is plain."""

    code = "not_encrypted"

    def sentence(self) -> str:
        return _("“{file}” is not encrypted, so it can be used as it is; nothing was written.").format(file=self.file)


class KeyExistsError(NotOursError):
    """A key that would be written over another file."""

    code = "key_exists"

    def sentence(self) -> str:
        return _("“{file}” is there already and was not touched; choose another name for the new key.").format(
            file=self.file
        )


class BadNameError(EsfError):
    """A name that a certificate cannot hold, or that says something else than it shows."""

    code = "bad_name"

    def sentence(self) -> str:
        return _("Write a shorter name, in one line and without hidden characters; no key was made.")


def _show_key(key: SigningKey, *, as_json: bool) -> None:
    person = assessor_of(key)
    result = {"name": person.name, "organisation": person.organisation, "fingerprint": key.fingerprint, "id": person.id}
    lines = [", ".join(p for p in (person.name, person.organisation) if p), groups(key.fingerprint)]
    show(result, lines, as_json=as_json)


def _verdict(path: Path, trusted: frozenset[str] | None, key: "AgeKey | None") -> dict[str, object]:
    row: dict[str, object] = {"file": str(path), "verdict": "refused", "code": None, "fault": None, "sentence": ""}
    unknown: dict[str, object] = {"kind": None, "signer": None, "fingerprint": None, "trusted": None, "assessments": []}
    try:
        with FileBytes(path) as source:
            found = examine(_plain(source, key, path.name), file=path.name, trusted=trusted)
    except EsfError as error:
        return row | {"code": error.code, "fault": error.fault, "sentence": error.sentence()} | unknown
    return row | {
        "verdict": "accepted",
        "sentence": _("Unaltered since {signer} signed it.").format(signer=found.signer),
        "kind": found.kind.value,
        "signer": found.signer,
        "fingerprint": found.fingerprint,
        "trusted": found.trusted,
        "assessments": list(_assessments(found)),
    }


def _plain(source: FileBytes, key: "AgeKey | None", file: str) -> Source:
    """What is to be checked: the file itself, or what is inside an encrypted one."""
    if key is None or not is_encrypted(source) or len(source) > LARGEST_ENCRYPTED:
        return source
    from esf_desktop.signing.encryption import decrypted

    return decrypted(source[:], key, file=file)


def _assessments(found: Examined) -> Iterator[dict[str, object]]:
    from esf_desktop.exchange.canonical import identity as identity_of

    for assessment in found.assessments:
        yield {
            "application": assessment.application,
            "revision": assessment.revision,
            "identity": identity_of(assessment),
        }


def _verdict_line(row: dict[str, object]) -> str:
    word = _("accepted") if row["verdict"] == "accepted" else _("refused")
    print_ = f"  {groups(str(row['fingerprint']))}" if row["fingerprint"] else ""
    return f"{row['file']}: {word}. {row['sentence']}{print_}"


def _fingerprint(path: Path) -> str:
    content = _content(path)
    try:
        if content.startswith(b"-----BEGIN"):
            content = x509.load_pem_x509_certificate(content).public_bytes(Encoding.DER)
        else:
            x509.load_der_x509_certificate(content)
    except ValueError:
        return read_enrolment(content, file=path.name).fingerprint
    return hashlib.sha256(content).hexdigest()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path.name) from error
