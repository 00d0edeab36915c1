"""Things fetched in the background one at a time, the latest wish first, and kept within a bound."""

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from esf_desktop.errors import EsfError
from ui.tasks import Task, Tasks

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Fetcher(QObject, Generic[K, V]):
    """Fetches what is wanted now; a wish that is no longer wanted when its turn comes is forgotten."""

    ready = Signal(object)
    """The key of something that has come, or could not come."""

    def __init__(
        self, tasks: Tasks, fetch: Callable[[K], V], weigh: Callable[[V], int], bound: int, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._fetch = fetch
        self._weigh = weigh
        self._bound = bound
        self._weight = 0
        self._wanted: tuple[K, ...] = ()
        self._kept: dict[K, V] = {}
        self._failed: dict[K, EsfError] = {}
        self._under_way: Task | None = None

    def want(self, keys: Iterable[K]) -> None:
        """Fetch these, the first first, and no longer what was wanted before."""
        self._wanted = tuple(keys)
        self._next()

    def get(self, key: K) -> V | None:
        """What was fetched under the key; asking makes it the last to be let go."""
        if key in self._kept:
            self._kept[key] = self._kept.pop(key)
        return self._kept.get(key)

    def kept(self) -> dict[K, V]:
        """Everything that is here, the longest unused first."""
        return self._kept

    def failure(self, key: K) -> EsfError | None:
        """Why the key's thing cannot be had."""
        return self._failed.get(key)

    @property
    def weight(self) -> int:
        """What everything kept weighs together."""
        return self._weight

    def drop(self, key: K) -> None:
        """Let go of what is kept under the key."""
        if key in self._kept:
            self._weight -= self._weigh(self._kept.pop(key))

    def stop(self) -> None:
        """Want nothing more and let go of everything."""
        self._wanted = ()
        if self._under_way:
            self._under_way.cancel()
        self._kept.clear()
        self._weight = 0

    def _next(self) -> None:
        if self._under_way is not None:
            return
        key = next((k for k in self._wanted if k not in self._kept and k not in self._failed), None)
        if key is not None:
            fetch = self._fetch
            self._under_way = self._tasks.run(
                lambda task: fetch(key), owner=self, done=partial(self._keep, key), failed=partial(self._refuse, key)
            )

    def _keep(self, key: K, value: V) -> None:
        self._under_way = None
        self._kept[key] = value
        self._weight += self._weigh(value)
        while self._weight > self._bound and len(self._kept) > 1:
            self.drop(next(iter(self._kept)))
        self.ready.emit(key)
        self._next()

    def _refuse(self, key: K, error: Exception) -> bool:
        self._under_way = None
        if not isinstance(error, EsfError):
            self._wanted = ()
            return False
        self._failed[key] = error
        self.ready.emit(key)
        self._next()
        return True
