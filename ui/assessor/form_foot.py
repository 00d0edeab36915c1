"""The foot of the form: what is left, the neighbouring criteria, and on to the next application."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from esf_desktop import completeness
from esf_desktop.i18n import _, plural
from esf_desktop.model import Call, Draft
from ui import theme
from ui.actions import Actions
from ui.widgets.flow import Flow
from ui.widgets.icon import icon
from ui.widgets.plain import area, button, label, line, with_key


class FormFoot(QWidget):
    """Each button has its key printed beside it."""

    turned = Signal(int)
    finished = Signal()

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        ground = area("surface")
        self._left = label("", "small")
        done = button(_("Done, next"))
        done.setAccessibleDescription(actions.key("finish"))
        done.clicked.connect(self.finished)
        neighbours = QWidget()
        row = QHBoxLayout(neighbours)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(0.35))
        for name, picture, step in (
            ("previous_criterion", "chevron_up", -1),
            ("next_criterion", "chevron_down", +1),
        ):
            tool = QToolButton()
            tool.setProperty("role", "quiet")
            tool.setIcon(icon(picture, "muted"))
            tool.setIconSize(QSize(theme.pixels(0.9), theme.pixels(0.9)))
            tool.setAccessibleName(actions[name].text())
            tool.setAccessibleDescription(actions.key(name))
            tool.setToolTip(actions[name].text())
            tool.clicked.connect(lambda _on=False, step=step: self.turned.emit(step))
            row.addWidget(with_key(tool, actions.key(name)))
        flow = Flow(self._left, neighbours, with_key(done, actions.key("finish"), before=True))
        flow.setContentsMargins(theme.pixels(1.28), theme.pixels(0.5), theme.pixels(1.28), theme.pixels(0.6))
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(line())
        inner.addLayout(flow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ground)

    def show_draft(self, call: Call, draft: Draft) -> None:
        """Say how much is left before signing."""
        lacking = [lack for lack in completeness.missing(call, draft) if lack.required]
        words = plural("{n} thing left before signing", "{n} things left before signing", len(lacking))
        self._left.setText("" if draft.recused else words.format(n=len(lacking)) if lacking else _("Ready to sign"))
        self._left.setToolTip("\n".join(lack.sentence() for lack in lacking))
