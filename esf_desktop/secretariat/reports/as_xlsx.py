"""The basis as a workbook: the matrix, the long table, conflicts of interest, and the merge minute."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from esf_desktop.i18n import _
from esf_desktop.model import Rating
from esf_desktop.secretariat.compare import Comparison, Mark, Tile
from esf_desktop.secretariat.reports import rows, words
from esf_desktop.secretariat.reports.basis import Basis

MADE = datetime(1980, 1, 1, tzinfo=UTC)
"""What the file says it was made, so that its bytes follow from its content."""
SIGNS = {Rating.MET: "✓", Rating.PARTLY: "◐", Rating.NOT_MET: "✗", Rating.CANNOT_ASSESS: "?"}
LARGEST_CELL = 32_000


def render(basis: Basis) -> bytes:
    """The workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": basis.comparison.call.title, "created": MADE.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": "# ##0", "valign": "top"})
    comparison = basis.comparison
    _sheet(book.add_worksheet(_("Overview")), head, text, money, *_overview(comparison))
    _sheet(book.add_worksheet(_("Assessments")), head, text, money, rows.header(), rows.rows(comparison))
    conflicts = words.conflicts(comparison)
    _sheet(book.add_worksheet(_("Conflicts of interest")), head, text, money, words.conflict_header(), conflicts)
    _sheet(book.add_worksheet(_("Merge minute")), head, text, money, words.minute_header(), words.minute(basis))
    book.close()
    return out.getvalue()


def _overview(comparison: Comparison) -> tuple[Sequence[str], Iterable[Sequence[rows.Cell]]]:
    names = [criterion.id for criterion in comparison.call.criteria]
    header = (_("Diary number"), _("Project"), _("Applicant"), _("Sought support"), *names, _("Principles met"))
    lines = (
        (
            line.application.id,
            line.application.project_name,
            line.application.applicant_name,
            line.application.requested_support,
            *(" ".join(map(_sign, cell.tiles)) for cell in line.cells),
            words.met(line),
        )
        for line in comparison.lines
    )
    return header, lines


def _sign(tile: Tile) -> str:
    if tile.rating is not None:
        return SIGNS[tile.rating]
    return "–" if tile.mark is Mark.RECUSED else "·"


def _sheet(
    sheet: Worksheet,
    head: Format,
    text: Format,
    money: Format,
    header: Sequence[str],
    lines: Iterable[Sequence[rows.Cell]],
) -> None:
    widths = [len(name) + 2 for name in header]
    for column, name in enumerate(header):
        sheet.write_string(0, column, name, head)
    for number, line in enumerate(lines, start=1):
        for column, cell in enumerate(line):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, money)
            else:
                sheet.write_string(number, column, (cell or "")[:LARGEST_CELL], text)
            widths[column] = min(max(widths[column], len(str(cell or "")) + 2), 60)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 2)
