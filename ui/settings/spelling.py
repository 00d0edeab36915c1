"""In which language comments are checked, with which dictionaries, and which words are the person's own."""

import sys
from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from esf_desktop.i18n import Language, _
from esf_desktop.model import replace
from esf_desktop.settings import Settings, Spelling
from ui import theme
from ui.settings.choices import Choices
from ui.widgets import spell_check
from ui.widgets.plain import button, label


class SpellingRoom(QWidget):
    """Choices, what was found on this computer, and the list of own words."""

    def __init__(self, settings: Callable[[], Settings], choose: Callable[[Settings], None]) -> None:
        super().__init__()

        def pick(value: object) -> None:
            if isinstance(value, Spelling):
                choose(replace(settings(), spelling=value))

        options = (
            (Spelling.GUESS, _("In the language that the text seems to be in")),
            (Spelling.SWEDISH, "Svenska"),
            (Spelling.ENGLISH, "English"),
            (Spelling.OFF, _("Not at all")),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(Choices(_("Check the spelling of comments"), options, settings().spelling, pick))
        column.addWidget(label(state(), "muted", wrap=True))
        self._words = QListWidget()
        self._words.setAccessibleName(_("My words"))
        self._words.setProperty("role", "words")
        self._words.setMinimumHeight(theme.pixels(8))
        self._remove = button(_("Take the word away"))
        self._remove.clicked.connect(self._forget)
        self._words.currentRowChanged.connect(lambda row: self._remove.setEnabled(row >= 0))
        row = QHBoxLayout()
        row.addWidget(self._remove)
        row.addStretch(1)
        column.addWidget(label(_("My words"), "strong"))
        column.addWidget(
            label(_("Words that you have added, from the menu of an underlined word."), "muted", wrap=True)
        )
        column.addWidget(self._words)
        column.addLayout(row)
        self._fill()

    def _fill(self) -> None:
        speller = spell_check.speller()
        self._words.clear()
        self._words.addItems(speller.own_words if speller else ())
        self._remove.setEnabled(False)

    def _forget(self) -> None:
        speller, item = spell_check.speller(), self._words.currentItem()
        if speller is not None and item is not None:
            speller.forget(item.text())
            self._fill()


def state() -> str:
    """Which dictionaries there are, or how to get one."""
    speller = spell_check.speller()
    found = speller.languages if speller else ()
    names = {Language.SWEDISH: _("Swedish"), Language.ENGLISH: _("English")}
    lacking = [names[language] for language in names if language not in found]
    said = [_("Dictionaries found: {names}.").format(names=", ".join(names[one] for one in found))] if found else []
    if lacking:
        said.append(_("There is no dictionary for: {names}.").format(names=", ".join(lacking)))
        said.append(how_to_install())
    return " ".join(said)


def how_to_install() -> str:
    """What to do about a missing dictionary on this system."""
    if sys.platform == "win32":
        return _("Put the files of a Hunspell dictionary (.dic, .aff) in %LOCALAPPDATA%\\enchant\\hunspell.")
    if sys.platform == "darwin":
        return _("Put the files of a Hunspell dictionary (.dic, .aff) in ~/Library/Spelling.")
    return _("Install the packages hunspell-sv and hunspell-en-gb, and start the program anew.")
