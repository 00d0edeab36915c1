"""The round of applications that a person opens without a call package: the built-in framework, and no secretariat."""

from datetime import datetime
from pathlib import Path

from esf_desktop import framework
from esf_desktop.documents.metadata import Guess, guess
from esf_desktop.history import Kind
from esf_desktop.i18n import _
from esf_desktop.model import Application, ApplicationId, Call, CallId, Document, replace
from esf_desktop.workspace import Workspace

OWN = CallId("egna-ansokningar")
FIRST_PAGES = 4
"""Where the facts about an application are looked for."""


def add(
    workspace: Workspace, documents: tuple[tuple[Document, tuple[str, ...]], ...], *, at: datetime
) -> tuple[ApplicationId, bool]:
    """Add documents with the text of their pages as an application, or to the one with the same diary number.

    Returns:
        The application, and whether it is a new one. What was guessed from the text is for the person to correct.
    """
    known = next((call for call in workspace.rounds() if call.id == OWN), None)
    call = known or _empty()
    guessed = guess("\n".join(text for _document, pages in documents for text in pages[:FIRST_PAGES]))
    found = tuple(document for document, _pages in documents)
    for application in call.applications:
        already = {document.sha256 for document in application.documents}
        same_number = guessed.diary_number == application.id
        if same_number or already & {document.sha256 for document in found}:
            more = tuple(document for document in found if document.sha256 not in already)
            added = replace(application, documents=application.documents + more)
            others = tuple(added if a.id == added.id else a for a in call.applications)
            _write(workspace, replace(call, applications=others), at)
            return added.id, False
    application = _application(guessed, found, {a.id for a in call.applications})
    _write(workspace, replace(call, applications=(*call.applications, application)), at)
    return application.id, True


def _write(workspace: Workspace, call: Call, at: datetime) -> None:
    with workspace.write(at=at, kind=Kind.SEAL) as work:
        work.put("", "current", OWN, round_="")
        work.put("", "call", call, round_=OWN)


def _empty() -> Call:
    built_in = framework.builtin()
    return Call(
        id=OWN,
        call_version=1,
        body="",
        title=_("Applications without a call package"),
        diary_number="",
        deadline=None,
        framework=built_in,
        selected_principles=tuple(principle.id for principle in built_in.principles),
        applications=(),
    )


def _application(guessed: Guess, documents: tuple[Document, ...], taken: set[ApplicationId]) -> Application:
    stem = Path(documents[0].name).stem
    wanted = guessed.diary_number or stem
    number = next(n for n in (wanted, *(f"{wanted} ({i})" for i in range(2, 10_000))) if n not in taken)
    return Application(
        id=ApplicationId(number),
        project_name=guessed.project_name or stem,
        applicant_name=guessed.applicant_name or "",
        documents=documents,
        organisation_number=guessed.organisation_number or "",
        start_date=guessed.start_date,
        end_date=guessed.end_date,
        requested_support=guessed.requested_support,
        co_financing=guessed.co_financing,
        total_budget=guessed.total_budget,
        municipalities=guessed.municipalities or (),
    )
