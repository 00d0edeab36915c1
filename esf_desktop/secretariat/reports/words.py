"""The short lists of a basis in words, the same in every format."""

from collections import Counter
from collections.abc import Iterator

from esf_desktop import formatting
from esf_desktop.i18n import _, context
from esf_desktop.model import Recommendation
from esf_desktop.secretariat.admission import Admission
from esf_desktop.secretariat.agreement import Agreement
from esf_desktop.secretariat.compare import Comparison, Line
from esf_desktop.secretariat.reports.basis import Basis, MinuteLine
from esf_desktop.secretariat.states import State
from esf_desktop.wording import declaration_word, recommendation_word


def recommendations(line: Line) -> list[str]:
    """How many recommend what, in the order of the scale: `2 Prioritera`."""
    counts = Counter(line.recommendations)
    return [f"{counts[one]} {recommendation_word(one)}" for one in Recommendation if counts[one]]


def conflict_header() -> tuple[str, ...]:
    """The words above the list of conflicts of interest."""
    return _("Diary number"), _("Project"), _("Assessor"), _("Declaration"), _("Reason")


def conflicts(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """Every declaration that was not an unqualified no."""
    for line in comparison.lines:
        for reading in line.readings:
            found = reading.assessment
            if found is not None and (found.recused or reading.possible_conflict):
                declared = found.conflict_of_interest
                yield (
                    line.application.id,
                    line.application.project_name,
                    reading.person.name,
                    declaration_word(declared.answer),
                    declared.reason,
                )


def agreement_header() -> tuple[str, ...]:
    """The words above the table of agreement."""
    return _("On what"), _("Plain agreement"), _("Krippendorff’s α (ordinal)"), _("Rated twice or more")


def agreement(basis: Basis) -> Iterator[tuple[str, ...]]:
    """The agreement on all selected principles, then on each; nothing while the round is too small for it."""
    if basis.agreement is None:
        return
    yield _agreed(_("All selected principles"), basis.agreement)
    for principle in basis.comparison.call.principles:
        if (found := basis.by_principle.get(principle.id)) is not None:
            yield _agreed(f"{principle.id} {principle.title.spoken()}", found)


def _agreed(name: str, found: Agreement) -> tuple[str, ...]:
    plain = formatting.percent(found.plain) if found.plain is not None else "–"
    alpha = formatting.decimal(found.alpha) if found.alpha is not None else "–"
    return name, plain, alpha, formatting.count(found.units)


def minute_header() -> tuple[str, ...]:
    """The words above the merge minute."""
    return _("Bundle (SHA-256)"), _("Assessor"), _("Key fingerprint"), _("Fate"), _("Assessments")


def minute(basis: Basis) -> Iterator[tuple[str, ...]]:
    """Every bundle of the register, by its hash, with its fate."""
    for line in basis.minute:
        yield line.sha256, line.assessor, line.fingerprint, fate(line), states(line)


def fate(line: MinuteLine) -> str:
    """What became of a bundle."""
    match line.admission:
        case Admission.ACCEPTED:
            return context("bundle", "Registered")
        case Admission.CALL_UNKNOWN:
            return _("Waits for its call")
        case _:
            return _("Refused: {code}").format(code=line.code)


def states(line: MinuteLine) -> str:
    """What became of the assessments of a bundle: `Gäller 11 · Ersatt 1`."""
    counts = Counter(one.state.value for one in line.assessments)
    return " · ".join(f"{state.word()} {counts[state.value]}" for state in State if counts[state.value])
