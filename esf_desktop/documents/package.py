"""A DOCX, ODT or XLSX file from the worker's side: a zip whose size is known before it is unpacked, and its XML."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from esf_desktop.documents.media import is_encrypted_package
from esf_desktop.documents.messages import RefusedError
from esf_desktop.documents.values import Notice

MOST_MEMBERS = 2_000
LARGEST_MEMBER = 64 << 20
"""Bytes when unpacked."""
LARGEST_WHOLE = 192 << 20

_ALLOWED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_MACROS = re.compile(r"(?:^|/)vbaProject\.bin$|^Basic/|^Scripts/", re.IGNORECASE)
_FETCHED = re.compile(r"/(?:attachedTemplate|oleObject|frame|subDocument|externalLinkPath|image)$")


class Package:
    """An open package; RefusedError when it is locked, damaged or too much when unpacked."""

    def __init__(self, content: bytes) -> None:
        if is_encrypted_package(content):
            raise RefusedError("locked")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise RefusedError("damaged") from error
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_WHOLE:
            raise RefusedError("too_heavy")
        if any(member.file_size > LARGEST_MEMBER for member in members):
            raise RefusedError("too_heavy")
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise RefusedError("locked")
        if any(member.compress_type not in _ALLOWED for member in members):
            raise RefusedError("damaged")
        self.names = frozenset(member.filename for member in members)
        if len(self.names) < len(members):
            raise RefusedError("damaged")
        self._declares = False

    def read(self, name: str) -> bytes:
        """The unpacked bytes of a member; never more than it declared."""
        try:
            return self._zip.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise RefusedError("damaged") from error

    def parse(self, name: str, prefixes: Mapping[str, str], handler: "Handler") -> None:
        """Tell the handler every element and text of an XML member; entities of its own are left out.

        Args:
            prefixes: by namespace, what to write before the local name; names of other namespaces have none.
        """

        def short(long: str) -> str:
            namespace, _, local = long.rpartition(" ")
            prefix = prefixes.get(namespace)
            return f"{prefix}:{local}" if prefix else local

        def start(tag: str, attributes: dict[str, str]) -> None:
            handler.start(short(tag), {short(key): value for key, value in attributes.items()})

        def doctype(*_declaration: object) -> None:
            self._declares = True

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = doctype
        parser.StartElementHandler = start
        parser.EndElementHandler = lambda tag: handler.end(short(tag))
        parser.CharacterDataHandler = handler.characters
        # With a default handler, expat hands entities of the document over to it instead of writing them out.
        parser.DefaultHandler = lambda _rest: None
        try:
            parser.Parse(self.read(name), True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise RefusedError("damaged") from error

    def notices(self) -> Iterator[Notice]:
        """What a reader should know of the package and of what was parsed of it."""
        if any(_MACROS.search(name) for name in self.names):
            yield Notice.MACROS
        fetched = _Fetched()
        for name in self.names:
            if name.endswith(".rels"):
                self.parse(name, {}, fetched)
        if fetched.any:
            yield Notice.REMOTE
        if self._declares:
            yield Notice.ENTITIES


class Handler:
    """What is told of an XML member, in its order; names are short."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def characters(self, text: str) -> None:
        """Text stands here."""


class _Fetched(Handler):
    """Whether relations ask for something from outside that would be loaded and not only linked to."""

    def __init__(self) -> None:
        self.any = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") == "External":
            self.any = self.any or bool(_FETCHED.search(attributes.get("Type", "")))
