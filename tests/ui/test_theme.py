"""Every theme can be read: text stands out from its ground, and controls from what is around them."""

import re

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esf_desktop import paths
from esf_desktop.model import CriterionId, DocumentId, Evidence, Rating
from esf_desktop.settings import TEXT_SIZES, Theme
from ui import theme
from ui.assessor import marks

EVIDENCE = Evidence(DocumentId("0" * 64), "åtta kommuner")
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
    ("not_met", "window"),
    ("not_met", "not_met_ground"),
    ("partly", "window"),
    ("partly", "surface"),
    ("partly", "partly_ground"),
    ("ink", "partly_ground"),
    ("ink", "met_ground"),
    ("accent", "field"),
    ("accent", "hover"),
    ("ink", "note"),
)
CONTROLS = (
    ("border_strong", "surface"),
    ("border_strong", "window"),
    ("border_strong", "selected"),
    ("note_line", "surface"),
    ("accent", "surface"),
    ("accent", "window"),
    ("accent", "field"),
    ("accent", "selected"),
    ("accent", "hover"),
    ("accent", "desk"),
    ("on_accent", "accent"),
    ("not_met", "surface"),
    ("muted", "window"),
    ("border_strong", "field"),
)
"""Lines, signs and the frame of the focus; a filled button is framed in the colour of its own words."""


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


@pytest.mark.parametrize("name", THEMES)
def test_every_rating_stands_out_by_its_sign_and_every_sign_is_another(name: str) -> None:
    tokens = theme.read(name)
    for rating in Rating:
        ink, ground = tokens.rating(rating)
        for around in (tokens.surface, tokens.window, tokens.selected, tokens.hover):
            assert theme.contrast(ink, QColor(around)) >= 3, (name, rating, around)
        assert theme.contrast(ink, ground) >= 4.5, (name, rating)
    signs = {(paths.resources() / "icons" / f"{rating.value}.svg").read_bytes() for rating in Rating}
    assert len(signs) == len(Rating), "no two ratings are told apart by colour alone"


@pytest.mark.parametrize("name", THEMES)
def test_every_mark_of_evidence_stands_out_from_the_paper_and_its_letters_from_its_fill(name: str) -> None:
    paper = QColor(theme.read(name).paper)
    for colour in range(marks.COLOURS):
        mark = marks.Mark(CriterionId("SAM"), colour, EVIDENCE, "")
        assert theme.contrast(mark.line, paper) >= 3, (name, colour)
        assert theme.contrast(mark.line, mark.fill) >= 4.5, (name, colour)


def test_the_arrow_of_a_list_to_choose_from_is_seen_in_every_theme() -> None:
    drawn = (paths.resources() / "icons" / "drop_down.svg").read_text("utf-8")
    colour = QColor(drawn.partition('stroke="')[2].partition('"')[0])
    assert colour.isValid()
    for name in THEMES:
        assert theme.contrast(colour, QColor(theme.read(name).field)) >= 3, name


def test_the_style_sheet_puts_no_text_on_a_ground_that_is_not_counted_here() -> None:
    sheet = (paths.resources() / "themes" / "window.qss").read_text("utf-8")
    for rule in re.findall(r"\{([^}]*)\}", sheet):
        ink = re.search(r"(?<![-\w])color: \$(\w+)", rule)
        ground = re.search(r"background: \$(\w+)", rule)
        if ink and ground:
            pair = (ink[1], ground[1])
            rated = pair[1] == f"{pair[0]}_ground"
            assert pair in TEXTS or rated, pair


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
