"""Who has delivered, who is missing, and which applications too few have read; with reminders to copy."""

import functools
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from esf_desktop.i18n import _, plural
from ui import theme
from ui.secretariat.register_desk import RegisterDesk
from ui.widgets.flow import Flow
from ui.widgets.plain import button, label, line

if TYPE_CHECKING:
    from esf_desktop.secretariat.coverage import Delivery


class Deliveries(QWidget):
    """A row for each assessor, those first who still have something to deliver."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        from esf_desktop.secretariat.coverage import addresses, deliveries, reminder, thinly_read

        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.pixels(0.8), 0, 0)
        column.setSpacing(theme.pixels(0.5))
        comparison = desk.comparison()
        if comparison is None:
            return
        column.addWidget(label(_("Who has delivered"), "title"))
        all_ = sorted(deliveries(comparison), key=lambda one: not one.lacking)
        lacking = [one for one in all_ if one.lacking]
        if lacking:
            self._add_to_all(column, lacking, addresses(lacking, desk.register.enrolled()))
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.pixels(0.5))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 2)
        column.addLayout(grid)
        for place, one in enumerate(all_):
            self._add_row(grid, 2 * place, one, reminder(one, comparison) if one.lacking else "")
        if thin := thinly_read(comparison):
            numbers = ", ".join(line_.application.id for line_ in thin)
            said = plural(
                "{n} application has fewer than two assessments without conflict of interest: {numbers}",
                "{n} applications have fewer than two assessments without conflict of interest: {numbers}",
                len(thin),
            )
            column.addWidget(label(said.format(n=len(thin), numbers=numbers), "warning", wrap=True))

    def _add_to_all(self, column: QVBoxLayout, lacking: "list[Delivery]", addresses: tuple[str, ...]) -> None:
        """What is done for all who are missing at once."""
        said = plural("{n} assessor has something left.", "{n} assessors have something left.", len(lacking))
        ways = QWidget()
        row = Flow(label(said.format(n=len(lacking)), "muted"), spread=False)
        ways.setLayout(row)
        copied = button(_("Copy their addresses"), "link")
        copied.setEnabled(bool(addresses))
        copied.clicked.connect(lambda: self._copy("; ".join(addresses), _("The addresses are copied.")))
        every = button(_("Copy a text to all of them"), "link")
        every.clicked.connect(self._copy_to_all)
        for part in (every, copied):
            row.addWidget(part)
        column.addWidget(ways)

    def _add_row(self, grid: QGridLayout, row: int, one: "Delivery", reminder: str) -> None:
        grid.addWidget(label(one.person.name, "strong", wrap=True), row, 0)
        grid.addWidget(label(_delivered(one), "muted", wrap=True), row, 1)
        if reminder:
            copy = button(_("Copy a reminder"), "link")
            said = _("The reminder is copied; paste it into a mail.")
            copy.clicked.connect(functools.partial(self._copy, reminder, said))
            grid.addWidget(copy, row, 2)
        grid.addWidget(line(), row + 1, 0, 1, 3)

    def _copy_to_all(self) -> None:
        from esf_desktop.secretariat.coverage import reminder_to_all

        comparison = self._desk.comparison()
        if comparison is not None:
            self._copy(reminder_to_all(comparison), _("The reminder is copied; paste it into a mail."))

    def _copy(self, text: str, said: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._desk.announced.emit(said)


def _delivered(one: "Delivery") -> str:
    said = [_("{n} of {m} delivered").format(n=len(one.delivered) + len(one.recused), m=one.asked)]
    if one.recused:
        said.append(_("{n} with conflict of interest").format(n=len(one.recused)))
    if one.unsettled:
        said.append(_("{n} to settle").format(n=len(one.unsettled)))
    if one.missing:
        said.append(_("missing: {numbers}").format(numbers=", ".join(one.missing)))
    return ", ".join(said)
