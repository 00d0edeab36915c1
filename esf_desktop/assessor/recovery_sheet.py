"""The recovery sheet of a desk, written where the person wants it."""

from datetime import datetime
from pathlib import Path

from esf_desktop.assessor.identity import known_assessor, signing_key
from esf_desktop.errors import ExportFailedError
from esf_desktop.files import write_whole
from esf_desktop.sheets.recovery import Recovery, recovery_sheet
from esf_desktop.workspace import Workspace


def write_recovery_sheet(workspace: Workspace, passphrase: str, code: str, target: Path, *, at: datetime) -> None:
    """Write the sheet as PDF, readable for its owner alone.

    Raises:
        NotIntroducedError, WrongPassphraseError, BadKeyFileError, ExportFailedError: nothing was written.
    """
    person, key = known_assessor(workspace), signing_key(workspace, passphrase, at=at)
    content = recovery_sheet(Recovery(person.name, person.organisation, key.fingerprint, code, at.date()))
    try:
        write_whole(target, content)
    except OSError as error:
        raise ExportFailedError(str(target.parent)) from error
