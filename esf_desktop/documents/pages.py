"""A PDF from the worker's side: sizes, labels, outline, pictures and text of its pages, by pypdfium2."""

import ctypes
import math
import time
from collections.abc import Iterator
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from esf_desktop.documents import searching
from esf_desktop.documents.messages import MOST_PAGES, Found, RefusedError, Render, Texts
from esf_desktop.documents.selection import merged
from esf_desktop.documents.values import DocumentInfo, Hit, Notice, OutlineItem, PageInfo, PageText
from esf_desktop.model import Rect

LONGEST_SIDE = 14_400
"""Points; what the format itself allows."""
MOST_CHARACTERS = 200_000
"""Of one page."""
MOST_OUTLINE_ITEMS = 2_000
MOST_HITS = 5_000
A_WHILE = 0.1
"""Seconds that one answer about many pages may take."""

_Display = tuple[float, float, float, float, float, float]

_NO_BOX = Rect(0, 0, 0, 0)
_NO_SIZE = (0.0, 0.0)
_FAR = 1e7
_SCRIPTS = (b"/JavaScript", b"/Launch")
_LAYERS = b"/OCProperties"
_END = b"startxref"
_TWO_ENDS = b"/Linearized"
_PASSWORD_ERRORS = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


class Pages:
    """An open PDF; RefusedError when it cannot be shown."""

    def __init__(self, content: bytes, password: str | None) -> None:
        # pypdfium2 tells an empty document by the error of the document before it, so pdfium is asked here.
        secret = None if password is None else password.encode() + b"\0"
        handle = pdfium.FPDF_LoadMemDocument64(content, len(content), secret)
        if not handle:
            raise RefusedError("locked" if pdfium.FPDF_GetLastError() in _PASSWORD_ERRORS else "damaged")
        self._content = content
        self._document = pypdfium2.PdfDocument(handle)
        count = len(self._document)
        if count < 1:
            raise RefusedError("damaged")
        if count > MOST_PAGES:
            raise RefusedError("too_many_pages", count)
        self._sizes = [self._size(page) for page in range(count)]
        if not any(_possible(*size) for size in self._sizes):
            raise RefusedError("damaged" if _NO_SIZE in self._sizes else "impossible_page")
        self._with_form = self._document.get_formtype() != pdfium.FORMTYPE_NONE
        if self._with_form:
            self._document.init_forms()
        self._flat: set[int] = set()
        self._latest: tuple[int, pypdfium2.PdfPage] | None = None
        self._texts: dict[int, str] = {}
        self.info = self._info(content)

    def render(self, request: Render, address: int) -> None:
        """Draw the part of the page at the address, on white."""
        page = self._page(request.page)
        width, height = self._sizes[request.page]
        bitmap = pdfium.FPDFBitmap_CreateEx(
            request.width, request.height, pdfium.FPDFBitmap_BGRx, ctypes.c_void_p(address), 4 * request.width
        )
        if not bitmap:
            raise RefusedError("too_heavy")
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, request.width, request.height, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(
                bitmap,
                page,
                -request.left,
                -request.top,
                math.ceil(width * request.scale),
                math.ceil(height * request.scale),
                0,
                pdfium.FPDF_ANNOT,
            )
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)

    def text(self, page: int) -> PageText:
        """The text of a page with a box for each character."""
        opened = self._page(page)
        text_page = opened.get_textpage()
        try:
            characters, indexes = _characters(text_page)
            boxes = _boxes(text_page, _to_display(opened, *self._sizes[page]), indexes)
            return PageText(characters, tuple(boxes))
        finally:
            text_page.close()

    def texts(self, first: int) -> Texts:
        """The texts of the pages from `first` on, as many as are read in a while."""
        until = time.monotonic() + A_WHILE
        texts: list[str] = []
        for page in range(first, len(self._sizes)):
            texts.append(self._text(page))
            if time.monotonic() > until:
                following = page + 1
                return Texts(tuple(texts), following if following < len(self._sizes) else None)
        return Texts(tuple(texts), None)

    def search(self, words: str, first: int) -> Found:
        """The hits on the pages from `first` on, as many as are read in a while."""
        wanted = searching.pattern(words)
        hits: list[Hit] = []
        until = time.monotonic() + A_WHILE
        for page in range(first, len(self._sizes) if wanted else 0):
            text = self._text(page)
            places = list(islice(searching.places(wanted, text), MOST_HITS)) if wanted else []
            if places:
                hits += self._hits(page, text, places)
            if len(hits) >= MOST_HITS:
                return Found(tuple(hits[:MOST_HITS]), None)
            if time.monotonic() > until and page + 1 < len(self._sizes):
                return Found(tuple(hits), page + 1)
        return Found(tuple(hits), None)

    def close(self) -> None:
        """Let go of the document."""
        self._let_go()
        self._document.close()
        self._content = b""

    def _info(self, content: bytes) -> DocumentInfo:
        return DocumentInfo(
            kind="pages",
            media_type="application/pdf",
            pages=tuple(
                PageInfo(*(size if _possible(*size) else (595.0, 842.0)), label=self._label(page))
                for page, size in enumerate(self._sizes)
            ),
            outline=tuple(self._outline()),
            has_text=self._has_text(),
            notices=tuple(self._notices(content)),
        )

    def _size(self, page: int) -> tuple[float, float]:
        try:
            width, height = self._document.get_page_size(page)
        except pypdfium2.PdfiumError:
            return _NO_SIZE
        return width, height

    def _label(self, page: int) -> str:
        label = "".join(c for c in self._document.get_page_label(page) if c.isprintable()).strip()
        return label[:40] or str(page + 1)

    def _outline(self) -> Iterator[OutlineItem]:
        for mark in islice(self._document.get_toc(), MOST_OUTLINE_ITEMS):
            title = " ".join("".join(c if c.isprintable() else " " for c in mark.get_title()).split())
            goal = mark.get_dest()
            page = goal.get_index() if goal else None
            if page is not None and not 0 <= page < len(self._sizes):
                page = None
            yield OutlineItem(title[:300], page, mark.level)

    def _has_text(self) -> bool:
        """Whether any page has text, looked for a while; who finds none in that while may still find some later."""
        until = time.monotonic() + 5 * A_WHILE
        for page in range(len(self._sizes)):
            if not _possible(*self._sizes[page]):
                continue
            if self._has_text_object(page) or self._text(page).strip():
                return True
            if time.monotonic() > until:
                return page + 1 < len(self._sizes)
        return False

    def _has_text_object(self, page: int) -> bool:
        """Whether text stands on the page itself, which is quicker to tell than what it says."""
        try:
            opened = self._page(page)
        except RefusedError:
            return False
        return any(
            pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(opened, number)) == pdfium.FPDF_PAGEOBJ_TEXT
            for number in range(min(pdfium.FPDFPage_CountObjects(opened), 1_000))
        )

    def _notices(self, content: bytes) -> Iterator[Notice]:
        named = pdfium.FPDFDoc_GetJavaScriptActionCount(self._document) > 0
        if named or any(mark in content for mark in _SCRIPTS):
            yield Notice.SCRIPTS
        if _LAYERS in content:
            yield Notice.LAYERS
        if content.count(_END) > (2 if _TWO_ENDS in content[:1024] else 1):
            yield Notice.ADDITIONS

    def _page(self, page: int) -> pypdfium2.PdfPage:
        if self._latest and self._latest[0] == page:
            return self._latest[1]
        self._let_go()
        if not _possible(*self._sizes[page]):
            raise RefusedError("damaged" if self._sizes[page] == _NO_SIZE else "impossible_page", page)
        try:
            opened = self._document[page]
            if self._with_form and page not in self._flat:
                opened.flatten()
                opened.close()
                self._flat.add(page)
                opened = self._document[page]
        except pypdfium2.PdfiumError as error:
            raise RefusedError("damaged") from error
        self._latest = page, opened
        return opened

    def _let_go(self) -> None:
        if self._latest:
            self._latest[1].close()
            self._latest = None

    def _text(self, page: int) -> str:
        """The text of a page; nothing when the page cannot be read."""
        if page not in self._texts:
            try:
                text_page = self._page(page).get_textpage()
            except (RefusedError, pypdfium2.PdfiumError):
                self._texts[page] = ""
            else:
                self._texts[page] = _characters(text_page)[0]
                text_page.close()
        return self._texts[page]

    def _hits(self, page: int, text: str, places: list[tuple[int, int]]) -> Iterator[Hit]:
        opened = self._page(page)
        text_page = opened.get_textpage()
        indexes = _characters(text_page)[1]
        display = _to_display(opened, *self._sizes[page])
        for start, end in places:
            rects = merged(_boxes(text_page, display, indexes[start:end]))
            before, match, after = searching.context(text, start, end)
            yield Hit(page, start, end, rects, before, match, after)
        text_page.close()


