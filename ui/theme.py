"""The colours, fonts and sizes of the window, brought along because not every system has a dark scheme to offer."""

import string
import tomllib
from dataclasses import dataclass, fields

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from esf_desktop import paths
from esf_desktop.model import Rating
from esf_desktop.settings import Theme

BASE_PIXELS = 14
SYSTEM_CONTRAST = 15.0
"""A system whose own text is at least this clear is taken to have a high-contrast scheme."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of one theme, as `#RRGGBB`, by what it is for."""

    window: str
    surface: str
    desk: str
    paper: str
    field: str
    ink: str
    muted: str
    line: str
    border_strong: str
    accent: str
    accent_hover: str
    on_accent: str
    selected: str
    hover: str
    note: str
    note_ink: str
    note_line: str
    met: str
    met_ground: str
    partly: str
    partly_ground: str
    not_met: str
    not_met_ground: str
    cannot_assess: str
    cannot_assess_ground: str

    def rating(self, rating: Rating) -> tuple[QColor, QColor]:
        """The colours of a rating's text and of the ground under it."""
        return QColor(getattr(self, rating.value)), QColor(getattr(self, f"{rating.value}_ground"))


def read(name: str) -> Tokens:
    """The colours of a theme that ships with the program: light, dark or contrast."""
    return Tokens(**tomllib.loads((paths.resources() / "themes" / f"{name}.toml").read_text("utf-8")))


_tokens: Tokens | None = None
_pixels = BASE_PIXELS
_dark = False
_applied = Theme.SYSTEM, 100


def tokens() -> Tokens:
    """The colours in use; light until a theme was applied."""
    global _tokens
    if _tokens is None:
        _tokens = read("light")
    return _tokens


def colour(name: str) -> QColor:
    """One colour in use, by its name in `Tokens`."""
    return QColor(getattr(tokens(), name))


def pixels(share: float = 1.0) -> int:
    """The height of text, as a share of the running text's."""
    return round(_pixels * share)


def is_dark() -> bool:
    """Whether light text stands on dark ground."""
    return _dark


def font(share: float = 1.0, *, bold: bool = False) -> QFont:
    """The window's font at a share of the running text's height."""
    made = QFont(QApplication.font())
    made.setPixelSize(pixels(share))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def code_font(share: float = 0.8) -> QFont:
    """The font in which the letters of criteria are written."""
    made = QFont(_code_family())
    made.setStyleHint(QFont.StyleHint.Monospace)
    made.setPixelSize(pixels(share))
    made.setWeight(QFont.Weight.DemiBold)
    return made


def apply(application: QApplication, theme: Theme, text_size: int) -> None:
    """Colour every window and size its text; pages drawn before must be built anew."""
    global _applied
    _applied = theme, text_size
    _apply(application, theme, text_size)


def enlarge(application: QApplication, least: int) -> None:
    """Make all text at least so many per cent, as for a projector, whatever was chosen; 0 is as it was chosen."""
    theme, text_size = _applied
    _apply(application, theme, max(text_size, least))


def _apply(application: QApplication, theme: Theme, text_size: int) -> None:
    global _tokens, _pixels, _dark
    _tokens = _choose(application, theme)
    _dark = QColor(_tokens.surface).lightness() < 128
    application.setStyle("Fusion")
    application.setPalette(_palette(_tokens))
    base = _running_font()
    system = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
    _pixels = round(max(BASE_PIXELS, system) * text_size / 100)
    base.setPixelSize(_pixels)
    application.setFont(base)
    application.setStyleSheet(_style_sheet(_tokens))


def _choose(application: QApplication, theme: Theme) -> Tokens:
    hints = application.styleHints()
    if theme is Theme.SYSTEM:
        clear = _contrast_wanted(application)
        theme = Theme.DARK if hints.colorScheme() is Qt.ColorScheme.Dark else Theme.LIGHT
        theme = Theme.CONTRAST if clear else theme
    if theme is Theme.CONTRAST:
        return _of_system(application) if _contrast_wanted(application) else read("contrast")
    return read(theme.value)


def _contrast_wanted(application: QApplication) -> bool:
    hints = application.styleHints()
    accessibility = hints.accessibility()
    return accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast


def _of_system(application: QApplication) -> Tokens:
    """The system's own clear colours; every ground is its ground and every line its ink."""
    palette = application.style().standardPalette()
    ground, ink = palette.window().color(), palette.windowText().color()
    if contrast(ground, ink) < SYSTEM_CONTRAST:
        return read("contrast")
    accent, on_accent = palette.highlight().color(), palette.highlightedText().color()
    made = {field.name: ink.name() for field in fields(Tokens)}
    for name in made:
        if name.endswith("_ground") or name in {
            "window",
            "surface",
            "desk",
            "paper",
            "field",
            "selected",
            "hover",
            "note",
        }:
            made[name] = ground.name()
    made |= {"accent": accent.name(), "accent_hover": accent.name(), "on_accent": on_accent.name()}
    return Tokens(**made)


def contrast(one: QColor, other: QColor) -> float:
    """How clearly two colours differ, from 1 to 21, as WCAG counts it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4)
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _palette(t: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, value in (
        (role.Window, t.window),
        (role.WindowText, t.ink),
        (role.Base, t.surface),
        (role.AlternateBase, t.window),
        (role.Text, t.ink),
        (role.PlaceholderText, t.muted),
        (role.Button, t.surface),
        (role.ButtonText, t.ink),
        (role.BrightText, t.on_accent),
        (role.ToolTipBase, t.surface),
        (role.ToolTipText, t.ink),
        (role.Highlight, t.accent),
        (role.HighlightedText, t.on_accent),
        (role.Link, t.accent),
        (role.LinkVisited, t.accent),
        (role.Accent, t.accent),
        (role.Light, t.surface),
        (role.Midlight, t.hover),
        (role.Mid, t.border_strong),
        (role.Dark, t.border_strong),
        (role.Shadow, t.line),
    ):
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.muted))
    return palette


def _running_font() -> QFont:
    """The system's font, or Inter where the system has only its last resort."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if not QFontInfo(system).family().startswith("DejaVu"):
        return system
    families = [family for name in ("Inter-Regular", "Inter-SemiBold") for family in _load(name)]
    return QFont(families[0]) if families else system


_loaded: dict[str, list[str]] = {}


def _load(name: str) -> list[str]:
    if name not in _loaded:
        file = paths.resources() / "fonts" / f"{name}.ttf"
        number = QFontDatabase.addApplicationFont(str(file)) if file.exists() else -1
        _loaded[name] = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return _loaded[name]


def _code_family() -> str:
    families = _load("JetBrainsMono-SemiBold")
    return families[0] if families else QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()


def _style_sheet(t: Tokens) -> str:
    template = string.Template((paths.resources() / "themes" / "window.qss").read_text("utf-8"))
    values = {field.name: getattr(t, field.name) for field in fields(Tokens)}
    sizes = {"text": 1.0, "small": 0.86, "large": 1.14, "huge": 1.57}
    steps = (2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 20, 28, 39)
    unit = {f"u{n}": f"{max(1, round(n * _pixels / BASE_PIXELS))}px" for n in steps}
    values["icons"] = (paths.resources() / "icons").as_posix()
    values["tick"] = "tick_light" if QColor(t.on_accent).lightness() > 128 else "tick_dark"
    return template.substitute(values, **{k: f"{pixels(v)}px" for k, v in sizes.items()}, **unit)
