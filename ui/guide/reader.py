"""The running text of the guide, in the colours and sizes of the window."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat, QTextTable
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from ui import theme
from ui.guide import chapters

SHARES = {1: 1.57, 2: 1.14}
"""The sizes of headings, as shares of the running text."""


class Reader(QTextBrowser):
    """Shows one chapter; a link within the guide is told of, never followed outside."""

    linked = Signal(str, str)
    """Chapter and anchor that a link leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.chapter = ""
        self.anchorClicked.connect(lambda url: self._follow(url.fileName(), url.fragment()))

    def read(self, chapter: str, anchor: str, words: str = "") -> None:
        """Show the chapter at the anchor, with the words marked."""
        self.chapter = chapter
        self.setMarkdown(chapters.chapter(chapter))
        self.document().setDocumentMargin(theme.pixels(1.2))
        _dress(self.document())
        self.scrollToAnchor(anchor)
        self.mark(words)

    def mark(self, words: str) -> None:
        """Give every place of the words another ground."""
        marks = []
        ground = QTextCharFormat()
        ground.setBackground(theme.colour("partly_ground"))
        ground.setForeground(theme.colour("partly"))
        for word in words.split():
            found = self.document().find(word)
            while not found.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = found, ground
                marks.append(mark)
                found = self.document().find(word, found)
        self.setExtraSelections(marks)

    def _follow(self, file: str, fragment: str) -> None:
        name = file.removesuffix(".md") or self.chapter
        if name in chapters.CHAPTERS:
            self.linked.emit(name, fragment)


def _dress(document: QTextDocument) -> None:
    block = document.begin()
    while block.isValid():
        _dress_block(block)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            look = frame.format().toTableFormat()
            look.setBorderBrush(theme.colour("line"))
            look.setBorderCollapse(True)
            look.setCellPadding(theme.pixels(0.4))
            look.setBottomMargin(theme.pixels(0.8))
            frame.setFormat(look)


def _dress_block(block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    cursor = QTextCursor(block)
    shape = block.blockFormat()
    in_table = cursor.currentTable() is not None
    shape.setTopMargin(theme.pixels(1.4) if level == 2 else 0)
    shape.setBottomMargin(0 if in_table else theme.pixels(0.3 if block.textList() is not None else 0.6))
    shape.setLineHeight(135, 1)  # in per cent of the line
    cursor.setBlockFormat(shape)
    if level:
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        look = QTextCharFormat()
        look.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
        look.setProperty(QTextFormat.Property.FontPixelSize, theme.pixels(SHARES.get(level, 1.0)))
        look.setAnchor(True)
        look.setAnchorNames([chapters.slug(block.text())])
        look.setForeground(theme.colour("ink"))
        cursor.mergeCharFormat(look)
        return
    runs = block.begin()
    while not runs.atEnd():
        fragment = runs.fragment()
        if fragment.charFormat().fontFixedPitch():
            cursor.setPosition(fragment.position())
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
            look = QTextCharFormat()
            look.setFontFamilies(theme.code_font().families())
            look.setProperty(QTextFormat.Property.FontPixelSize, theme.pixels(0.86))
            look.setBackground(theme.colour("hover"))
            cursor.mergeCharFormat(look)
        runs += 1
