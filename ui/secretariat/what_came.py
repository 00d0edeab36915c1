"""What came of the files that arrived while the window has been open: a row each, the latest word about each file."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.widgets.icon import Icon
from ui.widgets.plain import button, label, line

if TYPE_CHECKING:
    from esf_desktop.secretariat.inbox import Received
    from esf_desktop.secretariat.merge import Row

ICONS = {"registered": ("met", "met"), "duplicate": ("document", "muted"), "waiting": ("partly", "partly")}


class WhatCame(QWidget):
    """Rows for calls, bundles and refusals."""

    age_key_wished = Signal()

    def __init__(self, received: "Received") -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.pixels(0.8), 0, 0)
        self._column.setSpacing(theme.pixels(0.5))
        self._column.addWidget(label(_("What came of the files"), "title"))
        for file, added in received.calls:
            self._add_row("met", "met", file, _("The call, version {n}.").format(n=added.registered.call.call_version))
        for row in received.rows:
            self._add_bundle(row)
        for error in received.refused:
            title = " · ".join(part for part in (getattr(error, "file", ""), _("Refused")) if part)
            self._add_row("warning", "not_met", title, error.sentence())
        if received.encrypted:
            choose = button(_("Choose the age key…"))
            choose.clicked.connect(self.age_key_wished)
            self._column.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        if not (received.calls or received.rows or received.refused):
            self._column.addWidget(label(_("Nothing new."), "muted"))

    def _add_bundle(self, row: "Row") -> None:
        icon, colour = ICONS.get(row.outcome.value, ("warning", "not_met"))
        who = f"{row.outcome.word()} · {row.assessor}" if row.assessor else row.outcome.word()
        said = row.sentence()
        self._add_row(icon, colour, f"{row.file} · {who}", "" if said == f"{row.outcome.word()}." else said)

    def _add_row(self, icon: str, colour: str, title: str, sentence: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(0.6))
        row.addWidget(Icon(icon, colour), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(0.1))
        words.addWidget(label(title, "strong", wrap=True))
        if sentence:
            words.addWidget(label(sentence, "muted", wrap=True))
        row.addLayout(words, 1)
        self._column.addLayout(row)
        self._column.addWidget(line())
