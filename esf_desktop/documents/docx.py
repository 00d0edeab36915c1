"""The text of a DOCX file as blocks: headings, paragraphs and the rows of tables, in reading order, notes last."""

import re
from collections.abc import Iterator

from esf_desktop.documents.gathering import Gatherer
from esf_desktop.documents.package import Handler, Package
from esf_desktop.documents.values import Block

_NAMES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_SKIPPED = {"w:moveFrom", "mc:Fallback", "w:del"}
_CHARACTERS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\xad"}
_HEADING = re.compile(r"(?:heading|rubrik) ?(\d)", re.IGNORECASE)


def blocks(package: Package) -> Iterator[Block]:
    """The blocks of the document and of its notes."""
    styles = _Styles()
    if "word/styles.xml" in package.names:
        package.parse("word/styles.xml", _NAMES, styles)
    levels = styles.levels()
    text = _Text(levels)
    for member in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        if member == "word/document.xml" or member in package.names:
            package.parse(member, _NAMES, text)
    return text.gatherer.blocks()


class _Styles(Handler):
    """Which styles are headings, and of what level."""

    def __init__(self) -> None:
        self._style = ""
        self._own: dict[str, int] = {}
        self._based: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        value = attributes.get("w:val", "")
        match tag:
            case "w:style":
                self._style = attributes.get("w:styleId", "")
            case "w:name" if found := _HEADING.fullmatch(value):
                self._own[self._style] = int(found[1])
            case "w:name" if value.lower() in ("title", "rubrik"):
                self._own[self._style] = 1
            case "w:outlineLvl" if value in tuple("012345678"):
                self._own.setdefault(self._style, int(value) + 1)
            case "w:basedOn":
                self._based[self._style] = value

    def levels(self) -> dict[str, int]:
        """The heading level of each style that has one, of its own or from what it is based on."""
        found = dict(self._own)
        for style in self._based:
            ancestor, steps = style, 0
            while ancestor not in self._own and ancestor in self._based and steps < 20:
                ancestor, steps = self._based[ancestor], steps + 1
            if ancestor in self._own:
                found[style] = self._own[ancestor]
        return found


class _Text(Handler):
    """Gathers paragraphs and rows of a text document."""

    def __init__(self, levels: dict[str, int]) -> None:
        self.gatherer = Gatherer()
        self._levels = levels
        self._skipping = 0
        self._in_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping or tag in _SKIPPED:
            self._skipping += 1
            return
        value = attributes.get("w:val", "")
        match tag:
            case "w:p":
                self.gatherer.begin()
            case "w:tbl":
                self.gatherer.begin_table()
            case "w:tr":
                self.gatherer.begin_row()
            case "w:tc":
                self.gatherer.begin_cell()
            case "w:pStyle" if value in self._levels:
                self.gatherer.call_heading(self._levels[value])
            case "w:outlineLvl" if value in tuple("012345678"):
                self.gatherer.call_heading(int(value) + 1)
            case "w:ilvl" if value.isdecimal():
                self.gatherer.indent(int(value) + 1)
            case "w:t":
                self._in_text = True
            case _ if tag in _CHARACTERS and self.gatherer.is_open:
                self.gatherer.add(_CHARACTERS[tag])

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        match tag:
            case "w:t":
                self._in_text = False
            case "w:p":
                self.gatherer.finish()
            case "w:tr":
                self.gatherer.finish_row()
            case "w:tbl":
                self.gatherer.finish_table()

    def characters(self, text: str) -> None:
        if self._in_text and not self._skipping:
            self.gatherer.add(text)
