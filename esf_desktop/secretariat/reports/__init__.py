"""The basis for the decision in four forms; from the same bundles, every file is the same to the byte."""

from pathlib import Path

from esf_desktop import i18n
from esf_desktop.errors import ExportFailedError
from esf_desktop.files import write_whole
from esf_desktop.i18n import Language
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.reports import as_csv, as_json, as_pdf, as_xlsx
from esf_desktop.secretariat.reports.basis import basis

NAME = "basis"


def write_basis(register: Register, folder: Path, *, language: Language) -> tuple[Path, ...]:
    """Write PDF, XLSX, CSV and JSON into the folder.

    Raises:
        NoCallError: the register does not know its call; nothing was written.
        ExportFailedError: the folder did not take the files.
    """
    found = basis(register)
    with i18n.speaking(language):
        contents = {
            "pdf": as_pdf.render(found),
            "xlsx": as_xlsx.render(found),
            "csv": as_csv.render(found),
            "json": as_json.render(found),
        }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind, content in contents.items():
            write_whole(folder / f"{NAME}.{kind}", content, mode=0o644)
    except OSError as error:
        raise ExportFailedError(str(folder)) from error
    return tuple(folder / f"{NAME}.{kind}" for kind in contents)
