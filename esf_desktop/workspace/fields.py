"""The fields of a workspace: what each is called and what kind of value it holds, so that a row can be read back.

A field belongs to a round and an application; `rating:SAM` is the rating of one criterion. Fields of the round itself
have an empty application, and fields of the desk an empty round too.
"""

from collections.abc import Sequence
from typing import cast

import msgspec

from esf_desktop.exchange.answers import Kept
from esf_desktop.model import (
    Answer,
    Application,
    Assessment,
    Assessor,
    Call,
    CallId,
    ConflictOfInterest,
    CriterionId,
    Evidence,
    Moment,
    Rating,
    Recommendation,
    Sha256,
    Value,
    Whole,
)


class Package(Value, frozen=True):
    """Where a round's call came from: the hash of `call.json` and the certificate that signed the package (DER)."""

    sha256: Sha256
    fingerprint: Sha256
    certificate: bytes


class Signed(Value, frozen=True):
    """An assessment that was signed on this desk, and the bundle that it left in."""

    identity: Sha256
    assessment: Assessment
    bundle_id: str
    file: str
    fingerprint: Sha256
    bundle_sha256: str = ""
    """What receipts call the bundle; empty for those that were signed before it was kept."""


class KeptHead(Value, frozen=True):
    """The end of a journal that is no more: the number of its last row and that row's hash."""

    number: Whole
    hash: Sha256


class PurgedBackup(Value, frozen=True):
    """What was done to one backup that held a purged round: rewritten without it, or taken away as a whole."""

    place: str
    at: Moment
    removed: bool = False


class Purged(Value, frozen=True):
    """The receipt of a purge: what went, when, and the head that its journal had; nothing of what was written."""

    round: CallId
    title: str
    at: Moment
    applications: Whole
    documents: Whole
    assessments: Whole
    evidence: Whole
    notes: Whole
    bundles: tuple[str, ...] = ()
    """The names of the files that were signed; where they were saved or sent, they are still."""
    backups: tuple[PurgedBackup, ...] = ()
    out_of_reach: tuple[str, ...] = ()
    """Backups that were made elsewhere and could not be reached."""
    journal: KeptHead | None = None
    finished_at: Moment | None = None
    """None when the purge was interrupted and is to be completed."""


KINDS: dict[str, object] = {
    "assessor": Assessor,
    "introduced": tuple[Sha256, ...],
    "current": str,
    "call": Call,
    "package": Package,
    "described": Application,
    "conflict": ConflictOfInterest,
    "rating": Rating,
    "comment": str,
    "questions": tuple[Answer | None, ...],
    "evidence": tuple[Evidence, ...],
    "main_area": CriterionId,
    "overall": str,
    "recommendation": Recommendation,
    "note": str,
    "search_words": tuple[str, ...],
    "signed": tuple[Signed, ...],
    "sent": Sha256,
    "receipt": int,
    "receipts": tuple[Kept, ...],
    "review": int,
    "purged": tuple[Purged, ...],
    "backups": tuple[str, ...],
}
_DECODERS = {kind: msgspec.json.Decoder(type) for kind, type in KINDS.items()}
_ENCODER = msgspec.json.Encoder(order="sorted")


def encode(value: object) -> str:
    """The value as it stands in a row."""
    return _ENCODER.encode(value).decode()


def decode(name: str, coded: str) -> object:
    """The value of a row; the name says its type."""
    return _DECODERS[name.partition(":")[0]].decode(coded)


def of(kind: str, criterion: CriterionId | None = None) -> str:
    """The name of a field: `rating:SAM`, or `overall`."""
    return kind if criterion is None else f"{kind}:{criterion}"


def answers(stored: object, asked: Sequence[bool]) -> tuple[Answer | None, ...]:
    """One answer for each guiding question, open where it is not asked now, whatever was asked when they were given."""
    given = cast("tuple[Answer | None, ...]", stored or ())
    return tuple(given[n] if is_asked and n < len(given) else None for n, is_asked in enumerate(asked))
