"""The page that writes the basis: every format at once, one of them, and what was written is opened from there."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton

from esf_desktop.formatting import groups
from tests.ui.secretariat.test_register_window import Office, full
from ui.secretariat.basis_page import formats

__all__ = ["full"]
LEFT = Qt.MouseButton.LeftButton
KINDS = [kind for kind, _name, _about in formats()]


def buttons(office: Office, name: str) -> list[QPushButton]:
    return [one for one in office.window.basis.findChildren(QPushButton) if one.accessibleName().startswith(name)]


def test_the_formats_of_the_page_are_those_that_are_written() -> None:
    from esf_desktop.secretariat.reports import FORMATS

    assert list(FORMATS) == KINDS


def test_all_formats_are_written_and_each_is_opened(full: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(QUrl(url).toLocalFile()))
    folder = full.folder / "ut"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(folder))
    full.window.show_page("basis")
    assert not [one for one in buttons(full, "Öppna") if one.isEnabled()]
    full.press("Skriv alla format")
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"basis.{kind}" for kind in KINDS)
    assert str(folder) in full.words
    for one in buttons(full, "Öppna"):
        full.qtbot.mouseClick(one, LEFT)
    assert opened == [str(folder / f"basis.{kind}") for kind in KINDS]


def test_one_format_is_saved_under_a_name_of_its_own(full: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = full.folder / "protokoll.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(chosen), ""))
    full.window.show_page("basis")
    (save,) = buttons(full, "Spara som DOCX")
    full.qtbot.mouseClick(save, LEFT)
    full.rest()
    assert chosen.read_bytes().startswith(b"PK")
    assert [one.accessibleName() for one in buttons(full, "Öppna") if one.isEnabled()] == ["Öppna DOCX"]


def test_the_archive_package_is_written_checked_and_opened(full: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(QUrl(url).toLocalFile()))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(full.folder / "ut"))
    full.window.show_page("basis")
    full.press("Skriv arkivpaketet")
    folder = full.folder / "ut" / "arkiv 2026-ON-1"
    digits = hashlib.sha256((folder / "manifest.sha256").read_bytes()).hexdigest()
    assert str(folder) in full.words
    assert groups(digits) in full.words
    assert subprocess.run(["sh", "verify.sh"], cwd=folder, capture_output=True, timeout=60).returncode == 0
    full.press("Öppna mappen")
    assert opened == [str(folder)]


def test_an_archive_package_that_is_stopped_leaves_nothing(full: Office) -> None:
    full.window.show_page("basis")
    full.window.basis.archive.write(full.folder / "ut")
    (stop,) = [b for b in full.window.basis.findChildren(QPushButton) if b.isVisible() and b.text() == "Avbryt"]
    full.qtbot.mouseClick(stop, LEFT)
    full.rest()
    assert "Avbrutet. Inget skrevs." in full.words
    assert not (full.folder / "ut").exists() or list((full.folder / "ut").iterdir()) == []


def test_an_archive_package_without_a_place_is_told(full: Office) -> None:
    (full.folder / "fil").write_text("i vägen")
    full.window.show_page("basis")
    full.window.basis.archive.write(full.folder / "fil")
    full.rest()
    assert str(full.folder / "fil") in full.refusal().text()
    full.refusal().close()


def test_a_place_that_takes_no_file_is_told(full: Office, tmp_path: Path) -> None:
    full.window.show_page("basis")
    full.window.basis.write_one("pdf", tmp_path / "finns inte" / "a.pdf")
    full.rest()
    assert str(tmp_path / "finns inte") in full.refusal().text()
    full.refusal().close()
