"""The text of a DOCX file as blocks: headings, paragraphs and the rows of tables, in reading order, notes last."""

import re
from collections.abc import Iterator
from dataclasses import replace

from esf_desktop.documents.gathering import Gatherer
from esf_desktop.documents.numbering import Counter, Level, Levels
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
    numbering = _Numbering()
    if "word/numbering.xml" in package.names:
        package.parse("word/numbering.xml", _NAMES, numbering)
    text = _Text(styles, numbering)
    for member in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        if member == "word/document.xml" or member in package.names:
            package.parse(member, _NAMES, text)
    return text.gatherer.blocks()


class _Styles(Handler):
    """Which styles are headings, and of what level, and which are of lists."""

    def __init__(self) -> None:
        self._style = ""
        self._own: dict[str, int] = {}
        self._based: dict[str, str] = {}
        self._lists: dict[str, tuple[str, int]] = {}

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
            case "w:numId":
                self._lists[self._style] = value, self._lists.get(self._style, ("", 0))[1]
            case "w:ilvl" if value.isdecimal():
                self._lists[self._style] = self._lists.get(self._style, ("", 0))[0], int(value)

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

    def list_of(self, style: str) -> tuple[str, int] | None:
        """The list and the depth that a style puts its paragraphs in, its own or from what it is based on."""
        steps = 0
        while style not in self._lists and style in self._based and steps < 20:
            style, steps = self._based[style], steps + 1
        return self._lists.get(style)


class _Numbering(Handler):
    """How the lists of the document are numbered."""

    def __init__(self) -> None:
        self._abstract: dict[str, Levels] = {}
        self._lists: dict[str, str] = {}
        self._counters: dict[str, Counter] = {}
        self._in_abstract = self._list = ""
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        value = attributes.get("w:val", "")
        match tag:
            case "w:abstractNum":
                self._in_abstract, self._list = attributes.get("w:abstractNumId", ""), ""
            case "w:num":
                self._in_abstract, self._list = "", attributes.get("w:numId", "")
            case "w:abstractNumId" if self._list:
                self._lists[self._list] = value
            case "w:lvl" if self._in_abstract and attributes.get("w:ilvl", "") in tuple("012345678"):
                self._depth = int(attributes["w:ilvl"])
                self._levels()[self._depth] = Level("decimal")
            case "w:numFmt" if self._in_abstract:
                self._levels()[self._depth] = replace(self._level(), shape=value)
            case "w:lvlText" if self._in_abstract:
                self._levels()[self._depth] = replace(self._level(), pattern=value)
            case "w:start" if self._in_abstract and value.isdecimal() and len(value) < 6:
                self._levels()[self._depth] = replace(self._level(), first=int(value))

    def next(self, list_: str, depth: int) -> str:
        """What stands before the next paragraph of a list."""
        abstract = self._lists.get(list_, "")
        if list_ not in self._counters:
            self._counters[list_] = Counter(self._abstract.get(abstract, {}))
        return self._counters[list_].next(depth)

    def _levels(self) -> Levels:
        return self._abstract.setdefault(self._in_abstract, {})

    def _level(self) -> Level:
        return self._levels().get(self._depth, Level())


class _Text(Handler):
    """Gathers paragraphs and rows of a text document."""

    def __init__(self, styles: _Styles, numbering: _Numbering) -> None:
        self.gatherer = Gatherer()
        self._styles, self._levels, self._numbering = styles, styles.levels(), numbering
        self._list: tuple[str, int] | None = None
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
                self._list = None
            case "w:tbl":
                self.gatherer.begin_table()
            case "w:tr":
                self.gatherer.begin_row()
            case "w:tc":
                self.gatherer.begin_cell()
            case "w:pStyle":
                self._list = self._styles.list_of(value)
                if value in self._levels:
                    self.gatherer.call_heading(self._levels[value])
            case "w:outlineLvl" if value in tuple("012345678"):
                self.gatherer.call_heading(int(value) + 1)
            case "w:ilvl" if value.isdecimal() and len(value) < 3:
                self._list = (self._list or ("", 0))[0], int(value)
            case "w:numId":
                self._list = value, (self._list or ("", 0))[1]
            case "w:t":
                self._in_text = True
            case _ if tag in _CHARACTERS and self.gatherer.is_open:
                self.gatherer.add(_CHARACTERS[tag])

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        match tag:
            case "w:pPr":
                self._enter_list()
            case "w:t":
                self._in_text = False
            case "w:p":
                self.gatherer.finish()
            case "w:tr":
                self.gatherer.finish_row()
            case "w:tbl":
                self.gatherer.finish_table()

    def _enter_list(self) -> None:
        """Now that everything is said about the paragraph, put it in its list; list 0 is none."""
        if self._list is not None and self._list[0] != "0":
            self.gatherer.indent(self._list[1] + 1)
            self.gatherer.mark(self._numbering.next(*self._list))
        self._list = None

    def characters(self, text: str) -> None:
        if self._in_text and not self._skipping:
            self.gatherer.add(text)
