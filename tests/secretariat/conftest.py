"""What the tests of the register share: a store that is files and then a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esf_desktop.secretariat.register import Register
from tests.postgres import Server
from tests.secretariat.stores import Store


@pytest.fixture(params=["file", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Registers in files, and the same test once more with registers on a server."""
    server: Server | None = request.getfixturevalue("postgres") if request.param == "server" else None
    made = Store(tmp_path, server)
    yield made
    made.close()


@pytest.fixture
def own(store: Store) -> Register:
    """A register that knows the call and three assessors."""
    return store.register()
