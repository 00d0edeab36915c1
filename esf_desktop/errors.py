"""What can go wrong foreseeably: one class, one stable code and one sentence for each thing that a person can act on.

The facts are fields; the sentence is made when it is shown, in the language spoken then. Anything else is a bug.
Errors of one part alone stand in that part and derive from the classes here.
"""

from dataclasses import dataclass, field, fields
from functools import partial
from typing import ClassVar

from esf_desktop.i18n import _


@dataclass(eq=False)
class EsfError(Exception):
    """A foreseen failure: nothing was lost, and the sentence says what to do."""

    code: ClassVar[str]
    exactly: str = field(default="", kw_only=True)
    """Which of the faults that share the code; see `signing.faults`."""

    def sentence(self) -> str:
        """What is wrong, what happened to the data, what to do next; at most 140 characters besides names."""
        raise NotImplementedError

    @property
    def fault(self) -> str:
        """The stable word for what exactly is wrong; the code, where it has no finer one."""
        return self.exactly or self.code

    def __reduce__(self) -> tuple[partial["EsfError"], tuple[()]]:
        return partial(type(self), **{field.name: getattr(self, field.name) for field in fields(self)}), ()

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence()}"


@dataclass(eq=False)
class FileError(EsfError):
    """A file that was refused; `file` is its name without folders."""

    file: str


class EmptyFileError(FileError):
    """A file without bytes."""

    code = "empty"

    def sentence(self) -> str:
        return _("“{file}” is empty; ask the sender for a new copy. Nothing was changed.").format(file=self.file)


class TruncatedFileError(FileError):
    """A file that ends before its content does."""

    code = "truncated"

    def sentence(self) -> str:
        return _("“{file}” is incomplete; copy it again from the USB stick or the e-mail. Nothing was changed.").format(
            file=self.file
        )


class AlteredFileError(FileError):
    """A file whose bytes are not the ones that were signed."""

    code = "altered"

    def sentence(self) -> str:
        return _("“{file}” was altered after it was signed and is refused; ask for a new export.").format(
            file=self.file
        )


class ExtraDataError(FileError):
    """A file with bytes before, after or between its own."""

    code = "extra_data"

    def sentence(self) -> str:
        return _("“{file}” has extra data around it and is refused; ask for a new export.").format(file=self.file)


class NotOursError(FileError):
    """Some other file, perhaps renamed."""

    code = "not_ours"

    def sentence(self) -> str:
        return _("“{file}” is not a file from ESF Desktop. Nothing was changed.").format(file=self.file)


class RepackedError(FileError):
    """A file of ours that another program packed anew."""

    code = "repacked"

    def sentence(self) -> str:
        return _("“{file}” was repacked on its way; send it as an unchanged attachment or on a USB stick.").format(
            file=self.file
        )


class MailError(FileError):
    """A saved mail instead of what was attached to it."""

    code = "is_mail"

    def sentence(self) -> str:
        return _("“{file}” is an e-mail; save the attachment and open that.").format(file=self.file)


