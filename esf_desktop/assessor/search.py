"""Finding words in everything on the desk: documents, comments, evidence, overall texts and one's own notes."""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from esf_desktop import finding
from esf_desktop.documents.media import PDF
from esf_desktop.finding import Term
from esf_desktop.i18n import _, context
from esf_desktop.model import Application, ApplicationId, CriterionId, DocumentId, Evidence, Value
from esf_desktop.workspace import Workspace

FEW = 3
"""Pages of one application, and texts of one's own, that are shown at least when everything is searched."""
SHOWN = 120
"""Such pages of a whole round, shared among its applications; the others are counted."""


class Where(StrEnum):
    """What kind of text a hit stands in."""

    DOCUMENT = "document"
    COMMENT = "comment"
    EVIDENCE = "evidence"
    OVERALL = "overall"
    NOTE = "note"

    def word(self) -> str:
        """The kind in the language spoken now."""
        match self:
            case Where.DOCUMENT:
                return _("Documents")
            case Where.COMMENT:
                return _("Comments")
            case Where.EVIDENCE:
                return _("Evidence")
            case Where.OVERALL:
                return _("Overall assessments")
            case Where.NOTE:
                return _("Private notes")

    def one(self) -> str:
        """One text of the kind."""
        match self:
            case Where.DOCUMENT:
                return context("kind of text", "Document")
            case Where.COMMENT:
                return context("kind of text", "Comment")
            case Where.EVIDENCE:
                return context("kind of text", "Evidence")
            case Where.OVERALL:
                return context("kind of text", "Overall assessment")
            case Where.NOTE:
                return context("kind of text", "Private note")


class SearchHit(Value, frozen=True):
    """A page or a text of one's own that holds the words."""

    where: Where
    application: ApplicationId
    pieces: tuple[str, ...]
    """The text around the first place; every second piece is what was found."""
    criterion: CriterionId | None = None
    document: DocumentId | None = None
    name: str = ""
    place: int = 0
    """Physical page from 0, or block of a text document."""
    paged: bool = True
    """Whether the document has pages."""
    start: int = 0
    """Where in the text of the page or block the first words stand."""
    end: int = 0
    evidence: Evidence | None = None

    @property
    def around(self) -> str:
        """The text around, with what was found between [[ and ]]."""
        return "".join(f"[[{piece}]]" if n % 2 else piece for n, piece in enumerate(self.pieces))

    @property
    def match(self) -> str:
        """The words as they stand there."""
        return self.pieces[1] if len(self.pieces) > 1 else ""


class Results(Value, frozen=True):
    """What a search found: hits in the round's order, one's own texts first, and how many there are of each."""

    hits: tuple[SearchHit, ...] = ()
    counts: dict[ApplicationId, int] = msgspec.field(default_factory=dict)
    """How many hits each application has, shown or not; every application that has any."""


def search(workspace: Workspace, words: str) -> tuple[SearchHit, ...]:
    """Every place in the current round that holds all the words; `finding.terms` tells how they are read."""
    return find(workspace, words, all_of_it=True).hits


def find(
    workspace: Workspace,
    words: str,
    *,
    kinds: frozenset[Where] = frozenset(Where),
    only: ApplicationId | None = None,
    all_of_it: bool = False,
) -> Results:
    """The places that hold all the words, of these kinds and perhaps in one application.

    Args:
        all_of_it: show every place; else the first ones of each application, and count the others.
    """
    if not (wanted := finding.terms(words)):
        return Results()
    applications = [one for one in workspace.applications() if only in (None, one.id)]
    own = _own_texts(workspace, wanted, kinds, only) if kinds - {Where.DOCUMENT} else {}
    pages = _pages(workspace, wanted, applications) if Where.DOCUMENT in kinds else {}
    most = None if all_of_it else max(FEW, SHOWN // max(1, len(applications)))
    shown = {owner: there[:most] for owner, there in pages.items()}
    texts = workspace.store.texts(number for there in shown.values() for _document, _place, number in there)
    hits: list[SearchHit] = []
    counts: dict[ApplicationId, int] = {}
    for application in applications:
        here, there = own.get(application.id, []), pages.get(application.id, [])
        if here or there:
            counts[application.id] = len(here) + len(there)
            hits += [_own(text, wanted) for text in here[:most]]
            hits += (_read(application, wanted, page, texts[page[2]]) for page in shown.get(application.id, ()))
    return Results(tuple(hits), counts)


Page = tuple[DocumentId, int, int]
"""A page of the index: its document, its place there, and the number that its text is read by."""
OwnText = tuple[Where, ApplicationId, CriterionId | None, str, Evidence | None]


def _own_texts(
    workspace: Workspace, wanted: tuple[Term, ...], kinds: frozenset[Where], only: ApplicationId | None
) -> dict[ApplicationId, list[OwnText]]:
    found: dict[ApplicationId, list[OwnText]] = {}
    for text in _texts(workspace):
        if text[3] and text[0] in kinds and only in (None, text[1]) and finding.holds(text[3], wanted):
            found.setdefault(text[1], []).append(text)
    return found


def _own(text: OwnText, wanted: tuple[Term, ...]) -> SearchHit:
    where, application, criterion, words, evidence = text
    place = finding.first(words, wanted)
    return SearchHit(where, application, place.pieces if place else (words,), criterion, evidence=evidence)


def _texts(workspace: Workspace) -> Iterator[OwnText]:
    notes = workspace.notes()
    for application, draft in workspace.drafts().items():
        yield Where.OVERALL, application, None, draft.overall, None
        yield Where.NOTE, application, None, notes.get((application, None), ""), None
        for judgement in draft.judgements:
            criterion = judgement.criterion
            yield Where.COMMENT, application, criterion, judgement.comment, None
            for evidence in judgement.evidence:
                yield Where.EVIDENCE, application, criterion, evidence.quote, evidence
            yield Where.NOTE, application, criterion, notes.get((application, criterion), ""), None


def _pages(
    workspace: Workspace, wanted: tuple[Term, ...], applications: list[Application]
) -> dict[ApplicationId, list[Page]]:
    owners: dict[DocumentId, list[tuple[ApplicationId, int]]] = {}
    for application in applications:
        for order, document in enumerate(application.documents):
            owners.setdefault(document.sha256, []).append((application.id, order))
    found: dict[ApplicationId, list[tuple[int, Page]]] = {}
    for page in workspace.store.search(wanted):
        for owner, order in owners.get(page[0], ()):
            found.setdefault(owner, []).append((order, page))
    return {owner: [page for _order, page in sorted(pages, key=_reading_order)] for owner, pages in found.items()}


def _reading_order(found: tuple[int, Page]) -> tuple[int, int]:
    return found[0], found[1][1]


def _read(application: Application, wanted: tuple[Term, ...], page: Page, text: str) -> SearchHit:
    document, place, _number = page
    known = next(one for one in application.documents if one.sha256 == document)
    found = finding.first(text, wanted) or finding.Found(0, 0, (text[: finding.AROUND],))
    return SearchHit(
        Where.DOCUMENT,
        application.id,
        found.pieces,
        document=document,
        name=known.name,
        place=place,
        paged=known.media_type == PDF,
        start=found.start,
        end=found.end,
    )
