"""The basis as CSV for spreadsheets set to Swedish: UTF-8 with its mark, semicolons, text that cannot be a formula."""

import csv
import io

from esf_desktop.secretariat.reports import rows
from esf_desktop.secretariat.reports.basis import Basis

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(basis: Basis) -> bytes:
    """The long table."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(rows.header())
    for row in rows.rows(basis):
        writer.writerow([_as_text(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _as_text(cell: rows.Cell) -> str | int:
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    return "" if cell is None else cell
