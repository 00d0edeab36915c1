"""What a person has chosen on this computer; no part of the work, so a damaged file costs only the choices."""

from enum import StrEnum
from pathlib import Path

import msgspec

from esf_desktop import files
from esf_desktop.i18n import Language


class Theme(StrEnum):
    """How the window is coloured."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


TEXT_SIZES = (90, 100, 115, 130, 150, 175, 200)
"""The sizes of text that the menu offers, in per cent."""


class Settings(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person's choices; unknown keys of a later version are passed over."""

    language: Language = Language.SWEDISH
    theme: Theme = Theme.SYSTEM
    text_size: int = 100
    keys: dict[str, str] = {}
    """Changed shortcuts, by the name of their action."""
    window: str = ""
    """Where the window stood, in base64 as Qt writes it."""
    columns: tuple[int, ...] = ()
    """The widths of the assess page's three columns."""
    document_window: str = ""
    """Where the document's own window stood the last time, as `window`."""
    order: str = ""
    """By which column the round is sorted; `-support` for downwards."""


def read(file: Path) -> Settings:
    """The choices kept in the file, or the defaults when it is missing or damaged."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Settings)
    except (OSError, msgspec.DecodeError):
        return Settings()


def write(file: Path, settings: Settings) -> None:
    """Keep the choices."""
    file.parent.mkdir(parents=True, exist_ok=True)
    files.write_whole(file, msgspec.json.format(msgspec.json.encode(settings), indent=2))
