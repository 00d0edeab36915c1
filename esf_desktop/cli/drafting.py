"""`esf call import`: applications from a list and a folder into a call file, with what should be looked at."""

from pathlib import Path
from typing import Annotated

import typer

from esf_desktop.cli.output import REFUSED, AsJson, refusals, say, show
from esf_desktop.documents.client import Documents
from esf_desktop.errors import UnreadableFileError
from esf_desktop.i18n import _, plural
from esf_desktop.model import replace
from esf_desktop.secretariat.drafting import columns, draft_file, joining, listing, table_file
from esf_desktop.secretariat.drafting.columns import HEADINGS
from esf_desktop.secretariat.drafting.draft import CallDraft, DraftApplication
from esf_desktop.secretariat.drafting.draft_file import Drafted
from esf_desktop.secretariat.drafting.folder import look_into
from esf_desktop.secretariat.drafting.joining import Joined
from esf_desktop.secretariat.drafting.listing import Listing
from esf_desktop.secretariat.drafting.words import field_word, shown


def call_import(
    folder: Annotated[Path, typer.Option(help="The folder of the application files.")],
    list_: Annotated[Path | None, typer.Argument(metavar="LIST", help="A CSV or XLSX list; may be left out.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="CALL.toml", help="The call file; left out, CALL.toml in the folder.")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(metavar="FIELD=LETTER", help="Which column holds what: requested_support=F.")
    ] = None,
    sheet: Annotated[str, typer.Option(help="The sheet of an XLSX list; left out, the first one.")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="Take it; without this it is only shown.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what a list and a folder of files tell of applications, and with --confirm write it into a call file."""
    chosen = dict(_column(said) for said in column or ())
    with refusals(as_json=as_json):
        target = out or folder / draft_file.NAME
        drafted = _drafted(target)
        with Documents() as documents:
            told = _listing(list_, sheet, chosen, documents) if list_ else Listing((), ())
            inside = look_into(folder, apart=(list_,) if list_ else ())
            read = {}
            for one in inside.applications:
                facts = joining.read_facts(documents, folder, one.files)
                if facts is not None:
                    read[one.name] = facts
        joined = joining.join(told.entries, inside.applications, read, drafted.draft)
        if confirm:
            placed = tuple(replace(one, application=_placed(one, folder, drafted.folder)) for one in joined)
            draft_file.write(replace_draft(drafted, placed))
    result = {
        "file": str(target) if confirm else None,
        "applications": [_row(one) for one in joined],
        "doubts": [
            {"kind": doubt.kind.value, "row": doubt.row, "cell": doubt.cell, "sentence": doubt.sentence()}
            for doubt in told.doubts
        ],
        "loose": inside.loose,
    }
    show(result, [_line(one) for one in joined], as_json=as_json)
    for doubt in told.doubts:
        say(doubt.sentence())
    count = plural("{n} application.", "{n} applications.", len(joined)).format(n=len(joined))
    say(count)
    say(_written(target) if confirm else _("Nothing is written; add --confirm to take it."))
    if any(doubt.leaves_out for doubt in told.doubts):
        raise typer.Exit(REFUSED)


def replace_draft(drafted: Drafted, joined: tuple[Joined, ...]) -> Drafted:
    """The draft with these applications."""
    return Drafted(drafted.path, joining.take(drafted.draft, joined), drafted.framework, drafted.by_hand)


def _drafted(target: Path) -> Drafted:
    if target.exists():
        return draft_file.read(target)
    if not target.parent.is_dir():
        raise UnreadableFileError(str(target.parent))
    begun = draft_file.begin(target.parent)
    return Drafted(target, begun.draft if begun.path == target else CallDraft(), begun.framework)


def _listing(path: Path, sheet: str, chosen: dict[str, int], documents: Documents) -> Listing:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path.name) from error
    table = table_file.read(content, path.name, documents)
    named = next((one for one in table.sheets if one.name == sheet), None)
    if sheet and named is None:
        raise typer.BadParameter(", ".join(one.name for one in table.sheets), param_hint="--sheet")
    used = named or table.sheets[0]
    heading, guessed = columns.guess(used.rows)
    return listing.read(used, heading, {**guessed, **chosen})


def _column(said: str) -> tuple[str, int]:
    field, _sign, name = said.partition("=")
    if field not in HEADINGS or not (name.isascii() and name.isalpha() and len(name) <= 2):
        raise typer.BadParameter(said, param_hint="--column")
    return field, columns.number(name.upper())


def _placed(one: Joined, folder: Path, home: Path) -> DraftApplication:
    """The application with its documents' paths as they are from the folder of the call file."""
    names = one.application.documents
    if names is None or folder.resolve() == home.resolve():
        return one.application
    inside = folder.resolve()
    near = inside.is_relative_to(home.resolve())
    paths = (inside / name for name in names)
    return replace(
        one.application,
        documents=tuple((path.relative_to(home.resolve()) if near else path).as_posix() for path in paths),
    )


def _row(one: Joined) -> dict[str, object]:
    return {
        "application": one.application,
        "row": one.row,
        "new": one.before is None,
        "changed": one.changed,
        "differing": {
            name: {"draft": shown(name, getattr(one.application, name)), "documents": _said(one, name)}
            for name in one.differing
        },
    }


def _said(one: Joined, name: str) -> str:
    return shown(name, getattr(one.read, "diary_number" if name == "id" else name))


def _line(one: Joined) -> str:
    application = one.application
    parts = [application.id, application.project_name, application.applicant_name]
    parts.append(shown("requested_support", application.requested_support))
    count = len(application.documents or ())
    parts.append(plural("{n} document", "{n} documents", count).format(n=count))
    line = " · ".join(part for part in parts if part)
    for name in one.differing:
        line += "\n    " + _("{field}: “{here}”, but the documents say “{there}”").format(
            field=field_word(name), here=shown(name, getattr(application, name)), there=_said(one, name)
        )
    return line


def _written(target: Path) -> str:
    return _("They are in {file}.").format(file=target)
