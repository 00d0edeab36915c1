"""The thin row under a document whose words fold its side out and in: thumbnails, contents, hits, the page's text."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from esf_desktop.documents.values import DocumentInfo
from esf_desktop.i18n import _
from ui import theme
from ui.actions import Actions
from ui.widgets.flow import Flow

THUMBNAILS, CONTENTS, HITS, PAGE_TEXT, EVIDENCE = range(5)
_ACTIONS = ("thumbnails", "contents", "hits", "page_text", "evidence_list")
_LOOK = (
    "QToolButton:checked {{ color: {accent}; font-weight: 600; }}QToolButton:disabled {{ border-color: transparent; }}"
)


class DocumentFolds(QWidget):
    """Five words of which at most one is on."""

    folded = Signal(object)
    """The number of the list that is to be seen, or None."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = Flow(gap=4, spread=False)
        row.setContentsMargins(8, 2, 8, 2)
        self.setLayout(row)
        self.buttons: list[QToolButton] = []
        words_of_all = (_("Thumbnails"), _("Contents"), _("Search hits"), _("Text of the page"), _("Evidence"))
        for n, words in enumerate(words_of_all):
            button = QToolButton()
            button.setText(words)
            button.setCheckable(True)
            button.setProperty("role", "quiet")
            button.setStyleSheet(_LOOK.format(accent=theme.tokens().accent))
            button.clicked.connect(partial(self._fold, n))
            row.addWidget(button)
            self.buttons.append(button)
        self.buttons[EVIDENCE].hide()

    def offer(self, info: DocumentInfo | None) -> None:
        """Let those be folded out that the document has."""
        pages = info is not None and bool(info.pages)
        has = (pages, info is not None and bool(info.outline), info is not None, pages, True)
        for button, on in zip(self.buttons, has, strict=True):
            button.setEnabled(on)

    def count_hits(self, n: int) -> None:
        """Say how many hits there are."""
        self.buttons[HITS].setText(_("Search hits ({n})").format(n=n) if n else _("Search hits"))

    def count_evidence(self, n: int) -> None:
        """Say how many pieces of evidence are shown."""
        self.buttons[EVIDENCE].setText(_("Evidence ({n})").format(n=n) if n else _("Evidence"))

    def turn(self, which: int) -> None:
        """Fold a list out, or in when it is out; one that the document does not have stays in."""
        if self.buttons[which].isEnabled():
            self.buttons[which].click()

    def show_keys(self, actions: Actions) -> None:
        """Print the keys on the words."""
        for button, name in zip(self.buttons, _ACTIONS, strict=True):
            button.setToolTip(actions.with_key(name, actions[name].text()))

    def _fold(self, which: int) -> None:
        out = self.buttons[which].isChecked()
        for n, button in enumerate(self.buttons):
            button.setChecked(out and n == which)
        self.folded.emit(which if out else None)
