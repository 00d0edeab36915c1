"""Every page and dialog, in every language and at both ends of the sizes of text: named, in order, seen, not cut off.

The scenes are those of the pictures (`tests/screenshots`), so what is pictured is also held to this.
"""

from collections.abc import Iterator
from itertools import pairwise, product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from esf_desktop.i18n import Language
from esf_desktop.settings import Theme
from tests.screenshots.scenes import scenes
from tests.screenshots.stage import Look, Stage

LAPTOP = (1280, 800)
LOOKS = tuple(Look(language, Theme.LIGHT, size, LAPTOP) for language, size in product(Language, (100, 200)))
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Role = QAccessible.Role
SILENT = {Role.NoRole, Role.Client, Role.Window, Role.Pane, Role.LayeredPane}
"""Roles that tell a person nothing of what a thing does."""


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with pytest.MonkeyPatch.context() as home:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            home.delenv(name, raising=False)
        yield Stage(tmp_path_factory.mktemp("stage"))


def usable(root: QWidget) -> list[QWidget]:
    """What a person can reach by the Tab key, in its order."""
    found: list[QWidget] = []
    widget = root
    for _n in range(5_000):
        following = widget.nextInFocusChain()
        if following is None or following is root:
            break
        widget = following
        inner = widget.objectName().startswith("qt_") or isinstance(
            widget.parentWidget(), (QComboBox, QAbstractSpinBox, QAbstractItemView)
        )
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if root.isAncestorOf(widget) and widget.isVisibleTo(root) and widget.isEnabled() and reached and not inner:
            found.append(widget)
    return found


def place(widget: QWidget, root: QWidget) -> QRect:
    """Where a widget stands on the page."""
    return QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())


def called(widget: QWidget) -> str:
    """What a failure calls a widget."""
    return f"{type(widget).__name__} “{widget.accessibleName() or getattr(widget, 'text', str)()}”"


def heard(widget: QWidget) -> QAccessibleInterface:
    """The widget as a screen reader meets it."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def nameless(root: QWidget) -> list[str]:
    """What can be reached and has no name, or no role that says what it does."""
    faults = []
    for widget in usable(root):
        one = heard(widget)
        if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QAbstractItemView) and one.childCount():
            continue
        if not one.text(QAccessible.Text.Name).strip():
            faults.append(f"no name: {type(widget).__name__} in {type(widget.parent()).__name__}")
        if one.role() in SILENT:
            faults.append(f"no role: {called(widget)}")
        if isinstance(widget, QAbstractButton) and widget.isCheckable() and not one.state().checkable:
            faults.append(f"no state: {called(widget)}")
    return faults


def disordered(root: QWidget) -> list[str]:
    """Neighbours in the order of the Tab key of which the later one is read before the earlier one."""
    faults = []
    for one, other in pairwise(usable(root)):
        if one.parentWidget() is not other.parentWidget():
            continue
        first, second = place(one, root), place(other, root)
        above = second.bottom() < first.top()
        left = abs(first.center().y() - second.center().y()) < first.height() / 2 and second.right() < first.left()
        if above or left:
            faults.append(f"{called(one)} before {called(other)}")
    return faults


def cut_off(root: QWidget) -> list[str]:
    """Words that have less room than they take."""
    faults = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or not widget.width():
            continue
        if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
            wanted = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
            narrow = not widget.wordWrap() and widget.sizeHint().width() > widget.width() + 1
            if narrow or wanted > widget.height() + 1:
                faults.append(f"QLabel “{widget.text()[:60]}”")
        elif isinstance(widget, QPushButton) and widget.sizeHint().width() > widget.width() + 1:
            faults.append(f"QPushButton “{widget.text()}”")
    return faults


def overlapping(root: QWidget) -> list[str]:
    """Neighbours that cover each other, and parts that stick out of what holds them."""
    faults = []
    for holder in [root, *root.findChildren(QWidget)]:
        if not holder.isVisibleTo(root) and holder is not root:
            continue
        parts = [
            part
            for part in holder.children()
            if isinstance(part, QWidget)
            and part.isVisibleTo(root)
            and not part.isWindow()
            and not part.property("over")
        ]
        layout = holder.layout()
        if layout is None:
            continue
        held = [part for part in parts if layout.indexOf(part) >= 0 or isinstance(part, (QLabel, QAbstractButton))]
        for number, one in enumerate(held):
            if not holder.rect().adjusted(-1, -1, 1, 1).contains(one.geometry()):
                faults.append(f"{called(one)} sticks out of {type(holder).__name__}")
            for other in held[number + 1 :]:
                shared = one.geometry().intersected(other.geometry())
                if shared.width() > 1 and shared.height() > 1:
                    faults.append(f"{called(one)} lies over {called(other)}")
    return faults


def unseen_focus(root: QWidget) -> list[str]:
    """What looks the same with the focus as without it."""
    faults = []
    root.activateWindow()
    for widget in usable(root):
        if isinstance(widget, QLineEdit) and widget.isReadOnly():
            continue
        widget.clearFocus()
        QApplication.processEvents()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if widget.hasFocus() and widget.grab().toImage() == before:
            faults.append(called(widget))
    return faults


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_page_and_dialog_is_named_in_order_and_not_cut_off(stage: Stage, look: Look) -> None:
    stage.dress(look)
    faults = []
    for scene in scenes():
        with scene.open(stage) as root:
            said = [*nameless(root), *disordered(root), *cut_off(root), *overlapping(root)]
            faults += [f"{scene.name}: {fault}" for fault in said]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK, Theme.CONTRAST])
def test_the_focus_is_seen_on_every_page_and_dialog(stage: Stage, theme: Theme) -> None:
    stage.dress(Look(Language.SWEDISH, theme, 100, LAPTOP))
    faults = []
    for scene in scenes():
        with scene.open(stage) as root:
            faults += [f"{scene.name}: {fault}" for fault in unseen_focus(root)]
    assert not faults, "\n".join(faults)


def test_a_page_with_faults_is_caught(qapp: QApplication) -> None:
    """The four checks can fail."""
    root = QWidget()
    lower, upper = QPushButton("", root), QPushButton("Ett namn som är långt", root)
    column = QVBoxLayout(root)
    column.addWidget(upper)
    column.addWidget(lower)
    root.resize(200, 200)
    lower.setFixedHeight(20)
    upper.setFixedSize(20, 20)
    lower.setStyleSheet("QPushButton, QPushButton:focus { border: none; background: white; outline: none; }")
    root.show()
    QApplication.processEvents()
    lower.move(10, upper.y() + 10)
    assert overlapping(root)
    lower.move(0, 100)
    assert len(nameless(root)) == 1
    assert disordered(root)
    assert cut_off(root)
    assert unseen_focus(root)
    root.close()
