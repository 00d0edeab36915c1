"""Checks that the types cannot make."""

import re
from collections.abc import Hashable, Iterable
from datetime import datetime

from esf_desktop.errors import BadPayloadError
from esf_desktop.exchange.envelope import UUID
from esf_desktop.signing.faults import Fault

LONGEST_NAME = 200
_SHA256 = re.compile("[0-9a-f]{64}")
_UUID = re.compile(UUID)


def person(identity: str, name: str, *, file: str) -> None:
    """A person has an identity in lower case and a name."""
    names((name,), file=file)
    if not _UUID.fullmatch(identity):
        raise BadPayloadError(file, exactly=Fault.IDENTITY)


def names(found: Iterable[str], *, file: str) -> None:
    """What is shown as a name is one line, neither blank nor long."""
    listed = list(found)
    if not all(map(str.strip, listed)) or "\n" in "".join(listed) or max(map(len, listed), default=0) > LONGEST_NAME:
        raise BadPayloadError(file, exactly=Fault.NAME)


def moments(times: Iterable[datetime], *, file: str) -> None:
    """No time is so early or late that turning it into another zone fails."""
    if not all(1900 <= time.year <= 9998 for time in times):
        raise BadPayloadError(file, exactly=Fault.MOMENT)


def distinct(values: Iterable[Hashable], *, file: str) -> None:
    """No value stands twice."""
    listed = list(values)
    if len(set(listed)) < len(listed):
        raise BadPayloadError(file, exactly=Fault.STANDS_TWICE)


def digests(hashes: Iterable[str], *, file: str) -> None:
    """Every hash is SHA-256 in lower case hex."""
    if not all(_SHA256.fullmatch(found) for found in hashes):
        raise BadPayloadError(file, exactly=Fault.DIGEST)
