"""Who works at this desk: the person, the signing key, and the file that introduces both to the secretariat."""

import uuid
from datetime import datetime
from pathlib import Path
from typing import cast

from esf_desktop.errors import EsfError, ExportFailedError
from esf_desktop.exchange.enrolment import Enrolment, write_enrolment
from esf_desktop.files import write_whole
from esf_desktop.history import Kind
from esf_desktop.i18n import _
from esf_desktop.model import Assessor, AssessorId
from esf_desktop.signing.certificate import parse
from esf_desktop.signing.cms import Signer
from esf_desktop.signing.keys import SigningKey, key_from_bytes, key_to_bytes, load_key, make_key, save_key
from esf_desktop.workspace import Change, Workspace, key_file
from esf_desktop.workspace.database import PassphraseNeededError


class NotIntroducedError(EsfError):
    """A desk where nobody has said who they are."""

    code = "not_introduced"

    def sentence(self) -> str:
        return _("Say who you are first (File, Your details); nothing was changed.")


def introduce(workspace: Workspace, assessor: Assessor, *, at: datetime) -> Change:
    """Remember who works here."""
    with workspace.write(at=at, kind=Kind.SEAL) as work:
        work.put("", "assessor", assessor, round_="")
    return work.change


def new_assessor(name: str, organisation: str = "", email: str = "") -> Assessor:
    """A person with an identity of their own."""
    return Assessor(AssessorId(str(uuid.uuid4())), name.strip(), organisation.strip(), email.strip())


def assessor_of(key: Signer) -> Assessor:
    """The person whom a key made on the command line stands for; the same key always gives the same identity."""
    organisation = parse(key.certificate).organisation
    return Assessor(AssessorId(str(uuid.uuid5(uuid.NAMESPACE_OID, key.fingerprint))), key.name, organisation)


def signing_key(workspace: Workspace, passphrase: str | None, *, at: datetime) -> SigningKey:
    """The key of this desk, made when it is missing; an encrypted workspace has it in its key file.

    Raises:
        NotIntroducedError, PassphraseNeededError, WrongPassphraseError, BadKeyFileError: nothing was changed.
    """
    if workspace.encrypted:
        return _sealed_key(workspace, passphrase, at=at)
    if workspace.identity_file.exists():
        return load_key(workspace.identity_file, passphrase)
    key = _new_key(workspace, at=at)
    save_key(key, workspace.identity_file, None)
    return key


def fingerprint(workspace: Workspace) -> str:
    """The fingerprint of this desk's key, which needs no passphrase; empty before there is a key."""
    if workspace.encrypted:
        return key_file.read(workspace.key_file).fingerprint
    return load_key(workspace.identity_file, None).fingerprint if workspace.identity_file.exists() else ""


def enrolment(workspace: Workspace, key: Signer, target: Path, *, device: str, at: datetime) -> None:
    """Write the file that introduces a key of this desk's person to the secretariat, and remember that it is theirs.

    Raises:
        NotIntroducedError, ExportFailedError: nothing was changed.
    """
    person = known_assessor(workspace)
    content = write_enrolment(Enrolment(person, device, at.replace(microsecond=0)), key, at=at)
    try:
        write_whole(target, content, mode=0o644)
    except OSError as error:
        raise ExportFailedError(str(target.parent)) from error
    if key.fingerprint not in introduced(workspace):
        with workspace.write(at=at, kind=Kind.SEAL) as work:
            work.put("", "introduced", (*introduced(workspace), key.fingerprint), round_="")


def introduced(workspace: Workspace) -> tuple[str, ...]:
    """The fingerprints of the keys, cards among them, that were introduced to the secretariat from this desk."""
    return cast("tuple[str, ...]", workspace.desk_value("introduced") or ())


def _sealed_key(workspace: Workspace, passphrase: str | None, *, at: datetime) -> SigningKey:
    if not passphrase:
        raise PassphraseNeededError
    keys = key_file.unlock(workspace.key_file, passphrase)
    if keys.identity is not None:
        return key_from_bytes(keys.identity, None, file=workspace.key_file.name)
    key = _new_key(workspace, at=at)
    key_file.put_identity(workspace.key_file, keys, key_to_bytes(key, None))
    return key


def _new_key(workspace: Workspace, *, at: datetime) -> SigningKey:
    assessor = known_assessor(workspace)
    return make_key(assessor.name, assessor.organisation, at=at)


def known_assessor(workspace: Workspace) -> Assessor:
    """Who works here; NotIntroducedError when nobody has said."""
    assessor = workspace.assessor()
    if assessor is None:
        raise NotIntroducedError
    return assessor
