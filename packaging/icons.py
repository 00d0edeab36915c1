"""Every picture that a system wants of the program and its files, made from the drawings in resources/icons.

`python packaging/icons.py FOLDER` leaves `hicolor/` for Linux, `.ico` for Windows and `.icns` for macOS in it.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage

from esf_desktop.exchange.kinds import Kind
from ui.program_icon import PROGRAM, drawing, image

MIME = "application-x-esf-desktop"
DESK = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS = (16, 24, 32, 48, 64, 128, 256)
APPLE = (16, 32, 64, 128, 256, 512, 1024)
APPLE_ROOM = 0.098
"""What Apple's own icons leave free on each side; below 32 pixels there is none to spare."""


def main(folder: Path) -> None:
    """Write all of them; what lay there before is gone."""
    if QGuiApplication.instance() is None:
        QGuiApplication([])
    shutil.rmtree(folder, ignore_errors=True)
    pictures = {"esf-desktop": ("apps", PROGRAM)}
    pictures |= {f"{MIME}-{kind}": ("mimetypes", f"types/{kind}") for kind in Kind}
    for file, (place, name) in pictures.items():
        for size in DESK:
            target = folder / "hicolor" / f"{size}x{size}" / place / f"{file}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            picture(name, size).save(target, optimize=True)
        scalable = folder / "hicolor" / "scalable" / place / f"{file}.svg"
        scalable.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(drawing(name, 0), scalable)
        short = file.removeprefix("application-x-")
        together(folder / f"{short}.ico", [picture(name, size) for size in WINDOWS])
        together(folder / f"{short}.icns", [picture(name, size, APPLE_ROOM if size > 16 else 0) for size in APPLE])


def picture(name: str, size: int, room: float = 0) -> Image.Image:
    """The picture at that height."""
    drawn = image(name, size, room=room).convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (size, size), bytes(drawn.constBits()), "raw", "RGBA", drawn.bytesPerLine())


def together(target: Path, pictures: Sequence[Image.Image]) -> None:
    """All sizes, the largest last, in one file of the format that its name ends with."""
    *smaller, largest = pictures
    if target.suffix == ".ico":
        largest.save(target, sizes=[one.size for one in pictures], append_images=smaller)
    else:
        largest.save(target, append_images=smaller)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
