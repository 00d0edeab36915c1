"""The menu over a document, by the right button or the menu key: copy, evidence, a quote from a picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import CriterionId


@dataclass(frozen=True)
class Offers:
    """What the menu can do; `type_quote` is None where the page is no picture."""

    copy: Callable[[], None]
    evidence_for: Callable[[CriterionId | None], None]
    type_quote: Callable[[], None] | None


def document_menu(
    parent: QWidget, offers: Offers, criteria: Sequence[tuple[CriterionId, str]], *, selected: bool
) -> QMenu:
    """The menu, which goes when it is closed; what needs a selection is grey without one."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    copy = menu.addAction(_("Copy"))
    copy.setShortcut(QKeySequence.StandardKey.Copy)
    copy.triggered.connect(offers.copy)
    for action in (copy, _evidence(menu, offers, criteria)):
        action.setEnabled(selected)
    if offers.type_quote is not None:
        menu.addAction(_("Type a quote from the page…")).triggered.connect(offers.type_quote)
    return menu


def _evidence(menu: QMenu, offers: Offers, criteria: Sequence[tuple[CriterionId, str]]) -> QAction:
    if not criteria:
        action = menu.addAction(_("Evidence for…"))
        action.triggered.connect(lambda: offers.evidence_for(None))
        return action
    inner = menu.addMenu(_("Evidence for"))
    for letters, title in criteria:
        action = inner.addAction(f"{letters}  {title}".replace("&", "&&"))
        action.triggered.connect(lambda _checked=False, letters=letters: offers.evidence_for(letters))
    return inner.menuAction()
