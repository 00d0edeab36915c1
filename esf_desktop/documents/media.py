"""What kind of document some bytes are, told by the bytes and never by the name alone."""

import io
import re
import zipfile

from esf_desktop.documents.errors import ProgramError, UnknownDocumentError
from esf_desktop.errors import EmptyFileError, MailError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"

_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"L\0\0\0\x01\x14\x02\0",
)
_PROGRAM_NAMES = re.compile(
    r"\.(?:apk|app|bat|cmd|com|cpl|dll|exe|hta|jar|js|jse|lnk|msc|msi|msp|pif|ps1|py|reg|scr|sh|url|vb|vbe|vbs|wsf|wsh)$",
    re.IGNORECASE,
)
_MAIL = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*(?:Received|MIME-Version|Message-ID|Subject):", re.I)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def media_type(content: bytes, name: str) -> str:
    """The media type of a document that can be shown.

    Raises:
        EmptyFileError, MailError, ProgramError, UnknownDocumentError: it is none.
    """
    if not content:
        raise EmptyFileError(name)
    if content.startswith(_PROGRAMS) or _PROGRAM_NAMES.search(name):
        raise ProgramError(name)
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"PK\x03\x04"):
        found = _packed(content)
        if found:
            return found
    if content.startswith(_OLE):
        # An encrypted DOCX or XLSX is a package of the older kind around the ciphertext.
        if "EncryptedPackage".encode("utf-16-le") in content:
            return XLSX if name.lower().endswith((".xlsx", ".xlsm")) else DOCX
        if "__substg1.0".encode("utf-16-le") in content:
            raise MailError(name)
    if _MAIL.match(content[:4096]):
        raise MailError(name)
    raise UnknownDocumentError(name)


def is_encrypted_package(content: bytes) -> bool:
    """Whether a DOCX or XLSX is locked with a password."""
    return content.startswith(_OLE)


def _packed(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {member.filename for member in package.infolist()[:5_000]}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return _by_first_bytes(content)
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    if "content.xml" in names and content[30:].startswith(b"mimetype" + ODT.encode()):
        return ODT
    return None


def _by_first_bytes(content: bytes) -> str | None:
    """The kind of a package whose end is missing, so that it can be called damaged."""
    start = content[:65_536]
    for mark, kind in ((b"word/", DOCX), (b"xl/", XLSX), (ODT.encode(), ODT)):
        if mark in start:
            return kind
    return DOCX if b"[Content_Types].xml" in start else None
