"""The basis on paper: overview, matrix, a page for each application, conflicts of interest, agreement, merge minute."""

from esf_desktop import formatting
from esf_desktop.i18n import _, context, language, plural
from esf_desktop.model import Criterion, Declaration
from esf_desktop.secretariat.agreement import in_words
from esf_desktop.secretariat.compare import Comparison, Line, Mark, Order, Reading, Tile, ordered
from esf_desktop.secretariat.reports import words
from esf_desktop.secretariat.reports.basis import Basis
from esf_desktop.secretariat.reports.rows import quoted
from esf_desktop.sheets import layout, marks
from esf_desktop.sheets.archive import About
from esf_desktop.sheets.blocks import Block, Columns, Stack
from esf_desktop.sheets.layout import Cell, Part
from esf_desktop.wording import declaration_word, rating_word, recommendation_word

TILE = 17.0
"""The width of one tile in the matrix, in points."""


def render(basis: Basis) -> bytes:
    """The PDF."""
    call = basis.comparison.call
    foot = " · ".join(part for part in (_("Basis for the decision"), call.id, call.title) if part)
    parts = [
        Part(_("Overview"), _overview(basis), foot=foot),
        Part(_("Comparison"), _matrix(basis.comparison), foot=foot, landscape=True),
        *(Part(_title(line), _application(basis.comparison, line), foot=foot) for line in basis.comparison.lines),
        Part(_("Conflicts of interest and agreement"), [*_conflicts(basis), *_agreement(basis)], foot=foot),
        Part(_("Merge minute"), _minute(basis), foot=foot),
    ]
    title = _("Basis for the decision – {what}").format(what=call.title)
    return layout.compose(parts, About(title, call.body, call.id, language().value))


def _overview(basis: Basis) -> list[Block]:
    comparison = basis.comparison
    call = comparison.call
    sought = [line.application.requested_support or 0 for line in comparison.lines if not line.withdrawn]
    told = [
        (_("Call"), call.id),
        (_("Diary number"), call.diary_number),
        (_("Deadline"), formatting.day(call.deadline) if call.deadline else ""),
        (_("Applications"), formatting.count(len(sought))),
        (_("Sought support together"), formatting.money(sum(sought))),
        (_("Budget"), formatting.money(sum(part.amount for part in call.budget)) if call.budget else ""),
        (_("Assessors"), formatting.count(len(comparison.people))),
        (_("Bundles"), formatting.count(len(basis.minute))),
    ]
    rows: list[list[Cell]] = [
        [
            line.application.id,
            [
                layout.words(layout.run(line.application.project_name, bold=True)),
                layout.words(layout.run(line.application.applicant_name, small=True, muted=True)),
            ],
            formatting.money(line.application.requested_support or 0),
            words.met(line),
            _recommendations(line),
        ]
        for line in comparison.lines
    ]
    header = [_("Diary number"), _("Project and applicant"), _("Sought support"), _("Met"), _("Recommendations")]
    delivered: list[list[Cell]] = [
        [
            one.person.name,
            _("{n} of {m} delivered").format(n=len(one.delivered) + len(one.recused), m=one.asked),
            ", ".join(one.missing) or "–",
        ]
        for one in basis.deliveries
    ]
    notes = [_("Practice: everything here is fictional.")] if call.practice else []
    return [
        layout.words(layout.run(call.body, small=True, muted=True)),
        layout.heading(call.title, 1),
        *(layout.words(layout.run(note, bold=True), before=4) for note in notes),
        layout.rule(marks.ACCENT, 1.2, before=6),
        layout.facts(told, before=9),
        layout.heading(_("Applications")),
        layout.table(header, rows, [56, 0.999, 74, 46, 128], align=[0, 0, 1, 0, 0]),
        layout.words(
            layout.run(
                _("Met: from the assessor who finds fewest selected principles met to the one who finds most."),
                small=True,
                muted=True,
            ),
            before=5,
        ),
        layout.heading(_("Who has delivered")),
        layout.table([_("Assessor"), _("Delivered"), _("Missing")], delivered, [140, 110, 0.999]),
    ]


