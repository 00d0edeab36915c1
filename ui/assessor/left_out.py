"""The principles that an application is not judged by, folded together to be read all the same."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId, Call, Criterion
from ui import theme
from ui.widgets.plain import label, line
from ui.widgets.row_header import RowHeader


class LeftOut(QWidget):
    """The heading says how many and why; unfolded, each can be read."""

    def __init__(self, call: Call, application: ApplicationId) -> None:
        super().__init__()
        spared = [c for c in call.criteria if not call.asks(application, c)]
        unselected = [p for p in call.framework.principles if p not in call.principles]
        self.header = RowHeader(_heading(len(unselected), len(spared)), quiet=True)
        self.header.clicked.connect(lambda: self.unfold(not self.header.isChecked()))
        self._inside = QWidget()
        inner = QVBoxLayout(self._inside)
        side = theme.pixels(1.28)
        inner.setContentsMargins(side, 0, side, theme.pixels(0.9))
        inner.setSpacing(theme.pixels(0.15))
        for number, criterion in enumerate((*spared, *unselected)):
            if number:
                inner.addSpacing(theme.pixels(0.55))
            self._add(inner, criterion, _("does not apply to feasibility studies") if criterion in spared else "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self._inside, line()):
            column.addWidget(part)
        self._inside.hide()
        if not (spared or unselected):
            self.hide()

    def unfold(self, opened: bool) -> None:
        """Show the titles and descriptions, or put them away."""
        self.header.setChecked(opened)
        self._inside.setVisible(opened)

    @staticmethod
    def _add(column: QVBoxLayout, criterion: Criterion, why: str) -> None:
        column.addWidget(label(f"{criterion.id}  {criterion.title.spoken()}", "strong", wrap=True))
        if why:
            column.addWidget(label(why, "small", wrap=True))
        column.addWidget(label(criterion.description.spoken(), "muted", wrap=True))


def _heading(unselected: int, spared: int) -> str:
    said = [
        plural("{n} principle not selected in the call", "{n} principles not selected in the call", unselected).format(
            n=unselected
        )
        if unselected
        else "",
        plural("{n} does not apply to feasibility studies", "{n} do not apply to feasibility studies", spared).format(
            n=spared
        )
        if spared
        else "",
    ]
    return ", ".join(filter(None, said))
