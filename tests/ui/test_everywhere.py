"""Every page and dialog, in every language and at both ends of the sizes of text: named, in order, seen, not cut off.

The scenes are those of the pictures (`tests/screenshots`), so what is pictured is also held to this.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from itertools import pairwise
from typing import cast

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QImage
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
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import ui
from esf_desktop.i18n import Language
from esf_desktop.settings import TEXT_SIZES, Theme
from tests.screenshots import stage as on_stage
from tests.screenshots.scenes import scenes
from tests.screenshots.stage import Look, Stage
from ui import theme

LAPTOP = (1280, 800)
LOOKS = (
    Look(Language.SWEDISH, Theme.LIGHT, 200, LAPTOP),
    pytest.param(Look(Language.ENGLISH, Theme.DARK, 200, LAPTOP), marks=pytest.mark.soak, id="en-dark-200"),
    pytest.param(Look(Language.ENGLISH, Theme.CONTRAST, 200, LAPTOP), marks=pytest.mark.soak, id="en-contrast-200"),
    pytest.param(Look(Language.SWEDISH, Theme.LIGHT, 100, LAPTOP), marks=pytest.mark.soak, id="sv-light"),
)
"""Both languages, every theme, both ends of the sizes of text; the ones that are likeliest to show a fault always."""
TEXT = 4.5
"""The least contrast of words, as WCAG 2.1 AA has it; counted where the strokes are thick enough to be all ink."""
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Role = QAccessible.Role
SILENT = {Role.NoRole, Role.Client, Role.Window, Role.Pane, Role.LayeredPane}
"""Roles that tell a person nothing of what a thing does."""


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with pytest.MonkeyPatch.context() as home:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            home.delenv(name, raising=False)
        home.setattr(on_stage, "PACE", 0.4)
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


def trapped(root: QWidget) -> list[str]:
    """What is wider than its place where nothing scrolls sideways."""
    faults = []
    for area in root.findChildren(QScrollArea):
        held, off = area.widget(), Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if held is None or not area.isVisibleTo(root) or area.horizontalScrollBarPolicy() is not off:
            continue
        if held.width() > area.viewport().width():
            wider = held.width() - area.viewport().width()
            faults.append(f"{wider} px out of reach in {type(area.parent()).__name__}")
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


def _counted(picture: Image.Image) -> list[tuple[int, tuple[int, int, int]]]:
    """How often each colour stands in a picture."""
    return cast(list[tuple[int, tuple[int, int, int]]], picture.getcolors(max(1, picture.width * picture.height)) or [])


def faint(root: QWidget) -> list[str]:
    """Words whose ink, as it is drawn, stands out too little from the ground that it is drawn on."""
    faults = []
    whole = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    for widget in root.findChildren(QWidget):
        worded = isinstance(widget, (QLabel, QAbstractButton)) and bool(widget.text()) and widget.isEnabled()
        if not worded or not widget.isVisibleTo(root) or widget.window() is not root.window():
            continue
        seen = place(widget, root).intersected(root.rect())
        if widget.visibleRegion().boundingRect() != widget.rect() or seen.size() != widget.size():
            continue
        part = whole.copy(seen)
        size = (part.width(), part.height())
        bits = Image.frombytes("RGBA", size, bytes(part.constBits()), "raw", "BGRA").convert("RGB")
        counted = sorted(_counted(bits), reverse=True)
        ground = QColor(*counted[0][1])
        inks = (QColor(*ink) for count, ink in counted[1:] if count > 2)
        clearest = max((theme.contrast(ink, ground) for ink in inks), default=21.0)
        if clearest < TEXT:
            faults.append(f"{clearest:.1f}:1 {called(widget)[:60]}")
    return faults


def kinds() -> set[type[QWidget]]:
    """Every kind of widget that the program has of its own and that a person can be shown."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: set[type[QWidget]] = set()
    waiting: list[type[QWidget]] = [QWidget]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("ui."):
                found.add(kind)
    return found


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_page_and_dialog_is_named_in_order_seen_whole_and_clear(stage: Stage, look: Look) -> None:
    stage.dress(look)
    faults, unseen = [], kinds()
    for scene in scenes():
        with scene.open(stage) as root:
            shown = [root, *(part for part in root.findChildren(QWidget) if part.isVisibleTo(root))]
            unseen -= {kind for part in shown for kind in type(part).__mro__}
            said = [*nameless(root), *disordered(root), *cut_off(root), *overlapping(root), *trapped(root)]
            said += [*(faint(root) if look.text_size == max(TEXT_SIZES) else []), *unseen_focus(root)]
            faults += [f"{scene.name}: {fault}" for fault in said]
    faults += sorted(f"in no scene: {kind.__module__}.{kind.__qualname__}" for kind in unseen)
    assert not faults, "\n".join(faults)


def test_a_page_with_faults_is_caught(qtbot: QtBot) -> None:
    """The checks can fail."""
    root = QWidget()
    qtbot.addWidget(root)
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
    upper.move(0, 0)
    lower.move(0, 100)
    assert len(nameless(root)) == 1
    assert disordered(root)
    assert cut_off(root)
    assert unseen_focus(root)
    upper.setStyleSheet("color: #999999; background: white; border: none; padding: 0;")
    upper.setFixedSize(upper.sizeHint())
    upper.move(0, 0)
    lower.hide()
    QApplication.processEvents()
    assert faint(root)
    root.close()