def _recommendations(line: Line) -> str:
    counts: dict[str, int] = {}
    for recommendation in line.recommendations:
        word = recommendation_word(recommendation)
        counts[word] = counts.get(word, 0) + 1
    return "\n".join(f"{count} {word}" for word, count in counts.items()) or "–"


def _matrix(comparison: Comparison) -> list[Block]:
    call = comparison.call
    width = max(len(comparison.people) * TILE + 4, 40)
    rows: list[list[Cell]] = []
    for line in ordered(comparison.lines, Order.SPREAD):
        name: Cell = [
            layout.words(layout.run(line.application.id, small=True, muted=True)),
            layout.words(layout.run(line.application.project_name, bold=True)),
        ]
        cells: list[Cell] = [
            Columns(
                [Stack([_tile(comparison, cell.criterion, tile)]) for tile in cell.tiles],
                [TILE] * len(cell.tiles),
                gap=0,
            )
            for cell in line.cells
            if not call.is_area(cell.criterion)
        ]
        rows.append([name, *cells, words.met(line)])
    header = [_("Application"), *(principle.id for principle in call.principles), _("Met")]
    people = "   ".join(f"{number}. {person.name}" for number, person in enumerate(comparison.people, start=1))
    return [
        layout.heading(_("Comparison"), 1),
        layout.words(layout.run(_("Widest difference first. A tile for each assessor, in this order:")), before=4),
        layout.words(layout.run(people, muted=True), before=2),
        layout.table(header, rows, [0.999, *[width] * len(call.principles), 44], padding=3),
        _legend(comparison),
    ]


def _legend(comparison: Comparison) -> Block:
    steps = [Stack([marks.Tile(step.rating, step.word.spoken())]) for step in comparison.call.framework.steps]
    empty = _("An empty frame: no rating from that assessor.")
    note = Stack([layout.words(layout.run(empty, small=True, muted=True), before=2)])
    return Columns([*steps, note], [*[84] * len(steps), 0.999], before=8)


def _tile(comparison: Comparison, criterion: str, tile: Tile) -> Block:
    word = _no_rating(tile.mark)
    if tile.rating is not None:
        word = next(s.word.spoken() for s in comparison.call.framework.steps if s.rating is tile.rating)
    return marks.Tile(tile.rating, f"{tile.person.name}: {criterion} {word}", only_icon=True)


def _no_rating(mark: Mark) -> str:
    match mark:
        case Mark.RECUSED:
            return declaration_word(Declaration.RECUSED)
        case Mark.RATED:
            return context("principle", "Not assessed")
        case _:
            return _("nothing delivered")


def _title(line: Line) -> str:
    return f"{line.application.id} {line.application.project_name}"


def _application(comparison: Comparison, line: Line) -> list[Block]:
    application, call = line.application, comparison.call
    told = [
        (_("Diary number"), application.id),
        (_("Applicant"), application.applicant_name),
        (_("Sought support"), formatting.money(application.requested_support or 0)),
        (_("Project period"), formatting.period(application.start_date, application.end_date)),
        (_("Selected principles met"), words.met(line)),
        (_("Recommendations"), _recommendations(line).replace("\n", ", ")),
    ]
    blocks: list[Block] = [
        layout.words(layout.run(application.id, small=True, muted=True)),
        layout.heading(application.project_name, 1),
        layout.rule(marks.ACCENT, 1.2, before=6),
        layout.facts(told, before=9),
    ]
    if line.withdrawn:
        blocks.append(layout.words(layout.run(_("This application has been withdrawn."), bold=True), before=6))
    for criterion in call.criteria:
        blocks += _of_criterion(comparison, line, criterion)
    blocks.append(layout.heading(_("Overall assessments")))
    rows: list[list[Cell]] = [[reading.person.name, _overall(reading)] for reading in line.readings]
    blocks.append(layout.table([], rows, [110, 0.999]))
    return blocks


