"""What a bundle's bytes and what is known decide alone: whose it is, whether it answers the call, what it carries.

No database is needed for it, so it can be done in any process, before the register is locked.
"""

from typing import NamedTuple

from esf_desktop.errors import EsfError, RevokedSignerError, UnknownSignerError, WrongPersonError
from esf_desktop.exchange.bundle import SignedBundle, read_bundle
from esf_desktop.model import AssessorId, Value
from esf_desktop.secretariat.admission import Admission, Gate, Version


class Trusted(Value, frozen=True):
    """Whose a certificate is, and since when it is not trusted any more."""

    assessor: AssessorId
    name: str
    revoked_at: str | None


class Known(Value, frozen=True):
    """What bundles are examined against: certificates by their fingerprint, and the versions of the call."""

    signers: dict[str, Trusted]
    versions: tuple[Version, ...]


class Content(Value, frozen=True):
    """An assessment as a register keeps it."""

    application: str
    identity: str
    revision: int
    parents: str
    payload: bytes


class Examined(Value, frozen=True):
    """A bundle that may be registered; `fingerprint` is of whoever signed it."""

    fingerprint: str
    bundle_id: str
    call_sha256: str
    admission: Admission
    contents: tuple[Content, ...]


class Refused(NamedTuple):
    """Why a file is not registered, and who signed it where that is known and believed."""

    problem: EsfError
    fingerprint: str | None = None


Source = tuple[str, bytes | EsfError]
"""A file's name, and its bytes or why it could not be read."""


class Examiner:
    """Examines bundles against what is known."""

    def __init__(self, known: Known) -> None:
        self.known = known
        # The secretariat's own files are opened too, so that they can be told by their kind.
        self._signers = frozenset(known.signers).union(version.fingerprint for version in known.versions)
        self._gate = Gate(known.versions)

    def examine(self, file: str, content: bytes | EsfError) -> Examined | Refused:
        """What the file is, or why it is refused."""
        try:
            if isinstance(content, EsfError):
                raise content
            signed = read_bundle(content, file=file, trusted=self._signers)
        except EsfError as refusal:
            return Refused(refusal)
        signer = self.known.signers.get(signed.fingerprint)
        if signer is None:
            return Refused(UnknownSignerError(file, signed.fingerprint))
        try:
            _check_person(signer, signed, file)
            admission = self._gate.admission(signed.bundle, file=file)
        except EsfError as refusal:
            return Refused(refusal, signed.fingerprint)
        contents = tuple(
            Content(one.application, identity, one.revision, " ".join(one.parents), spelled)
            for one, identity, spelled in zip(signed.bundle.assessments, signed.identities, signed.spelled, strict=True)
        )
        return Examined(signed.fingerprint, signed.bundle.bundle_id, signed.bundle.call.sha256, admission, contents)


def _check_person(signer: Trusted, signed: SignedBundle, file: str) -> None:
    if signer.revoked_at is not None:
        raise RevokedSignerError(file, signer.revoked_at[:10])
    says = signed.bundle.assessor
    if says.id != signer.assessor:
        raise WrongPersonError(file, says.name, signer.name)
