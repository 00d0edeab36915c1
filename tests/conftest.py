"""What every test starts from: no screen, no person's files, Swedish; and what it must leave behind: no window."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from esf_desktop import i18n

if TYPE_CHECKING:
    from tests.postgres import Server

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
hypothesis.settings.register_profile("untimed", deadline=None, derandomize="ESF_CHANCE" not in os.environ)
hypothesis.settings.load_profile("untimed")
"""The same examples each time, so that a change is judged by what it changes; `make soak` looks for new ones."""

REAL_PDFS = Path(
    os.environ.get("ESF_REAL_PDFS", Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "pdf")
)
"""PDF files from many programs; not part of the tree, so a test that reads them says so when they are absent."""


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, data and log of the program lie in a folder of this test alone."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("APPDATA", "LOCAL_APPDATA"):
        monkeypatch.setenv(f"WIN_PD_OVERRIDE_{name}", str(home / name.lower()))
    monkeypatch.delenv("ESF_PASSPHRASE", raising=False)


@pytest.fixture(autouse=True)
def _swedish() -> Iterator[None]:
    """A test that speaks English does not teach the next one."""
    i18n.use(i18n.Language.SWEDISH)
    yield
    i18n.use(i18n.Language.SWEDISH)


@pytest.fixture(autouse=True)
def _no_window_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test of windows closes each one that it opened, by hand or through qtbot."""
    yield
    if "qtbot" not in request.fixturenames:
        return
    from PySide6.QtWidgets import QApplication

    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__} “{widget.windowTitle()}”" for widget in left]
    for widget in left:
        widget.close()
        widget.deleteLater()
    assert not left, f"left open: {', '.join(names)}"


@pytest.fixture(scope="session")
def postgres() -> "Iterator[Server]":
    """A PostgreSQL server for this run of tests; what needs it is skipped where the machine has none."""
    from tests.postgres import programs, started

    if programs() is None:
        pytest.skip("no PostgreSQL of our version on this machine, so registers are tried in files alone")
    with started() as server:
        yield server


def pytest_report_header() -> str:
    """Which judges are absent, said aloud."""
    import shutil

    judges = "age certtool cmsutil gpgsm openssl pdfinfo pdfsig pdftotext softhsm2-util unzip"
    absent = [name for name in judges.split() if shutil.which(name) is None]
    if shutil.which("pg_ctl") is None and not any(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")):
        absent.append("postgres")
    if not REAL_PDFS.is_dir():
        absent.append("the real PDF files")
    return f"judges absent: {', '.join(absent) or 'none'}; Python {sys.version.split()[0]}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the harnesses have counted; see docs/reliability.md."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    said = [str(text) for report in reports for name, text in report.user_properties if name == "counts"]
    for line in dict.fromkeys(said):
        terminalreporter.write_line(f"counted: {line}")
