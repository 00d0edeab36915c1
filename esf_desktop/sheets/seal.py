"""The seal at the foot of a sheet: what ties the paper to the signed file, or says that nothing is signed."""

from datetime import datetime

from msgspec import Struct

from esf_desktop import formatting
from esf_desktop.i18n import _
from esf_desktop.sheets.blocks import Block, Columns, Rule, Space, Stack
from esf_desktop.sheets.layout import run, words
from esf_desktop.sheets.marks import ACCENT, QrCode

QR_SIZE = 54.0
FOLIO = 62.0
"""Kept free for the page number."""


class Seal(Struct, frozen=True):
    """A signed assessment: its identity and its key's fingerprint in hex, when it says it was signed, its revision."""

    identity: str
    fingerprint: str
    claimed_at: datetime
    revision: int
    signed_by: str = ""
    """Fingerprint of the key that signed this file itself, when it was given out alone."""
    given_at: datetime | None = None
    """When that was, by the assessor's computer."""

    @property
    def code(self) -> str:
        """The verification code: the first 16 digits of the identity, `7F3A 91C2 04DE B86A`."""
        return formatting.groups(self.identity[:16])


def foot_note(seal: Seal | None) -> str:
    """What ties the pages before the last to the seal."""
    return _("Verification code {code}").format(code=seal.code) if seal else _("Not signed")


def seal_block(seal: Seal | None) -> Block:
    """The block for a signed sheet, or for one that is not."""
    return Stack([Rule(ACCENT, 1.2), Space(7), _signed(seal) if seal else _unsigned()])


def _signed(seal: Seal) -> Block:
    moment = _("Signed {moment}").format(moment=formatting.moment(seal.claimed_at))
    fingerprint = formatting.groups(seal.fingerprint[:12]) + " …"
    numbers = _("Verification code {code} · key fingerprint {fingerprint}").format(
        code=_whole(seal.code), fingerprint=_whole(fingerprint)
    )
    # In capitals the code has fewer and larger modules; hex digits mean the same in either case.
    square = QrCode(
        seal.identity.upper(), _("QR code of the whole verification code: {code}").format(code=seal.identity), QR_SIZE
    )
    text = [
        words(run(moment, bold=True), run(" " + _("(by the assessor’s computer)"))),
        words(run(numbers, small=True, muted=True), before=1.5),
        *(words(run(said, small=True, muted=True), before=1.5) for said in _what_counts(seal)),
    ]
    return Columns([Stack([square]), Stack(text), Stack([])], [QR_SIZE, 0.999, FOLIO], gap=12)


def _what_counts(seal: Seal) -> list[str]:
    """What makes the sheet true, and how somebody else checks it."""
    if seal.given_at is None:
        return [
            _(
                "This sheet is a readable copy. The signed file is what counts: compare the verification code "
                "with the one that the program shows when the file is opened."
            )
        ]
    return [
        _(
            "This PDF file is itself signed ({moment}). Paper cannot be checked, the file can: open it in a PDF reader "
            "that shows signatures, or write “pdfsig FILE”. The signature must be valid and cover the whole document; "
            "that the reader does not know the issuer is as it should be."
        ).format(moment=formatting.moment(seal.given_at)),
        _(
            "The key’s fingerprint (SHA-256) tells who signed. Compare it with the one that the assessor or the "
            "secretariat gives you:"
        ),
        _whole(formatting.groups(seal.signed_by)),
    ]


def _unsigned() -> Block:
    text = [
        words(run(_("Not signed"), bold=True)),
        words(
            run(
                _("This sheet is a working copy. Once the assessment is signed, its sheet has a verification code."),
                small=True,
                muted=True,
            ),
            before=1.5,
        ),
    ]
    return Columns([Stack(text), Stack([])], [0.999, FOLIO], gap=12)


def _whole(text: str) -> str:
    return text.replace(" ", formatting.NO_BREAK)
