"""The basis on paper, PDF/A and PDF/UA: overview, matrix, applications, conflicts of interest, agreement, minute."""

from esf_desktop.i18n import _, language
from esf_desktop.secretariat.reports import annex_pages, application_pages, round_pages
from esf_desktop.secretariat.reports.basis import Basis
from esf_desktop.sheets import layout
from esf_desktop.sheets.archive import About
from esf_desktop.sheets.layout import Part


def render(basis: Basis) -> bytes:
    """The PDF, its pages numbered through."""
    comparison, call = basis.comparison, basis.comparison.call
    named = [_("Practice") if call.practice else "", _("Basis for the decision"), call.id, call.title]
    foot = " · ".join(filter(None, named))
    parts = [
        Part(_("Overview"), round_pages.overview(basis), foot=foot),
        Part(_("Comparison"), round_pages.matrix(comparison), foot=foot, landscape=True),
        *(
            Part(application_pages.title(line), application_pages.blocks(comparison, line), foot=foot)
            for line in comparison.lines
        ),
        Part(_("Conflicts of interest"), annex_pages.conflicts(basis), foot=foot),
        Part(_("Agreement"), annex_pages.agreement(basis), foot=foot),
        Part(_("Merge minute"), annex_pages.minute(basis), foot=foot),
    ]
    title = _("Basis for the decision – {what}").format(what=call.title)
    return layout.compose(parts, About(title, call.body, call.id, language().value), through=True)
