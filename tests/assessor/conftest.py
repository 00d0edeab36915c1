"""What the assessor's tests share: one worker for documents, and a desk that has taken a call."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esf_desktop.documents.client import Documents
from esf_desktop.workspace import Workspace
from tests.packages import desk_with_call


@pytest.fixture(scope="module")
def documents() -> Iterator[Documents]:
    with Documents() as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path, documents: Documents) -> Iterator[Workspace]:
    opened = desk_with_call(tmp_path, documents)
    yield opened
    opened.close()
