"""How the window speaks and looks."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from esf_desktop import i18n
from esf_desktop.i18n import _
from esf_desktop.model import replace
from esf_desktop.settings import Settings
from ui import menus
from ui.settings.choices import Choices


class Appearance(QWidget):
    """Language, theme and size of text, as in the menu View."""

    def __init__(self, settings: Settings, choose: Callable[[Settings], None]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for field, title, options, now in (
            ("language", _("Language"), menus.languages(), i18n.language()),
            ("theme", _("Theme"), menus.themes(), settings.theme),
            ("text_size", _("Text size"), menus.sizes(), settings.text_size),
        ):
            pick = partial(_choose, settings, choose, field)
            column.addWidget(Choices(title, options, now, pick))


def _choose(settings: Settings, choose: Callable[[Settings], None], field: str, value: object) -> None:
    choose(replace(settings, **{field: value}))
