"""What can go wrong at the secretariat alone."""

from dataclasses import dataclass

from esf_desktop.errors import EsfError, FileError
from esf_desktop.i18n import _


@dataclass(eq=False)
class AlreadyRegisteredError(FileError):
    """A bundle that was registered before, to the byte; `number` is its number in the register."""

    code = "duplicate"
    number: int

    def sentence(self) -> str:
        return _("“{file}” is already registered as no. {n}; nothing was changed.").format(
            file=self.file, n=self.number
        )


class PracticeDataError(FileError):
    """A file of the practice round that met a real register."""

    code = "practice_data"

    def sentence(self) -> str:
        return _("“{file}” belongs to the practice round, and this register is real. Nothing was changed.").format(
            file=self.file
        )


class RealDataError(FileError):
    """A real file that met the register of the practice round."""

    code = "real_data"

    def sentence(self) -> str:
        return _("“{file}” is real, and this register is for practice; open the real one. Nothing was changed.").format(
            file=self.file
        )


@dataclass(eq=False)
class OtherSecretariatError(FileError):
    """A call package from another key than the one that signed the register's call; `fingerprint` in hex."""

    code = "other_secretariat"
    fingerprint: str

    def sentence(self) -> str:
        return _("“{file}” is signed by another key than this register's call, so it is not added.").format(
            file=self.file
        )


@dataclass(eq=False)
class ChangedCallError(FileError):
    """A call package that says something else than the registered one of the same version."""

    code = "changed_call"
    version: int

    def sentence(self) -> str:
        return _("“{file}” differs from version {n} that is registered; give the changed call a new version.").format(
            file=self.file, n=self.version
        )


@dataclass(eq=False)
class NotEnrolledError(EsfError):
    """A fingerprint that the register has never trusted."""

    code = "not_enrolled"
    fingerprint: str

    def sentence(self) -> str:
        return _("No enrolled key has the fingerprint {fingerprint}; nothing was changed.").format(
            fingerprint=self.fingerprint
        )


class NoCallError(EsfError):
    """A register that has not been told its call."""

    code = "no_call"

    def sentence(self) -> str:
        return _("The register does not know its call yet; add the call package first.")


@dataclass(eq=False)
class OtherKeyError(EsfError):
    """A key that is not the one that signed the call; assessors would refuse its receipts."""

    code = "other_key"
    call: str

    def sentence(self) -> str:
        return _("This is not the key that signed {call}, so no receipt was written; choose that key.").format(
            call=self.call
        )
