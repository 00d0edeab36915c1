"""`python -m tests.screenshots FOLDER` for the documentation's pictures, `--all FOLDER [NAME …]` for every one."""

import sys
import tempfile
from itertools import product
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication

from esf_desktop.i18n import Language
from esf_desktop.settings import Theme
from tests.screenshots.scenes import Scene, scenes
from tests.screenshots.stage import Look, Stage

LAPTOP = (1280, 800)
DOCUMENTED = tuple(Look(language, theme) for language, theme in product(Language, (Theme.LIGHT, Theme.DARK)))
ALL = tuple(
    Look(language, theme, size, LAPTOP)
    for language, theme, size in product(Language, (Theme.LIGHT, Theme.DARK, Theme.CONTRAST), (100, 200))
)
ACROSS, SMALL = 3, (1000, 625)
"""Pictures beside each other on a sheet of one scene's looks, and how large each is at most."""


def main(arguments: list[str]) -> None:
    """Take the pictures that are asked for."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    everything = arguments[:1] == ["--all"]
    target, names = Path(arguments[everything]), arguments[everything + 1 :]
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        wanted = [scene for scene in scenes() if scene.name in (names or [scene.name])]
        for scene in wanted if everything else [scene for scene in wanted if scene.documented]:
            taken = [_take(stage, scene, look, target) for look in (ALL if everything else DOCUMENTED)]
            if everything:
                _sheet(taken, target / f"{scene.name}.png")


def _take(stage: Stage, scene: Scene, look: Look, target: Path) -> Path:
    path = target / f"{scene.name}-{look.name}.png"
    stage.dress(look)
    with scene.open(stage) as widget:
        assert widget.grab().save(str(path))
    print(path, flush=True)
    return path


def _sheet(pictures: list[Path], target: Path) -> None:
    """All looks of one scene on one sheet, to be compared at a glance."""
    small = []
    for path in pictures:
        with Image.open(path) as picture:
            one = picture.convert("RGB")
        one.thumbnail(SMALL)
        small.append(one)
    width, height = max(one.width for one in small), max(one.height for one in small)
    sheet = Image.new("RGB", (ACROSS * (width + 8), -(-len(small) // ACROSS) * (height + 8)), "#888888")
    for place, one in enumerate(small):
        sheet.paste(one, ((place % ACROSS) * (width + 8), (place // ACROSS) * (height + 8)))
    sheet.save(target)


if __name__ == "__main__":
    main(sys.argv[1:])
