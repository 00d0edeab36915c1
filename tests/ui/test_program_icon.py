"""The program and its files have a picture each at every size; the small pictures of the window are one family."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from esf_desktop.exchange.kinds import Kind
from ui.program_icon import PROGRAM, SIZES, image, program_icon

TREE = Path(__file__).resolve().parents[2]
ICONS = TREE / "resources" / "icons"
RATINGS = {"met", "partly", "not_met", "cannot_assess"}


@pytest.mark.parametrize("name", [PROGRAM, *(f"types/{kind}" for kind in Kind)])
@pytest.mark.parametrize("size", [*SIZES, 512])
def test_a_picture_fills_its_square_and_leaves_its_corner_clear(qtbot: QtBot, name: str, size: int) -> None:
    made = image(name, size)
    assert made.pixelColor(0, 0).alpha() < 128
    assert made.pixelColor(size // 2, size // 2).alpha() == 255
    rows = [y for y in range(size) if any(made.pixelColor(x, y).alpha() > 60 for x in range(size))]
    assert rows[0] <= size / 10
    assert rows[-1] >= size * 0.9 - 1


@pytest.mark.parametrize("size", SIZES)
def test_kinds_of_files_differ_in_more_than_colour(qtbot: QtBot, size: int) -> None:
    grey = [image(f"types/{kind}", size).convertToFormat(QImage.Format.Format_Grayscale8) for kind in Kind]
    drawn = {tuple(one.pixelColor(x, y).value() > 140 for x in range(size) for y in range(size)) for one in grey}
    assert len(drawn) == len(Kind)


def test_the_window_has_the_icon_at_every_size(qtbot: QtBot) -> None:
    made = program_icon()
    assert {(one.width(), one.height()) for one in made.availableSizes()} == {(size, size) for size in SIZES}
    assert made.actualSize(QSize(24, 24)) == QSize(24, 24)


@pytest.mark.parametrize("file", sorted(ICONS.glob("*.svg")), ids=lambda file: file.stem)
def test_the_windows_pictures_are_drawn_with_one_pen(file: Path) -> None:
    drawn = file.read_text("utf-8")
    assert 'viewBox="0 0 16 16"' in drawn
    assert 'stroke-linecap="round" stroke-linejoin="round"' in drawn
    (pen,) = set(re.findall(r'stroke-width="([0-9.]+)"', drawn))
    bold = file.stem in RATINGS or file.stem.startswith("tick_")
    assert float(pen) >= 1.8 if bold else pen == "1.5"


def test_every_systems_files_are_made_from_the_drawings(tmp_path: Path) -> None:
    script = TREE / "packaging" / "icons.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, timeout=60)
    for size in (*SIZES, 512):
        with Image.open(tmp_path / "hicolor" / f"{size}x{size}" / "apps" / "esf-desktop.png") as made:
            assert made.size == (size, size)
    with Image.open(tmp_path / "esf-desktop.ico") as made:
        assert {(16, 16), (32, 32), (256, 256)} <= made.info["sizes"]
    for kind in Kind:
        picture = f"application-x-esf-desktop-{kind}"
        assert (tmp_path / "hicolor" / "scalable" / "mimetypes" / f"{picture}.svg").is_file()
        with Image.open(tmp_path / f"esf-desktop-{kind}.icns") as made:
            assert (512, 512, 2) in made.info["sizes"]
