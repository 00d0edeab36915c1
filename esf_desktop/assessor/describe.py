"""Correcting what the program guessed, or the secretariat wrote, about an application."""

from datetime import datetime

from esf_desktop.model import Application
from esf_desktop.workspace import Change, Workspace


def correct(workspace: Workspace, application: Application, *, at: datetime) -> Change:
    """Show these facts about the application on this desk; its documents and diary number stay as they came."""
    call = workspace.call()
    known = call.application(application.id) if call else application
    with workspace.write(at=at) as work:
        work.put(application.id, "described", None if application == known else application)
    return work.change
