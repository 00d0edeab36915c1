"""Which key an action may have: single keys where no text is written, none that moves about, none twice."""

from collections.abc import Mapping

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from esf_desktop.i18n import _
from ui.actions import SPECS, Spec, keys_of

SINGLE = ("assess", "document")
"""The menus whose actions may have a key without Ctrl or Alt."""
_MOVING = {
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Space,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}
_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_unknown,
}


def pressed(combination: QKeyCombination) -> str:
    """The keys that were pressed, as Qt writes them; empty while only Ctrl, Alt or Shift are down."""
    if combination.key() in _MODIFIERS:
        return ""
    held = combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeySequence(QKeyCombination(held, combination.key())).toString(QKeySequence.SequenceFormat.PortableText)


def refusal(spec: Spec, key: str) -> str:
    """Why the action cannot have the key, whoever else has it; empty when it can."""
    combination: QKeyCombination = QKeySequence(key)[0]  # type: ignore[index]  # the stubs lack it
    held = combination.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier
    plain = held == Qt.KeyboardModifier.NoModifier
    function = Qt.Key.Key_F1 <= combination.key() <= Qt.Key.Key_F35
    if plain and combination.key() in _MOVING:
        return _("That key moves about in the window; choose another.")
    if plain and not function and spec.menu not in SINGLE:
        return _("Only what is done while assessing may have a key without Ctrl or Alt.")
    return ""


def holder(spec: Spec, key: str, changed: Mapping[str, str]) -> Spec | None:
    """The other action that has the key now."""
    wanted = QKeySequence(key)
    for other in SPECS:
        if other.name != spec.name and any(QKeySequence(held) == wanted for held in keys_of(other, changed)):
            return other
    return None


def given(spec: Spec, key: str, changed: Mapping[str, str]) -> dict[str, str]:
    """The changed keys once the action has this one, and whoever had it has it no more."""
    after = dict(changed)
    other = holder(spec, key, changed)
    if other is not None:
        kept = [held for held in keys_of(other, changed) if QKeySequence(held) != QKeySequence(key)]
        after[other.name] = kept[0] if kept else ""
    after[spec.name] = key
    return without_defaults(after)


def without_defaults(changed: Mapping[str, str]) -> dict[str, str]:
    """The same keys, with nothing said where they are what they were made as."""
    made = {spec.name: spec.keys for spec in SPECS}
    return {name: key for name, key in changed.items() if made.get(name) != ((key,) if key else ())}
