"""Finding words in everything on the desk: documents, comments, evidence, and one's own notes."""

import re
from enum import StrEnum

from esf_desktop.model import ApplicationId, CriterionId, DocumentId, Value
from esf_desktop.workspace import Workspace
from esf_desktop.workspace.document_store import match_query


class Where(StrEnum):
    """What kind of text a hit stands in."""

    DOCUMENT = "document"
    COMMENT = "comment"
    EVIDENCE = "evidence"
    OVERALL = "overall"
    NOTE = "note"


class SearchHit(Value, frozen=True):
    """A place that holds the words: `around` is the text with the found words between [[ and ]]."""

    where: Where
    application: ApplicationId
    around: str
    criterion: CriterionId | None = None
    document: DocumentId | None = None
    name: str = ""
    place: int = 0
    """Physical page from 0, or block of a text document."""


def search(workspace: Workspace, words: str) -> tuple[SearchHit, ...]:
    """Every place in the current round, the person's own texts first, then documents, best first.

    All words must be there; "quoted words" are a phrase, the last word may be unfinished. å, ä and ö are letters of
    their own.
    """
    if not match_query(words):
        return ()
    return (*_own_texts(workspace, words), *_documents(workspace, words))


def _own_texts(workspace: Workspace, words: str) -> tuple[SearchHit, ...]:
    wanted = [re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE) for word in re.findall(r"\w+", words)]
    hits = []
    for application, draft in workspace.drafts().items():
        texts: list[tuple[Where, CriterionId | None, str]] = [
            (Where.OVERALL, None, draft.overall),
            (Where.NOTE, None, workspace.note(application)),
        ]
        for judgement in draft.judgements:
            texts.append((Where.COMMENT, judgement.criterion, judgement.comment))
            texts += [(Where.EVIDENCE, judgement.criterion, evidence.quote) for evidence in judgement.evidence]
            texts.append((Where.NOTE, judgement.criterion, workspace.note(application, judgement.criterion)))
        for where, criterion, text in texts:
            if text and all(word.search(text) for word in wanted):
                hits.append(SearchHit(where, application, _marked(text, wanted), criterion))
    return tuple(hits)


def _documents(workspace: Workspace, words: str) -> tuple[SearchHit, ...]:
    owners = {
        document.sha256: (application.id, document.name)
        for application in workspace.applications()
        for document in application.documents
    }
    return tuple(
        SearchHit(
            Where.DOCUMENT,
            owners[hit.document][0],
            " ".join(hit.around.split()),
            document=hit.document,
            name=owners[hit.document][1],
            place=hit.place,
        )
        for hit in workspace.store.search(words)
        if hit.document in owners
    )


def _marked(text: str, wanted: list[re.Pattern[str]]) -> str:
    for word in wanted:
        text = word.sub(lambda found: f"[[{found.group()}]]", text)
    return text
