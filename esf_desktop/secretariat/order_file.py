"""The order as a text that anybody can edit: a line for each application, `=` before one that is equal with the last.

What stands after the diary number is for people, as is a line that begins with `#`. A file is taken as a whole or not
at all, and each mistake is told with its line.
"""

import codecs
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from esf_desktop.errors import TooLargeError, UnreadableFileError
from esf_desktop.handwritten import HandwrittenError, nearest
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId
from esf_desktop.secretariat.order import Ranks, settled
from esf_desktop.secretariat.proposal import Proposal

MARK, COMMENT = "=", "#"
MOST = 1024 * 1024
"""Bytes of a file; one of this size would be another file, chosen by mistake."""
MOST_NAMED = 4
"""Of applications in one sentence."""


class OrderFileError(HandwrittenError):
    """A line that has to be corrected before anything is taken."""

    code = "bad_order"


@dataclass(eq=False)
class UnknownLineError(OrderFileError):
    """A line that begins with no diary number of the call; `nearest` is the one that was probably meant, or empty."""

    word: str
    nearest: str

    def sentence(self) -> str:
        if self.nearest:
            return _("{file}, line {n}: no application “{word}”; did you mean {nearest}? Nothing was taken.").format(
                file=self.file, n=self.line, word=self.word, nearest=self.nearest
            )
        return _("{file}, line {n}: no application “{word}” in the call; correct the line. Nothing was taken.").format(
            file=self.file, n=self.line, word=self.word
        )


@dataclass(eq=False)
class WithdrawnLineError(OrderFileError):
    """A line with an application that was withdrawn."""

    application: str

    def sentence(self) -> str:
        return _("{file}, line {n}: {application} is withdrawn; remove the line. Nothing was taken.").format(
            file=self.file, n=self.line, application=self.application
        )


@dataclass(eq=False)
class TwiceInOrderError(OrderFileError):
    """An application that stands on a line before."""

    application: str
    first: int

    def sentence(self) -> str:
        return _("{file}, line {n}: {application} stands on line {m} already; remove one. Nothing was taken.").format(
            file=self.file, n=self.line, application=self.application, m=self.first
        )


class EqualToNothingError(OrderFileError):
    """A `=` before the first application."""

    def sentence(self) -> str:
        return _("{file}, line {n}: the first line is equal with nothing; remove the “=”. Nothing was taken.").format(
            file=self.file, n=self.line
        )


@dataclass(eq=False)
class MissingFromOrderError(OrderFileError):
    """A file that ends before every application has a line."""

    applications: tuple[str, ...]

    def sentence(self) -> str:
        named = ", ".join(self.applications[:MOST_NAMED]) + (" …" if len(self.applications) > MOST_NAMED else "")
        return _("{file}, line {n}: add lines for {applications}; every one needs a place. Nothing was taken.").format(
            file=self.file, n=self.line, applications=named
        )


def written(proposal: Proposal) -> str:
    """The order of the proposal as such a file, with what to do in it said first."""
    head = (
        _("The order of {call}. The first line is the first place; move lines to change it.").format(
            call=proposal.call.id
        ),
        _("Write = first on a line to make it equal with the line above. Lines that begin with # are not read."),
    )
    lines = [f"{COMMENT} {words}" for words in head]
    for rank in proposal.order:
        for place, one in enumerate(rank):
            name = " ".join(proposal.call.application(one).project_name.split())
            lines.append(f"{MARK if place else ' '} {one}\t{name}".rstrip())
    return "\n".join(lines) + "\n"


def parse(text: str, proposal: Proposal, *, file: str) -> Ranks:
    """The order that the text says for the applications of the proposal.

    Raises:
        OrderFileError: of the class that says what is wrong on which line.
    """
    live, withdrawn = proposal.applications, frozenset(proposal.call.withdrawn)
    known = sorted({*live, *withdrawn}, key=len, reverse=True)
    ranks: list[list[ApplicationId]] = []
    lines: dict[ApplicationId, int] = {}
    number = 0
    for number, line in enumerate(unicodedata.normalize("NFC", text).split("\n"), start=1):
        said = line.strip()
        if not said or said.startswith(COMMENT):
            continue
        equal = said.startswith(MARK)
        said = said.removeprefix(MARK).strip()
        found = next((one for one in known if _begins(said, one)), None)
        if found is None:
            word = (said.split("\t")[0].split() or [""])[0]
            raise UnknownLineError(file, number, word, nearest(word, live))
        if found in withdrawn:
            raise WithdrawnLineError(file, number, found)
        if found in lines:
            raise TwiceInOrderError(file, number, found, lines[found])
        if equal and not ranks:
            raise EqualToNothingError(file, number)
        lines[found] = number
        if equal:
            ranks[-1].append(found)
        else:
            ranks.append([found])
    if missing := [one for one in sorted(live) if one not in lines]:
        raise MissingFromOrderError(file, number, tuple(missing))
    return settled(ranks, live)


def read(path: Path, proposal: Proposal) -> Ranks:
    """The order that the file says.

    Raises:
        UnreadableFileError, TooLargeError, OrderFileError: nothing was taken.
    """
    try:
        size = path.stat().st_size
        if size > MOST:
            raise TooLargeError(path.name, size, MOST)
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path.name) from error
    return parse(_decoded(content), proposal, file=path.name)


def _decoded(content: bytes) -> str:
    """The text, as any editor saved it; a name that is not in UTF-8 is only for people, and shows as it can."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", errors="replace")
    else:
        text = content.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _begins(line: str, application: ApplicationId) -> bool:
    return line.startswith(application) and not line[len(application) : len(application) + 1].strip(" \t;,")
