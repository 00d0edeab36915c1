"""Making the documents of the round searchable: what is missing of the index is built, and what cannot be is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from enum import StrEnum

from esf_desktop.documents.client import Documents
from esf_desktop.errors import EsfError
from esf_desktop.model import ApplicationId, Document, DocumentId
from esf_desktop.workspace import Workspace


class Gap(StrEnum):
    """Why a search does not look in the documents of an application."""

    WAITING = "waiting"
    """Some document is not indexed yet."""
    NO_TEXT = "no_text"
    """No page of any document holds text: scanned, locked, or not readable."""


def waiting(workspace: Workspace) -> tuple[Document, ...]:
    """The documents of the current round that are not indexed yet, in its order, each once."""
    indexed = workspace.store.indexed()
    found: dict[DocumentId, Document] = {}
    for application in workspace.applications():
        for document in application.documents:
            if document.sha256 not in indexed and workspace.store.has(document.sha256):
                found.setdefault(document.sha256, document)
    return tuple(found.values())


def gaps(workspace: Workspace) -> dict[ApplicationId, Gap]:
    """The applications that a search sees nothing of, or not everything yet."""
    indexed = workspace.store.indexed()
    found: dict[ApplicationId, Gap] = {}
    for application in workspace.applications():
        pages = [indexed.get(document.sha256) for document in application.documents]
        if None in pages:
            found[application.id] = Gap.WAITING
        elif pages and not any(pages):
            found[application.id] = Gap.NO_TEXT
    return found


def build(
    workspace: Workspace, documents: Documents, *, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Index what is missing, one document at a time; `progress` may raise to stop. Answers how many were indexed."""
    missing = waiting(workspace)
    # The next document is read in the worker while this one is written.
    with ThreadPoolExecutor(1, thread_name_prefix="index") as reader:
        reading = [reader.submit(_texts, workspace, documents, document) for document in missing[:1]]
        for number, document in enumerate(missing):
            progress(number, len(missing))
            texts = reading.pop().result()
            reading += [
                reader.submit(_texts, workspace, documents, later) for later in missing[number + 1 : number + 2]
            ]
            workspace.store.index(document.sha256, texts)
    return len(missing)


def _texts(workspace: Workspace, documents: Documents, document: Document) -> tuple[str, ...]:
    """The text of each page or block; none when the document cannot be shown, which its view says by itself."""
    try:
        with closing(documents.open(workspace.document(document.sha256), document.name)) as opened:
            return tuple(opened.texts())
    except EsfError:
        return ()
