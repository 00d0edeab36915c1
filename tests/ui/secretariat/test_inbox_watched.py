"""A folder that the register watches: what arrives is received once it is whole, and who is missing is told of."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from esf_desktop.secretariat.register import Register
from esf_desktop.settings import Theme
from tests.secretariat import files
from tests.secretariat.samples import person
from ui import theme
from ui.secretariat.register_window import RegisterWindow


@dataclass
class Post:
    """A window over a register that watches a folder."""

    qtbot: QtBot
    window: RegisterWindow
    folder: Path

    @property
    def register(self) -> Register:
        return self.window.desk.register

    def put(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def read_until(self, *words: str) -> str:
        def there() -> bool:
            said = self.words
            return all(word in said for word in words)

        self.qtbot.waitUntil(there, timeout=20_000)
        return self.words

    @property
    def words(self) -> str:
        QApplication.processEvents()
        return "\n".join(part.text() for part in self.window.findChildren(QLabel) if part.isVisible())

    def press(self, words: str) -> None:
        found = next(b for b in self.window.findChildren(QPushButton) if b.isVisible() and words in b.text())
        found.click()
        QApplication.processEvents()


@pytest.fixture
def post(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, Theme.LIGHT, 100)
    folder = tmp_path / "inkommande"
    folder.mkdir()
    window = RegisterWindow(files.register(tmp_path))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(folder))
    made = Post(qtbot, window, folder)
    made.press("Bevaka en mapp")
    yield made
    made.window.close()


def test_what_is_put_there_is_received_once_and_a_half_file_waits(post: Post) -> None:
    whole = files.bundle(0, [files.assessment(n) for n in range(3)])
    post.put("a.esfbundle", whole[:-1])
    post.read_until("Bevakar", "1 fil är inte hel än")
    assert post.register.bundles() == ()
    post.put("a.esfbundle", whole)
    post.read_until("a.esfbundle · Registrerad")
    assert len(post.register.bundles()) == 1
    post.put("b.esfbundle", files.bundle(1, [files.assessment(0, salt=1)]))
    said = post.read_until("b.esfbundle · Registrerad")
    assert "a.esfbundle · Registrerad" in said, "what came before stays in sight"


def test_the_folder_is_remembered_and_what_is_known_already_is_not_told_of_again(post: Post, qtbot: QtBot) -> None:
    post.put("a.esfbundle", files.bundle(0, [files.assessment(0)]))
    post.read_until("a.esfbundle · Registrerad")
    place = post.register.place
    assert isinstance(place, Path)
    post.window.close()
    post.window = RegisterWindow(Register.open(place))
    qtbot.addWidget(post.window)
    post.window.show()
    assert post.window.watching.folder == post.folder
    post.put("b.esfbundle", files.bundle(1, [files.assessment(0, salt=1)]))
    assert "a.esfbundle" not in post.read_until("b.esfbundle · Registrerad")
    post.press("Sluta bevaka")
    assert post.window.watching.folder is None
    assert "Bevakar" not in post.words


def test_those_who_are_missing_come_first_with_what_they_lack_and_are_reminded_together(post: Post) -> None:
    post.put("a.esfbundle", files.bundle(0, [files.assessment(n) for n in range(3)]))
    said = post.read_until("a.esfbundle · Registrerad", "2 bedömare har något kvar")
    last, first = said.rindex(person(0).name), said.rindex(person(1).name)
    assert first < last
    post.press("Kopiera en text till alla")
    copied = QGuiApplication.clipboard().text()
    assert "2026-12-08" in copied
    assert not any(person(n).name in copied for n in range(3)), "nobody learns who else is late"


def test_a_folder_that_goes_away_is_no_trouble(post: Post) -> None:
    post.put("a.esfbundle", files.bundle(0, [files.assessment(0)])[:-1])
    post.read_until("1 fil är inte hel än")
    for path in post.folder.iterdir():
        path.unlink()
    post.folder.rmdir()
    post.qtbot.waitUntil(lambda: not post.window.watching.unfinished, timeout=10_000)
    post.folder.mkdir()
    post.put("b.esfbundle", files.bundle(1, [files.assessment(0, salt=1)]))
    post.read_until("b.esfbundle · Registrerad")