def _of_criterion(comparison: Comparison, line: Line, criterion: Criterion) -> list[Block]:
    rows: list[list[Cell]] = []
    for reading in line.readings:
        if reading.assessment is None or reading.assessment.recused:
            continue
        judgement = reading.judgement(criterion.id)
        said = [
            *layout.paragraphs(judgement.comment),
            *(layout.words(layout.run(quoted(e), small=True, muted=True), before=1.5) for e in judgement.evidence),
        ]
        word = rating_word(comparison.call, criterion.id, judgement.rating)
        rows.append([reading.person.name, marks.Tile(judgement.rating, word), said])
    if not rows:
        return []
    return [
        layout.heading(f"{criterion.id}  {criterion.title.spoken()}"),
        layout.table([], rows, [110, 92, 0.999], padding=3.4),
    ]


def _overall(reading: Reading) -> Cell:
    found = reading.assessment
    if found is None:
        return _no_rating(reading.mark)
    if found.recused:
        declared = found.conflict_of_interest
        return " – ".join(part for part in (declaration_word(declared.answer), declared.reason) if part)
    blocks = list(layout.paragraphs(found.overall))
    if found.recommendation is not None:
        blocks.append(layout.words(layout.run(recommendation_word(found.recommendation), bold=True), before=2))
    return blocks


def _conflicts(basis: Basis) -> list[Block]:
    rows: list[list[Cell]] = [list(row) for row in words.conflicts(basis.comparison)]
    blocks: list[Block] = [layout.heading(_("Conflicts of interest"), 1)]
    if not rows:
        return [*blocks, layout.words(layout.run(_("Nobody has declared a conflict of interest.")), before=4)]
    return [*blocks, layout.table(list(words.conflict_header()), rows, [58, 120, 90, 92, 0.999])]


def _agreement(basis: Basis) -> list[Block]:
    blocks: list[Block] = [layout.heading(_("Agreement"))]
    if basis.agreement is None:
        said = _("Agreement is shown from five applications and two assessors.")
        return [*blocks, layout.words(layout.run(said), before=4)]
    names = {principle.id: principle.title.spoken() for principle in basis.comparison.call.principles}
    found = [(_("All selected principles"), basis.agreement)]
    found += [(f"{criterion} {names[criterion]}", one) for criterion, one in basis.by_principle.items()]
    rows: list[list[Cell]] = [
        [
            name,
            formatting.percent(one.plain) if one.plain is not None else "–",
            formatting.decimal(one.alpha) if one.alpha is not None else "–",
            formatting.count(one.units),
        ]
        for name, one in found
    ]
    header = ["", _("Plain agreement"), _("Krippendorff’s α (ordinal)"), _("Rated twice or more")]
    return [
        *blocks,
        layout.words(layout.run(in_words(basis.agreement)), before=4),
        layout.table(header, rows, [0.999, 80, 110, 90], align=[0, 1, 1, 1]),
    ]


def _minute(basis: Basis) -> list[Block]:
    rows: list[list[Cell]] = [
        [
            [
                layout.words(layout.run(formatting.groups(sha256), small=True)),
                layout.words(layout.run(formatting.groups(fingerprint), small=True, muted=True), before=1.5),
            ],
            assessor,
            fate,
        ]
        for sha256, assessor, fingerprint, fate in words.minute(basis)
    ]
    count = plural("{n} bundle was registered.", "{n} bundles were registered.", len(rows)).format(n=len(rows))
    header = [_("Bundle (SHA-256), and the fingerprint of the key that signed it"), _("Assessor"), _("Fate")]
    view = _("The canonical view of the register has SHA-256 {digits}").format(
        digits=formatting.groups(basis.view_sha256)
    )
    return [
        layout.heading(_("Merge minute"), 1),
        layout.words(layout.run(count), before=4),
        layout.table(header, rows, [0.999, 110, 90]),
        layout.words(layout.run(view, small=True), before=8),
    ]
