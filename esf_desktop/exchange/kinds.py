"""The four kinds of file that travel."""

from enum import StrEnum

from esf_desktop.i18n import context

MEBIBYTE = 2**20


class Kind(StrEnum):
    """A kind of file that travels; its name is also that of its payload, `bundle.json`."""

    ENROLMENT = "enrolment"
    CALL = "call"
    BUNDLE = "bundle"
    RECEIPT = "receipt"

    @property
    def suffix(self) -> str:
        """What its file names end with."""
        return ".esfenrol" if self is Kind.ENROLMENT else f".esf{self}"

    @property
    def payload(self) -> str:
        """The name of the member that decides."""
        return f"{self}.json"

    @property
    def type(self) -> str:
        """What the payload says of itself."""
        return f"esf-desktop/{self}"

    @property
    def limit(self) -> int:
        """The largest file, in bytes."""
        return 2048 * MEBIBYTE if self is Kind.CALL else 64 * MEBIBYTE

    def word(self) -> str:
        """The kind in the language spoken now."""
        match self:
            case Kind.ENROLMENT:
                return context("file", "enrolment")
            case Kind.CALL:
                return context("file", "call package")
            case Kind.BUNDLE:
                return context("file", "bundle")
            case Kind.RECEIPT:
                return context("file", "receipt")
