"""The rotating log: what failed and where in the program, never what anybody wrote or is called."""

import logging
import traceback
from contextlib import suppress
from pathlib import Path

from esf_desktop.errors import EsfError

LOG_FILE, CRASH_FILE = "esf-desktop.log", "esf-desktop.crash"
_LARGEST_CRASH = 2**17

logger = logging.getLogger("esf")


def start(folder: Path) -> Path:
    """Log to a file in the folder, three files of 512 KiB at most; the answer is that file."""
    from logging.handlers import RotatingFileHandler

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / LOG_FILE
    handler = RotatingFileHandler(file, maxBytes=2**19, backupCount=2, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    for old in tuple(logger.handlers):
        logger.removeHandler(old)
        old.close()
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    return file


def watch_crashes(folder: Path) -> None:
    """Let a crash of the whole program leave the places it went through, and no value, in a file beside the log."""
    import faulthandler

    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / CRASH_FILE
        if file.exists() and file.stat().st_size > _LARGEST_CRASH:
            file.unlink()
        faulthandler.enable(file.open("a", encoding="utf-8"))  # open for as long as the program runs


def refusal(error: EsfError) -> None:
    """Note the code of a foreseen failure; its facts may hold names and stay out."""
    logger.info("refused: %s", error.code)


def bug(error: BaseException) -> None:
    """Note the kind of an unforeseen failure and the places it went through, without its message or any value."""
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
    )
    logger.error("bug: %s at %s", type(error).__name__, places)
