"""A canvas on which everything is either content with its place in the structure tree, or declared decoration.

page = TaggedCanvas(About(...))
with page.inside(Element("H1")), page.content():
    page.text(x, y, [Run("Rubrik", font, size, colour)])
with page.decoration():
    page.line(...)
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.pdfdoc import PDFObject, PDFString
from reportlab.pdfgen.canvas import Canvas

from esf_desktop.sheets import fonts
from esf_desktop.sheets.archive import About, ArchiveDocument
from esf_desktop.sheets.signed import Place, Room


@cache
def colour(code: str) -> Color:
    """The colour of a code such as `#1E2A27`."""
    return HexColor(code)


@cache
def _ink(code: str) -> str:
    """What makes text of that colour."""
    made = colour(code)
    return f"{made.red:.4g} {made.green:.4g} {made.blue:.4g} rg"


class Run(NamedTuple):
    """A piece of text of one look; the colour as `#1E2A27`."""

    text: str
    font: str
    size: float
    colour: str


class Element(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """A node of the structure tree: `H1`, `P`, `Table`, `TR`, `TH`, `TD`, `L`, `LI`, `Lbl`, `LBody`, `Figure` …

    It takes its place in the tree where it is first drawn inside another one; drawn again, as on the next page, it goes
    on where it was.
    """

    __RefOnly__ = 1

    def __init__(self, tag: str, *, alt: str = "", scope: str = "") -> None:
        self.tag = tag
        self.alt = alt
        """What a figure shows, in words."""
        self.scope = scope
        """`Column` or `Row`, for the header cell of a table."""
        self.parent: PDFObject | None = None
        self.named = b""
        """How others refer to it, once they do."""
        self.kids: list[Element | tuple[int, int] | Place] = []
        """Elements, content as its page from 0 with its number there, and what is not drawn but stands on a page."""

    def format(self, document: ArchiveDocument) -> bytes:
        """The element as it stands in the file."""
        pages = document.Pages.pages
        parts = [f"<< /Type /StructElem /S /{self.tag} /P ".encode(), _reference(document, self.parent)]
        if self.alt:
            parts += [b" /Alt ", PDFString(self.alt).format(document)]
        if self.scope:
            parts.append(f" /A << /O /Table /Scope /{self.scope} >>".encode())
        parts.append(b" /K [")
        for kid in self.kids:
            match kid:
                case Element():
                    parts.append(_reference(document, kid))
                case Place():
                    where = [_reference(document, kid), b" /Pg ", _reference(document, pages[kid.page])]
                    parts += [b"<< /Type /OBJR /Obj ", *where, b" >>"]
                case (page, number):
                    parts += [b"<< /Type /MCR /Pg ", _reference(document, pages[page]), f" /MCID {number} >>".encode()]
            parts.append(b"\n")
        return b"".join([*parts, b"] >>"])


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Pages of a PDF/A-2a and PDF/UA-1 document; `finish` gives its bytes."""

    _code: list[str]
    _doc: ArchiveDocument
    _make_preamble: Callable[[], None]

    def __init__(self, about: About) -> None:
        fonts.load(fonts.REGULAR)
        font: Any = fonts.REGULAR
        super().__init__(BytesIO(), invariant=1, pageCompression=1, initialFontName=font)
        self._doc = ArchiveDocument(about)
        self._make_preamble()  # once more: the font belongs to the document now
        self._root = Element("Document")
        self._current = self._root
        self._owners: list[list[Element]] = [[]]
        self._decorating = False
        self._gaps: dict[int, tuple[int, str]] = {}
        self._stamps: dict[str, str] = {}
        self._codes: dict[str, dict[int, str]] = {}
        """Of each font, the characters that have a code in its first subset."""

    @property
    def page(self) -> int:
        """The number of the page now drawn on, from 0."""
        return len(self._owners) - 1

    @contextmanager
    def inside(self, element: Element) -> Iterator[None]:
        """Draw within the element; decoration has no structure, so there it changes nothing."""
        if self._decorating:
            yield
            return
        if element.parent is None:
            element.parent = self._current
            self._current.kids.append(element)
        outer, self._current = self._current, element
        yield
        self._current = outer

    @contextmanager
    def content(self) -> Iterator[None]:
        """Draw what belongs to the element, and is read where the element stands."""
        if self._decorating:
            yield
            return
        owners = self._owners[-1]
        self._code.append(f"/{self._current.tag} <</MCID {len(owners)}>> BDC")
        self._current.kids.append((self.page, len(owners)))
        owners.append(self._current)
        yield
        self._code.append("EMC")

    @contextmanager
    def decoration(self, kind: str = "") -> Iterator[None]:
        """Draw what is not read aloud: lines, colours, and what repeats on each page (`Pagination`)."""
        if self._decorating:
            yield
            return
        self._decorating = True
        self._code.append(f"/Artifact <</Type /{kind}>> BDC" if kind else "/Artifact BMC")
        yield
        self._code.append("EMC")
        self._decorating = False

    def text(self, x: float, y: float, runs: Sequence[Run]) -> None:
        """One line of text from x, standing on y; written here, since reportlab's own way takes three times as long."""
        code = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        for run in runs:
            code.append(_ink(run.colour))
            shown: int | None = None
            for subset, content in self._encoded(run.font, run.text):
                if subset != shown:
                    name = fonts.load(run.font).getSubsetInternalName(subset, self._doc)
                    code.append(f"{name} {run.size:g} Tf")
                    shown = subset
                code.append(f"({self._escape(content)}) Tj")
        code.append("ET")
        self._code.append(" ".join(code))

    def _encoded(self, font: str, text: str) -> list[tuple[int, bytes]]:
        """The text in the codes of the font's subsets in this document, by subset."""
        known = self._codes.setdefault(font, {})
        if known.keys() >= set(map(ord, text)):
            return [(0, text.translate(known).encode("latin-1"))]
        loaded = fonts.load(font)
        found: list[tuple[int, bytes]] = loaded.splitString(text, self._doc)
        assigned = loaded.state[self._doc].assignments
        for code in set(map(ord, text)):
            place = assigned.get(32 if code == 0xA0 else code, 256)
            if place < 256:
                known[code] = chr(place)
        return found

    def stamp(self, name: str, x: float, y: float, draw: Callable[[], None]) -> None:
        """What `draw` draws around the origin, moved to (x, y); drawn once for each name, then written again."""
        if name not in self._stamps:
            here, self._code = self._code, []
            draw()
            self._stamps[name], self._code = " ".join(self._code), here
        self._code.append(f"q 1 0 0 1 {x:.2f} {y:.2f} cm {self._stamps[name]} Q")

    def leave_gap(self) -> int:
        """Keep a place on this page for what is known only later, such as the number of pages; `fill_gap` fills it."""
        gap = len(self._gaps)
        mark = f"% gap {gap}"
        self._code.append(mark)
        self._gaps[gap] = (self.page, mark)
        return gap

    def fill_gap(self, gap: int, draw: Callable[[], None]) -> None:
        """Draw as decoration in a gap of this page or an earlier one."""
        page, mark = self._gaps[gap]
        here, self._code = self._code, []
        self.saveState()
        with self.decoration("Pagination"):
            draw()
        self.restoreState()
        drawn, self._code = "\n".join(self._code), here
        if page == self.page:
            self._code[self._code.index(mark)] = drawn
        else:
            written = self._doc.Pages.pages[page]
            written.stream = written.stream.replace(f"{mark}\n", f"{drawn}\n", 1)

    def showPage(self) -> None:
        """End this page and begin the next."""
        super().showPage()
        self._owners.append([])

    def finish(self, room: Room | None = None) -> bytes:
        """The bytes of the document, whose last page has been ended, with room for a signature if wished."""
        owners = self._owners[:-1]
        form = Element("Form") if room else None
        if room and form:
            place = Place(room, page=len(owners) - 1, number=len(owners))
            place.put_in(self._doc)
            form.parent = self._root
            form.kids.append(place)
            self._root.kids.append(form)
        tree = _Tree(self._root, owners, form)
        self._root.parent = tree
        self._doc.close(tree)
        return bytes(self._doc.GetPDFData(self))


class _Tree(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """The root of the structure tree, and the way back from each page's content to its element."""

    __RefOnly__ = 1

    def __init__(self, root: Element, owners: Sequence[Sequence[Element]], form: Element | None) -> None:
        self.root = root
        self.owners = owners
        self.form = form

    def format(self, document: ArchiveDocument) -> bytes:
        numbers = b"\n".join(
            b"%d [%s]" % (page, b" ".join(_reference(document, owner) for owner in owners))
            for page, owners in enumerate(self.owners)
        )
        if self.form:
            numbers += b"\n%d %s" % (len(self.owners), _reference(document, self.form))
        return b"<< /Type /StructTreeRoot /K %s /ParentTree << /Nums [%s] >> /ParentTreeNextKey %d >>" % (
            _reference(document, self.root),
            numbers,
            len(self.owners) + bool(self.form),
        )


def _reference(document: ArchiveDocument, target: PDFObject | None) -> bytes:
    assert target is not None
    if isinstance(target, Element):
        if not target.named:
            target.named = bytes(document.Reference(target).format(document))
        return target.named
    return bytes(document.Reference(target).format(document))
