"""Search (Sök): words looked for in everything on the desk as they are typed; each hit opens at its place."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId
from ui import theme
from ui.assessor.hit_list import HitList, Shown
from ui.assessor.indexing import Indexing
from ui.desk import Desk
from ui.tasks import Task
from ui.widgets.columns import scrolled
from ui.widgets.flow import Flow
from ui.widgets.plain import area, button, label

PAUSE = 120
"""Milliseconds after the last key before anything is looked for."""


class SearchPage(QWidget):
    """A field, two filters and the hits, grouped by application."""

    opened = Signal(object)
    """The `SearchHit` that a person opens."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._indexing = Indexing.of(desk)
        self._indexing.moved.connect(self._index_moved)
        self._searching: Task | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(lambda: self.search() if self.isVisible() else None)
        self._make()
        self.setFocusProxy(self.field)
        desk.changed.connect(self._changed)

    def refresh(self) -> None:
        """Offer the applications of the round, and look again."""
        chosen = self._only.currentData()
        self._only.clear()
        self._only.addItem(_("All applications"), None)
        for application in self._desk.workspace.applications():
            self._only.addItem(f"{application.id} {application.project_name}", application.id)
        self._only.setCurrentIndex(max(0, self._only.findData(chosen)))
        self.search()

    def place(self) -> object:
        """What is looked for, and where."""
        return self.field.text(), self._kind.currentIndex(), self._only.currentData()

    def return_to(self, place: object) -> None:
        """Look for that again."""
        match place:
            case (str() as words, int() as kind, only):
                self.refresh()
                self.field.setText(words)
                self._kind.setCurrentIndex(kind)
                self._only.setCurrentIndex(max(0, self._only.findData(only)))
                self.search()

    def flush(self) -> bool:
        """Nothing that is typed here is kept."""
        return True

    def search(self) -> None:
        """Look for what stands in the field, in the background; a later search takes the place of this one."""
        from esf_desktop.assessor.search import Results, Where, find

        self._pause.stop()
        if self._searching is not None:
            self._searching.cancel()
            self._searching = None
        words, only, kind = self.field.text(), self._only.currentData(), self._kind.currentData()
        self._show_gaps()
        if not words.strip() or self._desk.workspace.call() is None:
            self._stack.setCurrentWidget(self._guide)
            self._count.setText("")
            return
        workspace = self._desk.workspace
        kinds = frozenset(Where) if kind is None else frozenset({Where(kind)})

        def work(_task: Task) -> Results:
            return find(workspace, words, kinds=kinds, only=only, all_of_it=only is not None)

        self._searching = self._desk.tasks.run(work, owner=self, done=self._show)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.hasFocus():
            self.hits.begin()
            return
        super().keyPressEvent(event)

    def _changed(self) -> None:
        if self.isVisible():
            self._pause.start()

    def _make(self) -> None:
        from esf_desktop.assessor.search import Where

        ground = area("surface")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Words in documents, comments, evidence and notes"))
        self.field.setAccessibleName(_("Search everything"))
        self.field.setFont(theme.font(1.14))
        self.field.setClearButtonEnabled(True)
        self.field.setMaxLength(500)
        self.field.textChanged.connect(lambda _words: self._pause.start())
        self._kind, self._only = QComboBox(), QComboBox()
        self._kind.setAccessibleName(_("Kind of text"))
        self._only.setAccessibleName(_("Application"))
        self._kind.addItem(_("All texts"), None)
        for where in Where:
            self._kind.addItem(where.word(), where.value)
        for choice in (self._kind, self._only):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.activated.connect(lambda _n: self.search())
        self._only.setMaximumWidth(theme.pixels(24))
        self._count = label("", "small")
        self._gaps = label("", "warning", wrap=True)
        head = QVBoxLayout()
        side = theme.pixels(1.0)
        head.setContentsMargins(side, side, side, theme.pixels(0.6))
        head.setSpacing(theme.pixels(0.5))
        head.addWidget(self.field)
        choices = Flow(self._kind, self._only, spread=False)
        choices.end_with(self._count)
        head.addLayout(choices)
        head.addWidget(self._gaps)
        column.addLayout(head)
        self.hits = HitList(_("Search hits"), lines=2 if theme.pixels() > 20 else 1)
        self.hits.chosen.connect(self._choose)
        self._guide, self._none = self._make_guide(), self._make_none()
        below = QWidget()
        self._stack = QStackedLayout(below)
        for part in (self._guide, self._none, self.hits):
            self._stack.addWidget(part)
        column.addWidget(below, 1)

    def _make_guide(self) -> QWidget:
        """What can be asked, each with an example that can be pressed."""
        guide = area("surface")
        column = QVBoxLayout(guide)
        side = theme.pixels(1.2)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.pixels(0.35))
        column.addWidget(label(_("How to search"), "strong"))
        for example, said in (
            (
                _("collaboration employers"),
                _("Both words on the same page or in the same text; the last may be unfinished."),
            ),
            (_('"eight municipalities"'), _("The words in quotation marks, in that order.")),
            (_("collab* staff"), _("An asterisk: every word that begins so.")),
        ):
            one = button(example, "link", described=said)
            one.clicked.connect(lambda _on=False, words=example: self._try(words))
            column.addLayout(Flow(one, label(said, "muted", wrap=False), spread=False))
        column.addWidget(
            label(
                _(
                    "Capital letters and accents do not matter: idé is found by ide, Sápmi by sapmi. But å, ä and ö "
                    "are letters of their own. Nothing leaves the computer."
                ),
                "small",
                wrap=True,
            )
        )
        column.addStretch(1)
        return scrolled(guide)

    def _make_none(self) -> QWidget:
        nothing = area("surface")
        column = QVBoxLayout(nothing)
        side = theme.pixels(1.2)
        column.setContentsMargins(side, side, side, side)
        column.addWidget(
            label(_("These words stand nowhere. Try fewer words, or the beginning of one."), "muted", wrap=True)
        )
        column.addStretch(1)
        return nothing

    def _try(self, words: str) -> None:
        self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, results: object) -> None:
        from esf_desktop.assessor.search import Results

        assert isinstance(results, Results)
        self._searching = None
        count, owners = sum(results.counts.values()), len(results.counts)
        self._count.setText(
            plural("{n} place", "{n} places", count).format(n=count)
            + " · "
            + plural("{n} application", "{n} applications", owners).format(n=owners)
        )
        self.hits.show_rows(list(self._rows(results)))
        self._stack.setCurrentWidget(self.hits if results.hits else self._none)

    def _rows(self, results: object) -> Iterator[Shown]:
        from esf_desktop.assessor.search import Results

        assert isinstance(results, Results)
        names = {one.id: one.project_name for one in self._desk.workspace.applications()}
        last: ApplicationId | None = None
        shown = {owner: sum(hit.application == owner for hit in results.hits) for owner in results.counts}
        for hit in results.hits:
            if hit.application != last:
                last = hit.application
                count = results.counts[last]
                said = plural("{n} place", "{n} places", count).format(n=count)
                if shown[last] < count:
                    said = _("{n} of {m} places shown").format(n=shown[last], m=count)
                yield Shown(f"{last}  {names.get(last, '')}", aside=said)
            yield Shown(self._caption(hit), hit.pieces, hit)
        if results.hits and any(shown[owner] < results.counts[owner] for owner in shown):
            yield Shown(_("Choose one application above to see all its places."))

    def _caption(self, hit: object) -> str:
        from esf_desktop.assessor.search import SearchHit, Where

        assert isinstance(hit, SearchHit)
        if hit.where is Where.DOCUMENT:
            where = (_("p. {n}") if hit.paged else _("para. {n}")).format(n=hit.place + 1)
            return f"{where} · {hit.name}"
        if hit.criterion is None:
            return hit.where.one()
        return f"{hit.where.one()} · {hit.criterion} {self._desk.call.criterion(hit.criterion).title.spoken()}"

    def _choose(self, hit: object) -> None:
        self.opened.emit(hit)

    def _index_moved(self) -> None:
        if self.isVisible():
            self._show_gaps()
            if not self._indexing.under_way or self.field.text().strip():
                self._pause.start()

    def _show_gaps(self) -> None:
        """Say which applications are not searched, and why."""
        from esf_desktop.assessor.indexing import Gap, gaps

        found = gaps(self._desk.workspace)
        waiting = [owner for owner, gap in found.items() if gap is Gap.WAITING]
        without = [owner for owner, gap in found.items() if gap is Gap.NO_TEXT]
        said = []
        if waiting and self._indexing.under_way:
            said.append(
                _("Reading document {n} of {m}. Not searched yet: {applications}.").format(
                    n=self._indexing.done + 1, m=max(self._indexing.total, 1), applications=_few(waiting)
                )
            )
        elif waiting:
            said.append(
                _("Documents are missing on this computer for {applications}.").format(applications=_few(waiting))
            )
        if without:
            said.append(_("The documents of {applications} have no text to search.").format(applications=_few(without)))
        self._gaps.setText(" ".join(said))
        self._gaps.setVisible(bool(said))


def _few(applications: list[ApplicationId]) -> str:
    shown = ", ".join(applications[:4])
    more = len(applications) - 4
    return shown if more <= 0 else _("{some} and {n} more").format(some=shown, n=more)
