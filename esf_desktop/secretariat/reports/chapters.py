"""Which chapters a basis has, in the order in which a meeting needs them."""

from esf_desktop.i18n import _
from esf_desktop.secretariat.reports import annex_chapters, application_chapters, decision_chapters, round_chapters
from esf_desktop.secretariat.reports.basis import Basis
from esf_desktop.secretariat.reports.story import Story


def told(basis: Basis) -> Story:
    """The basis as it is read, in the language spoken now."""
    comparison, call = basis.comparison, basis.comparison.call
    named = [_("Practice") if call.practice else "", _("Basis for the decision"), call.id, call.title]
    chapters = (
        round_chapters.overview(basis),
        round_chapters.matrix(comparison),
        decision_chapters.proposal(basis),
        decision_chapters.weighing(basis),
        *(application_chapters.application(basis, line) for line in comparison.lines),
        annex_chapters.conflicts(basis),
        annex_chapters.agreement(basis),
        annex_chapters.minute(basis),
    )
    title = _("Basis for the decision – {what}").format(what=call.title)
    return Story(title, call.body, call.id, " · ".join(filter(None, named)), chapters)
