"""Keys can be changed, but none is held twice, and none is taken from moving about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from ui import key_rules
from ui.actions import SPECS, keys_of

BY_NAME = {spec.name: spec for spec in SPECS}
KEYS = st.sampled_from(["1", "J", "M", "Ctrl+F", "Ctrl+O", "Ctrl+M", "F3", "F9", "Alt+Left", "Ctrl+Shift+Z", "Shift+E"])
CHANGES = st.lists(st.tuples(st.sampled_from(SPECS), KEYS), max_size=12)


def test_no_key_is_made_for_two_actions() -> None:
    held = [QKeySequence(key).toString() for spec in SPECS for key in spec.keys]
    assert len(held) == len(set(held))


@given(CHANGES)
def test_however_keys_are_moved_each_belongs_to_one_action(changes: list[tuple[object, str]]) -> None:
    changed: dict[str, str] = {}
    for spec, key in changes:
        changed = key_rules.given(spec, key, changed)  # type: ignore[arg-type]
        assert QKeySequence(keys_of(spec, changed)[0]) == QKeySequence(key)  # type: ignore[arg-type]
    held = [QKeySequence(key).toString() for spec in SPECS for key in keys_of(spec, changed)]
    assert len(held) == len(set(held))


@pytest.mark.parametrize("key", ["Tab", "Return", "Space", "Esc", "Up", "PgDown", "Shift+Tab"])
def test_a_key_that_moves_about_is_refused(key: str) -> None:
    assert key_rules.refusal(BY_NAME["comment"], key)


def test_a_single_key_is_for_what_is_done_while_assessing() -> None:
    assert not key_rules.refusal(BY_NAME["comment"], "M")
    assert not key_rules.refusal(BY_NAME["zoom_in"], "Z")
    assert key_rules.refusal(BY_NAME["open"], "M")
    assert not key_rules.refusal(BY_NAME["open"], "F9")
    assert not key_rules.refusal(BY_NAME["open"], "Ctrl+M")


def test_holding_only_ctrl_is_no_key_yet() -> None:
    assert key_rules.pressed(QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Control)) == ""
    assert key_rules.pressed(QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_M)) == "Ctrl+M"
