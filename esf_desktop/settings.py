"""What a person has chosen on this computer; no part of the work, so a damaged file costs only the choices."""

from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from esf_desktop import files
from esf_desktop.i18n import Language


class Theme(StrEnum):
    """How the window is coloured."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Spelling(StrEnum):
    """In which language comments are checked."""

    GUESS = "guess"
    SWEDISH = "sv"
    ENGLISH = "en"
    OFF = "off"


TEXT_SIZES = (90, 100, 115, 130, 150, 175, 200)
"""The sizes of text that the menu offers, in per cent."""
LOCK_MINUTES = (0, 5, 15, 30, 60)
"""How long nobody may touch anything before encrypted work locks itself; 0 for never."""
RECENT = 9
"""How many of the files opened lately are remembered."""


class Settings(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person's choices; unknown keys of a later version are passed over."""

    language: Language = Language.SWEDISH
    theme: Theme = Theme.SYSTEM
    text_size: int = 100
    keys: dict[str, str] = {}
    """Changed shortcuts, by the name of their action."""
    columns: tuple[int, ...] = ()
    """The widths of the assess page's three columns."""
    document_window: str = ""
    """Where the document's own window stood the last time, in base64 as Qt writes it."""
    order: str = ""
    """By which column the round is sorted; `-support` for downwards."""
    lock_minutes: int = 15
    spelling: Spelling = Spelling.GUESS
    backup_folder: str = ""
    """The second place for backups; empty for none."""
    recent: tuple[str, ...] = ()
    """The files and folders opened lately, the newest first."""
    server: str = ""
    """The address of the register on a server that was opened last, without a password."""


def read(file: Path) -> Settings:
    """The choices kept in the file; those that cannot be read are the defaults, and all are when it is missing."""
    try:
        content = file.read_bytes()
        return msgspec.json.decode(content, type=Settings)
    except OSError:
        return Settings()
    except msgspec.DecodeError:
        return _what_is_sound(content)


def write(file: Path, settings: Settings) -> None:
    """Keep the choices; a disk that does not take them costs nothing else."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        files.write_whole(file, msgspec.json.format(msgspec.json.encode(settings), indent=2))


def opened(settings: Settings, paths: list[Path]) -> Settings:
    """The choices once these files were opened too."""
    names = [str(path.absolute()) for path in paths]
    recent = tuple(dict.fromkeys([*names, *settings.recent]))[:RECENT]
    return msgspec.structs.replace(settings, recent=recent)


def _what_is_sound(content: bytes) -> Settings:
    """Each choice that can be read by itself."""
    try:
        said = msgspec.json.decode(content)
    except msgspec.DecodeError:
        return Settings()
    sound: dict[str, Any] = {}
    for field in msgspec.structs.fields(Settings) if isinstance(said, dict) else ():
        if field.name in said:
            with suppress(msgspec.ValidationError):
                sound[field.name] = msgspec.convert(said[field.name], field.type)
    return Settings(**sound)
