"""The program starts with its window first, asks what it must, and then fills the window."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from esf_desktop import i18n, paths, settings
from esf_desktop.assessor import identity, protection
from esf_desktop.errors import EmptyFileError
from esf_desktop.exchange.enrolment import read_enrolment
from esf_desktop.model import replace
from esf_desktop.settings import Settings, Theme
from esf_desktop.workspace import Workspace
from tests import rounds
from tests.ui.desks import LEFT, Room, paper, room
from ui import errors, theme
from ui.assessor.first_start import FirstStart
from ui.assessor.not_opened import NotOpened
from ui.assessor.recovery_offer import RecoveryOffer
from ui.desk import now
from ui.main_window import MainWindow
from ui.session import Options, Session
from ui.widgets.choice import Choice

TREE = Path(__file__).resolve().parent.parent.parent.parent


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, Theme.LIGHT, 100)
    made = MainWindow(Settings(theme=Theme.LIGHT))
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path)
    yield made
    close()


def begin(qtbot: QtBot, window: MainWindow, options: Options) -> Session:
    session = Session(window, options)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    session.start()
    return session


FIRST_PAINT = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from ui import app, main_window
def look():
    heavy = {"sqlalchemy", "sqlcipher3", "cryptography", "reportlab", "pypdfium2", "xlsxwriter", "typer", "msgspec",
             "esf_desktop.model", "ui.session", "ui.theme"}
    print("loaded", *sorted(heavy & set(sys.modules)), flush=True)
    os._exit(0)
original = main_window.MainWindow.__init__
def watch(self):
    original(self)
    self.painted.connect(look)
main_window.MainWindow.__init__ = watch
app.main(["--workspace", sys.argv[1]])
"""


def test_the_window_is_painted_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(tmp_path)], capture_output=True, text=True, timeout=120, cwd=TREE
    )
    assert ran.stdout.strip() == "loaded", ran.stderr


