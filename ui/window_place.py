"""Where the window stood and what colour its ground had, in a file of Qt's own: all that the first paint needs."""

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMainWindow

SIZE = (1360, 850)
"""Of a window that was never seen before, in pixels."""
_GEOMETRY, _GROUND = "geometry", "ground"


def restore(window: QMainWindow) -> None:
    """Put the window where it stood, in the colour of its ground."""
    kept = _file()
    window.resize(*SIZE)
    geometry, ground = kept.value(_GEOMETRY), QColor(str(kept.value(_GROUND, "")))
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
    if ground.isValid():
        palette = window.palette()
        palette.setColor(palette.ColorRole.Window, ground)
        window.setPalette(palette)


def keep(window: QMainWindow, ground: QColor) -> None:
    """Remember both for the next time."""
    kept = _file()
    kept.setValue(_GEOMETRY, window.saveGeometry())
    kept.setValue(_GROUND, ground.name())
    kept.sync()


def _file() -> QSettings:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return QSettings(f"{folder}/esf-desktop/window.ini", QSettings.Format.IniFormat)
