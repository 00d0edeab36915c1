"""A report on what went wrong that can be sent to anybody: it holds nothing that a person wrote, is called or named.

Only what is listed here comes into it. Of the log those lines come that are spelled as the program spells them; of a
crash only the files' own names, their lines and functions.
"""

import platform
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import esf_desktop
from esf_desktop import formatting
from esf_desktop.i18n import _, language
from esf_desktop.log import CRASH_FILE, LOG_FILE
from esf_desktop.workspace import Workspace, backup
from esf_desktop.workspace.places import BACKUPS, DOCUMENTS_FILE, WORK_FILE

LINES = 200
"""Of the log, the latest."""
_PLACE = r"[\w<>.-]+:\d+ [\w<>.]+"
_LOGGED = re.compile(
    rf"[\d-]+ [\d:,]+ [A-Z]+ (refused: \w+|bug: \w+ at {_PLACE}( < {_PLACE})*|rights mended: \d+|started|ended)"
)
_FATAL = re.compile(r"(Fatal Python error: [\w ]+|Windows fatal exception: [\w ]+|(Current thread|Thread) 0x[0-9a-f]+)")
_FRAME = re.compile(r'  File "(?:.*[/\\])?([\w.<>-]+)", line (\d+) in ([\w<>.]+)')


def report(
    workspace: Workspace | None, logs: Path, *, at: datetime, ended: datetime | None = None, more: Sequence[str] = ()
) -> str:
    """The whole text of the report.

    Args:
        ended: when the program had started that ended without closing; None when it did not.
        more: lines about the window, such as its Qt.
    """
    parts = [
        (_("Program"), (*_program(), *more)),
        (_("Work"), tuple(_work(workspace)) if workspace else (_("It is not open."),)),
        (_("Latest from the log"), tuple(_logged(logs)) or (_("Nothing."),)),
        (_("Crash"), tuple(_crashed(logs)) or (_("Nothing."),)),
    ]
    head = [_("Error report from ESF Desktop, {time}").format(time=formatting.moment(at))]
    if ended is not None:
        head.append(_("The program that started {time} was not closed.").format(time=formatting.moment(ended)))
    head.append(_("This is all of it. It holds no names, applications, texts or paths."))
    body = ["\n".join((title, *(f"  {line}" for line in lines))) for title, lines in parts]
    return "\n\n".join(["\n".join(head), *body]) + "\n"


def _program() -> tuple[str, ...]:
    import sqlcipher3.dbapi2 as sqlcipher

    return (
        f"ESF Desktop {esf_desktop.__version__}",
        f"Python {platform.python_version()}, SQLite {sqlcipher.sqlite_version}",
        f"{platform.system()} {platform.release()}, {platform.machine()}",
        f"{_('Language')}: {language().value}, {sys.getfilesystemencoding()}",
    )


def _work(workspace: Workspace) -> Iterator[str]:
    yield _("Encrypted") if workspace.encrypted else _("Not encrypted")
    content = workspace.content()
    yield _("Rounds: {n}, applications: {m}, rows of journal: {rows}").format(
        n=len(workspace.rounds()), m=content.applications, rows=content.rows
    )
    for name in (WORK_FILE, DOCUMENTS_FILE):
        with suppress(OSError):
            yield f"{name}: {-(-(workspace.folder / name).stat().st_size // 1024)} KiB"
    made = backup.made_in(workspace.folder / BACKUPS)
    latest = formatting.moment(made[-1].manifest.at.astimezone()) if made else "–"
    yield _("Backups: {n}, the latest {time}").format(n=len(made), time=latest)


def _logged(logs: Path) -> list[str]:
    lines: list[str] = []
    for name in (f"{LOG_FILE}.1", LOG_FILE):
        with suppress(OSError):
            lines += (logs / name).read_text("utf-8", errors="replace").splitlines()
    return [line for line in lines if _LOGGED.fullmatch(line)][-LINES:]


def _crashed(logs: Path) -> Iterator[str]:
    with suppress(OSError):
        for line in (logs / CRASH_FILE).read_text("utf-8", errors="replace").splitlines()[-LINES:]:
            if found := _FRAME.fullmatch(line):
                yield f"{found[1]}:{found[2]} {found[3]}"
            elif found := _FATAL.match(line):
                yield found[0]
