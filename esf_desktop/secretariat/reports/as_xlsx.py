"""The basis as a workbook, a sheet for each table; ratings have their colours, and text stays text."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from esf_desktop.i18n import _
from esf_desktop.model import Call, Rating
from esf_desktop.secretariat.compare import Comparison
from esf_desktop.secretariat.reports import rows, words
from esf_desktop.secretariat.reports.basis import Basis
from esf_desktop.wording import declaration_word, rating_word, recommendation_word

MADE = datetime(1980, 1, 1, tzinfo=UTC)
"""What the file says it was made, so that its bytes follow from its content."""
LARGEST_CELL = 32_000
WIDEST = 60
"""Of a column, in characters."""
LINE, HIGHEST = 15.0, 409.0
"""The height of a line, and of the highest row that there can be, in points."""
COLOURS = {
    Rating.MET: ("#17633E", "#E0F1E7"),
    Rating.PARTLY: ("#7A4F00", "#FBEFD3"),
    Rating.NOT_MET: ("#97302A", "#F9E3E0"),
    Rating.CANNOT_ASSESS: ("#434E5E", "#E7EAEE"),
}


class Formats:
    """The looks of cells in one workbook; a rating's word has its colour."""

    def __init__(self, book: xlsxwriter.Workbook, call: Call) -> None:
        plain = {"text_wrap": True, "valign": "top", "font_name": "Calibri"}
        self.head = book.add_format({**plain, "bold": True, "bottom": 1})
        self.text = book.add_format(plain)
        self.number = book.add_format({**plain, "num_format": "#,##0_-"})
        self.ratings: dict[str, Format] = {}
        for rating, (ink, ground) in COLOURS.items():
            look = book.add_format({**plain, "font_color": ink, "bg_color": ground})
            for criterion in call.criteria:
                self.ratings[rating_word(call, criterion.id, rating)] = look


def render(basis: Basis) -> bytes:
    """The workbook."""
    comparison = basis.comparison
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": comparison.call.title, "created": MADE.replace(tzinfo=None)})
    formats = Formats(book, comparison.call)
    for name, header, lines in (
        (_("Overview"), _overview_header(), _overview(basis)),
        (_("Comparison"), _matrix_header(comparison), _matrix(comparison)),
        (_("Proposal"), _order_header(), _order(basis)),
        (_("Moves"), words.moves_header(), words.moves(basis)),
        (_("Balance"), words.balance_header(), words.balances(basis)),
        (_("Joint assessments"), words.joint_header(), words.joint(basis)),
        (_("Assessments"), rows.header(), rows.rows(basis)),
        (_("Conflicts of interest"), words.conflict_header(), words.conflicts(basis)),
        (_("Agreement"), words.agreement_header(), words.agreement(basis)),
        (_("Merge minute"), words.minute_header(), words.minute(basis)),
    ):
        _sheet(book.add_worksheet(name), formats, header, lines)
    book.close()
    return out.getvalue()


def _overview_header() -> tuple[str, ...]:
    names = (_("Diary number"), _("Project"), _("Applicant"), _("Sought support"))
    counts = (_("Fewest met"), _("Most met"), _("Selected principles"))
    return (*names, *counts, _("Recommendations"), _("Place"), _("Outcome"))


def _overview(basis: Basis) -> Iterator[Sequence[rows.Cell]]:
    comparison, places = basis.comparison, basis.proposal.places
    for line in comparison.lines:
        a, met, outcome = line.application, line.met, basis.proposal.outcomes.get(line.application.id)
        counts = (met.least, met.most, met.of) if met else (None, None, len(comparison.call.principles_for(a.id)))
        told = "\n".join(words.recommendations(line))
        place = str(places[a.id]) if a.id in places and basis.proposal.ranked else None
        proposed = outcome.word() if outcome else None
        yield a.id, a.project_name, a.applicant_name, a.requested_support, *counts, told, place, proposed


def _order_header() -> tuple[str, ...]:
    names = (_("Place"), _("Diary number"), _("Project"), _("Part of the budget"), _("Sought support"))
    return (*names, _("Running sum"), _("Reach of the budget"), _("Outcome"))


def _order(basis: Basis) -> Iterator[Sequence[rows.Cell]]:
    found = basis.proposal
    for one in found.applications:
        application, claim, outcome = found.call.application(one), found.claims[one], found.outcomes.get(one)
        facts = (str(found.places[one]), one, application.project_name, claim.pot or None)
        reach = words.reach(claim.reach)
        yield *facts, application.requested_support, claim.running, reach, outcome.word() if outcome else None


def _matrix_header(comparison: Comparison) -> tuple[str, ...]:
    codes = (criterion.id for criterion in comparison.call.criteria)
    names = (_("Diary number"), _("Project"), _("Assessor"), _("Conflict of interest"))
    return (*names, *codes, _("Main area"), _("Recommendation"))


def _matrix(comparison: Comparison) -> Iterator[Sequence[rows.Cell]]:
    """A row for each application and assessor, a column for each criterion."""
    call = comparison.call
    for line in comparison.lines:
        for reading in line.readings:
            found = reading.assessment
            who = (line.application.id, line.application.project_name, reading.person.name)
            if found is None or found.recused:
                yield (*who, reading.mark.word(), *[None] * (len(call.criteria) + 2))
                continue
            asked = call.criteria_for(line.application.id)
            ratings = (
                rating_word(call, c.id, reading.judgement(c.id).rating) if c in asked else None for c in call.criteria
            )
            recommended = recommendation_word(found.recommendation) if found.recommendation else None
            declared = declaration_word(found.conflict_of_interest.answer)
            yield (*who, declared, *ratings, found.main_area, recommended)


def _sheet(sheet: Worksheet, formats: Formats, header: Sequence[str], lines: Iterable[Sequence[rows.Cell]]) -> None:
    """Write the rows below a header that stays in sight; text stays text, whatever it begins with."""
    written = [tuple(cell[:LARGEST_CELL] if isinstance(cell, str) else cell for cell in line) for line in lines]
    widths = [len(name) + 2 for name in header]
    for line in written:
        for column, cell in enumerate(line):
            longest = max((len(part) for part in str(cell or "").split("\n")), default=0)
            widths[column] = min(max(widths[column], longest + 2), WIDEST)
    for column, (name, width) in enumerate(zip(header, widths, strict=True)):
        sheet.write_string(0, column, name, formats.head)
        sheet.set_column(column, column, width)
    for number, line in enumerate(written, start=1):
        for column, cell in enumerate(line):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, formats.number)
            elif cell:
                sheet.write_string(number, column, cell, formats.ratings.get(cell, formats.text))
        if (high := _lines(line, widths)) > 1:
            sheet.set_row(number, min(high * LINE, HIGHEST))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(written), 1), len(header) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _lines(line: Sequence[rows.Cell], widths: Sequence[int]) -> int:
    """How many lines the fullest cell of a row takes; a program that only reads the file does not measure it."""
    return max(
        sum(max(1, -(-len(part) // (width - 1))) for part in str(cell or "").split("\n"))
        for cell, width in zip(line, widths, strict=True)
    )
