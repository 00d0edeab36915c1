"""The first start: everything that a new workspace needs is made beside, and put in place at once or not at all."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from esf_desktop.assessor import identity, protection
from esf_desktop.model import Assessor
from esf_desktop.workspace import Workspace, turning


class Begun(NamedTuple):
    """A workspace that was just made, the fingerprint of its key, and the recovery code of an encrypted one."""

    workspace: Workspace
    fingerprint: str
    code: str


def begin(folder: Path, assessor: Assessor, passphrase: str, *, at: datetime) -> Begun:
    """A new workspace with its person, signing key and recovery code; plain, and without a code, for no passphrase.

    Raises:
        NoRoomError, NotSavedError, UnusablePlaceError, AlreadyOpenError: the folder holds nothing, as before.
    """
    with turning.new(folder) as made:
        desk = Workspace.open(made, passphrase or None, as_it_is=True)
        try:
            identity.introduce(desk, assessor, at=at)
            fingerprint = identity.signing_key(desk, passphrase or None, at=at).fingerprint
            code = protection.new_code(made, passphrase) if passphrase else ""
            key = desk.key
        finally:
            desk.close()
    return Begun(Workspace.unlocked(folder, key), fingerprint, code)
