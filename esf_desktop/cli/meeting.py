"""What the meeting decides, from the command line: joint assessments, and one more reader."""

import getpass
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from esf_desktop import handwritten
from esf_desktop.cli.output import AsJson, InRegister, now, refusals, say, show
from esf_desktop.cli.secretariat import register_at
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, AssessorId, Call
from esf_desktop.secretariat import appointments as appointing
from esf_desktop.secretariat import consensus as agreeing
from esf_desktop.secretariat.compare import Comparison, Line, Person
from esf_desktop.secretariat.consensus import Consensus, Written
from esf_desktop.secretariat.consensus_file import application_of, named
from esf_desktop.secretariat.consensus_file import read as read_file
from esf_desktop.secretariat.errors import NoCallError, NoSuchApplicationError, NoSuchAssessorError, NoSuchWritingError
from esf_desktop.secretariat.register import Register
from esf_desktop.wording import rating_word, recommendation_word

consensus = typer.Typer(no_args_is_help=True, help="The joint assessments that a meeting agrees on.")
readers = typer.Typer(no_args_is_help=True, help="One more reader, where the assessors are far apart.")

AnApplication = Annotated[str, typer.Argument(metavar="APPLICATION", help="The diary number.")]
APerson = Annotated[str, typer.Argument(metavar="ASSESSOR", help="The assessor's name or id.")]
Why = Annotated[str, typer.Option(help="Why, for the log.")]


