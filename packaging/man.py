"""The manual page of `esf`, made from the commands themselves, so that it tells what they do."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import typer

from esf_desktop import __version__
from esf_desktop.cli import program


def page_of_esf() -> str:
    """The page as source for man."""
    root = typer.main.get_command(program.app)
    lines = [
        f'.TH ESF 1 "" "ESF Desktop {__version__}" "User Commands"',
        ".SH NAME",
        "esf \\- assess, sign, check and weigh together ESF+ applications",
        ".SH SYNOPSIS",
        ".B esf",
        "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGUMENTS\\fR ...]",
        ".SH DESCRIPTION",
        "Everything that needs no window, for automation and for those who prefer words.",
        "Each command has \\fB\\-\\-help\\fR, and \\fB\\-\\-json\\fR for one JSON document instead of sentences.",
        ".SH OPTIONS",
        *_options(root),
        ".SH COMMANDS",
    ]
    for path, command in _commands(root, ()):
        lines += [f".SS {_plain(' '.join(path))} {_plain(_arguments(command))}", _plain(command.help or "")]
        lines += _options(command)
    lines += [
        ".SH EXIT STATUS",
        "0 is done, 1 refused or problems found, 2 wrong use.",
        ".SH ENVIRONMENT",
        ".TP\n.B ESF_LANGUAGE\n\\fIsv\\fR or \\fIen\\fR: the language spoken.",
        ".TP\n.B ESF_PASSPHRASE\nThe passphrase of the work, for automation; a person is asked for it.",
        ".SH SEE ALSO",
        ".BR esf\\-desktop (1)",
    ]
    return "\n".join(lines) + "\n"


def _commands(group: Any, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, (*above, name))
        else:
            yield (*above, name), command


def _arguments(command: Any) -> str:
    named = [one for one in command.params if one.param_type_name == "argument"]
    return " ".join(one.name.upper() + (" ..." if one.nargs == -1 else "") for one in named)


def _options(command: Any) -> list[str]:
    lines = []
    for one in command.params:
        if one.param_type_name == "argument":
            heading = f"\\fI{_plain(one.name.upper())}\\fR"
        else:
            value = "" if one.is_flag else f" \\fI{_plain((one.metavar or one.name).upper())}\\fR"
            heading = f"\\fB{_plain(', '.join(sorted(one.opts, key=len)))}\\fR{value}"
        if one.param_type_name != "argument" or one.help:
            lines.append(f".TP\n{heading}\n{_plain(one.help or '')}".rstrip())
    return lines


def _plain(text: str) -> str:
    """Text that man takes for nothing else."""
    joined = re.sub(r"\s+", " ", text).strip()
    escaped = joined.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    print(page_of_esf(), end="")
