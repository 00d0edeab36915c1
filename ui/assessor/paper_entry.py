"""Typing in a filled-in sheet (Skriv in pappersblad): part by part in the sheet's order, without the mouse."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esf_desktop import completeness
from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId
from esf_desktop.workspace import Change
from ui import theme
from ui.assessor.paper_parts import PaperPart, make_parts
from ui.desk import Desk
from ui.widgets.columns import scrolled
from ui.widgets.plain import area, button, label, line


class PaperEntry(QDialog):
    """Each answer is on disk as soon as it is given; closing loses nothing."""

    def __init__(self, parent: QWidget, desk: Desk, application: ApplicationId | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parts: Sequence[PaperPart] = ()
        applications = desk.workspace.applications()
        self._application = application or applications[0].id
        self.setWindowTitle(_("Enter a paper sheet"))
        self.setModal(True)
        self._which = QComboBox()
        self._which.setAccessibleName(_("Application"))
        for known in applications:
            self._which.addItem(f"{known.id}  {known.project_name}", known.id)
        self._which.setCurrentIndex(self._which.findData(self._application))
        self._which.activated.connect(lambda place: self.open_application(self._which.itemData(place)))
        self._list = QListWidget()
        self._list.setAccessibleName(_("Parts of the sheet"))
        self._list.setProperty("role", "parts")
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(lambda item: self.turn_to(self._list.row(item)))
        self._list.itemActivated.connect(lambda item: self.turn_to(self._list.row(item)))
        self._stack = QStackedWidget()
        self._left = label("", "small", wrap=True)
        self._lay_out()
        for keys, step in (("Alt+Down", +1), ("Alt+Up", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self._step(step))
        desk.changed.connect(self._changed)
        focus = QApplication.instance()
        assert isinstance(focus, QApplication)
        focus.focusChanged.connect(self._reveal)
        self.resize(min(theme.pixels(72), parent.width() - 40), min(theme.pixels(48), parent.height() - 40))
        self._list.setFixedWidth(min(theme.pixels(20), self.width() // 3))
        self.finished.connect(self.deleteLater)
        self._fill()

    def open_application(self, application: ApplicationId) -> None:
        """Begin on another sheet, if this one's text is saved."""
        if application != self._application and self._flush():
            self._application = application
            self._fill()
        self._which.setCurrentIndex(self._which.findData(self._application))

    def turn_to(self, place: int) -> None:
        """Show a part and begin at its first field, if the text of this one is saved."""
        if place != self._stack.currentIndex() and not self._flush():
            self._list.setCurrentRow(self._stack.currentIndex())
            return
        self._stack.setCurrentIndex(place)
        self._list.setCurrentRow(place)
        self._parts[place].begin()

    @property
    def part(self) -> PaperPart:
        """The part that is typed now."""
        return self._parts[self._stack.currentIndex()]

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._flush():
            super().closeEvent(event)
        else:
            event.ignore()

    def reject(self) -> None:
        if self._flush():
            super().reject()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        side = theme.pixels(1.0)
        head.setContentsMargins(side, theme.pixels(0.8), side, theme.pixels(0.8))
        caption = label(_("Application"), "caption")
        caption.setBuddy(self._which)
        head.setSpacing(theme.pixels(0.7))
        head.addWidget(caption)
        head.addWidget(self._which, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._list)
        rule = QFrame()
        rule.setProperty("role", "rule")
        middle.addWidget(rule)
        middle.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(side, theme.pixels(0.7), side, theme.pixels(0.7))
        self._next = button(_("Next sheet"), "primary")
        self._next.clicked.connect(self._go_on)
        close = button(_("Close"))
        close.clicked.connect(self.reject)
        foot.setSpacing(theme.pixels(0.7))
        foot.addWidget(self._left, 1)
        foot.addWidget(close)
        foot.addWidget(self._next)
        hint = label(
            _(
                "A key answers and goes on. Enter or Tab goes on, Delete clears an answer, Alt+↓ and Alt+↑ turn to the "
                "next part and the one before. Everything is saved as you type."
            ),
            "small",
            wrap=True,
        )
        hint.setContentsMargins(side, theme.pixels(0.5), side, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addLayout(middle, 1)
        column.addWidget(line())
        column.addWidget(hint)
        column.addLayout(foot)

    def _fill(self) -> None:
        while (old := self._stack.currentWidget()) is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._parts = make_parts(self._desk, self._application)
        self._list.clear()
        for part in self._parts:
            ground = area("surface")
            inside = QVBoxLayout(ground)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(part)
            self._stack.addWidget(scrolled(ground))
            part.left.connect(self._step)
            self._list.addItem(QListWidgetItem())
        self._refresh()
        declared = self._desk.workspace.draft(self._application).conflict_of_interest
        self.turn_to(0 if declared is None else 1)

    def _refresh(self) -> None:
        draft = self._desk.workspace.draft(self._application)
        closed = draft.recused or draft.conflict_of_interest is None
        for place, part in enumerate(self._parts):
            part.show_draft(draft)
            part.setEnabled(place == 0 or not closed)
            item, said = self._list.item(place), part.said(draft)
            item.setText(f"{part.name}  {part.heading}".strip() + f"\n{said or '–'}")
            item.setToolTip(part.heading)
        lacking = [lack for lack in completeness.missing(self._desk.call, draft) if lack.required]
        words = plural("{n} thing left before signing", "{n} things left before signing", len(lacking))
        self._left.setText(words.format(n=len(lacking)) if lacking else _("Nothing is left before signing."))
        self._left.setToolTip("\n".join(lack.sentence() for lack in lacking))

    def _changed(self, change: Change) -> None:
        if self._application in change.applications:
            self._refresh()

    def _reveal(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Keep the field that is typed in on screen."""
        shown = self._stack.currentWidget()
        if now is not None and isinstance(shown, QScrollArea) and shown.isAncestorOf(now):
            shown.ensureWidgetVisible(now, 0, theme.pixels(3))

    def _step(self, step: int) -> None:
        place = self._stack.currentIndex() + step
        closed = not self._parts[min(1, len(self._parts) - 1)].isEnabled()
        if place >= len(self._parts) or (step > 0 and closed):
            if self._flush():
                self._next.setFocus(Qt.FocusReason.TabFocusReason)
        elif place >= 0:
            self.turn_to(place)

    def _go_on(self) -> None:
        place = self._which.currentIndex() + 1
        if place < self._which.count():
            self.open_application(self._which.itemData(place))
        else:
            self.close()

    def _flush(self) -> bool:
        return not self._parts or self.part.flush()
