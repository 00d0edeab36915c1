"""Words that no dictionary knows get a wave where they are written: after a pause, and only those in sight."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from esf_desktop import i18n, spelling
from esf_desktop.i18n import _
from esf_desktop.settings import Spelling
from esf_desktop.spelling import Place, Speller
from ui import theme

PAUSE = 600
"""Milliseconds after the last key."""

_speller: Speller | None = None
_choice = Spelling.GUESS


def use(speller: Speller | None = None, choice: Spelling | None = None) -> None:
    """Check with these from now on; what is None stays."""
    global _speller, _choice
    _speller = speller or _speller
    _choice = choice or _choice


def speller() -> Speller | None:
    """The speller in use; None until it is loaded."""
    return _speller


class SpellCheck(QObject):
    """Belongs to one text field."""

    def __init__(self, edit: QTextEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.check)
        edit.textChanged.connect(self.later)
        edit.cursorPositionChanged.connect(self.later)

    def later(self) -> None:
        """Check once nothing has been typed for a while; fields that nobody writes in are left alone."""
        if self._edit.hasFocus() and _speller is not None and _choice is not Spelling.OFF:
            self._soon.start()

    def check(self) -> None:
        """Mark the words of the lines that can be seen; the one being written is left alone."""
        found = self.places() if _speller is not None else []
        marks = []
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        look.setUnderlineColor(theme.colour("not_met"))
        for place in found:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor(place)
            mark.format = look
            marks.append(mark)
        self._edit.setExtraSelections(marks)
        words = ", ".join(dict.fromkeys(place.word for place in found))
        self._edit.setAccessibleDescription(_("Not in the dictionary: {words}").format(words=words) if words else "")

    def places(self) -> list[Place]:
        """The unknown words in sight, but for the one that the cursor is in."""
        language = spelling.language_of(self._edit.toPlainText(), _choice, i18n.language())
        if _speller is None or language is None:
            return []
        at = self._edit.textCursor().position()
        found = []
        seen = self._edit.viewport().visibleRegion().boundingRect()
        block = self._edit.cursorForPosition(seen.topLeft()).block()
        last = self._edit.cursorForPosition(seen.bottomRight()).block()
        while block.isValid() and block.blockNumber() <= last.blockNumber():
            for place in _speller.misspelt(block.text(), language):
                start = block.position() + place.start
                if not (self._edit.hasFocus() and start < at <= start + len(place.word)):
                    found.append(Place(start, place.word))
            block = block.next()
        return found

    def add_to(self, menu: QMenu, where: QTextCursor) -> None:
        """Put what may have been meant, and “add to my words”, first in a menu opened over an unknown word."""
        language = spelling.language_of(self._edit.toPlainText(), _choice, i18n.language())
        block = where.block()
        if _speller is None or language is None:
            return
        for place in _speller.misspelt(block.text(), language):
            start = block.position() + place.start
            if start <= where.position() <= start + len(place.word):
                self._add(menu, Place(start, place.word), _speller.suggestions(place.word, language))
                return

    def _add(self, menu: QMenu, place: Place, suggestions: tuple[str, ...]) -> None:
        first = menu.actions()[0] if menu.actions() else None
        cursor = self._cursor(place)
        made = []
        for suggestion in suggestions:
            action = menu.addAction(suggestion)
            action.triggered.connect(lambda _on=False, text=suggestion: cursor.insertText(text))
            made.append(action)
        learn = menu.addAction(_("Add “{word}” to my words").format(word=place.word))
        learn.triggered.connect(lambda: self._learn(place.word))
        made += [learn, menu.addSeparator()]
        if first is not None:
            menu.insertActions(first, made)

    def _learn(self, word: str) -> None:
        if _speller is not None:
            _speller.learn(word)
            self.check()

    def _cursor(self, place: Place) -> QTextCursor:
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(place.start)
        cursor.setPosition(place.start + len(place.word), QTextCursor.MoveMode.KeepAnchor)
        return cursor