@consensus.command("show")
def consensus_show(
    register: InRegister,
    application: Annotated[str | None, typer.Argument(help="Only this diary number.")] = None,
    history: Annotated[bool, typer.Option("--history", help="Every earlier writing too, by number.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show joint assessments."""
    with refusals(as_json=as_json), register_at(register) as opened:
        laid = _comparison(opened)
        if application is not None:
            _line(laid, application)
        written = agreeing.written(opened)
    rows = [
        one
        for each, all_ in sorted(written.items())
        if application in (None, each)
        for one in (agreeing.sittings(all_) if history else agreeing.in_force({each: all_}).values())
    ]
    lines = [line for one in rows for line in _said(laid.call, one)]
    show({"consensus": [_row(one) for one in rows]}, lines, as_json=as_json)
    if not rows:
        say(_("No joint assessment has been written yet."))


@consensus.command("write")
def consensus_write(
    file: Annotated[Path, typer.Argument(help="The record, as TOML; docs/exempel-gemensam.toml is an example.")],
    register: InRegister,
    as_json: AsJson = False,
) -> None:
    """Write a joint assessment from a file; what the file leaves out stays as it is."""
    with refusals(as_json=as_json), register_at(register) as opened:
        source = handwritten.read(file)
        laid = _comparison(opened)
        line = _line(laid, application_of(source))
        before = agreeing.consensus(opened).get(line.application.id)
        said = read_file(source, laid.call, line, laid.people, before.consensus if before else None)
        made = agreeing.write(opened, said, at=now(), by=getpass.getuser())
        remarks = agreeing.remarks(said, laid.call, line)
    _tell(laid.call, line, made, remarks, as_json=as_json)


@consensus.command("restore")
def consensus_restore(
    application: AnApplication,
    number: Annotated[int, typer.Argument(help="The writing's number, as the history shows it.")],
    register: InRegister,
    as_json: AsJson = False,
) -> None:
    """Write an earlier joint assessment again."""
    with refusals(as_json=as_json), register_at(register) as opened:
        laid = _comparison(opened)
        line = _line(laid, application)
        all_ = agreeing.written(opened).get(line.application.id, ())
        found = next((one for one in all_ if one.number == number), None)
        if found is None:
            raise NoSuchWritingError(number, line.application.id)
        made = agreeing.write(opened, found.consensus, at=now(), by=getpass.getuser())
    _tell(laid.call, line, made, (), as_json=as_json)


@readers.command("list")
def readers_list(register: InRegister, as_json: AsJson = False) -> None:
    """List the applications that need one more reader, or have been given one."""
    with refusals(as_json=as_json), register_at(register) as opened:
        laid = _comparison(opened)
        found = appointing.wanted(laid, appointing.appointed(opened))
        free = {one.application: appointing.candidates(laid, opened.people(), one.application) for one in found}
    rows = [
        {**msgspec.structs.asdict(one), "needs_one": one.needs_one, "candidates": free[one.application]}
        for one in found
    ]
    show({"applications": rows}, (_wanted_line(one, free[one.application]) for one in found), as_json=as_json)
    if not found:
        say(_("No application needs one more reader."))


@readers.command("appoint")
def readers_appoint(
    application: AnApplication, assessor: APerson, register: InRegister, reason: Why = "", as_json: AsJson = False
) -> None:
    """Let one more assessor read an application."""
    with refusals(as_json=as_json), register_at(register) as opened:
        who = _person(opened, assessor)
        done = appointing.appoint(
            opened, ApplicationId(application), who, at=now(), by=getpass.getuser(), reason=reason
        )
    line = _("{name} is appointed to read {application}.").format(name=done.appointment.name, application=application)
    show({"appointed": done}, [line], as_json=as_json)


@readers.command("release")
def readers_release(
    application: AnApplication, assessor: APerson, register: InRegister, reason: Why = "", as_json: AsJson = False
) -> None:
    """Take an appointment back; what has been delivered stays."""
    with refusals(as_json=as_json), register_at(register) as opened:
        who = _person(opened, assessor)
        done = appointing.release(
            opened, ApplicationId(application), who, at=now(), by=getpass.getuser(), reason=reason
        )
    line = _("{name} is no longer appointed to read {application}.").format(
        name=done.appointment.name, application=application
    )
    show({"released": done}, [line], as_json=as_json)


def _comparison(register: Register) -> Comparison:
    laid = appointing.comparison(register)
    if laid is None:
        raise NoCallError
    return laid


def _line(laid: Comparison, application: str) -> Line:
    found = next((line for line in laid.lines if line.application.id == application), None)
    if found is None:
        raise NoSuchApplicationError(application, laid.call.id)
    return found


def _person(register: Register, word: str) -> AssessorId:
    laid = _comparison(register)
    found = named(word, (*laid.people, *register.people()))
    if found is None:
        raise NoSuchAssessorError(word)
    return found.id


def _row(one: Written) -> dict[str, object]:
    return {**msgspec.structs.asdict(one.consensus), "at": one.at, "number": one.number}


def _tell(call: Call, line: Line, made: Written | None, remarks: tuple[str, ...], *, as_json: bool) -> None:
    said = made or Written(Consensus(line.application.id), "", 0)
    show({"consensus": _row(said), "remarks": remarks}, _said(call, said), as_json=as_json)
    for remark in remarks:
        say(remark)


def _said(call: Call, one: Written) -> Iterator[str]:
    said = one.consensus
    met, of = said.met(call)
    head = _("{n} of {m} met").format(n=met, m=of)
    when = one.at[:16].replace("T", " ")
    yield "  ".join(filter(None, (f"{one.number:>4}", said.application, when, said.by, head)))
    if said.recommendation is not None:
        yield f"      {recommendation_word(said.recommendation)}"
    for judgement in said.judgements:
        word = rating_word(call, judgement.criterion, judgement.rating)
        yield "      " + "  ".join(filter(None, (judgement.criterion, word, judgement.comment)))
    if said.text:
        yield f"      {said.text}"
    taking_part = [one.name for one in said.present if not one.conflict]
    aside = [f"{one.name} ({one.reason})" if one.reason else one.name for one in said.present if one.conflict]
    if taking_part:
        yield "      " + _("Present: {names}").format(names=", ".join(taking_part))
    if aside:
        yield "      " + _("Stepped aside because of a conflict of interest: {names}").format(names=", ".join(aside))


def _wanted_line(one: appointing.Wanted, free: tuple[Person, ...]) -> str:
    names = ", ".join(person.name for person in free) or "–"
    after = (
        _("Can be appointed: {names}").format(names=names)
        if one.needs_one
        else _("Appointed: {names}").format(names=", ".join(each.appointment.name for each in one.appointed))
    )
    return f"{one.application}  {' '.join((*one.reasons(), after))}"
