"""The proposal and its balance from the command line: order, outcomes, moves with reasons, and the order as a file."""

import getpass
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from esf_desktop import formatting
from esf_desktop.cli.output import AsJson, InRegister, now, refusals, say, show
from esf_desktop.cli.secretariat import register_at
from esf_desktop.files import write_whole
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId
from esf_desktop.secretariat import appointments, order, order_file
from esf_desktop.secretariat import balance as balancing
from esf_desktop.secretariat import consensus as agreeing
from esf_desktop.secretariat import proposal as proposing
from esf_desktop.secretariat.compare import Comparison, Line
from esf_desktop.secretariat.errors import NoCallError
from esf_desktop.secretariat.moves import Move
from esf_desktop.secretariat.order import Outcome
from esf_desktop.secretariat.proposal import Change, Proposal
from esf_desktop.secretariat.register import Register

proposal = typer.Typer(no_args_is_help=True, help="The order made by hand, and an outcome for each application.")

Why = Annotated[str, typer.Option(help="Why, for the list of moves.")]
Other = Annotated[str | None, typer.Option(metavar="APPLICATION")]
NAME = 34


class Given(StrEnum):
    """An outcome, or none."""

    PRIORITISED = "prioritised"
    IF_FUNDS_ALLOW = "if_funds_allow"
    NOT_PRIORITISED = "not_prioritised"
    NONE = "none"


@proposal.command("show")
def proposal_show(register: InRegister, as_json: AsJson = False) -> None:
    """Show the order with running sums, budget lines and outcomes."""
    with refusals(as_json=as_json), register_at(register) as opened:
        found, laid = proposing.proposal(opened), _comparison(opened)
    _show(found, laid, as_json=as_json)


@proposal.command("move")
def proposal_move(
    application: Annotated[str, typer.Argument(metavar="APPLICATION", help="The diary number.")],
    register: InRegister,
    to: Annotated[int | None, typer.Option(min=1, help="The place that it is to have.")] = None,
    up: Annotated[bool, typer.Option("--up", help="One step up.")] = False,
    down: Annotated[bool, typer.Option("--down", help="One step down.")] = False,
    before: Other = None,
    after: Other = None,
    equal: Other = None,
    reason: Why = "",
    as_json: AsJson = False,
) -> None:
    """Give an application another place."""
    asked = [to is not None, up, down, before is not None, after is not None, equal is not None]
    if sum(asked) != 1:
        raise typer.BadParameter(_("Say one of --to, --up, --down, --before, --after and --equal."))
    change: Change = order.up if up else order.down
    if to is not None:
        change = partial(order.at_place, number=to)
    for other, rule in ((before, order.before), (after, order.after), (equal, order.equal_to)):
        if other is not None:
            change = partial(rule, other=ApplicationId(other))
    with refusals(as_json=as_json), register_at(register) as opened:
        count = len(proposing.proposal(opened).history.moves)
        found = proposing.move(
            opened, ApplicationId(application), change, at=now(), by=getpass.getuser(), reason=reason
        )
    _tell(found, count, as_json=as_json)


@proposal.command("outcome")
def proposal_outcome(
    outcome: Annotated[Given, typer.Argument(help="What to propose.")],
    applications: Annotated[list[str], typer.Argument(metavar="APPLICATION...", help="The diary numbers.")],
    register: InRegister,
    reason: Why = "",
    as_json: AsJson = False,
) -> None:
    """Set or clear the outcome of applications."""
    given = None if outcome is Given.NONE else Outcome(outcome.value)
    wanted = {ApplicationId(one): given for one in applications}
    _deed(register, partial(proposing.propose, outcomes=wanted), reason, as_json=as_json)


@proposal.command("everything-fits")
def proposal_everything_fits(register: InRegister, reason: Why = "", as_json: AsJson = False) -> None:
    """Propose that every application is prioritised."""
    _deed(register, proposing.everything_fits, reason, as_json=as_json)


@proposal.command("follow-line")
def proposal_follow_line(register: InRegister, reason: Why = "", as_json: AsJson = False) -> None:
    """Propose what the budget lines say: prioritised above them, if funds allow below."""
    _deed(register, proposing.follow_the_line, reason, as_json=as_json)


@proposal.command("undo")
def proposal_undo(register: InRegister, reason: Why = "", as_json: AsJson = False) -> None:
    """Take the latest move back, as a move that says so."""
    _deed(register, proposing.undo, reason, as_json=as_json)


@proposal.command("redo")
def proposal_redo(register: InRegister, reason: Why = "", as_json: AsJson = False) -> None:
    """Make the move again that was taken back last."""
    _deed(register, proposing.redo, reason, as_json=as_json)


@proposal.command("moves")
def proposal_moves(register: InRegister, as_json: AsJson = False) -> None:
    """List every move with its author, time and reason."""
    with refusals(as_json=as_json), register_at(register) as opened:
        moves = proposing.proposal(opened).history.moves
    show({"moves": [_move(one) for one in moves]}, map(_move_line, moves), as_json=as_json)


@proposal.command("reason")
def proposal_reason(
    number: Annotated[int, typer.Argument(help="The move's number, as the list of moves shows it.")],
    reason: Annotated[str, typer.Argument(help="Why the move was made.")],
    register: InRegister,
    as_json: AsJson = False,
) -> None:
    """Give the reason for a move that was made."""
    with refusals(as_json=as_json), register_at(register) as opened:
        found = proposing.give_reason(opened, number, reason, at=now(), by=getpass.getuser())
    (move,) = (one for one in found.history.moves if one.number == number)
    show({"moves": [_move(move)]}, [_move_line(move)], as_json=as_json)


