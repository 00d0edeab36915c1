"""The history of one application in words: when, what, from what to what, with every earlier text in reach."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFont, QTextCharFormat
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QPushButton, QTextEdit, QVBoxLayout, QWidget

from esf_desktop import history
from esf_desktop.assessor import assess
from esf_desktop.differences import Piece, counted, pieces
from esf_desktop.formatting import moment
from esf_desktop.history import Step
from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId, Call, CriterionId
from esf_desktop.workspace import Change
from ui import theme
from ui.assessor import step_words
from ui.desk import Desk
from ui.widgets.picker import Picker
from ui.widgets.plain import button, label

Index = QModelIndex | QPersistentModelIndex
WHOLE = CriterionId("")
"""Filters for what belongs to no criterion: overall text, recommendation, conflict of interest, signing."""


class HistoryPanel(QDialog):
    """Stands beside the work and follows it; an earlier text is taken back by a deed that can be undone."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._application: ApplicationId | None = None
        self._criterion: CriterionId | None = None
        self.setModal(False)
        self._filter = Picker(_("Show the history of"), 24)
        self._filter.picked.connect(self._choose)
        self.model = Model(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setUniformItemSizes(True)
        self.view.setProperty("role", "lined")
        self.view.setAccessibleName(_("History, the latest first"))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.selectionModel().currentChanged.connect(lambda *_indexes: self._show_step())
        self._none = label(_("Nothing has been done here yet."), "muted", wrap=True)
        self._limit = label("", "small", wrap=True)
        self._said = label("", "strong", wrap=True)
        self._counted = label("", "small", wrap=True)
        self.before, self.after = _Side(_("Before"), earlier=True), _Side(_("After"), earlier=False)
        for side in (self.before, self.after):
            side.taken.clicked.connect(lambda _on=False, side=side: self._take_back(side))
        close = button(_("Close"))
        close.clicked.connect(self.close)
        self._lay_out(close)
        room = parent.window().size()
        self.resize(min(theme.pixels(64), room.width() - 40), min(theme.pixels(40), room.height() - 20))
        desk.changed.connect(self._changed)

    def show_for(self, application: ApplicationId, criterion: CriterionId | None = None) -> None:
        """Show this application's history, of one criterion only if one is named."""
        self._application, self._criterion = application, criterion
        project = self._desk.workspace.application(application).project_name
        self.setWindowTitle(_("History: {project}").format(project=project))
        self.refresh()
        self.view.setCurrentIndex(self.model.index(0))

    def refresh(self) -> None:
        """Read the history again; the chosen step stays chosen."""
        call, application = self._desk.workspace.call(), self._application
        if call is None or application is None:
            self.close()
            return
        chosen = self.model.step(self.view.currentIndex().row())
        titles = [(f"{c.id}  {c.title.spoken()}", c.id) for c in call.criteria]
        self._filter.offer(
            [(_("Everything"), None), *titles, (_("The application as a whole"), WHOLE)], self._criterion
        )
        steps = self._desk.workspace.steps(application)
        shown = [step for step in reversed(steps) if not step.idle and concerns(step, self._criterion)]
        self.model.show_steps(call, shown)
        self._none.setVisible(not shown)
        first = chosen.entries[0].number if chosen else None
        place = next((n for n, step in enumerate(shown) if step.entries[0].number == first), 0)
        self.view.setCurrentIndex(self.model.index(place))
        self._show_step()
        stop = history.limit(steps)
        self._limit.setVisible(stop is not None)
        if stop is not None:
            self._limit.setText(
                _("Undo reaches back to {time}: {step}.").format(
                    time=moment(stop.at.astimezone()), step=step_words.done(call, stop).lower()
                )
            )

    def _lay_out(self, close: QPushButton) -> None:
        left, right = QWidget(), QWidget()
        listed, shown = QVBoxLayout(left), QVBoxLayout(right)
        for column in (listed, shown):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.pixels(0.5))
        for part in (self._filter, self._none, self.view, self._limit):
            listed.addWidget(part)
        for part in (self._said, self._counted):
            shown.addWidget(part)
        for side in (self.before, self.after):
            shown.addWidget(side, 1)
        split = QHBoxLayout()
        split.setSpacing(theme.pixels(1.2))
        split.addWidget(left, 1)
        split.addWidget(right, 1)
        feet = QHBoxLayout()
        feet.addStretch(1)
        feet.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setSpacing(theme.pixels(0.7))
        whole.addLayout(split, 1)
        whole.addLayout(feet)

    def _changed(self, change: Change) -> None:
        if self.isVisible() and (change.round or self._application in change.applications):
            if change.round:
                self.close()
            else:
                self.refresh()

    def _choose(self, criterion: object) -> None:
        self._criterion = None if criterion is None else CriterionId(str(criterion))
        self.refresh()
        self.view.setCurrentIndex(self.model.index(0))

    def _show_step(self) -> None:
        step, call = self.model.step(self.view.currentIndex().row()), self._desk.workspace.call()
        for part in (self._said, self.before, self.after):
            part.setVisible(step is not None)
        self._counted.hide()
        if step is None or call is None:
            return
        self._said.setText(f"{step_words.done(call, step)}, {moment(step.at.astimezone())}")
        parts = step_words.parts(call, step)
        one = parts[0] if len(parts) == 1 else None
        if one is None:
            self.before.show_pieces((Piece(_listed((p.title, p.before) for p in parts), False),), "", "")
            self.after.show_pieces((Piece(_listed((p.title, p.after) for p in parts), False),), "", "")
            return
        gone, came = pieces(one.before, one.after) if one.is_text else _whole(one.before, one.after)
        now = self._now(one.field) if one.is_text else ""
        field = one.field if one.is_text else ""
        self.before.show_pieces(gone, field, now)
        self.after.show_pieces(came, field, now)
        if one.is_text:
            fewer, more = counted(gone), counted(came)
            self._counted.setText(
                ", ".join(
                    (
                        plural("{n} word taken away", "{n} words taken away", fewer).format(n=fewer),
                        plural("{n} word added", "{n} words added", more).format(n=more),
                    )
                )
            )
            self._counted.show()

    def _now(self, field: str) -> str:
        assert self._application is not None
        return str(self._desk.workspace.value(self._application, field) or "")

    def _take_back(self, side: "_Side") -> None:
        if self._application is not None and side.field:
            change = self._desk.do(assess.take_back, self._application, side.field, side.text)
            if change is not None:
                self._desk.announced.emit(_("The earlier text is back; undo takes it away again."))
                self.view.setCurrentIndex(self.model.index(0))


