"""What the practice round's call lets its assessors read for RUS: made-up goals, and a document that tells of them."""

from esf_desktop import paths
from esf_desktop.practice.elements import parse
from esf_desktop.practice.typeset import Cover, typeset

TITLE = "Regionala utvecklingsstrategier i sammandrag (påhittade mål)"
GOALS = (
    "Fler unga och vuxna får den utbildning som arbetslivet söker",
    "Kompetensförsörjningen klaras i hela regionen, också i glesa områden",
    "Omställningen till fossilfri industri sker med kunniga medarbetare",
    "Fler människor med olika bakgrund etablerar sig och stannar",
)
_FACTS = (("Utlysning", "Kompetens för hela regionen (övning)"), ("Läses till", "Principen RUS"))
_NOTE = "Övningsunderlag. Strategier, mål och regioner är påhittade."


def pdf() -> bytes:
    """The document, the same each time."""
    text = (paths.resources() / "practice" / "strategies.txt").read_text(encoding="utf-8")
    cover = Cover(
        "Underlag till utlysningen", "Regionala utvecklingsstrategier i sammandrag", "Underlag 1", _FACTS, _NOTE
    )
    return typeset(cover, parse(text, {}), sans=True)
