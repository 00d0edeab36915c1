"""Bad files in the two windows: each is told of in its own sentence, in both languages, and nothing is changed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from esf_desktop import i18n
from esf_desktop.errors import EsfError
from esf_desktop.exchange import verify
from esf_desktop.i18n import Language
from esf_desktop.secretariat.merge import merge
from esf_desktop.secretariat.register import Register
from esf_desktop.settings import Settings, Theme
from tests import rounds
from tests.cli.test_bad_files import ROWS, ready
from tests.ui.secretariat.test_register_window import office
from tests.vectors.run import AT, FOLDER
from ui import theme
from ui.assessor.intake_report import IntakeReport
from ui.main_window import MainWindow
from ui.session import Options, Session

BUNDLES = [row.vectors[0] for row in ROWS.values() if row.merged != "duplicate"]
CALLS = {
    "tom.esfcall": "container/empty.esfbundle",
    "kapad.esfcall": "container/cut-in-the-middle.esfbundle",
    "ompackad.esfcall": "container/repacked-stored.esfbundle",
    "mejl.esfcall": "container/a-mail.esfbundle",
    "bild.esfcall": "container/a-pdf.esfbundle",
    "extra.esfcall": "container/data-after.esfbundle",
    "dokument.esfcall": "container/call-with-a-document-of-another-name.esfcall",
    "ny.esfcall": "payload/call-later-version.esfcall",
    "okand.esfcall": "payload/call-key-unknown.esfcall",
    "svag.esfcall": "signature/certificate-of-rsa-1024.esfbundle",
    "kvittens.esfreceipt": "payload/receipt-number-zero.esfreceipt",
}


@pytest.fixture(params=Language)
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Each language in turn; Swedish afterwards."""
    i18n.use(request.param)
    yield request.param
    i18n.use(Language.SWEDISH)


def test_the_register_tells_of_each_bad_bundle_and_changes_nothing(
    qtbot: QtBot, tmp_path: Path, language: Language
) -> None:
    before = ready(tmp_path / "r.esfdb")
    files = [Path(shutil.copy(FOLDER / vector, tmp_path)) for vector in BUNDLES]
    register = Register.open(tmp_path / "r.esfdb")
    expected = [row.sentence() for row in merge(register, [(f.name, f.read_bytes()) for f in files], at=AT)]
    made = office(qtbot, register, tmp_path)
    made.window.take(files)
    made.rest()
    words = made.words
    for sentence in expected:
        assert sentence in words, sentence
    assert register.logical_hash() == before
    made.window.close()


def test_the_assessors_window_tells_of_each_bad_file_and_changes_nothing(
    qtbot: QtBot, tmp_path: Path, language: Language
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, Theme.LIGHT, 100)
    rounds.workspace(tmp_path / "w").close()
    window = MainWindow(Settings(theme=Theme.LIGHT, language=language))
    qtbot.addWidget(window)
    session = Session(window, Options(workspace=tmp_path / "w"))
    window.show()
    qtbot.waitActive(window)
    session.start()
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.desk is not None
    before = session.desk.workspace.logical_hash()
    files = [Path(shutil.copy(FOLDER / vector, tmp_path / name)) for name, vector in CALLS.items()]
    session.take(files)
    qtbot.waitUntil(lambda: any(r.isVisible() for r in window.findChildren(IntakeReport)), timeout=20_000)
    (report,) = window.findChildren(IntakeReport)
    words = "\n".join(label.text() for label in report.findChildren(QLabel))
    for file in files:
        with pytest.raises(EsfError) as refused:
            verify.examine(file.read_bytes(), file=file.name)
        assert refused.value.sentence() in words, refused.value.sentence()
    assert session.desk.workspace.logical_hash() == before
    report.reject()
    window.close()
