"""Whatever somebody presses, the window shows what is on disk, and the disk says what the journal says."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from esf_desktop import paths
from tests.person.walker import Walker, drafts, walker, windows

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""A real screen can raise windows and grab keys; the one of the tests says that it cannot."""

STEPS, LONG = 2_000, int(os.environ.get("ESF_SOAK_STEPS", "20000"))

MADE_WHEN_NEEDED = 4
"""Menus that are there from when they are first opened; one that leaks would be there once for each time."""


def walk(going: Walker, steps: int) -> None:
    """Walk in stretches, and compare window and disk after each."""
    for _stretch in range(steps // 100):
        going.walk(100)
        agree(going)


def agree(going: Walker) -> None:
    """What the window shows is on disk, and the disk is what the journal says."""
    assert going.window.flush()
    shown, page = going.shown(), going.page
    if shown is not None and page.checklist is not None and page.application is not None:
        criterion = page.checklist.open_criterion
        assert criterion is not None
        judgement = going.workspace.draft(page.application).judgement(criterion)
        assert shown == (judgement.rating, judgement.comment), going.done[-20:]
    assert going.workspace.faults() == ()


def undo_and_redo_everything(going: Walker) -> None:
    """Take again what was undone in the open application; then take back all that can be, and take it again."""
    going.page.list.setFocus()
    while going.window.actions_["redo"].isEnabled():
        going.press("Ctrl+Shift+Z")
    before = drafts(going.workspace)
    count = 0
    while going.window.actions_["undo"].isEnabled():
        going.press("Ctrl+Z")
        count += 1
        assert count < 10_000, "undo does not come to an end"
    for _step in range(count):
        assert going.window.actions_["redo"].isEnabled()
        going.press("Ctrl+Shift+Z")
    assert not count or not going.window.actions_["redo"].isEnabled()
    assert drafts(going.workspace) == before


def menus() -> int:
    """How many menus there are, seen or not."""
    return sum(isinstance(one, QMenu) for one in QApplication.topLevelWidgets())


def end(going: Walker, menus_before: int) -> None:
    """The walk ends in good order: undo leads back and redo forth, no dialog or menu is left, and the log is clean."""
    for application in going.page.list.order:
        going.page.open(application)
        undo_and_redo_everything(going)
        agree(going)
    assert windows() == [going.window]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)] == []
    assert menus() <= menus_before + MADE_WHEN_NEEDED
    log = paths.log_folder() / "esf-desktop.log"
    assert not log.exists() or not [line for line in log.read_text("utf-8").splitlines() if " INFO " not in line]


@pytest.mark.parametrize("seed", [1, 2])
def test_two_thousand_random_actions_end_where_the_journal_says(qtbot: QtBot, tmp_path: Path, seed: int) -> None:
    with walker(qtbot, tmp_path / "desk", seed) as going:
        before = menus()
        walk(going, STEPS // 2)
        end(going, before)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3, 7))
def test_long_walks_end_where_the_journal_says(qtbot: QtBot, tmp_path: Path, seed: int) -> None:
    with walker(qtbot, tmp_path / "desk", seed) as going:
        before = menus()
        walk(going, LONG)
        end(going, before)
