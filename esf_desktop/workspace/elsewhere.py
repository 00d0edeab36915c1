"""A second place for backups, such as a USB stick: the newest is carried there whenever the place can be reached."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from esf_desktop import where
from esf_desktop.errors import EsfError, UnusablePlaceError
from esf_desktop.files import safe_name, sync_folder, write_whole
from esf_desktop.i18n import _
from esf_desktop.workspace import backup
from esf_desktop.workspace.places import BACKUPS, IDENTITY_FILE, KEY_FILE, MANIFEST_FILE, WORK_FILE
from esf_desktop.workspace.workspace import Workspace

_CARRIED = (KEY_FILE, IDENTITY_FILE, WORK_FILE, MANIFEST_FILE)
"""The manifest last: without it nothing counts."""


@dataclass(eq=False)
class AwayError(EsfError):
    """The second place cannot be reached now."""

    code = "backup_away"
    place: str

    def sentence(self) -> str:
        return _("{place} is not there now. The backup on this computer is made, and this place follows later.").format(
            place=self.place
        )


@dataclass(eq=False)
class NobodyHereError(EsfError):
    """Work in which nobody has said who works here, so that its backups could not be told from another's."""

    code = "nobody_here"

    def sentence(self) -> str:
        return _("Say who works here first, in “Your details”; then a second place can be chosen. Nothing was changed.")


class NotEncryptedPlaceError(EsfError):
    """A network folder for backups that anybody could read there."""

    code = "plain_backup"

    def sentence(self) -> str:
        return _("Others can read a network folder, and your work is not encrypted: encrypt it first, or take a stick.")


def choose(workspace: Workspace, folder: Path, *, at: datetime) -> Path:
    """A folder of this work's own in the chosen one, made when it is missing; a purge will look there too.

    A stick is welcome here. What a service copies is not, because private notes would leave with it; a network folder
    is, when the work is encrypted.

    Raises:
        NobodyHereError, RefusedPlaceError, UnusablePlaceError: nothing was changed.
    """
    person = workspace.assessor()
    if person is None:
        raise NobodyHereError
    match where.unfit(folder):
        case (where.Kind.CLOUD, service):
            raise where.RefusedPlaceError(folder.name, kind=where.Kind.CLOUD, service=service)
        case (where.Kind.NETWORK, _service) if not workspace.encrypted:
            raise NotEncryptedPlaceError
    place = folder / safe_name(f"ESF Desktop {person.id[:8]}")
    try:
        place.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UnusablePlaceError(str(folder)) from error
    backup.remember(workspace, place, at)
    return place


def carry(workspace: Workspace, place: Path, *, at: datetime) -> Path | None:
    """Carry the newest backup there, read back byte by byte, and thin what is there; None when it is there already.

    The place itself is never made here: the folder where a stick stands when it is in place is not the stick.

    Raises:
        AwayError: the place cannot be reached or written now.
    """
    made = backup.made_in(workspace.folder / BACKUPS)
    if not made:
        return None
    if not place.is_dir():
        raise AwayError(str(place))
    newest = made[-1].place
    target = place / newest.name
    try:
        if any(one.place == target and one.manifest == made[-1].manifest for one in backup.made_in(place)):
            return None
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(mode=0o700)
        for name in _CARRIED:
            if (newest / name).exists():
                write_whole(target / name, (newest / name).read_bytes())
        sync_folder(place)
        backup.thin(place, at)
    except (OSError, EsfError) as error:
        shutil.rmtree(target, ignore_errors=True)
        raise AwayError(str(place)) from error
    return target
