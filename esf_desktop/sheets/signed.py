"""A PAdES-B signature inside a PDF, made in place: the document leaves room for it, and the room is filled afterwards.

Nothing is added behind the document, so it stays what it was: PDF/A-2a and PDF/UA-1 (ETSI EN 319 142-1; ISO 32000-1,
12.8). The signature covers every byte but itself.
"""

from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFString

from esf_desktop.signing import cms
from esf_desktop.signing.certificate import parse
from esf_desktop.signing.cms import Signer

_START = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange "
_RANGE = b"[0 0000000000 0000000000 0000000000]"
_AROUND = 1024
"""What a signature holds besides certificate, issuer and the signature value, generously."""
_PRINTED, _LOCKED = 4, 128


class Room(Struct, frozen=True):
    """Room for a signature: for how many bytes, what the document says of it, and when it claims to be made."""

    size: int
    name: str
    field: str
    """What a screen reader calls the field."""
    at: datetime


class Place(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """The signature field: a widget that shows nothing, for the seal on the page says it in words."""

    __RefOnly__ = 1

    def __init__(self, room: Room, page: int, number: int) -> None:
        self.room = room
        self.page = page
        self.number = number
        """Its place in the way back from things on pages to the structure tree."""

    def put_in(self, document: Any) -> None:
        """Make the field part of the document and of its page."""
        document.Pages.pages[self.page].Annots = PDFArray([document.Reference(self)])
        catalog = document.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "AcroForm"]
        catalog.AcroForm = PDFDictionary({"Fields": PDFArray([document.Reference(self)]), "SigFlags": 3})

    def format(self, document: Any) -> bytes:
        """The widget as it stands in the file."""
        told = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Widget"),
            "FT": PDFName("Sig"),
            "T": PDFString("signature"),
            "TU": PDFString(self.room.field),
            "V": document.Reference(_Signature(self.room)),
            "Rect": PDFArray([0, 0, 0, 0]),
            "F": _PRINTED | _LOCKED,
            "P": document.Reference(document.Pages.pages[self.page]),
            "StructParent": self.number,
        }
        return bytes(PDFDictionary(told).format(document))


class _Signature(PDFObject):  # type: ignore[misc]  # reportlab has no types
    __RefOnly__ = 1

    def __init__(self, room: Room) -> None:
        self.room = room

    def format(self, document: Any) -> bytes:
        moment = f"D:{self.room.at.astimezone(UTC):%Y%m%d%H%M%S}Z"
        told = b"/M %s /Name %s >>" % tuple(PDFString(text).format(document) for text in (moment, self.room.name))
        return _empty(self.room.size) + told


def room_for(signer: Signer, field: str, *, at: datetime) -> Room:
    """Room for a signature by that signer."""
    certificate = parse(signer.certificate)
    size = len(certificate.der) + len(certificate.issuer_and_serial) + certificate.key.key_size // 8 + _AROUND
    return Room(size, signer.name, field, at)


def sign(content: bytes, room: Room, signer: Signer) -> bytes:
    """The document with its room filled; as long as it was."""
    empty = _empty(room.size)
    if content.count(empty) != 1:
        raise ValueError("a document with one room for a signature is needed")
    start = content.index(empty) + len(_START)
    opening = start + len(_RANGE) + len(b" /Contents ")
    closing = opening + 2 * room.size + 2
    reach = b"[0 %d %d %d]" % (opening, closing, len(content) - closing)
    before = content[:start] + reach.ljust(len(_RANGE)) + content[start + len(_RANGE) : opening]
    signature = cms.sign(before + content[closing:], signer, at=None)
    if len(signature) > room.size:
        raise ValueError("the signature does not fit its room")
    return before + b"<" + signature.hex().encode().ljust(2 * room.size, b"0") + b">" + content[closing:]


def _empty(size: int) -> bytes:
    return _START + _RANGE + b" /Contents <" + b"0" * (2 * size) + b"> "
