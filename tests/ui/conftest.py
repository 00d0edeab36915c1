"""What every test of windows starts from: the light theme at its own size, whatever the test before it chose."""

import pytest

from esf_desktop.settings import Theme
from ui import theme


@pytest.fixture(autouse=True)
def _light(request: pytest.FixtureRequest) -> None:
    if "qtbot" in request.fixturenames:
        theme.apply(request.getfixturevalue("qapp"), Theme.LIGHT, 100)
