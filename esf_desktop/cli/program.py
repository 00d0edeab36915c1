"""The commands of `esf` by name, and the language that they speak."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

import esf_desktop
from esf_desktop import i18n, paths, settings
from esf_desktop.cli import assessor, backups, files, meeting, proposing, protection, secretariat, trust, usage
from esf_desktop.cli.output import DONE, REFUSED, WRONG_USE, AsJson
from esf_desktop.i18n import _

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Assess, sign, check and weigh together ESF+ applications.",
)
app.add_typer(files.identity, name="identity")
app.add_typer(protection.passphrase, name="passphrase")
app.add_typer(secretariat.call, name="call")
app.add_typer(trust.trust, name="trust")
app.add_typer(meeting.readers, name="readers")
app.add_typer(meeting.consensus, name="consensus")
app.add_typer(proposing.proposal, name="proposal")
for command in (
    assessor.assess,
    assessor.search,
    assessor.sheets,
    assessor.export,
    backups.backup,
    backups.restore,
    backups.error_report,
    assessor.purge,
    files.verify,
    files.decrypt,
    secretariat.merge,
    proposing.balance,
    secretariat.report,
    secretariat.archive,
    secretariat.check,
):
    app.command()(command)
app.command("open")(assessor.open_files)


@app.command()
def demo(
    out: Annotated[Path, typer.Argument(help="The folder for everything that is made; emptied of an earlier demo.")],
    applications: Annotated[int, typer.Option(min=1, max=500)] = 12,
    assessors: Annotated[int, typer.Option(min=1, max=25)] = 3,
    as_json: AsJson = False,
) -> None:
    """Do the whole job on a fictional round: call, assessments, bundles, merge, receipts and basis."""
    from esf_desktop.cli import demo as whole_job

    whole_job.demo(out, applications=applications, assessors=assessors, as_json=as_json)


def run() -> None:
    """Run the command that the arguments name; wrong use is told in the language chosen."""
    i18n.use(_chosen(sys.argv[1:]))
    try:
        code = app(prog_name="esf", standalone_mode=False)
    except typer.Abort:
        typer.echo(_("Cancelled."), err=True)
        code = REFUSED
    except typer.TyperException as error:
        usage.tell(error)
        code = WRONG_USE
    sys.exit(code if isinstance(code, int) else DONE)


def _chosen(arguments: Sequence[str]) -> i18n.Language:
    """The language of the option, of ESF_LANGUAGE, or else of the settings."""
    said = [os.environ.get("ESF_LANGUAGE", "")]
    for place, argument in enumerate(arguments):
        if argument == "--language":
            said += arguments[place + 1 : place + 2]
        elif argument.startswith("--language="):
            said.append(argument.partition("=")[2])
        elif not argument.startswith("-"):
            break
    known = [language for language in said if language in set(i18n.Language)]
    return i18n.Language(known[-1]) if known else settings.read(paths.settings_file()).language


@app.callback(invoke_without_command=True)
def speak(
    language: Annotated[i18n.Language | None, typer.Option(help="Speak this language; else the one chosen.")] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Choose the language before the command runs."""
    if language:
        i18n.use(language)
    if version:
        typer.echo(esf_desktop.__version__)
        raise typer.Exit
