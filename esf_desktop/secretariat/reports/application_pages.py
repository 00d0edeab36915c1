"""The pages of one application in the basis: what each assessor says as a whole, and criterion by criterion."""

from esf_desktop import formatting
from esf_desktop.i18n import _, plural
from esf_desktop.model import Criterion, Rating
from esf_desktop.secretariat.compare import Cell as Compared
from esf_desktop.secretariat.compare import Comparison, Line, Mark, Reading
from esf_desktop.secretariat.reports.rows import place
from esf_desktop.sheets import layout, marks
from esf_desktop.sheets.blocks import Block
from esf_desktop.sheets.layout import Cell
from esf_desktop.sheets.marks import ACCENT
from esf_desktop.wording import declaration_word, rating_word, recommendation_word

PERSON = 104.0
"""The width of the column of names, in points."""


def title(line: Line) -> str:
    """The application as the outline names it."""
    return f"{line.application.id} {line.application.project_name}"


def blocks(comparison: Comparison, line: Line) -> list[Block]:
    """Everything that the round says about one application."""
    application, call = line.application, comparison.call
    told = [
        (_("Applicant"), application.applicant_name),
        (_("Sought support"), formatting.money(application.requested_support or 0)),
        (_("Project period"), formatting.period(application.start_date, application.end_date)),
        (_("Selected principles met"), line.met_words()),
    ]
    notes = [_("This application has been withdrawn.")] if line.withdrawn else []
    cells = {cell.criterion: cell for cell in line.cells}
    return [
        layout.words(layout.run(application.id, small=True, muted=True)),
        layout.heading(application.project_name, 1),
        layout.rule(marks.ACCENT, 1.2, before=6),
        layout.facts(told, before=9),
        *(layout.words(layout.run(note, bold=True), before=6) for note in notes),
        layout.heading(_("Overall assessments")),
        *_overall(comparison, line),
        *(
            block
            for c in call.principles_for(line.application.id)
            for block in _of_criterion(comparison, line, c, cells[c.id])
        ),
        *(
            block
            for c in call.areas_for(line.application.id)
            for block in _of_criterion(comparison, line, c, cells[c.id])
        ),
    ]


def _overall(comparison: Comparison, line: Line) -> list[Block]:
    delivered = [reading for reading in line.readings if reading.assessment is not None]
    rows: list[list[Cell]] = [[_person(reading), _said(comparison, line, reading)] for reading in delivered]
    header = [_("Assessor"), _("Overall assessment and recommendation")]
    blocks: list[Block] = [layout.table(header, rows, [PERSON, 0.999])] if rows else []
    for mark in (Mark.WAITING, Mark.FORK, Mark.MISSING):
        names = [reading.person.name for reading in line.readings if reading.mark is mark]
        if names:
            why = layout.run(mark.word().capitalize() + ": ", bold=True)
            blocks.append(layout.words(why, layout.run(", ".join(names)), before=6))
    return blocks


def _person(reading: Reading) -> list[Block]:
    name: list[Block] = [layout.words(layout.run(reading.person.name, bold=True))]
    if reading.person.organisation:
        name.append(layout.words(layout.run(reading.person.organisation, small=True, muted=True)))
    return name


def _said(comparison: Comparison, line: Line, reading: Reading) -> list[Block]:
    found = reading.assessment
    assert found is not None
    declared = found.conflict_of_interest
    if found.recused:
        return [
            layout.words(layout.run(declaration_word(declared.answer), bold=True)),
            *layout.paragraphs(declared.reason),
        ]
    said: list[Block] = list(layout.paragraphs(found.overall))
    if found.recommendation is not None:
        said.append(layout.words(layout.run(recommendation_word(found.recommendation), bold=True), before=2.5))
    principles = comparison.call.principles_for(line.application.id)
    notes = [
        _("{n} of {m} selected principles met").format(
            n=sum(reading.judgement(p.id).rating is Rating.MET for p in principles),
            m=len(principles),
        ),
        _("main area: {area}").format(area=found.main_area) if found.main_area else "",
        declaration_word(declared.answer).lower() if reading.possible_conflict else "",
        reading.mark.word() if reading.mark is Mark.OTHER_FRAMEWORK else "",
        _("revision {n}").format(n=found.revision) if found.revision > 1 else "",
    ]
    said.append(layout.words(layout.run(" · ".join(filter(None, notes)), small=True, muted=True), before=2))
    return said


def _of_criterion(comparison: Comparison, line: Line, criterion: Criterion, cell: Compared) -> list[Block]:
    rows = [
        [layout.words(layout.run(reading.person.name)), *_judged(comparison, line, reading, criterion)]
        for reading in line.readings
        if reading.assessment is not None and not reading.assessment.recused
    ]
    if not rows:
        return []
    name = f"{criterion.id}  {criterion.title.spoken()}"
    if cell.apart:
        name += " – " + plural("{n} step apart", "{n} steps apart", cell.spread).format(n=cell.spread)
    return [layout.heading(name), layout.table([], rows, [PERSON, 86, 0.999], padding=3.6)]


def _judged(comparison: Comparison, line: Line, reading: Reading, criterion: Criterion) -> list[Cell]:
    judgement = reading.judgement(criterion.id)
    word = rating_word(comparison.call, criterion.id, judgement.rating)
    evidence = [
        layout.words(
            layout.run(place(line.application, one) + " ", bold=True, small=True, colour=ACCENT),
            layout.run(_("“{quote}”").format(quote=one.quote), small=True, muted=True),
            before=1.5,
        )
        for one in judgement.evidence
    ]
    return [marks.Tile(judgement.rating, word), [*layout.paragraphs(judgement.comment), *evidence]]
