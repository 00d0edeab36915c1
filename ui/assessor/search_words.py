"""A criterion's search words, folded away: edited for this round, or set back to the framework's."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esf_desktop.i18n import _, plural
from esf_desktop.model import CriterionId
from ui import theme
from ui.desk import Desk
from ui.widgets.fold import Fold
from ui.widgets.plain import button, label
from ui.widgets.saving_edit import SavingEdit


class SearchWords(QWidget):
    """Words parted by commas, which save themselves as comments do."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._criterion: CriterionId | None = None
        self.field = SavingEdit(self._save, name=_("Search words, parted by commas"), lines=2)
        self._reset = button(_("The framework’s words"), "link")
        self._reset.clicked.connect(self._set_back)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.3))
        column.addWidget(self.field)
        said = _("Beginnings of words, parted by commas. They count for this round and only for you.")
        column.addWidget(label(said, "small", wrap=True))
        column.addWidget(self._reset, 0, Qt.AlignmentFlag.AlignLeft)
        self.fold = Fold(inside)
        self.fold.setMinimumWidth(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.pixels(0.3))
        outer.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(inside)

    def show_criterion(self, criterion: CriterionId) -> None:
        """Show the words of this criterion, as they are on disk."""
        from esf_desktop.assessor import turned

        if criterion != self._criterion:
            self.flush()
        words = turned.search_words(self._desk.workspace, criterion)
        # Whoever types is not interrupted by how the words are tidied up on disk.
        if criterion != self._criterion or not self.field.hasFocus():
            self._criterion = criterion
            self.field.show_text(", ".join(words))
        self.fold.say(plural("{n} search word", "{n} search words", len(words)).format(n=len(words)))
        self._reset.setVisible(bool(turned.own_words(self._desk.workspace, criterion)))

    def flush(self) -> bool:
        """Save the words; False when they could not be saved."""
        return self.field.flush()

    def _save(self, text: str) -> bool:
        from esf_desktop.assessor import turned

        if self._criterion is None:
            return True
        saved = self._desk.do(turned.choose_words, self._criterion, text.split(",")) is not None
        if saved:
            self.changed.emit()
        return saved

    def _set_back(self) -> None:
        self.field.clearFocus()
        if self.flush() and self._save("") and self._criterion is not None:
            self.show_criterion(self._criterion)
