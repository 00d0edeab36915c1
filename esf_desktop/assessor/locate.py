"""Finding where a quote that somebody wrote down stands in an application's documents."""

from contextlib import closing

from esf_desktop.documents.client import Documents
from esf_desktop.model import Application, Evidence, Value
from esf_desktop.workspace import Workspace


class Sought(Value, frozen=True):
    """What came of the search: the evidence with its place, or what a person needs to know to write it otherwise."""

    evidence: Evidence | None
    """None when the words are not there, or not on that page."""
    on_page: Evidence | None
    """The words as they were written, on the page of that label; None when no document has such a page."""
    labels: tuple[str, ...]
    """What is printed on the pages of the first document that was looked in."""
    has_text: bool
    """False when none of the documents can be searched; then the page alone is the place."""


def locate(
    workspace: Workspace, documents: Documents, application: Application, quote: str, page: str = "", name: str = ""
) -> Sought:
    """Where the quote stands: on the page of that label, or anywhere; in the document of that name, or in any.

    Raises:
        CannotShowError: a document cannot be read; with its sentence.
    """
    on_page: Evidence | None = None
    labels: tuple[str, ...] | None = None
    has_text = False
    for document in application.documents:
        if name not in ("", document.name):
            continue
        with closing(documents.open(workspace.document(document.sha256), document.name)) as opened:
            pages = [known.label for known in opened.info.pages]
            labels = tuple(pages) if labels is None else labels
            has_text = has_text or opened.info.has_text
            if page in pages and on_page is None:
                on_page = Evidence(document.sha256, quote, pages.index(page), page)
            if not opened.info.has_text:
                if page in pages:
                    return Sought(on_page, on_page, labels, has_text)
                continue
            for hit in opened.search(quote):
                if hit.page is None:
                    return Sought(Evidence(document.sha256, quote, block=hit.block), on_page, labels, has_text)
                if page in ("", pages[hit.page]):
                    found = Evidence(document.sha256, quote, hit.page, pages[hit.page], hit.rects)
                    return Sought(found, on_page, labels, has_text)
    return Sought(None, on_page, labels or (), has_text)
