"""What the secretariat has answered: a word for lists, and the signing page's section with each receipt's sentence."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.completeness import State
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId
from ui import theme
from ui.desk import Desk
from ui.widgets.icon import Icon
from ui.widgets.plain import clear, label, line

if TYPE_CHECKING:
    from esf_desktop.workspace import Workspace

ICONS = {"refused": ("warning", "not_met"), "waiting": ("partly", "partly")}


def state_word(workspace: "Workspace", application: ApplicationId, state: State) -> str:
    """The state in words, with the number of the receipt that it follows from; or that it is withdrawn."""
    call = workspace.call()
    if call is not None and application in call.withdrawn:
        return _("Withdrawn")
    if state not in (State.RECEIPTED, State.NOT_ACCEPTED):
        return state.word()
    from esf_desktop.exchange import answers

    receipt = workspace.answer(application)
    return state.word() if receipt is None else answers.word(receipt)


class Answered(QWidget):
    """A line for each application that was signed, once there is a receipt, and what is amiss with the receipts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.pixels(0.8), 0, 0)
        self._column.setSpacing(theme.pixels(0.45))

    def refresh(self) -> None:
        """Read the receipts again; nothing is shown while there are none."""
        from esf_desktop.exchange import answers

        clear(self._column)
        work = self._desk.workspace
        kept = work.receipts()
        self.setVisible(bool(kept))
        if not kept:
            return
        self._column.addWidget(label(_("Receipts from the secretariat"), "title"))
        for one in answers.amiss(kept):
            self._add("warning", "not_met", one.sentence(), "warning")
        for application in work.applications():
            if not work.signed(application.id):
                continue
            receipt = work.answer(application.id)
            name = f"{application.id}  {application.project_name}"
            if receipt is None:
                self._add("document", "muted", _("No receipt yet."), "muted", name)
                continue
            icon, colour = ICONS.get(receipt.outcome.value, ("met", "met"))
            self._add(icon, colour, answers.sentence(receipt), "", name)
        self._column.addWidget(line())

    def _add(self, icon: str, colour: str, sentence: str, role: str, heading: str = "") -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(0.6))
        row.addWidget(Icon(icon, colour), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(0.1))
        if heading:
            words.addWidget(label(heading, "strong", wrap=True))
        words.addWidget(label(sentence, role, wrap=True))
        row.addLayout(words, 1)
        self._column.addLayout(row)
