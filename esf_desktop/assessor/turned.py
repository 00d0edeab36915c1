"""One principle across all applications: the words that lead to its evidence, and the places where they stand."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from esf_desktop import finding
from esf_desktop.assessor.assess import clean
from esf_desktop.documents.media import PDF
from esf_desktop.model import ApplicationId, CriterionId, DocumentId, Value
from esf_desktop.workspace import Change, Workspace, fields

MOST_WORDS = 60
LONGEST_WORD = 80
"""Characters of one search word."""
MOST_PLACES = 300


class WordPlace(Value, frozen=True):
    """A place with a search word, and the sentence around it, as characters of the page's or block's text."""

    document: DocumentId
    name: str
    place: int
    """Physical page from 0, or block of a text document."""
    paged: bool
    """Whether the document has pages."""
    start: int
    end: int
    pieces: tuple[str, ...]
    """The text around; every second piece is a search word."""


def search_words(workspace: Workspace, criterion: CriterionId) -> tuple[str, ...]:
    """The criterion's search words: one's own for this round, or else the framework's."""
    return own_words(workspace, criterion) or framework_words(workspace, criterion)


def own_words(workspace: Workspace, criterion: CriterionId) -> tuple[str, ...]:
    """The words that the assessor has put in the place of the framework's; none when they stand."""
    return cast("tuple[str, ...]", workspace.value("", fields.of("search_words", criterion)) or ())


def framework_words(workspace: Workspace, criterion: CriterionId) -> tuple[str, ...]:
    """The words that the call's framework names."""
    call = workspace.call()
    return call.criterion(criterion).search_words if call else ()


def choose_words(workspace: Workspace, criterion: CriterionId, words: Iterable[str], *, at: datetime) -> Change:
    """Search for these words instead, in this round; for the framework's again when there are none, or the same."""
    wanted = list(dict.fromkeys(" ".join(clean(word).split())[:LONGEST_WORD].strip() for word in words))
    kept = tuple(word for word in wanted if finding.findable(word))[:MOST_WORDS]
    if kept == framework_words(workspace, criterion):
        kept = ()
    with workspace.write(at=at) as work:
        work.put("", fields.of("search_words", criterion), kept)
    return work.change


def word_places(workspace: Workspace, application: ApplicationId, criterion: CriterionId) -> tuple[WordPlace, ...]:
    """Where the criterion's search words stand in the documents of an application, in reading order."""
    documents = {document.sha256: document for document in workspace.application(application).documents}
    wanted = finding.beginnings(search_words(workspace, criterion))
    order = list(documents)
    pages = [page for page in workspace.store.search(wanted, any_of=True) if page[0] in documents]
    pages.sort(key=lambda page: (order.index(page[0]), page[1]))
    texts = workspace.store.texts(number for _document, _place, number in pages)
    found: list[WordPlace] = []
    for document, place, number in pages:
        text, known = texts[number], documents[document]
        until = -1
        for one in finding.around(text, finding.places(text, wanted)):
            start, end = finding.passage(text, one.start, one.end)
            if start >= until:
                found.append(WordPlace(document, known.name, place, known.media_type == PDF, start, end, one.pieces))
                until = end
        if len(found) >= MOST_PLACES:
            break
    return tuple(found[:MOST_PLACES])
