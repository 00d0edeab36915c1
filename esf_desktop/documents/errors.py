"""Why a document cannot be shown; the rest of its application always can."""

from dataclasses import dataclass

from esf_desktop.errors import FileError
from esf_desktop.i18n import _


class CannotShowError(FileError):
    """A document that cannot be shown."""


class DamagedDocumentError(CannotShowError):
    """A document whose content breaks the rules of its format."""

    code = "damaged"

    def sentence(self) -> str:
        return _("“{file}” cannot be shown because it is damaged; the rest of the application is available.").format(
            file=self.file
        )


@dataclass(eq=False)
class LockedDocumentError(CannotShowError):
    """A document that wants a password, or another one than it was given."""

    code = "locked"
    opens_with_password: bool = True
    """False for a kind that this program cannot unlock, whatever the password."""

    def sentence(self) -> str:
        return _(
            "“{file}” cannot be shown because it is locked with a password; the rest of the application is available."
        ).format(file=self.file)


class HeavyDocumentError(CannotShowError):
    """A document that takes more time or memory than one may."""

    code = "too_heavy"

    def sentence(self) -> str:
        return _("“{file}” cannot be shown because it takes too much time or memory; the rest is available.").format(
            file=self.file
        )


@dataclass(eq=False)
class ImpossiblePageError(CannotShowError):
    """A page without size, or larger than any paper; `page` counts from 0."""

    code = "impossible_page"
    page: int

    def sentence(self) -> str:
        return _("Page {n} of “{file}” cannot be shown because its size is impossible; the rest is available.").format(
            file=self.file, n=self.page + 1
        )


@dataclass(eq=False)
class TooManyPagesError(CannotShowError):
    """A document with more pages than anybody reads."""

    code = "too_many_pages"
    pages: int
    limit: int

    def sentence(self) -> str:
        return _(
            "“{file}” cannot be shown because it has {n} pages, more than the {m} allowed; the rest is available."
        ).format(file=self.file, n=self.pages, m=self.limit)


class UnknownDocumentError(FileError):
    """A file that is none of the kinds that can be shown, whatever its name says."""

    code = "unknown_kind"

    def sentence(self) -> str:
        return _("“{file}” is not a PDF, DOCX, ODT or XLSX file and cannot be shown; ask for it as PDF.").format(
            file=self.file
        )


class ProgramError(FileError):
    """A program or a script."""

    code = "is_program"

    def sentence(self) -> str:
        return _("“{file}” is a program and is not stored. Nothing was changed.").format(file=self.file)
