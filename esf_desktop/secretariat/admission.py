"""Whether a bundle answers a version of the register's call; while that version is unknown, it waits."""

from enum import StrEnum

from esf_desktop.errors import BelongsElsewhereError, WrongAddresseeError
from esf_desktop.exchange.bundle import Bundle
from esf_desktop.exchange.verify import check_bundle_against_call
from esf_desktop.model import Value
from esf_desktop.secretariat.errors import PracticeDataError, RealDataError
from esf_desktop.secretariat.register import RegisteredCall


class Admission(StrEnum):
    """What became of a bundle when it met the call; the first by the alphabet is the best."""

    ACCEPTED = "accepted"
    CALL_UNKNOWN = "call_unknown"
    REFUSED = "refused"


class Calls(Value, frozen=True):
    """The versions of the register's call by number; none when the register has no call yet."""

    versions: dict[int, RegisteredCall]

    @classmethod
    def of(cls, known: tuple[RegisteredCall, ...]) -> "Calls":
        """These versions."""
        return cls({one.call.call_version: one for one in known})


def admitted(bundle: Bundle, calls: Calls, *, file: str) -> Admission:
    """Accepted, or waiting for a version of the call that is unknown.

    Raises:
        FileError: the bundle is refused.
    """
    first = next(iter(calls.versions.values()), None)
    if first is None:
        return Admission.CALL_UNKNOWN
    if bundle.practice != first.call.practice:
        raise PracticeDataError(file) if bundle.practice else RealDataError(file)
    known = calls.versions.get(bundle.call.version)
    if known is None:
        if bundle.to != first.fingerprint:
            raise WrongAddresseeError(file, bundle.to[:8].upper(), first.fingerprint[:8].upper())
        if bundle.call.id != first.call.id:
            raise BelongsElsewhereError(file, bundle.call.id, first.call.id)
        return Admission.CALL_UNKNOWN
    check_bundle_against_call(
        bundle, known.call, call_sha256=known.sha256, secretariat_fingerprint=known.fingerprint, file=file
    )
    return Admission.ACCEPTED