def concerns(step: Step, criterion: CriterionId | None) -> bool:
    """Whether the step is about that criterion, about none of them (`WHOLE`), or whatever it is about (None)."""
    if criterion is None:
        return True
    return any(entry.field.partition(":")[2] == criterion for entry in step.entries)


class Model(QAbstractListModel):
    """The steps for the view; a row is put into words when it is looked at, so thousands cost nothing."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._call: Call | None = None
        self._steps: Sequence[Step] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._call is None:
            return None
        step = self._steps[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{step_words.done(self._call, step)}\n{moment(step.at.astimezone())}  {self._change(step)}"
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return f"{step_words.done(self._call, step)}, {self._change(step)}, {moment(step.at.astimezone())}"
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(theme.pixels(10), theme.pixels(2.7) + theme.pixels(1.6))
        return None

    def show_steps(self, call: Call, steps: Sequence[Step]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._call, self._steps = call, steps
        self.endResetModel()

    def step(self, place: int) -> Step | None:
        """The step in that row; None when there is none."""
        return self._steps[place] if 0 <= place < len(self._steps) else None

    def _change(self, step: Step) -> str:
        return step_words.change(self._call, step) if self._call is not None else ""


class _Side(QWidget):
    """One of the two texts: what only it has is underlined and bold, or struck through, not only coloured."""

    def __init__(self, title: str, *, earlier: bool) -> None:
        super().__init__()
        self.field, self.text = "", ""
        self._title, self._earlier = title, earlier
        self._caption = label(title, "caption")
        self.shown = QTextEdit()
        self.shown.setReadOnly(True)
        self.shown.setTabChangesFocus(True)
        self.shown.setAccessibleName(title)
        self._caption.setBuddy(self.shown)
        self.taken = button(_("Take back this text"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.3))
        column.addWidget(self._caption)
        column.addWidget(self.shown, 1)
        column.addWidget(self.taken, 0, Qt.AlignmentFlag.AlignLeft)

    def show_pieces(self, found: Sequence[Piece], field: str, now: str) -> None:
        """Show a text in pieces; `field` is where it can be taken back to, unless it stands there now."""
        self.field, self.text = field, "".join(piece.text for piece in found)
        self.shown.clear()
        cursor = self.shown.textCursor()
        for piece in found:
            cursor.insertText(piece.text, self._look(piece.own))
        self.shown.moveCursor(cursor.MoveOperation.Start)
        self.taken.setVisible(bool(field))
        self.taken.setEnabled(bool(field) and self.text != now)
        self.taken.setAccessibleDescription(self._title)

    def _look(self, own: bool) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setForeground(theme.colour("ink"))
        if own and self._earlier:
            look.setFontStrikeOut(True)
            look.setForeground(theme.colour("not_met"))
            look.setBackground(theme.colour("not_met_ground"))
        elif own:
            look.setFontUnderline(True)
            look.setFontWeight(QFont.Weight.DemiBold)
            look.setForeground(theme.colour("met"))
            look.setBackground(theme.colour("met_ground"))
        return look


def _listed(values: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{title}: {text or '–'}" for title, text in values)


def _whole(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    return (Piece(before or "–", bool(before)),), (Piece(after or "–", bool(after)),)
