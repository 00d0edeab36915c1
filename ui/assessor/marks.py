"""Evidence as marks on paper: who it belongs to, and the colours that each criterion has."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor

from esf_desktop.i18n import _
from esf_desktop.model import Call, CriterionId, Document, Draft, Evidence
from ui import theme

_PAIRS = (
    ("#BFE3CE", "#17633E"),
    ("#FBDDA3", "#7A4F00"),
    ("#C9DDF7", "#1D4F91"),
    ("#F3CFE3", "#8A2463"),
    ("#D9D3F5", "#4B3A9B"),
    ("#BEE6E6", "#0D5F66"),
    ("#F8D2C4", "#973A14"),
    ("#DCE8AE", "#4E5F0B"),
    ("#E3D6C6", "#64472A"),
    ("#CFDAE3", "#38506A"),
    ("#F6CACB", "#97302A"),
    ("#D3EDBE", "#2F6410"),
)
"""Fill and line of each colour, on white paper; a line has at least 5:1 on its fill."""
COLOURS = len(_PAIRS)


@dataclass(frozen=True)
class Mark:
    """Evidence as it is shown: the criterion's letters, title and colour, and the place."""

    criterion: CriterionId
    colour: int
    evidence: Evidence
    title: str
    fault: str = ""
    """Why the place cannot be shown, in a few words; empty when it can."""

    @property
    def edge(self) -> QColor:
        """The colour that stands out from the window's own ground, on whatever side of the paper that is."""
        return self.line if theme.colour("surface").lightness() > 128 else self.fill

    @property
    def fill(self) -> QColor:
        """The colour laid over the text, as by a marker pen."""
        return QColor(_PAIRS[self.colour % COLOURS][0])

    @property
    def line(self) -> QColor:
        """The colour of the underline and of the letters in the margin."""
        return QColor(_PAIRS[self.colour % COLOURS][1])

    @property
    def words(self) -> str:
        """The mark in words, for a tool tip or a screen reader."""
        return f"{self.criterion} {self.title}\n”{self.evidence.quote}”"


def marks_of(call: Call, draft: Draft, documents: Sequence[Document]) -> tuple[Mark, ...]:
    """All evidence of an application as marks, in the checklist's order; what is in no document of it says so."""
    here = {document.sha256 for document in documents}
    places = {criterion.id: place for place, criterion in enumerate(call.criteria)}
    return tuple(
        Mark(
            criterion.id,
            places[criterion.id],
            evidence,
            criterion.title.spoken(),
            "" if evidence.document in here else _("The document is not part of this application now."),
        )
        for criterion in call.criteria_for(draft.application)
        for evidence in draft.judgement(criterion.id).evidence
    )


def in_document_order(marks: Sequence[Mark], documents: Sequence[Document]) -> tuple[Mark, ...]:
    """The marks as one meets them when reading: document by document, from the top; those without a document last."""
    order = {document.sha256: place for place, document in enumerate(documents)}

    def place(mark: Mark) -> tuple[int, int, int, int, str]:
        evidence = mark.evidence
        first = min(((rect.top, rect.left) for rect in evidence.rects), default=(0, 0))
        where = evidence.page if evidence.page is not None else evidence.block or 0
        return (order.get(evidence.document, len(order)), where, *first, mark.criterion)

    return tuple(sorted(marks, key=place))


def beside(mark: Mark, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """The mark first, and then those of other criteria that lie on the same words."""
    return (mark, *(other for other in marks if other != mark and _touch(mark.evidence, other.evidence)))


def _touch(one: Evidence, other: Evidence) -> bool:
    if (one.document, one.page, one.block) != (other.document, other.page, other.block):
        return False
    if one.block is not None:
        return one.quote in other.quote or other.quote in one.quote
    return any(
        a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom
        for a in one.rects
        for b in other.rects
    )
