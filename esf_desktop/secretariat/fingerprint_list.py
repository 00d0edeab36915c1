"""A list on paper of fingerprints to compare in one sitting: whose, on which device, in groups, with a box to tick."""

from collections.abc import Iterable
from pathlib import Path

from esf_desktop.errors import ExportFailedError
from esf_desktop.exchange.enrolment import read_enrolment
from esf_desktop.files import write_whole
from esf_desktop.i18n import _
from esf_desktop.model import Value
from esf_desktop.secretariat.decisions import state
from esf_desktop.secretariat.register import Register


class Listed(Value, frozen=True):
    """A key on the list; `standing` says in words what is decided about it."""

    name: str
    organisation: str
    device: str
    fingerprint: str
    standing: str
    blocked: bool = False


def listed(register: Register, waiting: Iterable[tuple[str, bytes]] = ()) -> tuple[Listed, ...]:
    """The keys that wait for somebody to compare them, then those that are trusted, then those that are blocked.

    Args:
        waiting: enrolment files by name; one whose key is enrolled already stands as what it is.

    Raises:
        FileError: an enrolment file is not sound.
    """
    enrolled = register.enrolled()
    known = {one.fingerprint for one in enrolled}
    new: dict[str, Listed] = {}
    for file, content in waiting:
        signed = read_enrolment(content, file=file)
        if signed.fingerprint not in known:
            who = signed.value.assessor
            device = signed.value.device
            new[signed.fingerprint] = Listed(who.name, who.organisation, device, signed.fingerprint, _("to compare"))
    old = [
        Listed(one.name, one.organisation, one.device, one.fingerprint, state(one), one.revoked is not None)
        for one in enrolled
    ]
    by_name = sorted(new.values(), key=lambda one: (one.name, one.fingerprint))
    return (*by_name, *sorted(old, key=lambda one: (one.blocked, one.name, one.fingerprint)))


def write(register: Register, target: Path, waiting: Iterable[tuple[str, bytes]] = ()) -> int:
    """Write the list to a file, and how many keys stand on it.

    Raises:
        FileError, ExportFailedError: nothing was written.
    """
    from esf_desktop.secretariat.reports.fingerprint_pages import render

    keys = listed(register, waiting)
    known = register.call()
    content = render(known.call.body if known else "", known.call.id if known else "", keys)
    try:
        write_whole(target, content, mode=0o644)
    except OSError as error:
        raise ExportFailedError(str(target.parent)) from error
    return len(keys)
