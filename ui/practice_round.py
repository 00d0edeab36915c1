"""The practice round put into a workspace of its own, where everything is fictional."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ui.desk import now

if TYPE_CHECKING:
    from esf_desktop.workspace import Workspace

ASSESSED = 3
"""Applications that are judged beforehand, as examples."""


def fill(workspace: "Workspace") -> None:
    """Make the practice round, take it in as a call package would be, and judge the first applications as examples."""
    from esf_desktop.assessor import identity, intake
    from esf_desktop.documents.client import Documents
    from esf_desktop.model import Assessor
    from esf_desktop.practice import round as practice
    from esf_desktop.practice.assessors import Finder, assess_application

    at = now()
    made = practice.make(at=at)
    reader = made.call.assessors[0]
    if workspace.assessor() is None:
        identity.introduce(workspace, Assessor(reader.id, reader.name, "Övning"), at=at)
    with tempfile.TemporaryDirectory() as folder, Documents() as documents:
        package = Path(folder) / "call.esfcall"
        package.write_bytes(made.package)
        (taken,) = intake.take_files(workspace, documents, [package], at=at, confirm=made.key.fingerprint).taken
        if taken.error is not None:
            raise taken.error
        finder = Finder(documents)
        for content in practice.contents(len(made.call.applications))[:ASSESSED]:
            assess_application(workspace, finder, content, 1, at=at)
