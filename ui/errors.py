"""The one place where exceptions become windows: a sentence for what was foreseen, an apology for a bug."""

import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from esf_desktop import log
from esf_desktop.errors import EsfError
from esf_desktop.i18n import _


def tell(parent: QWidget | None, error: BaseException) -> None:
    """Say in a window what went wrong; a second one is not opened over the first."""
    if isinstance(error, EsfError):
        log.refusal(error)
        sentence, more = error.sentence(), _("Code: {code}").format(code=error.code)
    else:
        log.bug(error)
        sentence = _("Something went wrong in the program. What you wrote last may not be saved; all before it is.")
        more = _("Kind: {kind}. The log tells where it happened, but nothing of what you have written.").format(
            kind=type(error).__name__
        )
    if parent is not None and parent.findChild(QMessageBox, "refusal"):
        return
    box = QMessageBox(QMessageBox.Icon.Warning, "ESF Desktop", sentence, QMessageBox.StandardButton.NoButton, parent)
    box.setObjectName("refusal")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    close = box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    details = box.addButton(_("More"), QMessageBox.ButtonRole.HelpRole)
    details.clicked.disconnect()
    details.clicked.connect(lambda: box.setInformativeText(more))
    box.open()


class Catcher(QObject):
    """Takes every exception that no code foresaw, for as long as the program runs."""

    def __init__(self, parent: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._parent = parent

    def install(self) -> None:
        """Take over from Python, which would print and go on."""
        sys.excepthook = self._caught

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        tell(self._parent(), error.with_traceback(trace))
