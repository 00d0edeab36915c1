"""The basis for the decision in every format; from the same register, each is the same to the byte."""

from collections.abc import Callable, Collection
from pathlib import Path

from esf_desktop import i18n
from esf_desktop.errors import ExportFailedError
from esf_desktop.files import write_whole
from esf_desktop.i18n import Language
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.reports import as_csv, as_docx, as_html, as_json, as_pdf, as_xlsx
from esf_desktop.secretariat.reports.basis import Basis, basis
from esf_desktop.secretariat.reports.chapters import told

NAME = "basis"
FORMATS = ("pdf", "html", "docx", "xlsx", "csv", "json")
"""The endings of the files, in the order in which people are offered them."""


def contents(found: Basis, language: Language, kinds: Collection[str] = FORMATS) -> dict[str, bytes]:
    """The files by their endings, in that language."""
    with i18n.speaking(language):
        story, json = told(found), as_json.render(found)
        makers: dict[str, Callable[[], bytes]] = {
            "pdf": lambda: as_pdf.render(story, json),
            "html": lambda: as_html.render(story),
            "docx": lambda: as_docx.render(story),
            "xlsx": lambda: as_xlsx.render(found),
            "csv": lambda: as_csv.render(found),
            "json": lambda: json,
        }
        return {kind: makers[kind]() for kind in kinds}


def write_basis(
    register: Register, folder: Path, *, language: Language, kinds: Collection[str] = FORMATS
) -> dict[str, Path]:
    """Write the basis in these formats into the folder; the files by their endings.

    Raises:
        NoCallError: the register does not know its call; nothing was written.
        ExportFailedError: the folder did not take the files.
    """
    written = contents(basis(register), language, kinds)
    files = {kind: folder / f"{NAME}.{kind}" for kind in written}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind, content in written.items():
            write_whole(files[kind], content, mode=0o644)
    except OSError as error:
        raise ExportFailedError(str(folder)) from error
    return files


def write_format(register: Register, kind: str, file: Path, *, language: Language) -> None:
    """Write the basis in one format as that file; the same errors."""
    content = contents(basis(register), language, (kind,))[kind]
    try:
        write_whole(file, content, mode=0o644)
    except OSError as error:
        raise ExportFailedError(str(file)) from error
