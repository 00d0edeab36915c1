"""The text of an ODT file as blocks: headings, paragraphs and the rows of tables, in reading order."""

from collections.abc import Iterator

from esf_desktop.documents.gathering import Gatherer
from esf_desktop.documents.messages import RefusedError
from esf_desktop.documents.package import Handler, Package
from esf_desktop.documents.values import Block, Notice

_NAMES = {
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "http://www.w3.org/1999/xlink": "xlink",
}
_SKIPPED = {"text:tracked-changes", "office:annotation", "text:note-citation", "office:forms"}
_FETCHED = {"draw:image", "draw:object", "draw:object-ole", "draw:plugin", "text:section-source"}
MOST_SPACES = 1_000


def blocks(package: Package) -> tuple[Iterator[Block], tuple[Notice, ...]]:
    """The blocks of the document, and REMOTE when it asks for something from elsewhere."""
    if "META-INF/manifest.xml" in package.names:
        package.parse("META-INF/manifest.xml", _NAMES, _Locks())
    text = _Text()
    package.parse("content.xml", _NAMES, text)
    return text.gatherer.blocks(), (Notice.REMOTE,) if text.fetches else ()


class _Locks(Handler):
    """Refuses a package whose members are encrypted."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "manifest:encryption-data":
            raise RefusedError("locked")


class _Text(Handler):
    """Gathers paragraphs and rows of a text document."""

    def __init__(self) -> None:
        self.gatherer = Gatherer()
        self.fetches = False
        self._skipping = 0
        self._list = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping or tag in _SKIPPED:
            self._skipping += 1
            return
        if tag in _FETCHED and attributes.get("xlink:href", "").partition(":")[0].lower() in ("http", "https", "file"):
            self.fetches = True
        match tag:
            case "text:h":
                self.gatherer.begin()
                level = attributes.get("text:outline-level", "1")
                self.gatherer.call_heading(int(level) if level.isdecimal() and len(level) < 3 else 1)
            case "text:p":
                self.gatherer.begin()
                self.gatherer.indent(self._list)
            case "text:list":
                self._list += 1
            case "table:table":
                self.gatherer.begin_table()
            case "table:table-row":
                self.gatherer.begin_row()
            case "table:table-cell":
                self.gatherer.begin_cell()
            case "text:s":
                count = attributes.get("text:c", "1")
                self.gatherer.add(" " * min(int(count) if count.isdecimal() else 1, MOST_SPACES))
            case "text:tab":
                self.gatherer.add("\t")
            case "text:line-break":
                self.gatherer.add("\n")

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        match tag:
            case "text:h" | "text:p":
                self.gatherer.finish()
            case "text:list":
                self._list -= 1
            case "table:table-row":
                self.gatherer.finish_row()
            case "table:table":
                self.gatherer.finish_table()

    def characters(self, text: str) -> None:
        if not self._skipping and self.gatherer.is_open:
            self.gatherer.add(" ".join(text.splitlines()) if "\n" in text else text)
