"""The practice round on a desk of its own, with its first applications worked as examples."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from esf_desktop.assessor import identity, intake
from esf_desktop.documents.client import Documents
from esf_desktop.model import Assessor
from esf_desktop.practice import round as practice
from esf_desktop.practice.assessors import Finder, assess_application
from esf_desktop.workspace import Workspace

EXAMPLES = 2
"""Applications that are assessed beforehand."""


def put_on_desk(
    workspace: Workspace,
    documents: Documents,
    *,
    at: datetime,
    applications: int = 12,
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Make the round, take it in as any call package, and assess the first applications of it."""
    steps = 2 + EXAMPLES
    step(0, steps)
    made = practice.make(applications=applications, at=at)
    reader = made.call.assessors[0]
    identity.introduce(workspace, Assessor(reader.id, reader.name, made.call.body), at=at)
    step(1, steps)
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "call.esfcall"
        package.write_bytes(made.package)
        (taken,) = intake.take_files(workspace, documents, [package], at=at, confirm=made.key.fingerprint).taken
    if taken.error is not None:
        raise taken.error
    finder = Finder(documents)
    for number, content in enumerate(practice.contents(min(EXAMPLES, applications))):
        step(2 + number, steps)
        assess_application(workspace, finder, content, 1, at=at)
