"""The list of fingerprints on paper, PDF/A and PDF/UA: for each key whose it is, its groups, and a box to tick."""

from collections.abc import Sequence

from esf_desktop.formatting import NO_BREAK, groups
from esf_desktop.i18n import _, language, plural
from esf_desktop.secretariat.fingerprint_list import Listed
from esf_desktop.sheets import fonts, layout
from esf_desktop.sheets.archive import About
from esf_desktop.sheets.blocks import Block, Columns, Stack, Words
from esf_desktop.sheets.layout import LEADING, Cell, Part, gap, heading, paragraphs, rule, run, words
from esf_desktop.sheets.marks import ACCENT, INK, Blanks, Ticks
from esf_desktop.sheets.tagged import Run

COLUMNS = [0.34, 0.36, 191, 0.29, 46]


def render(body: str, call: str, keys: Sequence[Listed]) -> bytes:
    """The list, its pages numbered; `body` and `call` name whose it is."""
    title = _("Fingerprints to compare")
    how = _(
        "Reach each person in a way that you know already: by telephone, or face to face. The person reads the "
        "fingerprint from their own screen (File, Your details), and you follow it group by group. Tick the box only "
        "when all sixteen groups are the same. If one group differs, the key must not be trusted."
    )
    names = [_("Name"), _("Organisation and device"), _("Fingerprint (SHA-256)"), _("Standing"), _("Compared")]
    count = plural("{n} key", "{n} keys", len(keys)).format(n=len(keys))
    blocks: list[Block] = [
        words(run(" · ".join(filter(None, (body, call, count))), small=True, muted=True)),
        heading(title, 1),
        rule(ACCENT, 1.2, before=9),
        *paragraphs(how, before=9),
        layout.table(names, [_row(one) for one in keys], COLUMNS, padding=6, before=10),
        Columns(
            [Stack([Blanks(1, _("Compared by"))]), Stack([Blanks(1, _("Date"))])], [2 / 3, 0.33], gap=16, before=20
        ),
    ]
    part = Part(title, blocks, foot=" · ".join(filter(None, (call, title))))
    return layout.compose([part], About(title, body, call, language().value), through=True)


def _row(one: Listed) -> list[Cell]:
    where = [*paragraphs(one.organisation), *paragraphs(one.device, small=True, muted=True)]
    groups_ = groups(one.fingerprint).replace(" ", NO_BREAK)
    return [
        words(run(one.name, bold=True)),
        where or [gap(1)],
        [Words([Run(half, fonts.MONO, 8, INK)], LEADING) for half in (groups_[:39], groups_[40:])],
        words(run(one.standing, small=True, muted=True)),
        "" if one.blocked else Ticks([_("same")]),
    ]
