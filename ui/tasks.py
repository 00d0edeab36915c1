"""Work off the main thread, whose results, progress and errors come home by signal; the one door to other threads."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")
_THREADS = 3


class Cancelled(Exception):
    """Raised inside a task that nobody waits for any more."""


class Task:
    """A piece of work under way: it can be cancelled, and tells how far it has come."""

    def __init__(self, report: Callable[["Task", int, int], None]) -> None:
        self._report = report
        self._stop = threading.Event()
        self.ended = threading.Event()
        """Set when the work is done with, whatever came of it."""

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits for the result any more."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Let the result, or the error, go unseen; the work stops at its next step."""
        self._stop.set()

    def wait(self) -> None:
        """Wait until the working thread is done with it."""
        self.ended.wait()

    def step(self, n: int, total: int) -> None:
        """Tell from the working thread that `n` of `total` is done.

        Raises:
            Cancelled: there is no need to go on.
        """
        if self.cancelled:
            raise Cancelled
        self._report(self, n, total)


@dataclass(frozen=True)
class _Waiting:
    """Who waits for a task, and what they do with what comes of it."""

    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[Exception], bool] | None
    progress: Callable[[int, int], None] | None


class Tasks(QObject):
    """Runs functions in a few threads of its own and brings home what they return or raise, on the main thread."""

    failed = Signal(object)
    """An exception that its task's own `failed` did not take: an `EsfError` or a bug."""
    idle = Signal()
    """Nothing is under way any more."""
    _stepped = Signal(object, int, int)
    _succeeded = Signal(object, object)
    _raised = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="task")
        self._running: dict[Task, _Waiting] = {}
        self._stepped.connect(self._step, Qt.ConnectionType.QueuedConnection)
        self._succeeded.connect(self._succeed, Qt.ConnectionType.QueuedConnection)
        self._raised.connect(self._fail, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Task], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Exception], bool] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Task:
        """Start the work in another thread.

        Args:
            work: gets its task, to tell steps and notice cancelling; it must not hold a widget.
            owner: the widget that waits; when it is gone, so is the interest in the result.
            done: gets the result on the main thread.
            failed: gets the exception on the main thread and answers whether it dealt with it.
            progress: gets steps on the main thread.
        """
        task = Task(self._report)
        self._running[task] = _Waiting(owner, done, failed, progress)
        self._threads.submit(self._work, task, work)
        return task

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._running)

    def close(self) -> None:
        """Cancel everything and wait until the threads have ended."""
        for task in self._running:
            task.cancel()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._running.clear()

    def _work(self, task: Task, work: Callable[[Task], object]) -> None:
        try:
            result = None if task.cancelled else work(task)
        except Cancelled:
            result = None
        except Exception as error:  # noqa: BLE001 - the place where a thread's exceptions become signals
            self._raised.emit(task, error)
            return
        finally:
            task.ended.set()
        self._succeeded.emit(task, result)

    def _report(self, task: Task, n: int, total: int) -> None:
        self._stepped.emit(task, n, total)

    @Slot(object, int, int)
    def _step(self, task: Task, n: int, total: int) -> None:
        waiting = self._running.get(task)
        if waiting and waiting.progress and not task.cancelled and isValid(waiting.owner):
            waiting.progress(n, total)

    @Slot(object, object)
    def _succeed(self, task: Task, result: object) -> None:
        waiting = self._ended(task)
        if waiting:
            waiting.done(result)
        self._rest()

    @Slot(object, object)
    def _fail(self, task: Task, error: Exception) -> None:
        waiting = self._ended(task)
        if waiting and not (waiting.failed and waiting.failed(error)):
            self.failed.emit(error)
        self._rest()

    def _ended(self, task: Task) -> _Waiting | None:
        waiting = self._running.pop(task, None)
        return waiting if waiting and not task.cancelled and isValid(waiting.owner) else None

    def _rest(self) -> None:
        if not self._running:
            self.idle.emit()
