"""What is said of a command that was written wrongly: typer's own sentences are English, so they are said anew."""

import re
from collections.abc import Callable

import typer

from esf_desktop.i18n import _

_SAYINGS: tuple[tuple[str, Callable[[], str]], ...] = (
    (
        r"No such command '(?P<name>.*?)'.*Did you mean '(?P<near>.*?)'",
        lambda: _("“{name}” is no command; “{near}” is."),
    ),
    (r"No such command '(?P<name>.*?)'", lambda: _("“{name}” is no command.")),
    (
        r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.*)\)",
        lambda: _("“{name}” is no option; {near} is."),
    ),
    (r"No such option: (?P<name>\S+)", lambda: _("“{name}” is no option here.")),
    (r"Missing argument '(?P<name>.*?)'", lambda: _("“{name}” is missing after the command.")),
    (r"Missing option '(?P<name>.*?)'", lambda: _("The option {name} is missing.")),
    (r"Option '(?P<name>.*?)' requires", lambda: _("A value is missing after {name}.")),
    (r"Option '(?P<name>.*?)' does not take a value", lambda: _("{name} takes no value.")),
    (r"Got unexpected extra argument.*? \((?P<name>.*)\)", lambda: _("“{name}” is more than the command takes.")),
    (
        r"Invalid value for '(?P<name>.*?)': .*is not one of (?P<near>.*?)\.?$",
        lambda: _("{name} must be one of {near}."),
    ),
    (r"Invalid value for '(?P<name>.*?)': .*valid integer", lambda: _("{name} must be a whole number.")),
    (r"Invalid value for '(?P<name>.*?)': .*than or equal to (?P<near>\d+)", lambda: _("{name} goes beyond {near}.")),
    (r"Invalid value for '(?P<name>.*?)'", lambda: _("{name} cannot have that value.")),
)
"""How typer says it, and how we do; the first that fits."""


def tell(error: typer.TyperException) -> None:
    """Say on standard error what is wrong and where help is."""
    context = getattr(error, "ctx", None)
    words = str(getattr(error, "format_message", lambda: error)())
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(words, err=True)
        return
    typer.echo(f"esf: {sentence(words)}", err=True)
    if context is not None:
        typer.echo(_("“{command} --help” tells how it is written.").format(command=context.command_path), err=True)


def sentence(words: str) -> str:
    """What typer said, in the language spoken now; as it was said when it is not known here."""
    plain = " ".join(words.split())
    for pattern, said in _SAYINGS:
        if found := re.search(pattern, plain):
            return said().format(**found.groupdict())
    return plain
