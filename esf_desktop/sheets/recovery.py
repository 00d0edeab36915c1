"""The recovery sheet: the code that opens the work when the passphrase is forgotten, and how it is used."""

from datetime import date

from msgspec import Struct

from esf_desktop import formatting
from esf_desktop.i18n import _, language
from esf_desktop.sheets import fonts
from esf_desktop.sheets.archive import About
from esf_desktop.sheets.blocks import Block, Columns, Stack
from esf_desktop.sheets.layout import Part, bullets, compose, facts, heading, paragraphs, rule, run, words
from esf_desktop.sheets.marks import ACCENT, INK, MUTED
from esf_desktop.sheets.tagged import Run

CODE_SIZE = 15.0


class Recovery(Struct, frozen=True):
    """What the sheet says: whose work it is, by which key it is known, the code, and the day it was made."""

    name: str
    organisation: str
    fingerprint: str
    code: str
    made: date


def recovery_sheet(recovery: Recovery) -> bytes:
    """The sheet as one page of PDF/A."""
    title = _("Recovery sheet")
    kicker = "ESF Desktop · " + formatting.day(recovery.made)
    blocks: list[Block] = [
        words(run(kicker, small=True, muted=True)),
        heading(title, 1),
        rule(ACCENT, 1.2, before=9),
        facts(
            [
                (_("Name"), recovery.name),
                (_("Organisation"), recovery.organisation),
                (_("Made"), formatting.day(recovery.made)),
            ],
            columns=3,
            before=9,
        ),
        heading(_("Recovery code")),
        *paragraphs(
            _("Six groups. The last character of each is a check character: the program says which group was misread."),
            muted=True,
            before=2,
        ),
        *_code(recovery.code),
        *paragraphs(
            _("There is no 0, 1, I, L or O in it. Capital and small letters mean the same."),
            small=True,
            muted=True,
            before=8,
        ),
        heading(_("When you have forgotten the passphrase")),
        bullets(
            [
                _("Open ESF Desktop. On the page that asks for the passphrase, choose “Use the recovery code”."),
                _("Type the code from this sheet, group by group, and then a new passphrase."),
                _("The work and the signing key open as before. The secretariat need not be told."),
            ]
        ),
        heading(_("Keep the sheet safe")),
        bullets(
            [
                _("Whoever has the sheet and the computer can read the work and sign in your name."),
                _("Keep it away from the computer, as you keep a key. Do not photograph it or send it by e-mail."),
                _("If it is lost, make a new code in the settings: this one then opens nothing on the computer."),
            ]
        ),
        heading(_("Key fingerprint")),
        words(
            Run(formatting.groups(recovery.fingerprint), fonts.MONO, 8.4, INK),
            before=2,
        ),
    ]
    about = About(title, recovery.name, title, language().value)
    return compose([Part(title, blocks, foot=" · ".join(filter(None, (recovery.name, title))))], about)


def _code(code: str) -> list[Block]:
    groups = code.split("-")
    rows = [groups[:3], groups[3:]]
    return [
        Columns(
            [
                Stack(
                    [
                        words(run(str(3 * row + place + 1), small=True, muted=True)),
                        words(
                            Run(group[:-1], fonts.MONO, CODE_SIZE, INK), Run(group[-1], fonts.MONO, CODE_SIZE, MUTED)
                        ),
                    ]
                )
                for place, group in enumerate(part)
            ],
            [1 / 3, 1 / 3, 0.33],
            gap=16,
            before=10,
        )
        for row, part in enumerate(rows)
    ]
