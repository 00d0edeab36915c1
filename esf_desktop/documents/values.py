"""What a document shows: pages with text and boxes, blocks of text or sheets; hits, bitmaps, outline and notices."""

from enum import StrEnum
from typing import Literal

from esf_desktop.i18n import _
from esf_desktop.model import Rect, Value


class Notice(StrEnum):
    """Something about a document that its reader should know; nothing of it is ever run or fetched."""

    SCRIPTS = "scripts"
    LAYERS = "layers"
    ADDITIONS = "additions"
    MACROS = "macros"
    REMOTE = "remote"
    ENTITIES = "entities"
    CUT = "cut"

    def sentence(self, file: str) -> str:
        """What is shown of the file, and why not more."""
        match self:
            case Notice.SCRIPTS:
                text = _("“{file}” contains scripts; they are never run.")
            case Notice.LAYERS:
                text = _("“{file}” has layers; another program may show it otherwise.")
            case Notice.ADDITIONS:
                text = _("“{file}” was added to after it was first saved; the latest version is shown.")
            case Notice.MACROS:
                text = _("Only the text of “{file}” is shown, because it contains macros.")
            case Notice.REMOTE:
                text = _("Only the text of “{file}” is shown, because it asks for something from elsewhere.")
            case Notice.ENTITIES:
                text = _("Only the text of “{file}” is shown, because it declares XML of its own.")
            case Notice.CUT:
                text = _("Only the first part of “{file}” is shown, because it is very long.")
        return text.format(file=file)


class PageInfo(Value, frozen=True):
    """The size of a page as it is displayed, in points, and the number that is printed on it."""

    width: float
    height: float
    label: str


class OutlineItem(Value, frozen=True):
    """A line of the table of contents; `page` counts from 0, `level` too."""

    title: str
    page: int | None
    level: int


class DocumentInfo(Value, frozen=True):
    """What is known of a document when it is open; a text document has no pages but `blocks` of text."""

    kind: Literal["pages", "text"]
    media_type: str
    pages: tuple[PageInfo, ...] = ()
    outline: tuple[OutlineItem, ...] = ()
    has_text: bool = True
    """False when every page is a picture."""
    blocks: int = 0
    notices: tuple[Notice, ...] = ()


class PageText(Value, frozen=True):
    """The text of a page and one rectangle for each character; all zeros where a character has no place."""

    text: str
    boxes: tuple[Rect, ...]


class Block(Value, frozen=True):
    """A paragraph, a heading or a row of a text document; cells of a row are parted by tabs."""

    index: int
    kind: Literal["heading", "paragraph", "row"]
    level: int
    """Of a heading from 1; of a list's paragraph its depth; of the row that begins a table 1; else 0."""
    text: str
    marker: str = ""
    """What stands before a list's paragraph: `•` or its number; no part of the text."""


class SheetRow(Value, frozen=True):
    """A row of a sheet: its number as the spreadsheet shows it, and the text of its cells from column A on."""

    number: int
    cells: tuple[str, ...]


class Sheet(Value, frozen=True):
    """A sheet with its rows that hold something; `merged` are the ranges that are one cell, `B5:B6`."""

    name: str
    rows: tuple[SheetRow, ...]
    merged: tuple[str, ...] = ()


class Hit(Value, frozen=True):
    """A place that a search found: characters `start` to `end` of a page's text or of a block."""

    page: int | None
    start: int
    end: int
    rects: tuple[Rect, ...]
    before: str
    match: str
    after: str
    block: int | None = None


class Bitmap(Value, frozen=True):
    """A rendered page, four bytes a pixel: blue, green, red, unused. The pixels are shared memory until let go."""

    width: int
    height: int
    stride: int
    pixels: memoryview
