"""One document worker for the tests of this folder."""

from collections.abc import Iterator

import pytest

from esf_desktop.documents.client import Documents


@pytest.fixture(scope="package")
def documents() -> Iterator[Documents]:
    """Documents with a worker that outlives a test."""
    with Documents() as opened:
        yield opened
