"""Work in other threads comes home on the main thread, once, or not at all."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from esf_desktop.errors import EmptyFileError
from ui.tasks import Cancelled, Task, Tasks


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.close()


def noted(heard: list[Any]) -> Callable[[Exception], bool]:
    """Takes every error, and notes it."""

    def note(error: Exception) -> bool:
        heard.append(error)
        return True

    return note


def test_a_result_comes_home_on_the_main_thread(qtbot: QtBot, tasks: Tasks) -> None:
    heard: list[tuple[int, int]] = []
    with qtbot.waitSignal(tasks.idle):
        tasks.run(
            lambda task: threading.get_ident(), owner=tasks, done=lambda n: heard.append((n, threading.get_ident()))
        )
    [(worker, home)] = heard
    assert home == threading.get_ident() != worker


def test_steps_come_home_in_order(qtbot: QtBot, tasks: Tasks) -> None:
    steps: list[tuple[int, int]] = []

    def count(task: Task) -> None:
        for n in range(5):
            task.step(n, 5)

    with qtbot.waitSignal(tasks.idle):
        tasks.run(count, owner=tasks, done=lambda _: None, progress=lambda n, total: steps.append((n, total)))
    assert steps == [(n, 5) for n in range(5)]


def test_a_cancelled_task_stops_at_its_next_step_and_is_heard_no_more(qtbot: QtBot, tasks: Tasks) -> None:
    started, go_on, stopped = threading.Event(), threading.Event(), threading.Event()
    heard: list[object] = []

    def work(task: Task) -> None:
        started.set()
        go_on.wait()
        try:
            task.step(1, 2)
        except Cancelled:
            stopped.set()
            raise

    with qtbot.waitSignal(tasks.idle):
        task = tasks.run(work, owner=tasks, done=heard.append, failed=noted(heard))
        started.wait()
        task.cancel()
        go_on.set()
    assert stopped.is_set()
    assert heard == []


def test_an_error_goes_to_its_task_first_and_else_to_the_one_place(qtbot: QtBot, tasks: Tasks) -> None:
    def fail(task: Task) -> None:
        raise EmptyFileError(file="a.pdf")

    taken: list[Exception] = []
    left: list[Exception] = []
    tasks.failed.connect(left.append)
    with qtbot.waitSignal(tasks.idle):
        tasks.run(fail, owner=tasks, done=lambda _: None, failed=noted(taken))
    assert [type(error) for error in taken] == [EmptyFileError]
    assert left == []
    with qtbot.waitSignal(tasks.idle):
        tasks.run(fail, owner=tasks, done=lambda _: None)
    assert [type(error) for error in left] == [EmptyFileError]


def test_a_result_for_a_widget_that_is_gone_is_dropped(qtbot: QtBot, tasks: Tasks) -> None:
    owner, go_on = QObject(), threading.Event()
    heard: list[object] = []
    with qtbot.waitSignal(tasks.idle):
        tasks.run(lambda task: go_on.wait(), owner=owner, done=heard.append)
        delete(owner)
        go_on.set()
    assert heard == []
