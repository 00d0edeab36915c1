"""The fonts on paper: Inter for text, JetBrains Mono for codes, and what stands for characters that they lack."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from esf_desktop import paths

REGULAR = "Inter-Regular"
BOLD = "Inter-SemiBold"
MONO = "JetBrainsMono-SemiBold"

_SPACES = re.compile(r"[\t\v\f\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]")


@cache
def load(name: str) -> TTFont:
    """The font, known to reportlab from now on; nothing is ever fetched from the system's own fonts."""
    font = TTFont(name, str(paths.resources() / "fonts" / f"{name}.ttf"))
    registerFont(font)
    return font


@lru_cache(1 << 16)
def width(text: str, name: str, size: float) -> float:
    """The width of a text in points; words come again and again."""
    font: Any = load(name)
    return float(font.stringWidth(text, size))


def printable(text: str, name: str = REGULAR) -> str:
    """The text as the font can show it: NFC, invisible characters dropped, a missing one as its number, `[U+6F22]`.

    A reader of the paper sees that something stood there, and what; PDF/A forbids the empty box that would be printed
    otherwise. Line feeds stay.
    """
    if _drawable(name).issuperset(text) and unicodedata.is_normalized("NFC", text):
        return text
    normal = _SPACES.sub(" ", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))
    if _drawable(name).issuperset(normal):
        return normal
    known = load(name).face.charToGlyph
    return "".join(_shown(character, known) for character in normal)


@cache
def _drawable(name: str) -> frozenset[str]:
    """The characters that the font has as they are; spaces of other widths are not among them."""
    found = {chr(code) for code in load(name).face.charToGlyph} | {"\n"}
    return frozenset(c for c in found if not _SPACES.match(c) and c != "\r")


def _shown(character: str, known: dict[int, int]) -> str:
    if character == "\n" or (ord(character) in known and unicodedata.category(character) != "Cc"):
        return character
    if character in "\u2028\u2029\x85":
        return "\n"
    if character == "\N{NON-BREAKING HYPHEN}":
        return "-"
    if unicodedata.category(character) in ("Cc", "Cf") or "VARIATION SELECTOR" in unicodedata.name(character, ""):
        return ""
    return f"[U+{ord(character):04X}]"
