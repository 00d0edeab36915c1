"""Every action with its key, changed by pressing another; a key that is taken says by what."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import replace
from esf_desktop.settings import Settings
from ui import key_rules, theme
from ui.actions import MENUS, SPECS, Spec, keys_of
from ui.widgets.plain import button, label


def native(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class KeyButton(QPushButton):
    """Shows an action's key; once pressed it waits for the next key, which it tells."""

    pressed_key = Signal(str)

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.spec, self._waiting, self._words = spec, False, ""
        self.setAutoDefault(False)
        self.setProperty("role", "key")
        self.clicked.connect(self._wait)

    def show_keys(self, keys: tuple[str, ...]) -> None:
        """Show these keys."""
        self._waiting = False
        self._words = ", ".join(native(key) for key in keys) or _("no key")
        self.setText(self._words)
        action = self.spec.text().rstrip("…")
        self.setAccessibleName(_("{action}: {key}").format(action=action, key=self._words))
        self.setAccessibleDescription(_("Press to change the key."))

    def event(self, event: QEvent) -> bool:
        if self._waiting and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self._waiting and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._stop()

    def _wait(self) -> None:
        self._waiting = True
        self.setText(_("Press the new key…"))
        self.setAccessibleName(_("Press the new key for {action}, or Esc.").format(action=self.spec.text()))

    def _stop(self) -> None:
        if self._waiting:
            self._waiting = False
            self.setText(self._words)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._stop()
        elif key := key_rules.pressed(event.keyCombination()):
            self._stop()
            self.pressed_key.emit(key)


class Keys(QWidget):
    """The list of all actions, in the order of the menus."""

    def __init__(self, settings: Callable[[], Settings], choose: Callable[[Settings], None]) -> None:
        super().__init__()
        self._settings, self._choose = settings, choose
        self._asked: tuple[Spec, str] | None = None
        self._told = label("", "refusal", wrap=True)
        self._told.hide()
        self._move = button(_("Move the key here"))
        self._move.clicked.connect(self._move_key)
        self._move.hide()
        self._all = button(_("Reset all keys"))
        self._all.clicked.connect(lambda: self._put({}))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.pixels(0.8))
        self._grid.setVerticalSpacing(theme.pixels(0.3))
        self._grid.setColumnStretch(0, 1)
        self._buttons: dict[str, KeyButton] = {}
        self._resets: dict[str, QPushButton] = {}
        self._fill()
        top = QHBoxLayout()
        top.addWidget(
            label(_("Press a key's button, and then the key that it is to be. It acts at once."), "muted", wrap=True), 1
        )
        top.addWidget(self._all, 0, Qt.AlignmentFlag.AlignTop)
        told = QHBoxLayout()
        told.addWidget(self._told, 1)
        told.addWidget(self._move)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.5))
        column.addLayout(top)
        column.addLayout(told)
        column.addLayout(self._grid)
        self._refresh()

    def _fill(self) -> None:
        place = 0
        for menu, title in MENUS:
            heading = label(title().replace("&", ""), "caption")
            heading.setContentsMargins(0, theme.pixels(0.5) if place else 0, 0, 0)
            self._grid.addWidget(heading, place, 0)
            place += 1
            for spec in SPECS:
                if spec.menu != menu:
                    continue
                made, reset = KeyButton(spec), button(_("Reset"), "link")
                made.pressed_key.connect(lambda key, spec=spec: self._give(spec, key))
                reset.setAccessibleName(_("Reset the key for {action}").format(action=spec.text()))
                reset.clicked.connect(lambda _on=False, name=spec.name: self._reset(name))
                policy = reset.sizePolicy()
                policy.setRetainSizeWhenHidden(True)
                reset.setSizePolicy(policy)
                self._grid.addWidget(label(spec.text().rstrip("…"), wrap=True), place, 0)
                self._grid.addWidget(made, place, 1)
                self._grid.addWidget(reset, place, 2)
                self._buttons[spec.name], self._resets[spec.name] = made, reset
                place += 1

    def _refresh(self) -> None:
        changed = self._settings().keys
        for spec in SPECS:
            self._buttons[spec.name].show_keys(keys_of(spec, changed))
            self._resets[spec.name].setVisible(spec.name in changed)
        self._all.setEnabled(bool(changed))

    def _give(self, spec: Spec, key: str) -> None:
        changed = self._settings().keys
        other = key_rules.holder(spec, key, changed)
        if words := key_rules.refusal(spec, key):
            self._tell(words)
        elif other is not None:
            words = _("{key} already belongs to “{action}”.")
            self._tell(words.format(key=native(key), action=other.text().rstrip("…")))
            self._asked = spec, key
            self._move.show()
        else:
            self._put(key_rules.given(spec, key, changed))

    def _move_key(self) -> None:
        if self._asked is not None:
            spec, key = self._asked
            self._put(key_rules.given(spec, key, self._settings().keys))
            self._buttons[spec.name].setFocus()

    def _reset(self, name: str) -> None:
        changed = {other: key for other, key in self._settings().keys.items() if other != name}
        spec = next(spec for spec in SPECS if spec.name == name)
        for key in spec.keys[:1]:
            changed = key_rules.given(spec, key, changed)
        changed.pop(name, None)
        self._put(changed)
        self._buttons[name].setFocus()

    def _put(self, keys: dict[str, str]) -> None:
        self._tell("")
        self._choose(replace(self._settings(), keys=keys))
        self._refresh()

    def _tell(self, words: str) -> None:
        self._asked = None
        self._move.hide()
        self._told.setText(words)
        self._told.setVisible(bool(words))
