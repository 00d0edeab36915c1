"""Everything that a key or a menu can do: its name, its words, its keys. Keys can be changed in the settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from esf_desktop.i18n import _


@dataclass(frozen=True, slots=True)
class Spec:
    """One action: its stable name, the menu it stands in, its words, and its keys as Qt writes them."""

    name: str
    menu: str
    text: Callable[[], str]
    keys: tuple[str, ...] = ()


SPECS = (
    Spec("open", "file", lambda: _("Open…"), ("Ctrl+O",)),
    Spec("open_folder", "file", lambda: _("Open folder…"), ("Ctrl+Shift+O",)),
    Spec("rounds", "file", lambda: _("Change round…"), ("Ctrl+Shift+U",)),
    Spec("purge_round", "file", lambda: _("Purge a finished round…"), ()),
    Spec("practice", "file", lambda: _("Try the practice round"), ()),
    Spec("new_call", "file", lambda: _("New call…"), ("Ctrl+N",)),
    Spec("open_register", "file", lambda: _("Open register…"), ()),
    Spec("open_on_server", "file", lambda: _("Register on a server…"), ()),
    Spec("sign", "file", lambda: _("Sign and send…"), ("Ctrl+Shift+S",)),
    Spec("sheet", "file", lambda: _("Assessment sheet as PDF…"), ("Ctrl+P",)),
    Spec("all_sheets", "file", lambda: _("All assessment sheets as PDF…"), ()),
    Spec("blank_sheet", "file", lambda: _("Blank sheets to fill in by hand…"), ()),
    Spec("paper", "file", lambda: _("Enter a paper sheet…"), ("Ctrl+Shift+P",)),
    Spec("signed_sheet", "file", lambda: _("Give out a signed sheet…"), ()),
    Spec("card", "file", lambda: _("Smart card…"), ()),
    Spec("details", "file", lambda: _("Your details…"), ()),
    Spec("backups", "file", lambda: _("Backups…"), ()),
    Spec("lock", "file", lambda: _("Lock now"), ("Ctrl+L",)),
    Spec("quit", "file", lambda: _("Quit"), ("Ctrl+Q",)),
    Spec("undo", "edit", lambda: _("Undo"), ("Ctrl+Z",)),
    Spec("redo", "edit", lambda: _("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
    Spec("copy", "edit", lambda: _("Copy"), ("Ctrl+C",)),
    Spec("history", "edit", lambda: _("History…"), ("Ctrl+H",)),
    Spec("find", "edit", lambda: _("Find in the document"), ("Ctrl+F",)),
    Spec("find_next", "edit", lambda: _("Next hit"), ("F3",)),
    Spec("find_previous", "edit", lambda: _("Previous hit"), ("Shift+F3",)),
    Spec("settings", "edit", lambda: _("Settings…"), ("Ctrl+,",)),
    Spec("page_round", "view", lambda: _("The round"), ("Ctrl+1",)),
    Spec("page_assess", "view", lambda: _("Assess"), ("Ctrl+2",)),
    Spec("page_turned", "view", lambda: _("One principle at a time"), ("Ctrl+3",)),
    Spec("page_overview", "view", lambda: _("Overview"), ("Ctrl+4",)),
    Spec("page_search", "view", lambda: _("Search"), ("Ctrl+5", "Ctrl+Shift+F")),
    Spec("page_sign", "view", lambda: _("Sign"), ("Ctrl+6",)),
    Spec("next_page", "document", lambda: _("Next page"), ("Alt+PgDown",)),
    Spec("previous_page", "document", lambda: _("Previous page"), ("Alt+PgUp",)),
    Spec("go_to_page", "document", lambda: _("Go to page…"), ("Ctrl+G",)),
    Spec("next_document", "document", lambda: _("Next document"), ("Ctrl+PgDown",)),
    Spec("previous_document", "document", lambda: _("Previous document"), ("Ctrl+PgUp",)),
    Spec("zoom_in", "document", lambda: _("Zoom in"), ("Ctrl++", "Ctrl+=")),
    Spec("zoom_out", "document", lambda: _("Zoom out"), ("Ctrl+-",)),
    Spec("fit_width", "document", lambda: _("Fit width"), ("Ctrl+0",)),
    Spec("fit_page", "document", lambda: _("Fit page"), ("Ctrl+9",)),
    Spec("turn_right", "document", lambda: _("Turn right"), ("Ctrl+R",)),
    Spec("turn_left", "document", lambda: _("Turn left"), ("Ctrl+Shift+R",)),
    Spec("thumbnails", "document", lambda: _("Thumbnails"), ("Alt+1",)),
    Spec("contents", "document", lambda: _("Contents"), ("Alt+2",)),
    Spec("hits", "document", lambda: _("Search hits"), ("Alt+3",)),
    Spec("page_text", "document", lambda: _("Text of the page"), ("Alt+4",)),
    Spec("mark_by_keys", "document", lambda: _("Mark with the keyboard"), ("F7",)),
    Spec("own_window", "document", lambda: _("Document in a window of its own"), ("Ctrl+Shift+D",)),
    Spec("conflict", "assess", lambda: _("Conflict of interest…"), ("Ctrl+J",)),
    Spec("rate_1", "assess", lambda: _("Rate: first step"), ("1",)),
    Spec("rate_2", "assess", lambda: _("Rate: second step"), ("2",)),
    Spec("rate_3", "assess", lambda: _("Rate: third step"), ("3",)),
    Spec("rate_4", "assess", lambda: _("Rate: fourth step"), ("4",)),
    Spec("next_criterion", "assess", lambda: _("Next criterion"), ("J",)),
    Spec("previous_criterion", "assess", lambda: _("Previous criterion"), ("K",)),
    Spec("comment", "assess", lambda: _("Write the comment"), ("C",)),
    Spec("note", "assess", lambda: _("Write a private note"), ("N",)),
    Spec("evidence", "assess", lambda: _("Selection as evidence"), ("E",)),
    Spec("evidence_for", "assess", lambda: _("Selection as evidence for…"), ("Shift+E",)),
    Spec("next_place", "assess", lambda: _("Next place with a search word"), ("H",)),
    Spec("previous_place", "assess", lambda: _("Previous place with a search word"), ("Shift+H",)),
    Spec("change_evidence", "assess", lambda: _("Change the extent of the evidence"), ("Shift+B",)),
    Spec("evidence_list", "assess", lambda: _("List of evidence"), ("B", "Alt+5")),
    Spec("only_this", "assess", lambda: _("Only this criterion's evidence"), ("O",)),
    Spec("goals", "assess", lambda: _("Goals of the strategies…"), ("G",)),
    Spec("main_area", "assess", lambda: _("Main area, or not"), ("M",)),
    Spec("back", "assess", lambda: _("Back in the document"), ("Backspace",)),
    Spec("next_application", "assess", lambda: _("Next application"), ("Alt+Right",)),
    Spec("previous_application", "assess", lambda: _("Previous application"), ("Alt+Left",)),
    Spec("finish", "assess", lambda: _("Done, next"), ("Ctrl+Enter", "Ctrl+Return")),
    Spec("leave", "assess", lambda: _("Leave the text field"), ("Esc",)),
    Spec("user_guide", "help", lambda: _("User guide"), ("F1",)),
    Spec("guide", "help", lambda: _("Guide to the open criterion"), ("Shift+F1",)),
    Spec("keys", "help", lambda: _("Keyboard shortcuts"), ("Ctrl+/",)),
    Spec("log", "help", lambda: _("Show the log"), ()),
    Spec("error_report", "help", lambda: _("Error report…"), ()),
    Spec("about", "help", lambda: _("About ESF Desktop"), ()),
)
MENUS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("file", lambda: _("&File")),
    ("edit", lambda: _("&Edit")),
    ("view", lambda: _("&View")),
    ("document", lambda: _("&Document")),
    ("assess", lambda: _("&Assessment")),
    ("help", lambda: _("&Help")),
)


def keys_of(spec: Spec, changed: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of an action once some were changed; the empty text took its key away."""
    if spec.name not in changed:
        return spec.keys
    return (changed[spec.name],) if changed[spec.name] else ()


