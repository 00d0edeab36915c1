"""A list of applications as a file: XLSX through the document worker, CSV in whatever signs and letters it comes."""

import csv
import io
from collections import Counter
from contextlib import closing
from dataclasses import dataclass

from esf_desktop.documents.client import Documents
from esf_desktop.documents.errors import UnknownDocumentError
from esf_desktop.documents.media import XLSX, media_type
from esf_desktop.documents.values import Sheet, SheetRow
from esf_desktop.errors import EmptyFileError, FileError, TooLargeError
from esf_desktop.i18n import _

LARGEST = 16 << 20
"""Bytes of a list."""
MOST_ROWS, MOST_COLUMNS = 5_000, 200
ENCODINGS = ("utf-8", "cp1252", "mac_roman", "cp850", "utf-16")
SEPARATORS = (";", ",", "\t", "|")
_SWEDISH = frozenset("åäöÅÄÖéÉ")


@dataclass(eq=False)
class NotAListError(FileError):
    """A file that is no list that can be read."""

    code = "not_a_list"

    def sentence(self) -> str:
        return _("“{file}” is not a list that can be read; save it as CSV or XLSX. Nothing was changed.").format(
            file=self.file
        )


@dataclass(eq=False)
class NoRowsError(FileError):
    """A list without a row below its headings."""

    code = "no_rows"

    def sentence(self) -> str:
        return _("“{file}” has no rows with applications; choose another list or sheet. Nothing was changed.").format(
            file=self.file
        )


@dataclass(frozen=True, slots=True)
class TableFile:
    """The sheets of a list; of a CSV file also how it was read."""

    name: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    separator: str = ""


def read(
    content: bytes, name: str, documents: Documents, *, encoding: str | None = None, separator: str | None = None
) -> TableFile:
    """The list that the file holds.

    Args:
        encoding, separator: of a CSV file, when a person has said so; else they are guessed.

    Raises:
        EmptyFileError, TooLargeError, CannotShowError, NotAListError, NoRowsError: with its sentence.
    """
    if not content.strip():
        raise EmptyFileError(name)
    if len(content) > LARGEST:
        raise TooLargeError(name, len(content), LARGEST)
    if not content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        table = _csv(content, name, encoding, separator)
    elif _is_spreadsheet(content, name):
        with closing(documents.open(content, name)) as opened:
            table = TableFile(name, tuple(sheet for sheet in opened.sheets() if sheet.rows))
    else:
        raise NotAListError(name)
    if not table.sheets:
        raise NoRowsError(name)
    return table


def _is_spreadsheet(content: bytes, name: str) -> bool:
    try:
        return media_type(content, name) == XLSX
    except UnknownDocumentError:
        return False


def _csv(content: bytes, name: str, encoding: str | None, separator: str | None) -> TableFile:
    used = encoding or _encoding(content)
    text = _mended(content.decode(used, errors="replace").removeprefix("\ufeff"))
    controls = sum(ord(sign) < 32 and sign not in "\t\n\r\f\v" for sign in text[:10_000])
    if content.startswith(b"%PDF-") or controls > 3:
        raise NotAListError(name)
    first, _, rest = text.partition("\n")
    said = first.strip().lower()
    told = said.startswith("sep=") and len(said) == 5
    sign = separator or (said[4] if told else _separator(text))
    try:
        records = list(csv.reader(io.StringIO(rest if told else text, newline=""), delimiter=sign))
    except csv.Error as error:
        raise NotAListError(name) from error
    rows = tuple(
        SheetRow(number, tuple(record[:MOST_COLUMNS]))
        for number, record in enumerate(records[:MOST_ROWS], start=2 if told else 1)
        if any(cell.strip() for cell in record)
    )
    return TableFile(name, (Sheet("", rows),) if rows else (), used, sign)


def _encoding(content: bytes) -> str:
    """The encoding in which the bytes are text; of the old ones, that in which the most letters are Swedish."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[1:40:2].count(0) > 10:
        return "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-16-le"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        old = ("cp1252", "mac_roman", "cp850")
        return max(old, key=lambda name: sum(sign in _SWEDISH for sign in content.decode(name, errors="replace")))
    return "utf-8"


def _mended(text: str) -> str:
    """UTF-8 that was once read as Windows' letters and kept so (`Ã¤`), turned back."""
    if not any(f"Ã{second}" in text for second in "¥¤¶…„–©"):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _separator(text: str) -> str:
    """The sign that parts the most lines into the same number of cells, more than one."""

    def score(sign: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
        width, often = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return often, width

    lines = [line for line in text.splitlines()[:60] if line.strip()]
    try:
        return max(SEPARATORS, key=score)
    except csv.Error:
        return ";"
