"""What a person has chosen in one place of the secretariat's work, kept in a small file of Qt's own."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths


def path(place: str, what: str) -> Path | None:
    """The path that was chosen there, a folder or a register, for this; None when there is none, or it is gone."""
    said = str(_file().value(_key(place, what), ""))
    return Path(said) if said and Path(said).exists() else None


def keep(place: str, what: str, chosen: Path | None) -> None:
    """Remember the choice, or that there is none any more."""
    kept = _file()
    kept.setValue(_key(place, what), str(chosen) if chosen else "")
    kept.sync()


def _key(place: str, what: str) -> str:
    return f"{what}/{hashlib.sha256(place.encode(errors='replace')).hexdigest()[:24]}"


def _file() -> QSettings:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return QSettings(f"{folder}/esf-desktop/secretariat.ini", QSettings.Format.IniFormat)
