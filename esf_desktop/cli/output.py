"""How `esf` speaks: one JSON document or lines on standard output, messages on standard error, and its exit codes."""

import errno
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
import typer

from esf_desktop.errors import DiskFullError, EsfError, NoRoomError, UnusablePlaceError, WrongPassphraseError
from esf_desktop.i18n import _
from esf_desktop.workspace import Workspace
from esf_desktop.workspace.database import PassphraseNeededError

DONE, REFUSED, WRONG_USE = 0, 1, 2

T = TypeVar("T")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
InWorkspace = Annotated[Path, typer.Option("--workspace", "-w", help="The folder of the workspace.")]
InRegister = Annotated[
    str,
    typer.Option(
        "--register",
        "-r",
        metavar="FILE|ADDRESS",
        help="The file of the register, or its address on a server: postgresql+psycopg://user@server/database.",
    ),
]
WithKey = Annotated[Path, typer.Option("--key", "-k", help="The file of the signing key.")]


def now() -> datetime:
    """The time, with the zone of this computer."""
    return datetime.now().astimezone()


def say(message: str) -> None:
    """A message to the person; results go to standard output instead."""
    typer.echo(message, err=True)


def show(result: object, lines: Iterator[str] | list[str], *, as_json: bool) -> None:
    """The result: as JSON, or as lines for people."""
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(_as_text(msgspec.to_builtins(result))), indent=2).decode())
    else:
        for line in lines:
            typer.echo(line)


def _as_text(value: object) -> object:
    """The value with names of files that are not UTF-8 made readable, so that it can be written as JSON."""
    match value:
        case str():
            return value.encode(errors="replace").decode()
        case dict():
            return {key: _as_text(each) for key, each in value.items()}
        case list() | tuple():
            return [_as_text(each) for each in value]
        case _:
            return value


@contextmanager
def refusals(*, as_json: bool) -> Iterator[None]:
    """A foreseen failure becomes its sentence and exit code 1."""
    try:
        with _told_as_refusals():
            yield
    except EsfError as error:
        if as_json:
            typer.echo(
                msgspec.json.encode(_as_text({"refused": {"code": error.code, "sentence": error.sentence()}})).decode()
            )
        say(f"esf: {error.sentence()} [{error.code}]")
        raise typer.Exit(REFUSED) from error


@contextmanager
def _told_as_refusals() -> Iterator[None]:
    """What the disk refuses is told like everything else, without a word of a screen."""
    try:
        yield
    except DiskFullError as error:
        raise NoRoomError from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NoRoomError from error
        raise UnusablePlaceError(str(error.filename or "")) from error


def passphrase() -> str | None:
    """The passphrase from `ESF_PASSPHRASE`; never from an argument."""
    return os.environ.get("ESF_PASSPHRASE") or None


def with_passphrase(act: Callable[[str | None], T]) -> T:
    """What the act gives, asking for a passphrase when it needs one and somebody is there to answer."""
    given = passphrase()
    try:
        return act(given)
    except (PassphraseNeededError, WrongPassphraseError) as error:
        if given is not None or not sys.stdin.isatty():
            raise
        question = error.question() if isinstance(error, PassphraseNeededError) else _("Passphrase: ")
    return act(getpass.getpass(question))


@contextmanager
def workspace_at(folder: Path, *, as_it_is: bool = False) -> Iterator[Workspace]:
    """The workspace in the folder, closed afterwards; as it is, it is opened though it be unsound or older."""
    workspace = with_passphrase(lambda given: Workspace.open(folder, given, as_it_is=as_it_is))
    try:
        yield workspace
    finally:
        workspace.close()
