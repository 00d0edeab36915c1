"""What every test of windows starts from: no window of the test before it, and the light theme at its own size."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from esf_desktop.settings import Theme
from ui import theme


@pytest.fixture(autouse=True)
def _light(request: pytest.FixtureRequest) -> None:
    if "qtbot" in request.fixturenames:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        theme.apply(request.getfixturevalue("qapp"), Theme.LIGHT, 100)
