"""The text of an ODT file as blocks: headings, paragraphs and the rows of tables, in reading order."""

from collections.abc import Iterator

from esf_desktop.documents.gathering import Gatherer
from esf_desktop.documents.messages import RefusedError
from esf_desktop.documents.numbering import Counter, Level, Levels
from esf_desktop.documents.package import Handler, Package
from esf_desktop.documents.values import Block, Notice

_NAMES = {
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "http://www.w3.org/1999/xlink": "xlink",
}
_SKIPPED = {"text:tracked-changes", "office:annotation", "text:note-citation", "office:forms"}
_FETCHED = {"draw:image", "draw:object", "draw:object-ole", "draw:plugin", "text:section-source"}
MOST_SPACES = 1_000


def blocks(package: Package) -> tuple[Iterator[Block], tuple[Notice, ...]]:
    """The blocks of the document, and REMOTE when it asks for something from elsewhere."""
    if "META-INF/manifest.xml" in package.names:
        package.parse("META-INF/manifest.xml", _NAMES, _Locks())
    lists = _Lists()
    for member in ("styles.xml", "content.xml"):
        if member in package.names:
            package.parse(member, _NAMES, lists)
    text = _Text(lists.levels)
    package.parse("content.xml", _NAMES, text)
    return text.gatherer.blocks(), (Notice.REMOTE,) if text.fetches else ()


class _Locks(Handler):
    """Refuses a package whose members are encrypted."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "manifest:encryption-data":
            raise RefusedError("locked")


class _Lists(Handler):
    """How the lists of the document are numbered, by the name of their style."""

    def __init__(self) -> None:
        self.levels: dict[str, Levels] = {}
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        depth = attributes.get("text:level", "")
        if tag == "text:list-style":
            self._style = attributes.get("style:name", "")
        elif tag == "text:list-level-style-number" and depth in tuple("123456789"):
            shown = attributes.get("text:display-levels", "1")
            above = range(max(1, int(depth) - (int(shown) if shown in tuple("123456789") else 1) + 1), int(depth) + 1)
            pattern = ".".join(f"%{n}" for n in above)
            first = attributes.get("text:start-value", "1")
            self.levels.setdefault(self._style, {})[int(depth) - 1] = Level(
                attributes.get("style:num-format", "") or "none",
                attributes.get("style:num-prefix", "") + pattern + attributes.get("style:num-suffix", ""),
                int(first) if first.isdecimal() and len(first) < 6 else 1,
            )


class _Text(Handler):
    """Gathers paragraphs and rows of a text document."""

    def __init__(self, levels: dict[str, Levels]) -> None:
        self.gatherer = Gatherer()
        self.fetches = False
        self._skipping = 0
        self._levels = levels
        self._list = 0
        """How many lists the text is inside of."""
        self._style = ""
        self._counters: dict[str, Counter] = {}
        self._fresh_item = False
        """Whether the next paragraph is the first of its item, which has the number."""

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
                if self._fresh_item and self._list:
                    self.gatherer.mark(self._counters[self._style].next(self._list - 1))
                self._fresh_item = False
            case "text:list":
                self._begin_list(attributes)
            case "text:list-item":
                self._fresh_item = True
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

    def _begin_list(self, attributes: dict[str, str]) -> None:
        self._list += 1
        if self._list > 1:
            return
        self._style = attributes.get("text:style-name", "")
        if self._style not in self._counters or attributes.get("text:continue-numbering") != "true":
            self._counters[self._style] = Counter(self._levels.get(self._style, {}))

    def characters(self, text: str) -> None:
        if not self._skipping and self.gatherer.is_open:
            self.gatherer.add(" ".join(text.splitlines()) if "\n" in text else text)
