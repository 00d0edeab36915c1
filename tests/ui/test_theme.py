"""Every theme can be read: text stands out from its ground, and controls from what is around them."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esf_desktop.model import Rating
from esf_desktop.settings import TEXT_SIZES, Theme
from ui import theme

THEMES = ("light", "dark", "contrast")
TEXTS = (
    ("ink", "window"),
    ("ink", "surface"),
    ("ink", "field"),
    ("ink", "selected"),
    ("ink", "hover"),
    ("muted", "window"),
    ("muted", "surface"),
    ("muted", "field"),
    ("muted", "selected"),
    ("muted", "hover"),
    ("accent", "surface"),
    ("accent", "window"),
    ("accent", "selected"),
    ("accent", "met_ground"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("note_ink", "note"),
    ("not_met", "surface"),
    ("partly", "window"),
)
CONTROLS = (
    ("border_strong", "surface"),
    ("border_strong", "window"),
    ("border_strong", "selected"),
    ("note_line", "surface"),
    ("accent", "surface"),
)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_stands_out_from_its_ground(name: str) -> None:
    tokens = theme.read(name)
    pairs = [(getattr(tokens, ink), getattr(tokens, ground)) for ink, ground in TEXTS]
    for rating in Rating:
        ink, ground = tokens.rating(rating)
        pairs.append((ink.name(), ground.name()))
    for ink, ground in pairs:
        assert theme.contrast(QColor(ink), QColor(ground)) >= 4.5, (name, ink, ground)


@pytest.mark.parametrize("name", THEMES)
def test_every_control_stands_out_from_what_is_around_it(name: str) -> None:
    tokens = theme.read(name)
    for line, ground in CONTROLS:
        assert theme.contrast(QColor(getattr(tokens, line)), QColor(getattr(tokens, ground))) >= 3, (name, line, ground)


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert theme.contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert theme.contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("chosen", list(Theme))
def test_every_theme_colours_the_windows(qtbot: QtBot, chosen: Theme) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, chosen, 100)
    assert application.palette().window().color() == theme.colour("window")
    assert theme.is_dark() is (chosen in (Theme.DARK, Theme.CONTRAST))


@pytest.mark.parametrize("size", TEXT_SIZES)
def test_text_grows_with_the_chosen_size(qtbot: QtBot, size: int) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, Theme.LIGHT, size)
    assert application.font().pixelSize() == theme.pixels()
    assert theme.pixels() >= 14 * size / 100 - 1
    theme.apply(application, Theme.LIGHT, 100)
