"""The menus of the main window, made from the actions; what is chosen once and for all stands under View."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from esf_desktop import i18n
from esf_desktop.i18n import Language, _
from esf_desktop.model import replace
from esf_desktop.settings import TEXT_SIZES, Settings, Theme
from ui.actions import MENUS, SPECS, Actions

SEPARATED = {
    "practice",
    "sign",
    "sheet",
    "details",
    "lock",
    "quit",
    "find",
    "settings",
    "copy",
    "next_document",
    "zoom_in",
    "turn_right",
    "thumbnails",
    "mark_by_keys",
    "rate_1",
    "next_criterion",
    "comment",
    "next_application",
    "about",
}
"""Actions that begin a group of their own in their menu."""


def fill(bar: QMenuBar, actions: Actions, settings: Settings, choose: Callable[[Settings], None]) -> QMenu:
    """Put every action in its menu; the answer is the menu of the files opened lately."""
    bar.clear()
    recent = QMenu(_("Opened lately"), bar)
    for name, text in MENUS:
        menu = bar.addMenu(text())
        for spec in SPECS:
            if spec.menu == name:
                if spec.name in SEPARATED:
                    menu.addSeparator()
                menu.addAction(actions[spec.name])
                if spec.name == "open_folder":
                    menu.addMenu(recent)
        if name == "view":
            _add_choices(menu, settings, choose)
    return recent


def fill_recent(menu: QMenu, files: Sequence[str], open_: Callable[[Path], None], forget: Callable[[], None]) -> None:
    """Show the files opened lately, the newest first; those that are gone say so and cannot be chosen."""
    menu.clear()
    menu.setEnabled(bool(files))
    for number, file in enumerate(files, start=1):
        path = Path(file)
        there = path.exists()
        words = path.name if there else _("{file} (not there any more)").format(file=path.name)
        action = menu.addAction(f"&{number}  {words.replace('&', '&&')}")
        action.setToolTip(file)
        action.setStatusTip(file)
        action.setEnabled(there)
        action.triggered.connect(lambda _on=False, path=path: open_(path))
    menu.addSeparator()
    menu.addAction(_("Clear the list")).triggered.connect(forget)


def languages() -> tuple[tuple[Language, str], ...]:
    """The languages, each by its own name."""
    return ((Language.SWEDISH, "Svenska"), (Language.ENGLISH, "English"))


def themes() -> tuple[tuple[Theme, str], ...]:
    """The themes in words."""
    return (
        (Theme.SYSTEM, _("As the system")),
        (Theme.LIGHT, _("Light")),
        (Theme.DARK, _("Dark")),
        (Theme.CONTRAST, _("High contrast")),
    )


def sizes() -> tuple[tuple[int, str], ...]:
    """The sizes of text in words."""
    return tuple((size, f"{size}\N{NO-BREAK SPACE}%") for size in TEXT_SIZES)


def _add_choices(view: QMenu, settings: Settings, choose: Callable[[Settings], None]) -> None:
    view.addSeparator()
    for title, options, field, now in (
        (_("Language"), languages(), "language", i18n.language()),
        (_("Theme"), themes(), "theme", settings.theme),
        (_("Text size"), sizes(), "text_size", settings.text_size),
    ):
        menu = view.addMenu(title)
        group = QActionGroup(menu)
        for value, text in options:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(value == now)
            action.setObjectName(f"{field}_{value}")
            group.addAction(action)
            action.triggered.connect(
                lambda _on=False, field=field, value=value: choose(replace(settings, **{field: value}))
            )
