"""An XLSX file as blocks, a heading for each visible sheet and a row for each row with something, or as sheets."""

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from zipfile import BadZipFile

# Two parsers in one worker is one too many: openpyxl takes the standard library's, guarded by defusedxml.
os.environ["OPENPYXL_LXML"] = "False"

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException

from esf_desktop.documents.gathering import Gatherer
from esf_desktop.documents.messages import RefusedError
from esf_desktop.documents.package import Handler, Package
from esf_desktop.documents.values import Block, Sheet, SheetRow

MOST_COLUMNS = 200
MOST_ROWS = 5_000
"""Of a sheet that is read cell by cell."""
_NO_BREAK_SPACE = "\xa0"
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


def blocks(content: bytes) -> Iterator[Block]:
    """The blocks of all sheets; the package's limits were checked before."""
    gatherer = Gatherer()
    with _damage_told():
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            gatherer.put_heading(sheet.title)
            sheet.reset_dimensions()
            first = True
            for row in sheet.iter_rows(max_col=MOST_COLUMNS):
                cells = [_shown(cell) for cell in row]
                if any(cells):
                    gatherer.put_row(cells, first=first)
                    first = False
                if gatherer.is_full:
                    break
    return gatherer.blocks()


def sheets(content: bytes) -> Iterator[Sheet]:
    """The visible sheets cell by cell; the package's limits were checked before."""
    package = Package(content)
    with _damage_told():
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()
            numbered = enumerate(islice(sheet.iter_rows(max_col=MOST_COLUMNS), MOST_ROWS), start=1)
            rows = ((number, _without_end([_shown(cell) for cell in row])) for number, row in numbered)
            merged = _Merged()
            package.parse(vars(sheet)["_worksheet_path"], {}, merged)  # the library tells it of no reader of rows
            yield Sheet(sheet.title, tuple(SheetRow(*row) for row in rows if row[1]), tuple(merged.ranges))


def _without_end(cells: list[str]) -> tuple[str, ...]:
    """The cells up to the last one that holds something."""
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


class _Merged(Handler):
    """The ranges of a sheet that are one cell."""

    def __init__(self) -> None:
        self.ranges: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "mergeCell":
            self.ranges.append(attributes.get("ref", ""))


@contextmanager
def _damage_told() -> Iterator[None]:
    """What the library says of a file that breaks the rules of its format, as the refusal that it is."""
    try:
        yield
    except (
        InvalidFileException,
        BadZipFile,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        SyntaxError,
        DefusedXmlException,
    ) as error:
        raise RefusedError("damaged") from error


def _shown(cell: Cell | MergedCell) -> str:
    """A cell's value as a Swedish spreadsheet shows it, by and large."""
    match cell.value:
        case None:
            return ""
        case bool() as value:
            return str(value).upper()
        case int() | float() as value:
            return _number(value, cell.number_format)
        case datetime() as value:
            moment = value.isoformat(" ", "minutes")
            return moment.removesuffix(" 00:00")
        case date() | time() as value:
            return value.isoformat()
        case timedelta() as value:
            return str(value)
        case value:
            return " ".join(str(value).split())


def _number(value: float, number_format: str) -> str:
    positive = number_format.split(";")[0]
    pattern = _LITERALS.sub("", positive)
    if "%" in pattern:
        return f"{value * 100:.{_decimals(pattern)}f}{_NO_BREAK_SPACE}%".replace(".", ",")
    if "0" not in pattern:
        return f"{value:.15g}".replace(".", ",")
    grouped = "#,##0" in pattern or "# ##0" in pattern
    text = f"{value:{',' if grouped else ''}.{_decimals(pattern)}f}".replace(",", _NO_BREAK_SPACE).replace(".", ",")
    return f"{text}{_NO_BREAK_SPACE}kr" if re.search(r"\bkr\b", positive) else text


def _decimals(pattern: str) -> int:
    _, _, after = pattern.partition(".")
    return len(after) - len(after.lstrip("0"))
