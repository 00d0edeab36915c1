"""The last chapters of the basis: conflicts of interest, agreement, and the minute that names every bundle."""

from esf_desktop import formatting
from esf_desktop.i18n import _, plural
from esf_desktop.secretariat.admission import Admission
from esf_desktop.secretariat.agreement import in_words
from esf_desktop.secretariat.reports import words
from esf_desktop.secretariat.reports.basis import Basis, MinuteLine
from esf_desktop.secretariat.reports.story import (
    Block,
    Cell,
    Chapter,
    Column,
    Digits,
    Heading,
    Table,
    Words,
    cell,
    cells,
    said,
)


def conflicts(basis: Basis) -> Chapter:
    """Every declaration that was not an unqualified no, and everybody who stepped aside at the meeting."""
    title = _("Conflicts of interest")
    rows = tuple(cells(row) for row in words.conflicts(basis))
    if not rows:
        return Chapter(title, (Heading(title, 1), said(_("Nobody has declared a conflict of interest."))))
    columns = tuple(map(Column, words.conflict_header(), (58, 120, 90, 92, 0.999)))
    return Chapter(title, (Heading(title, 1), Table(title, columns, rows)))


def agreement(basis: Basis) -> Chapter:
    """How far the assessors agree, on all selected principles and on each."""
    title = _("Agreement")
    if basis.agreement is None:
        told = _("Agreement is shown from five applications and two assessors.")
        return Chapter(title, (Heading(title, 1), said(told)))
    columns = tuple(map(Column, words.agreement_header(), (0.999, 80, 118, 100), (0, 1, 1, 1)))
    rows = tuple(cells(row) for row in words.agreement(basis))
    return Chapter(title, (Heading(title, 1), said(in_words(basis.agreement)), Table(title, columns, rows)))


def minute(basis: Basis) -> Chapter:
    """Every bundle by its hash, with its fate; nothing of when it came."""
    title = _("Merge minute")
    registered = sum(line.admission != Admission.REFUSED for line in basis.minute)
    count = plural("{n} bundle was registered.", "{n} bundles were registered.", registered).format(n=registered)
    columns = (
        Column(_("Bundle (SHA-256), and the fingerprint of the key that signed it"), 0.999),
        Column(_("Assessor"), 88),
        Column(_("Fate"), 96),
    )
    view = _("The canonical view of the register has SHA-256 {digits}").format(
        digits=formatting.groups(basis.view_sha256)
    )
    blocks: tuple[Block, ...] = (
        Heading(title, 1),
        said(count),
        *([Table(title, columns, tuple(map(_line, basis.minute)))] if basis.minute else []),
        said(view, small=True, muted=True),
    )
    return Chapter(title, blocks)


def _line(line: MinuteLine) -> tuple[Cell, ...]:
    digits: Cell = (Digits(formatting.groups(line.sha256)),)
    if line.fingerprint:
        digits += (Digits(formatting.groups(line.fingerprint), muted=True),)
    fate: Cell = (Words(words.fate(line)),)
    if line.assessments:
        fate += (Words(words.states(line), small=True, muted=True),)
    return digits, cell(line.assessor or "–"), fate