@proposal.command("write")
def proposal_write(
    file: Annotated[Path, typer.Argument(help="The text file to write.")], register: InRegister, as_json: AsJson = False
) -> None:
    """Write the order as a text file to edit."""
    with refusals(as_json=as_json), register_at(register) as opened:
        found = proposing.proposal(opened)
        write_whole(file, order_file.written(found).encode(), mode=0o644)
    show({"file": str(file), "order": found.order}, [str(file)], as_json=as_json)


@proposal.command("read")
def proposal_read(
    file: Annotated[Path, typer.Argument(help="The text file: a line for each application, = before an equal one.")],
    register: InRegister,
    reason: Why = "",
    as_json: AsJson = False,
) -> None:
    """Take the order from a text file; nothing is taken until every line is right."""
    with refusals(as_json=as_json), register_at(register) as opened:
        before = proposing.proposal(opened)
        ranks = order_file.read(file, before)
        found = proposing.read(opened, ranks, at=now(), by=getpass.getuser(), reason=reason)
    _tell(found, len(before.history.moves), as_json=as_json)


def balance(register: InRegister, as_json: AsJson = False) -> None:
    """Sum up sought support by county, municipality, area, kind and sector: all that applied, and the proposed."""
    with refusals(as_json=as_json), register_at(register) as opened:
        found = balancing.balance(_comparison(opened), proposing.proposal(opened).outcomes, agreeing.main_areas(opened))
    show(found, _balance_lines(found), as_json=as_json)


def _deed(register: InRegister, deed: Callable[..., Proposal], reason: str, *, as_json: bool) -> None:
    with refusals(as_json=as_json), register_at(register) as opened:
        count = len(proposing.proposal(opened).history.moves)
        found = deed(opened, at=now(), by=getpass.getuser(), reason=reason)
    _tell(found, count, as_json=as_json)


def _comparison(register: Register) -> Comparison:
    laid = appointments.comparison(register)
    if laid is None:
        raise NoCallError
    return laid


def _show(found: Proposal, laid: Comparison, *, as_json: bool) -> None:
    lines = {line.application.id: line for line in laid.lines}
    rows = [_row(found, lines[one]) for one in found.applications]
    result = {
        "call": found.call.id,
        "order": found.order,
        "applications": rows,
        "budget_lines": [
            {**msgspec.structs.asdict(line), "left": line.left, "enough": line.enough} for line in found.lines
        ],
        "moves": len(found.history.moves),
    }
    show(result, _shown(found, lines), as_json=as_json)


def _row(found: Proposal, line: Line) -> dict[str, object]:
    one = line.application.id
    place, claim = found.places[one], found.claims[one]
    return {
        "application": one,
        "project_name": line.application.project_name,
        "place": place.number,
        "tied": place.tied,
        "outcome": found.outcomes.get(one),
        "requested_support": line.application.requested_support,
        "budget_part": claim.pot,
        "running": claim.running,
        "reach": claim.reach,
        "met": line.met,
        "recommendations": line.recommendations,
        "apart": [cell.criterion for cell in line.cells if cell.apart],
    }


def _shown(found: Proposal, lines: dict[ApplicationId, Line]) -> Iterator[str]:
    places, claims = found.places, found.claims
    for number, rank in enumerate((*found.order, ())):
        for line in found.lines:
            if line.rank == number:
                yield "     " + line.sentence()
        for one in rank:
            asked = lines[one].application.requested_support
            yield "  ".join(
                (
                    f"{places[one]!s:>4}",
                    f"{one:<10}",
                    f"{lines[one].application.project_name[:NAME]:<{NAME}}",
                    f"{formatting.money(asked) if asked is not None else '–':>13}",
                    f"{formatting.money(claims[one].running):>14}",
                    f"{lines[one].met_words():<10}",
                    found.outcomes[one].word() if one in found.outcomes else "–",
                )
            )


def _tell(found: Proposal, before: int, *, as_json: bool) -> None:
    """The moves that were made; none when nothing was to be changed."""
    made = found.history.moves[before:]
    result = {"moves": [_move(one) for one in made], "order": found.order, "outcomes": found.outcomes}
    show(result, map(_move_line, made), as_json=as_json)
    if not made:
        say(_("It stands so already; nothing was changed."))


def _move(one: Move) -> dict[str, object]:
    return {
        "number": one.number,
        "at": one.at,
        "act": one.proposed.act,
        "by": one.proposed.by,
        "reason": one.reason,
        "reason_by": one.reason_by,
        "sentence": one.sentence(),
        "undone": one.undone,
        "of": one.proposed.of,
    }


def _move_line(one: Move) -> str:
    parts = (f"{one.number:>4}", one.at[:16].replace("T", " "), one.proposed.by, one.sentence(), one.reason)
    return "  ".join(part for part in parts if part)


def _balance_lines(found: balancing.Balance) -> Iterator[str]:
    for part in found.parts:
        budget = _("budget: {amount}").format(amount=formatting.money(part.budget)) if part.budget is not None else ""
        yield f"{_group_line(part.group)}  {budget}".rstrip()
    for breakdown in found.breakdowns:
        yield ""
        yield breakdown.dimension.title()
        for group in breakdown.groups:
            if group.applied.count:
                yield f"  {_group_line(group)}"


def _group_line(group: balancing.Group) -> str:
    sums = [f"{group.applied.count:>3}  {formatting.money(group.applied.support):>14}"]
    for outcome, sum_ in ((Outcome.PRIORITISED, group.prioritised), (Outcome.IF_FUNDS_ALLOW, group.if_funds_allow)):
        if sum_.count:
            sums.append(f"{outcome.word()}: {sum_.count}, {formatting.money(sum_.support)}")
    return f"{group.name[:NAME]:<{NAME}}  " + "  ".join(sums)