class Actions(QObject):
    """The window's actions by name; a text field that has the focus keeps the single keys to itself, as Qt has it."""

    def __init__(self, window: QWidget, changed_keys: Mapping[str, str]) -> None:
        super().__init__(window)
        self._made: dict[str, QAction] = {}
        for spec in SPECS:
            action = QAction(spec.text(), self)
            action.setShortcuts([QKeySequence(key) for key in keys_of(spec, changed_keys)])
            action.setObjectName(spec.name)
            window.addAction(action)
            self._made[spec.name] = action
        self["quit"].setMenuRole(QAction.MenuRole.QuitRole)
        self["settings"].setMenuRole(QAction.MenuRole.PreferencesRole)
        self["about"].setMenuRole(QAction.MenuRole.AboutRole)

    def __getitem__(self, name: str) -> QAction:
        return self._made[name]

    def all(self) -> list[QAction]:
        """Every action, for a second window in which the same keys are to act."""
        return list(self._made.values())

    def key(self, name: str) -> str:
        """The key to print on a control; empty when the action has none."""
        return self._made[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def with_key(self, name: str, words: str) -> str:
        """Words for a control's tool tip, with the action's key after them."""
        key = self.key(name)
        return f"{words} ({key})" if key else words

    def enable(self, names: tuple[str, ...], *, on: bool) -> None:
        """Let these actions be used, or not."""
        for name in names:
            self._made[name].setEnabled(on)