def test_smoke_leaves_with_nothing_wrong_once_the_window_stands(tmp_path: Path) -> None:
    rounds.workspace(tmp_path / "w").close()
    ran = subprocess.run(
        [sys.executable, "-m", "ui", "--workspace", str(tmp_path / "w"), "--smoke"],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=TREE,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def press(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Click the button with these words once it is there."""

    def there() -> list[QPushButton]:
        return [b for b in window.findChildren(QPushButton) if b.text() == text and b.isVisible() and b.isEnabled()]

    qtbot.waitUntil(lambda: bool(there()), timeout=20_000)
    qtbot.mouseClick(there()[0], LEFT)


def field(window: MainWindow, name: str) -> QLineEdit:
    return next(f for f in window.findChildren(QLineEdit) if f.accessibleName() == name)


def shown_words(window: MainWindow) -> str:
    return "\n".join(part.text() for part in window.findChildren(QLabel) if part.isVisible())


def test_the_first_start_asks_for_a_name_and_a_passphrase_and_makes_the_workspace(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    session = begin(qtbot, window, Options(workspace=tmp_path / "w"))
    further = next(b for b in window.findChildren(QPushButton) if b.text() == "Nästa" and b.isVisible())
    assert not further.isEnabled()
    qtbot.keyClicks(field(window, "Namn"), "Bo Persson")
    press(qtbot, window, "Nästa")
    phrase = field(window, "Lösenfras").text()
    assert len(phrase.split("-")) == 6
    press(qtbot, window, "Nästa")
    qtbot.waitUntil(lambda: bool(window.findChildren(RecoveryOffer)), timeout=20_000)
    (offer,) = window.findChildren(RecoveryOffer)
    code = re.sub(r"\s+", "-", next(p.text() for p in offer.findChildren(QLabel) if p.accessibleName()))
    offer.wanted.emit(tmp_path / "blad.pdf")
    qtbot.waitUntil((tmp_path / "blad.pdf").exists, timeout=20_000)
    press(qtbot, window, "Nästa")
    page = window.findChildren(FirstStart)[0]
    page.enrolment_wanted.emit(tmp_path / "jag.esfenrol")
    qtbot.waitUntil(lambda: "Anmälan är sparad" in shown_words(window), timeout=20_000)
    way = next(c for c in window.findChildren(Choice) if c.isVisible() and "mapp" in c.text())
    window.offer_folder = lambda: None  # type: ignore[method-assign]
    qtbot.mouseClick(way, LEFT)
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.desk is not None
    workspace = session.desk.workspace
    person = workspace.assessor()
    assert person is not None
    assert person.name == "Bo Persson"
    assert workspace.encrypted
    assert window.current_page == "round"
    protection.check_code(workspace.folder, code)
    enrolled = read_enrolment((tmp_path / "jag.esfenrol").read_bytes(), file="jag.esfenrol")
    assert enrolled.fingerprint == identity.fingerprint(workspace)
    assert enrolled.value.assessor == person


def test_all_but_the_name_can_be_skipped(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    session = begin(qtbot, window, Options(workspace=tmp_path / "w"))
    qtbot.keyClicks(field(window, "Namn"), "Bo")
    press(qtbot, window, "Nästa")
    press(qtbot, window, "Hoppa över")
    press(qtbot, window, "Hoppa över")
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.desk is not None
    assert not session.desk.workspace.encrypted
    assert identity.fingerprint(session.desk.workspace)


def test_another_language_in_the_first_start_keeps_what_was_typed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    begin(qtbot, window, Options(workspace=tmp_path / "w"))
    qtbot.keyClicks(field(window, "Namn"), "Bo Persson")
    press(qtbot, window, "Nästa")
    window.choose(replace(window.settings, language=i18n.Language.ENGLISH))
    QApplication.processEvents()
    (page,) = [p for p in window.findChildren(FirstStart) if p.isVisible()]
    assert next(f for f in page.findChildren(QLineEdit) if f.accessibleName() == "Name").text() == "Bo Persson"
    assert "Encrypt your work" in shown_words(window)


def test_a_place_that_takes_no_work_is_told_of_where_the_passphrase_was_chosen(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "w").write_bytes(b"a file")
    session = begin(qtbot, window, Options(workspace=tmp_path / "w" / "deep"))
    qtbot.keyClicks(field(window, "Namn"), "Bo")
    press(qtbot, window, "Nästa")
    press(qtbot, window, "Nästa")
    qtbot.waitUntil(lambda: "gick inte att använda" in shown_words(window), timeout=20_000)
    assert session.desk is None
    assert field(window, "Namn").text() == "Bo"


def test_a_forgotten_passphrase_is_replaced_by_the_recovery_code(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    made = rounds.workspace(tmp_path / "w", "sex-goda-ord")
    key = identity.signing_key(made, "sex-goda-ord", at=now())
    made.close()
    code = protection.new_code(tmp_path / "w", "sex-goda-ord")
    session = begin(qtbot, window, Options(workspace=tmp_path / "w"))
    press(qtbot, window, "Använd återställningskoden")
    typed = field(window, "Återställningskod")
    go = next(b for b in window.findChildren(QPushButton) if b.text() == "Byt lösenfras och öppna")
    wrong = "A" if code[2] != "A" else "B"
    qtbot.keyClicks(typed, code.replace("-", "")[:2].lower() + wrong + code.replace("-", "")[3:])
    assert "Grupp 1" in shown_words(window)
    assert not go.isEnabled()
    typed.clear()
    qtbot.keyClicks(typed, code.replace("-", " ").lower())
    assert typed.text() == code
    new = field(window, "Ny lösenfras")
    new.clear()
    qtbot.keyClicks(new, "den nya frasen")
    qtbot.mouseClick(go, LEFT)
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.desk is not None
    again = identity.signing_key(session.desk.workspace, "den nya frasen", at=now())
    assert again.fingerprint == key.fingerprint


def test_encrypted_work_opens_with_its_passphrase_and_with_no_other(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    made = Workspace.open(tmp_path / "w", "sex-goda-ord")
    identity.introduce(made, identity.new_assessor("Bo"), at=now())
    made.close()
    session = begin(qtbot, window, Options(workspace=tmp_path / "w"))
    for phrase in ("fel ord", "sex-goda-ord"):
        qtbot.waitUntil(lambda: any(_shown(window)), timeout=20_000)
        (field,) = _shown(window)
        qtbot.keyClicks(field, phrase)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.stands


def test_a_dropped_pdf_becomes_an_application(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    made = Workspace.open(tmp_path / "w")
    identity.introduce(made, identity.new_assessor("Bo"), at=now())
    made.close()
    file = tmp_path / "ansokan.pdf"
    file.write_bytes(paper())
    session = begin(qtbot, window, Options(workspace=tmp_path / "w"))
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.desk is not None
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(file))])
    copy = Qt.DropAction.CopyAction
    window.dropEvent(
        QDropEvent(QPointF(200, 200), copy, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    qtbot.waitUntil(lambda: window.current_page == "assess", timeout=20_000)
    qtbot.waitUntil(lambda: not session.tasks.busy, timeout=20_000)
    (application,) = session.desk.workspace.applications()
    assert application.documents[0].name == "ansokan.pdf"


def test_a_refused_file_is_told_of_in_one_sentence_and_changes_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    rounds.workspace(tmp_path / "w").close()
    session = begin(qtbot, window, Options(workspace=tmp_path / "w"))
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.desk is not None
    before = session.desk.workspace.logical_hash()
    (tmp_path / "tom.pdf").write_bytes(b"")
    session.take([tmp_path / "tom.pdf"])
    from ui.assessor.intake_report import IntakeReport

    qtbot.waitUntil(lambda: any(r.isVisible() for r in window.findChildren(IntakeReport)), timeout=20_000)
    (report,) = window.findChildren(IntakeReport)
    words = [label.text() for label in report.findChildren(type(report._words))]
    assert EmptyFileError("tom.pdf").sentence() in words
    assert session.desk.workspace.logical_hash() == before
    report.reject()


def test_a_choice_of_language_and_theme_is_kept_and_shown_at_once(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    rounds.workspace(tmp_path / "w").close()
    session = begin(qtbot, window, Options(workspace=tmp_path / "w"))
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    window.choose(Settings(language=i18n.Language.ENGLISH, theme=Theme.DARK, text_size=130))
    assert window.frame.sign.text() == "Sign and send…"
    assert theme.is_dark()
    kept = settings.read(paths.settings_file())
    assert (kept.language, kept.theme, kept.text_size) == (i18n.Language.ENGLISH, Theme.DARK, 130)


def test_a_foreseen_error_is_a_sentence_with_its_code_behind_more(qtbot: QtBot, desk: Room) -> None:
    errors.tell(desk.window, EmptyFileError("a.pdf"))
    box = desk.window.findChild(QMessageBox, "refusal")
    assert isinstance(box, QMessageBox)
    assert box.text() == EmptyFileError("a.pdf").sentence()
    more = next(b for b in box.buttons() if b.text() == "Mer")
    more.click()
    assert "empty" in box.informativeText()
    assert box.isVisible()
    box.close()


def test_a_bug_is_told_of_once_without_what_was_written(qtbot: QtBot, desk: Room) -> None:
    for _time in range(2):
        errors.tell(desk.window, KeyError("hemlig text"))
    (box,) = desk.window.findChildren(QMessageBox, "refusal")
    assert "hemlig" not in box.text() + box.informativeText()
    box.close()


def _shown(window: MainWindow) -> list[QLineEdit]:
    found = window.findChildren(QLineEdit)
    return [
        field for field in found if field.isVisible() and field.accessibleName() == "Lösenfras" and not field.text()
    ]


def test_work_that_cannot_be_opened_says_why_and_opens_when_the_reason_is_gone(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    elsewhere = Workspace.open(tmp_path / "w")
    identity.introduce(elsewhere, identity.new_assessor("Bo"), at=now())
    session = begin(qtbot, window, Options(workspace=tmp_path / "w"))
    qtbot.waitUntil(lambda: bool(window.findChildren(NotOpened)), timeout=20_000)
    (page,) = window.findChildren(NotOpened)
    assert any("redan öppet" in label.text() for label in page.findChildren(QLabel))
    elsewhere.close()
    again = next(b for b in page.findChildren(QPushButton) if b.text() == "Försök igen")
    qtbot.mouseClick(again, LEFT)
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert session.stands
