"""The last pages of the basis: conflicts of interest, agreement, and the minute that names every bundle."""

from esf_desktop import formatting
from esf_desktop.i18n import _, plural
from esf_desktop.secretariat.admission import Admission
from esf_desktop.secretariat.agreement import Agreement, in_words
from esf_desktop.secretariat.reports import words
from esf_desktop.secretariat.reports.basis import Basis, MinuteLine
from esf_desktop.sheets import layout
from esf_desktop.sheets.blocks import Block
from esf_desktop.sheets.layout import Cell

DIGITS = 6.3
"""The size of hashes, in points: a whole one on a line."""


def conflicts(basis: Basis) -> list[Block]:
    """Every declaration that was not an unqualified no."""
    rows: list[list[Cell]] = [list(row) for row in words.conflicts(basis.comparison)]
    blocks: list[Block] = [layout.heading(_("Conflicts of interest"), 1)]
    if not rows:
        return [*blocks, layout.words(layout.run(_("Nobody has declared a conflict of interest.")), before=4)]
    return [*blocks, layout.table(list(words.conflict_header()), rows, [58, 120, 90, 92, 0.999])]


def agreement(basis: Basis) -> list[Block]:
    """How far the assessors agree, on all selected principles and on each."""
    blocks: list[Block] = [layout.heading(_("Agreement"), 1)]
    if basis.agreement is None:
        said = _("Agreement is shown from five applications and two assessors.")
        return [*blocks, layout.words(layout.run(said), before=4)]
    names = {principle.id: principle.title.spoken() for principle in basis.comparison.call.principles}
    found = [(_("All selected principles"), basis.agreement)]
    found += [(f"{criterion} {names[criterion]}", one) for criterion, one in basis.by_principle.items()]
    header = ["", _("Plain agreement"), _("Krippendorff’s α (ordinal)"), _("Rated twice or more")]
    return [
        *blocks,
        layout.words(layout.run(in_words(basis.agreement)), before=4),
        layout.table(header, [_figures(*one) for one in found], [0.999, 80, 118, 100], align=[0, 1, 1, 1]),
    ]


def _figures(name: str, found: Agreement) -> list[Cell]:
    plain = formatting.percent(found.plain) if found.plain is not None else "–"
    alpha = formatting.decimal(found.alpha) if found.alpha is not None else "–"
    return [name, plain, alpha, formatting.count(found.units)]


def minute(basis: Basis) -> list[Block]:
    """Every bundle by its hash, with its fate; nothing of when it came."""
    registered = sum(line.admission != Admission.REFUSED for line in basis.minute)
    count = plural("{n} bundle was registered.", "{n} bundles were registered.", registered).format(n=registered)
    header = [_("Bundle (SHA-256), and the fingerprint of the key that signed it"), _("Assessor"), _("Fate")]
    view = _("The canonical view of the register has SHA-256 {digits}").format(
        digits=formatting.groups(basis.view_sha256)
    )
    return [
        layout.heading(_("Merge minute"), 1),
        layout.words(layout.run(count), before=4),
        layout.table(header, [_line(line) for line in basis.minute], [0.999, 88, 96]),
        layout.words(layout.run(view, small=True), before=8),
    ]


def _line(line: MinuteLine) -> list[Cell]:
    digits: list[Block] = [layout.words(layout.run(formatting.groups(line.sha256))._replace(size=DIGITS))]
    if line.fingerprint:
        key = layout.run(formatting.groups(line.fingerprint), muted=True)._replace(size=DIGITS)
        digits.append(layout.words(key, before=1))
    fate: list[Block] = [layout.words(layout.run(words.fate(line)))]
    if line.assessments:
        fate.append(layout.words(layout.run(words.states(line), small=True, muted=True), before=1))
    return [digits, line.assessor or "–", fate]
