"""Evidence turned back into the selection that it was made from."""

from esf_desktop.model import Evidence, Rect
from ui.assessor.document_view import DocumentView
from ui.assessor.page_selection import Span, Spot


def select_quote(view: DocumentView, evidence: Evidence) -> bool:
    """Select what the evidence quotes; False while the document, or the page's text, has not come yet."""
    if not view.ready or view.document is None or view.document.sha256 != evidence.document:
        return False
    if evidence.block is not None:
        view.text.select_words(evidence.block, evidence.quote)
        view.focus_document()
        return True
    if evidence.page is None or not evidence.rects or evidence.page >= view.pages.pages:
        return True
    text = view.pages.text(evidence.page)
    if text is None:
        return False
    if text.empty:
        view.quote_field.ask(evidence.page, _around(evidence.rects), evidence.quote)
        return True
    first, last = evidence.rects[0], evidence.rects[-1]
    start = text.position(first.left, (first.top + first.bottom) / 2)
    end = text.position(last.right, (last.top + last.bottom) / 2)
    view.pages.selection.set(Span(Spot(evidence.page, start), Spot(evidence.page, end)))
    view.focus_document()
    return True


def _around(rects: tuple[Rect, ...]) -> Rect:
    return Rect(
        min(rect.left for rect in rects),
        min(rect.top for rect in rects),
        max(rect.right for rect in rects),
        max(rect.bottom for rect in rects),
    )
