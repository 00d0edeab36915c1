"""What every sheet begins with: which application it is, of which call, and whether it is practice."""

from esf_desktop import formatting, municipalities
from esf_desktop.i18n import _, plural
from esf_desktop.model import Application, Assessor, Call, Rating
from esf_desktop.sheets import fonts
from esf_desktop.sheets.blocks import Block, Columns, Stack
from esf_desktop.sheets.layout import heading, rule, run, words
from esf_desktop.sheets.marks import ACCENT, RATINGS, Badge

MOST_NAMES = 2


def title(application: Application) -> str:
    """The application as an outline and the head of continued pages name it."""
    return f"{application.id} {application.project_name}"


def head(call: Call, application: Application, kind: str, *, revision: int | None) -> list[Block]:
    """The title with what stands beside it, and the line below."""
    kicker = _("{kind} · call {call}").format(kind=kind, call=call.id)
    left: list[Block] = [
        words(run(kicker, small=True, muted=True)),
        heading(application.project_name or str(application.id), 1),
        words(run(" · ".join(filter(None, (call.body, call.title))), small=True, muted=True), before=1),
    ]
    number = run(application.id, bold=True)._replace(size=12.5)
    right: list[Block] = [words(number, align=1)]
    if revision is not None:
        right.append(words(run(_("Revision {n}").format(n=revision), small=True, muted=True), align=1, before=1))
    if call.practice:
        right.append(Badge(_("Practice"), RATINGS[Rating.PARTLY][0], size=9, align=1, before=3))
    aside = min(200.0, max(80.0, fonts.width(number.text, number.font, number.size) + 1))
    return [Columns([Stack(left), Stack(right)], [0.999, aside], gap=16), rule(ACCENT, 1.2, before=9)]


def application_facts(application: Application) -> list[tuple[str, str]]:
    """The four facts that tell one application from another."""
    support = application.requested_support
    return [
        (_("Applicant"), application.applicant_name),
        (_("Requested support"), formatting.money(support) if support is not None else ""),
        (_("Project period"), formatting.period(application.start_date, application.end_date)),
        (_("Municipalities"), _municipalities(application.municipalities)),
    ]


def foot(call: Call, assessor: Assessor | None, note: str = "") -> str:
    """What stands at the foot of pages that do not carry the seal."""
    return " · ".join(filter(None, (_("Practice") if call.practice else "", assessor.name if assessor else "", note)))


def _municipalities(codes: tuple[str, ...]) -> str:
    known = [municipalities.by_code(code) for code in codes]
    names = [found.name if found else code for found, code in zip(known, codes, strict=True)]
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    counties = municipalities.counties(codes)
    if len(counties) == 1:
        return _("{n}, in {county}").format(n=len(names), county=counties[0])
    if len(counties) == 2:
        return _("{n}, in both counties").format(n=len(names))
    return plural("{n} municipality", "{n} municipalities", len(names)).format(n=len(names))
