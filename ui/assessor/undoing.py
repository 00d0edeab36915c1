"""Undo and redo in the window: the menu names the step, and afterwards it is said what was taken back."""

from esf_desktop import history
from esf_desktop.assessor import assess
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId
from ui.actions import Actions
from ui.assessor import step_words
from ui.desk import Desk


def show(desk: Desk, actions: Actions, application: ApplicationId) -> None:
    """Let the two actions say what they would do in this application."""
    steps = desk.workspace.steps(application)
    for name, step, words, plain in (
        ("undo", history.undoable(steps), _("Undo: {step}"), step_words.limit(history.limit(steps)) or _("Undo")),
        ("redo", history.redoable(steps), _("Redo: {step}"), _("Redo")),
    ):
        actions[name].setEnabled(step is not None)
        actions[name].setText(words.format(step=step_words.name(desk.call, step)) if step else plain)


def undo(desk: Desk, application: ApplicationId) -> None:
    """Take back the latest step, and say which; saving what was typed may have left none, and then that is said."""
    step = history.undoable(desk.workspace.steps(application))
    if step is None:
        desk.announced.emit(assess.NothingToUndoError().sentence())
    elif desk.do(assess.undo, application) is not None:
        desk.announced.emit(_("Undone: {step}").format(step=step_words.name(desk.call, step)))


def redo(desk: Desk, application: ApplicationId) -> None:
    """Take the latest undone step again, and say which, or that there is none."""
    step = history.redoable(desk.workspace.steps(application))
    if step is None:
        desk.announced.emit(assess.NothingToUndoError().sentence())
    elif desk.do(assess.redo, application) is not None:
        desk.announced.emit(_("Redone: {step}").format(step=step_words.name(desk.call, step)))
