"""Rounds for tests: a small call with two applications, and a workspace that has taken it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from esf_desktop.framework import builtin
from esf_desktop.history import Kind
from esf_desktop.model import (
    Application,
    ApplicationId,
    Assessor,
    AssessorId,
    Call,
    CallId,
    CriterionId,
    Document,
    DocumentId,
    Evidence,
    Rect,
)
from esf_desktop.workspace import Workspace

AT = datetime(2026, 11, 23, 13, 32, 8, tzinfo=UTC)
FIRST, SECOND = ApplicationId("2026/00112"), ApplicationId("2026/00115")
SAM, RUS, LAR = CriterionId("SAM"), CriterionId("RUS"), CriterionId("LAR")
PERSON = Assessor(AssessorId("6f1c0f1e-8f2b-4f0e-9a53-0d8a1f1b2c3d"), "Bedömare 1", "Övningsregionen")
DOCUMENT = Document(DocumentId("ab" * 32), "ansokan.pdf", "application/pdf", 1000)


def later(seconds: float) -> datetime:
    """A moment after the first one."""
    return AT + timedelta(seconds=seconds)


def call(*, practice: bool = False) -> Call:
    """A call with six principles and two applications."""
    framework = builtin()
    return Call(
        id=CallId("2026-ON-1"),
        call_version=1,
        body="Partnerskapet",
        title="Kompetens i glesbygd",
        diary_number="2026/00042",
        deadline=date(2026, 12, 8),
        framework=framework,
        selected_principles=tuple(p.id for p in framework.principles[:6]),
        applications=(
            Application(FIRST, "Kompetenskliv Inland", "Övningskommunen", (DOCUMENT,)),
            Application(SECOND, "Åtta kommuner, ett lärande", "Norrlandslärandet"),
        ),
        practice=practice,
    )


def workspace(folder: Path, passphrase: str | None = None) -> Workspace:
    """A workspace with that call and a person in it."""
    made = Workspace.open(folder, passphrase)
    take(made, call())
    return made


def take(desk: Workspace, taken: Call) -> None:
    """Put a call on the desk as intake does, but without a package."""
    with desk.write(at=AT, kind=Kind.SEAL) as work:
        work.put("", "assessor", PERSON, round_="")
        work.put("", "current", taken.id, round_="")
        work.put("", "call", taken, round_=taken.id)


def quote(text: str = "åtta kommuner i båda länen", page: int = 13) -> Evidence:
    """A piece of evidence on a page."""
    return Evidence(DOCUMENT.sha256, text, page, str(page + 1), (Rect(7212, 40310, 31000, 41200),))
