"""The user guide as it is read in the program: chapters of Markdown, cut into sections that can be found."""

import re
from dataclasses import dataclass
from functools import cache

from esf_desktop import paths
from esf_desktop.finding import beginnings, holds

CHAPTERS = ("kom-igang", "bedoma", "signera", "sekretariatet", "fragor-och-svar", "sakerhet")
"""The files, in the order in which a person needs them."""
_HEADING = re.compile(r"^(#{1,2}) (.+)$", re.MULTILINE)
_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading; the first of a chapter has the chapter's own title and level 1."""

    chapter: str
    title: str
    level: int
    text: str

    @property
    def anchor(self) -> str:
        """What a link calls it."""
        return slug(self.title)


def slug(title: str) -> str:
    """A heading as it is written in a link: small letters, hyphens, no other signs."""
    return re.sub(r"[^\w-]", "", title.lower().replace(" ", "-"))


@cache
def chapter(name: str) -> str:
    """A chapter's Markdown without its pictures: whoever reads it in the program has the real thing before them."""
    return _PICTURE.sub("", (paths.guide() / f"{name}.md").read_text("utf-8"))


@cache
def sections() -> tuple[Section, ...]:
    """Every section of every chapter, in the order in which they are read."""
    return tuple(section for name in CHAPTERS for section in _cut(name, chapter(name)))


def matching(words: str) -> tuple[Section, ...]:
    """The sections in which all of the words begin a word, whatever their case and accents; all when there are none."""
    wanted = beginnings(words.split())
    return tuple(section for section in sections() if not wanted or holds(f"{section.title} {section.text}", wanted))


def _cut(name: str, text: str) -> list[Section]:
    found = list(_HEADING.finditer(text))
    ends = [*(one.start() for one in found[1:]), len(text)]
    return [Section(name, one[2], len(one[1]), text[one.end() : end]) for one, end in zip(found, ends, strict=True)]
