"""The chapter of one application in the basis: what each assessor says as a whole, and criterion by criterion."""

from esf_desktop import formatting
from esf_desktop.i18n import _, plural
from esf_desktop.model import Criterion, Rating
from esf_desktop.secretariat.compare import Cell as Compared
from esf_desktop.secretariat.compare import Comparison, Line, Mark, Reading
from esf_desktop.secretariat.reports import words
from esf_desktop.secretariat.reports.basis import Basis
from esf_desktop.secretariat.reports.rows import place
from esf_desktop.secretariat.reports.story import (
    Block,
    Cell,
    Chapter,
    Column,
    Facts,
    Heading,
    Kicker,
    Paragraph,
    Quote,
    Table,
    Tile,
    Words,
    said,
)
from esf_desktop.wording import declaration_word, rating_word, recommendation_word

PERSON = 104.0
"""The width of the column of names, in points."""


def application(basis: Basis, line: Line) -> Chapter:
    """Everything that the round says about one application."""
    comparison = basis.comparison
    asked, call = line.application, comparison.call
    outcome, place_ = basis.proposal.outcomes.get(asked.id), basis.proposal.places.get(asked.id)
    told = (
        (_("Applicant"), asked.applicant_name),
        (_("Sought support"), formatting.money(asked.requested_support or 0)),
        (_("Project period"), formatting.period(asked.start_date, asked.end_date)),
        (_("Selected principles met"), line.met_words()),
        *([(_("Outcome"), outcome.word())] if outcome else []),
        *([(_("Place"), str(place_))] if place_ and basis.proposal.ranked else []),
    )
    cells = {cell.criterion: cell for cell in line.cells}
    blocks: tuple[Block, ...] = (
        Kicker(asked.id),
        Heading(asked.project_name, 1),
        Facts(told),
        *([said(_("This application has been withdrawn."), strong=True)] if line.withdrawn else []),
        *_joint(basis, line),
        Heading(_("Overall assessments")),
        *_overall(comparison, line),
        *(b for c in call.principles_for(asked.id) for b in _of_criterion(comparison, line, c, cells[c.id])),
        *(b for c in call.areas_for(asked.id) for b in _of_criterion(comparison, line, c, cells[c.id])),
    )
    return Chapter(f"{asked.id} {asked.project_name}", blocks)


def _joint(basis: Basis, line: Line) -> list[Block]:
    """What the meeting agreed on, beside the assessors' own assessments, which it leaves as they are."""
    written, call = basis.consensus.get(line.application.id), basis.comparison.call
    if written is None:
        return []
    agreed = written.consensus
    met, of = agreed.met(call)
    recommended = recommendation_word(agreed.recommendation) if agreed.recommendation else ""
    notes = [
        _("{n} of {m} selected principles met").format(n=met, m=of),
        _("main area: {area}").format(area=agreed.main_area) if agreed.main_area else "",
    ]
    there, aside = words.present(agreed, conflict=False), words.present(agreed, conflict=True)
    blocks: list[Block] = [
        Heading(_("Joint assessment")),
        *(said(line) for line in agreed.text.split("\n") if line.strip()),
        *([said(recommended, strong=True)] if recommended else []),
        said(" · ".join(filter(None, notes)), small=True, muted=True),
    ]
    if there:
        blocks.append(said(_("Present: {names}").format(names=there), small=True))
    if aside:
        told = _("Stepped aside because of a conflict of interest: {names}").format(names=aside)
        blocks.append(said(told, small=True))
    rows = tuple(
        (
            (Words(f"{one.criterion}  {call.criterion(one.criterion).title.spoken()}"),),
            (Tile(one.rating, rating_word(call, one.criterion, one.rating)),),
            _own(one.comment),
        )
        for one in agreed.judgements
    )
    if rows:
        columns = (Column(_("Criterion"), 150), Column(_("Rating"), 86), Column(_("Comment"), 0.999))
        blocks.append(Table(_("Joint assessment"), columns, rows, quiet=True))
    return blocks


def _overall(comparison: Comparison, line: Line) -> list[Block]:
    delivered = [reading for reading in line.readings if reading.assessment is not None]
    rows = tuple((_person(reading), _said(comparison, line, reading)) for reading in delivered)
    columns = (Column(_("Assessor"), PERSON), Column(_("Overall assessment and recommendation"), 0.999))
    blocks: list[Block] = [Table(_("Overall assessments"), columns, rows)] if rows else []
    for mark in (Mark.WAITING, Mark.FORK, Mark.MISSING):
        names = [reading.person.name for reading in line.readings if reading.mark is mark]
        if names:
            why = Words(mark.word().capitalize() + ": ", strong=True)
            blocks.append(Paragraph((why, Words(", ".join(names)))))
    return blocks


def _person(reading: Reading) -> Cell:
    name = Words(reading.person.name, strong=True)
    where = reading.person.organisation
    return (name, Words(where, small=True, muted=True)) if where else (name,)


def _said(comparison: Comparison, line: Line, reading: Reading) -> Cell:
    found = reading.assessment
    assert found is not None
    declared = found.conflict_of_interest
    if found.recused:
        return Words(declaration_word(declared.answer), strong=True), *_own(declared.reason)
    principles = comparison.call.principles_for(line.application.id)
    notes = [
        _("{n} of {m} selected principles met").format(
            n=sum(reading.judgement(p.id).rating is Rating.MET for p in principles), m=len(principles)
        ),
        _("main area: {area}").format(area=found.main_area) if found.main_area else "",
        declaration_word(declared.answer).lower() if reading.possible_conflict else "",
        reading.mark.word() if reading.mark is Mark.OTHER_FRAMEWORK else "",
        _("revision {n}").format(n=found.revision) if found.revision > 1 else "",
    ]
    recommended = recommendation_word(found.recommendation) if found.recommendation else ""
    return (
        *_own(found.overall),
        *([Words(recommended, strong=True)] if recommended else []),
        Words(" · ".join(filter(None, notes)), small=True, muted=True),
    )


def _of_criterion(comparison: Comparison, line: Line, criterion: Criterion, cell: Compared) -> list[Block]:
    rows = tuple(
        ((Words(reading.person.name),), *_judged(comparison, line, reading, criterion))
        for reading in line.readings
        if reading.assessment is not None and not reading.assessment.recused
    )
    if not rows:
        return []
    name = f"{criterion.id}  {criterion.title.spoken()}"
    if cell.apart:
        name += " – " + plural("{n} step apart", "{n} steps apart", cell.spread).format(n=cell.spread)
    columns = (Column(_("Assessor"), PERSON), Column(_("Rating"), 86), Column(_("Comment and evidence"), 0.999))
    return [Heading(name), Table(criterion.title.spoken(), columns, rows, quiet=True)]


def _judged(comparison: Comparison, line: Line, reading: Reading, criterion: Criterion) -> tuple[Cell, Cell]:
    judgement = reading.judgement(criterion.id)
    word = rating_word(comparison.call, criterion.id, judgement.rating)
    evidence = [
        Quote(place(line.application, one), _("“{quote}”").format(quote=one.quote)) for one in judgement.evidence
    ]
    return (Tile(judgement.rating, word),), (*_own(judgement.comment), *evidence)


def _own(text: str) -> Cell:
    """A person's own text, if there is any."""
    return (Words(text),) if text.strip() else ()
