"""Whether a bundle answers a version of the register's call; while that version is unknown, it waits."""

from collections.abc import Iterable
from enum import StrEnum

from esf_desktop.errors import BelongsElsewhereError, WrongAddresseeError
from esf_desktop.exchange.bundle import Bundle
from esf_desktop.exchange.verify import Asked
from esf_desktop.model import Call, Value
from esf_desktop.secretariat.errors import PracticeDataError, RealDataError


class Admission(StrEnum):
    """What became of a bundle when it met the call; the first by the alphabet is the best."""

    ACCEPTED = "accepted"
    CALL_UNKNOWN = "call_unknown"
    REFUSED = "refused"


class Version(Value, frozen=True):
    """A version of the register's call; `fingerprint` is of the secretariat's certificate that signed it."""

    call: Call
    sha256: str
    fingerprint: str


class Gate:
    """The versions of the register's call that bundles are checked against; perhaps none yet."""

    def __init__(self, known: Iterable[Version]) -> None:
        self._asked = {
            one.call.call_version: Asked.of(one.call, call_sha256=one.sha256, secretariat_fingerprint=one.fingerprint)
            for one in known
        }

    def admission(self, bundle: Bundle, *, file: str) -> Admission:
        """Accepted, or waiting for a version of the call that is unknown.

        Raises:
            FileError: the bundle is refused.
        """
        any_version = next(iter(self._asked.values()), None)
        if any_version is None:
            return Admission.CALL_UNKNOWN
        if bundle.practice != any_version.call.practice:
            raise PracticeDataError(file) if bundle.practice else RealDataError(file)
        asked = self._asked.get(bundle.call.version)
        if asked is not None:
            asked.check(bundle, file=file)
            return Admission.ACCEPTED
        own = [version.secretariat_fingerprint for version in self._asked.values()]
        if bundle.to not in own:
            raise WrongAddresseeError(file, bundle.to[:8].upper(), own[-1][:8].upper())
        if bundle.call.id != any_version.call.id:
            raise BelongsElsewhereError(file, bundle.call.id, any_version.call.id)
        return Admission.CALL_UNKNOWN
