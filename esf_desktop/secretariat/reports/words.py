"""The short lists of a basis in words, the same in every format."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from esf_desktop import formatting
from esf_desktop.i18n import _, context
from esf_desktop.model import Recommendation
from esf_desktop.secretariat.admission import Admission
from esf_desktop.secretariat.agreement import Agreement
from esf_desktop.secretariat.compare import Line
from esf_desktop.secretariat.consensus import Consensus
from esf_desktop.secretariat.funds import Reach
from esf_desktop.secretariat.reports.basis import Basis, MinuteLine, balance
from esf_desktop.secretariat.states import State
from esf_desktop.wording import declaration_word, rating_word, recommendation_word


def recommendations(line: Line) -> list[str]:
    """How many recommend what, in the order of the scale: `2 Prioritera`."""
    counts = Counter(line.recommendations)
    return [f"{counts[one]} {recommendation_word(one)}" for one in Recommendation if counts[one]]


def conflict_header() -> tuple[str, ...]:
    """The words above the list of conflicts of interest."""
    return _("Diary number"), _("Project"), _("Assessor"), _("Declaration"), _("Reason")


def conflicts(basis: Basis) -> Iterator[tuple[str, ...]]:
    """Every declaration that was not an unqualified no, and everybody who stepped aside at the meeting."""
    for line in basis.comparison.lines:
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
        if (written := basis.consensus.get(line.application.id)) is not None:
            for one in written.consensus.present:
                if one.conflict:
                    told = _("Took no part in the joint assessment")
                    yield line.application.id, line.application.project_name, one.name, told, one.reason


def moves_header() -> tuple[str, ...]:
    """The words above the list of moves."""
    return _("No."), _("When"), _("What was changed"), _("By"), _("Reason")


def moves(basis: Basis) -> Iterator[tuple[str, ...]]:
    """Every move of the proposal, oldest first, numbered among themselves."""
    for number, move in enumerate(basis.proposal.history.moves, start=1):
        done = move.sentence()
        told = _("{move} (taken back)").format(move=done) if move.undone else done
        when = formatting.moment(datetime.fromisoformat(move.at))
        yield str(number), when, told, move.proposed.by, move.reason


def reach(found: Reach) -> str:
    """Whether the money reaches to an application."""
    match found:
        case Reach.WITHIN:
            return _("within the budget")
        case Reach.ACROSS:
            return _("the line goes through")
        case Reach.BEYOND:
            return _("below the line")
        case Reach.OPEN:
            return _("no budget is set")
        case Reach.SET_ASIDE:
            return _("claims nothing")


def joint_header() -> tuple[str, ...]:
    """The words above the list of joint assessments."""
    names = (_("Diary number"), _("Project"), _("Code"), _("Criterion"), _("Rating"), _("Comment"))
    return (*names, _("Recommendation"), _("Reasons"), _("Present"), _("Stepped aside"), _("By"), _("When"))


def joint(basis: Basis) -> Iterator[tuple[str, ...]]:
    """Every joint assessment: a row of the whole, then one for each criterion that something was agreed on."""
    call = basis.comparison.call
    for line in basis.comparison.lines:
        written = basis.consensus.get(line.application.id)
        if written is None:
            continue
        agreed, facts = written.consensus, (line.application.id, line.application.project_name)
        met, of = agreed.met(call)
        recommended = recommendation_word(agreed.recommendation) if agreed.recommendation else ""
        count = _("{n} of {m} selected principles met").format(n=met, m=of)
        there, aside = present(written.consensus, conflict=False), present(written.consensus, conflict=True)
        when = formatting.moment(datetime.fromisoformat(written.at))
        yield (*facts, "", count, "", "", recommended, agreed.text, there, aside, agreed.by, when)
        for one in agreed.judgements:
            name, word = call.criterion(one.criterion).title.spoken(), rating_word(call, one.criterion, one.rating)
            yield (*facts, one.criterion, name, word, one.comment, *[""] * 6)


def present(agreed: Consensus, *, conflict: bool) -> str:
    """Who took part in a joint assessment, or who stepped aside and why."""
    names = [
        f"{one.name} ({one.reason})" if one.conflict and one.reason else one.name
        for one in agreed.present
        if one.conflict is conflict
    ]
    return ", ".join(names)


def balance_header() -> tuple[str, ...]:
    """The words above the figures of the balance."""
    what = (_("By what"), _("Group"), _("Applied"), _("Sought support"))
    proposed = (_("Number prioritised"), _("Of which prioritised"), _("If funds allow"), _("Of which if funds allow"))
    return (*what, *proposed)


def balances(basis: Basis) -> Iterator[tuple[str | int, ...]]:
    """The figures of the balance: all, the parts of the budget, and each group that anybody has applied in."""
    found = balance(basis)
    parts = [(_("Part of the budget"), part.group) for part in found.parts] if len(found.parts) > 1 else []
    groups = ((one.dimension.title(), group) for one in found.breakdowns for group in one.groups)
    for what, group in ((_("All"), found.total), *parts, *groups):
        if group.applied.count:
            sums = (group.applied, group.prioritised, group.if_funds_allow)
            yield what, group.name, *(figure for one in sums for figure in (one.count, one.support))


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
