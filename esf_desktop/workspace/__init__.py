"""The databases on the person's computer: tables, journal, documents and search index."""

from esf_desktop.workspace.work import Change as Change
from esf_desktop.workspace.work import Work as Work
from esf_desktop.workspace.workspace import Workspace as Workspace