@dataclass(eq=False)
class TooLargeError(FileError):
    """A file over its limit; sizes in bytes."""

    code = "too_large"
    size: int
    limit: int

    def sentence(self) -> str:
        return _("“{file}” is {n} MB, more than the {m} MB allowed, and was not read.").format(
            file=self.file, n=-(-self.size // 2**20), m=self.limit // 2**20
        )


class TooNewError(FileError):
    """A file of a later format than this program knows."""

    code = "too_new"

    def sentence(self) -> str:
        return _("“{file}” was made by a newer version of ESF Desktop; update and try again.").format(file=self.file)


class BadContainerError(FileError):
    """A container that our writer would not have made."""

    code = "bad_container"

    def sentence(self) -> str:
        return _("“{file}” is not built as our files are and is refused; ask for a new export.").format(file=self.file)


class BadPayloadError(FileError):
    """A payload that is not the one spelling of its content."""

    code = "bad_payload"

    def sentence(self) -> str:
        return _("The content of “{file}” is not written as required and is refused. Nothing was changed.").format(
            file=self.file
        )


class BadTextError(FileError):
    """A text in a payload that is too long or has characters that cannot be seen."""

    code = "bad_text"

    def sentence(self) -> str:
        return _("A comment in “{file}” is too long or has hidden characters; ask the assessor to change it.").format(
            file=self.file
        )


@dataclass(eq=False)
class UnknownCriterionError(FileError):
    """A rating of something that the call does not ask about, or outside its scale."""

    code = "unknown_criterion"
    criterion: str

    def sentence(self) -> str:
        return _("“{file}” rates {criterion}, which is not part of this call; nothing was registered.").format(
            file=self.file, criterion=self.criterion
        )


@dataclass(eq=False)
class NoDeclarationError(FileError):
    """An assessment without its answer on conflict of interest, or recused and rated all the same."""

    code = "no_declaration"
    application: str

    def sentence(self) -> str:
        return _(
            "The assessment of {application} lacks its declaration on conflict of interest; nothing was registered."
        ).format(application=self.application)


class BadSignatureError(FileError):
    """A signature of a kind that is not allowed, or none."""

    code = "bad_signature"

    def sentence(self) -> str:
        return _("“{file}” is not signed in a way that is allowed; ask for a new export.").format(file=self.file)


@dataclass(eq=False)
class UnknownSignerError(FileError):
    """A file signed by a key that nobody has confirmed; `fingerprint` is SHA-256 in hex."""

    code = "unknown_signer"
    fingerprint: str

    def sentence(self) -> str:
        return _(
            "“{file}” is signed with a key that is not enrolled; compare its fingerprint with the assessor."
        ).format(file=self.file)


@dataclass(eq=False)
class RevokedSignerError(FileError):
    """A file signed by a key that was blocked; `date` as ISO text."""

    code = "revoked_signer"
    date: str

    def sentence(self) -> str:
        return _("“{file}” is signed with a key that was blocked on {date}; contact the assessor.").format(
            file=self.file, date=self.date
        )


@dataclass(eq=False)
class WrongPersonError(FileError):
    """A file that names another person than the one its key was enrolled for."""

    code = "wrong_person"
    says: str
    signer: str

    def sentence(self) -> str:
        return _("“{file}” says it is from {a} but is signed by {b}, so it is refused.").format(
            file=self.file, a=self.says, b=self.signer
        )


@dataclass(eq=False)
class BelongsElsewhereError(FileError):
    """A file of another call; `other` and `this` name the two."""

    code = "wrong_call"
    other: str
    this: str

    def sentence(self) -> str:
        return _("“{file}” belongs to {other}, not to {this}. Nothing was changed.").format(
            file=self.file, other=self.other, this=self.this
        )


class WrongAddresseeError(BelongsElsewhereError):
    """A file addressed to another secretariat."""

    code = "wrong_addressee"


class UnreadableFileError(FileError):
    """A file that the system will not let us read."""

    code = "unreadable"

    def sentence(self) -> str:
        return _("“{file}” could not be read; check that it is there and that you may open it.").format(file=self.file)


class UnusablePlaceError(FileError):
    """A file or folder that could not be made, written or reached."""

    code = "unusable_place"

    def sentence(self) -> str:
        return _("“{file}” could not be used; check that the folder is there and that you may write in it.").format(
            file=self.file
        )


class AlreadyOpenError(FileError):
    """A database that another program, or another window, has open."""

    code = "already_open"

    def sentence(self) -> str:
        return _(
            "ESF Desktop is already open on this computer, with “{file}”; use that window, or close it first."
        ).format(file=self.file)


class ReadBackError(FileError):
    """A file that came back from the disk otherwise than it was written."""

    code = "read_back"

    def sentence(self) -> str:
        return _("“{file}” was not written as it should be and does not count; try another place.").format(
            file=self.file
        )


class WrongPassphraseError(EsfError):
    """A passphrase that does not open the key."""

    code = "wrong_passphrase"

    def sentence(self) -> str:
        return _("The passphrase is not right. Nothing was changed; try again.")


class BadKeyFileError(FileError):
    """A key file that cannot be read whatever the passphrase."""

    code = "bad_key_file"

    def sentence(self) -> str:
        return _("The key file “{file}” is damaged; restore it from the backup.").format(file=self.file)


class DiskFullError(EsfError):
    """A disk that had no room while something was saved."""

    code = "disk_full"

    def sentence(self) -> str:
        return _("The disk is full, so the latest text is NOT saved yet; free some space. Your text stays on screen.")


class LastRoomError(EsfError):
    """A disk that is full: what was saved last took the room that was kept for that."""

    code = "last_room"

    def sentence(self) -> str:
        return _("The disk is full; your latest text was saved in the last room kept for it. Free some space now.")


class NoRoomError(EsfError):
    """A disk that had no room for a file or for what a database was given."""

    code = "disk_full"

    def sentence(self) -> str:
        return _("The disk is full, so what did not fit was not saved; free some space and try again.")


class NotSavedError(EsfError):
    """A disk that failed, or may only be read, while something was saved."""

    code = "not_saved"

    def sentence(self) -> str:
        return _("The disk did not take it, so the latest is NOT saved; check the disk and try again.")


@dataclass(eq=False)
class ExportFailedError(EsfError):
    """A place that did not take the file."""

    code = "export_failed"
    place: str

    def sentence(self) -> str:
        return _("The export to {place} failed and does not count; your work is safe on this computer.").format(
            place=self.place
        )