def _possible(width: float, height: float) -> bool:
    return 1 <= width <= LONGEST_SIDE and 1 <= height <= LONGEST_SIDE


def _characters(text_page: pypdfium2.PdfTextPage) -> tuple[str, range | list[int]]:
    """The text, and for each of its characters the number by which pdfium knows it."""
    count = min(text_page.count_chars(), MOST_CHARACTERS)
    if count <= 0:
        return "", range(0)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(memoryview(buffer)[: max(written - 1, 0)]).decode("utf-16-le", "replace")
    if len(text) == count:
        return _with_soft_hyphens(text), range(count)
    codes = [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)]
    kept = [index for index, code in enumerate(codes) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000]
    return _with_soft_hyphens("".join(chr(codes[index]) for index in kept)), kept


def _with_soft_hyphens(text: str) -> str:
    """The text with a soft hyphen where pdfium found a word that was parted at the end of a line."""
    return text.replace("\ufffe", "\xad").replace("\x02", "\xad").replace("\x00", "\ufffd")


def _boxes(text_page: pypdfium2.PdfTextPage, display: _Display, indexes: range | list[int]) -> list[Rect]:
    """Boxes in hundredths of a point as the page is displayed, whatever its rotation and crop box."""
    x0, y0, xx, xy, yx, yy = display
    found = pdfium.FS_RECTF()
    place = ctypes.byref(found)
    box_of, handle = pdfium.FPDFText_GetLooseCharBox, text_page.raw
    boxes: list[Rect] = []
    for index in indexes:
        if not box_of(handle, index, place):
            boxes.append(_NO_BOX)
            continue
        left, bottom, right, top = found.left - x0, found.bottom - y0, found.right - x0, found.top - y0
        ax, bx = left * xx + bottom * xy, right * xx + top * xy
        ay, by = left * yx + bottom * yy, right * yx + top * yy
        if not (-_FAR < ax < _FAR and -_FAR < bx < _FAR and -_FAR < ay < _FAR and -_FAR < by < _FAR):
            boxes.append(_NO_BOX)
            continue
        if ax > bx:
            ax, bx = bx, ax
        if ay > by:
            ay, by = by, ay
        boxes.append(Rect(round(ax), round(ay), round(bx), round(by)))
    return boxes


def _to_display(opened: pypdfium2.PdfPage, width: float, height: float) -> _Display:
    """Origin and factors that take a point of the page to hundredths of a point from the upper left as displayed."""
    x0, y0 = _corner(opened, 0, 0)
    x1, y1 = _corner(opened, 1, 0)
    x2, y2 = _corner(opened, 0, 1)
    across = 100 * width / ((x1 - x0) ** 2 + (y1 - y0) ** 2)
    down = 100 * height / ((x2 - x0) ** 2 + (y2 - y0) ** 2)
    return x0, y0, (x1 - x0) * across, (y1 - y0) * across, (x2 - x0) * down, (y2 - y0) * down


def _corner(opened: pypdfium2.PdfPage, across: int, down: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDF_DeviceToPage(opened, 0, 0, 1, 1, 0, across, down, x, y)
    return x.value, y.value
