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


@dataclass(eq=False)
class NoSuchApplicationError(EsfError):
    """A diary number that the register's call does not have, or that has been withdrawn."""

    code = "no_such_application"
    application: str
    call: str

    def sentence(self) -> str:
        return _("There is no application {application} in {call}; nothing was changed. Check the number.").format(
            application=self.application, call=self.call
        )


@dataclass(eq=False)
class NoSuchAssessorError(EsfError):
    """Somebody whom neither the call names nor the register has enrolled."""

    code = "no_such_assessor"
    name: str

    def sentence(self) -> str:
        return _("“{name}” is nobody that the register knows; nothing was changed. Enrol their key first.").format(
            name=self.name
        )


@dataclass(eq=False)
class ReadsAlreadyError(EsfError):
    """Somebody who is appointed to what they are to read in any case."""

    code = "reads_already"
    name: str
    application: str

    def sentence(self) -> str:
        return _("{name} reads {application} already; appoint somebody else.").format(
            name=self.name, application=self.application
        )


@dataclass(eq=False)
class AbstainsError(EsfError):
    """Somebody who has declared a conflict of interest in what they would be appointed to."""

    code = "abstains"
    name: str
    application: str

    def sentence(self) -> str:
        return _("{name} has a conflict of interest in {application}; appoint somebody else.").format(
            name=self.name, application=self.application
        )


@dataclass(eq=False)
class NotAppointedError(EsfError):
    """An appointment that is taken back and is not there."""

    code = "not_appointed"
    application: str

    def sentence(self) -> str:
        return _("That person is not appointed to {application}; nothing was changed.").format(
            application=self.application
        )


@dataclass(eq=False)
class NotInCallError(EsfError):
    """A criterion, area or rating that an application is not judged by in this call."""

    code = "not_in_call"
    word: str
    application: str

    def sentence(self) -> str:
        return _("{application} is not judged by “{word}” in this call; nothing was changed.").format(
            application=self.application, word=self.word
        )


@dataclass(eq=False)
class TooLongTextError(EsfError):
    """A text of the secretariat's that is longer than any text may be."""

    code = "too_long_text"
    length: int
    most: int

    def sentence(self) -> str:
        return _(
            "The text has {n} characters, and {most} is the most; shorten it. What was saved before stands."
        ).format(n=self.length, most=self.most)


@dataclass(eq=False)
class NoSuchWritingError(EsfError):
    """A number that no writing of a joint assessment has."""

    code = "no_such_writing"
    number: int
    application: str

    def sentence(self) -> str:
        return _("The history of {application} has no writing number {n}; nothing was changed.").format(
            application=self.application, n=self.number
        )


@dataclass(eq=False)
class ChangedMeanwhileError(EsfError):
    """A joint assessment that somebody else wrote on in the meantime."""

    code = "changed_meanwhile"
    application: str
    by: str
    at: str

    def sentence(self) -> str:
        return _("{name} changed {application} at {time}; that is shown now, and yours was not saved.").format(
            name=self.by or "–", application=self.application, time=self.at[11:16]
        )


class NothingToUndoError(EsfError):
    """A proposal with no move that could be taken back or made again."""

    code = "nothing_to_undo"

    def sentence(self) -> str:
        return _("There is no move to take back or make again; the proposal stands as it is.")


@dataclass(eq=False)
class NoSuchMoveError(EsfError):
    """A number that is no move of the proposal."""

    code = "no_such_move"
    number: int

    def sentence(self) -> str:
        return _("There is no move number {n}; nothing was changed. The list of moves has the numbers.").format(
            n=self.number
        )
