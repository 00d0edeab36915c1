"""Evidence as marks on paper: who it belongs to, and the colours that each criterion has."""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from esf_desktop.model import CriterionId, Evidence

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
