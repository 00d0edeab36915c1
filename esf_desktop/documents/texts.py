"""A DOCX, ODT or XLSX from the worker's side: its blocks, and search in them."""

from itertools import islice

from esf_desktop.documents import docx, odt, searching
from esf_desktop.documents.gathering import MOST_BLOCKS, MOST_CHARACTERS
from esf_desktop.documents.media import DOCX, ODT, XLSX
from esf_desktop.documents.messages import Found
from esf_desktop.documents.package import Package
from esf_desktop.documents.values import DocumentInfo, Hit, Notice, Sheet

MOST_HITS = 5_000


class TextDocument:
    """An open text document; RefusedError when it cannot be shown."""

    def __init__(self, content: bytes, media_type: str) -> None:
        package = Package(content)
        self._spreadsheet = content if media_type == XLSX else None
        notices: tuple[Notice, ...] = ()
        if media_type == DOCX:
            found = docx.blocks(package)
        elif media_type == ODT:
            found, notices = odt.blocks(package)
        else:
            from esf_desktop.documents import xlsx

            found = xlsx.blocks(content)
        self.blocks = tuple(found)
        if len(self.blocks) >= MOST_BLOCKS or sum(len(block.text) for block in self.blocks) >= MOST_CHARACTERS:
            notices += (Notice.CUT,)
        self.info = DocumentInfo(
            kind="text",
            media_type=media_type,
            has_text=bool(self.blocks),
            blocks=len(self.blocks),
            notices=tuple(dict.fromkeys((*package.notices(), *notices))),
        )

    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of a spreadsheet with every cell in its place; none for other kinds."""
        if self._spreadsheet is None:
            return ()
        from esf_desktop.documents import xlsx

        return tuple(xlsx.sheets(self._spreadsheet))

    def search(self, words: str) -> Found:
        """All hits."""
        wanted = searching.pattern(words)
        if wanted is None:
            return Found((), None)
        hits = (
            Hit(None, start, end, (), *searching.context(block.text, start, end), block=block.index)
            for block in self.blocks
            for start, end in searching.places(wanted, block.text)
        )
        return Found(tuple(islice(hits, MOST_HITS)), None)
