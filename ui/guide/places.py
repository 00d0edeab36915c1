"""Which place of the guide fits which page."""

from PySide6.QtWidgets import QWidget

FIRST = ("kom-igang", "Kom igång")
PLACES = {
    "round": ("bedoma", "Omgången"),
    "assess": ("bedoma", "Bedöma med tangenterna"),
    "turned": ("bedoma", "En princip i taget"),
    "overview": ("bedoma", "Överblick"),
    "search": ("bedoma", "Sök"),
    "sign": ("signera", "Signera och skicka"),
    "call": ("sekretariatet", "Utlysningen"),
    "inbox": ("sekretariatet", "Inkorgen"),
    "compare": ("sekretariatet", "Jämför"),
    "consensus": ("sekretariatet", "Gemensam bedömning"),
    "proposal": ("sekretariatet", "Förslaget"),
    "balance": ("sekretariatet", "Balansen"),
    "basis": ("sekretariatet", "Underlaget"),
    "trust": ("sekretariatet", "Förtroende"),
    "CallPage": ("sekretariatet", "Utlysningen"),
    "FirstStart": ("kom-igang", "Första gången"),
    "Unlock": ("sakerhet", "Om du glömmer lösenfrasen"),
    "Recovering": ("sakerhet", "Om du glömmer lösenfrasen"),
    "NotOpened": ("fragor-och-svar", "Hur lägger jag tillbaka en säkerhetskopia?"),
    "Restoring": ("fragor-och-svar", "Hur lägger jag tillbaka en säkerhetskopia?"),
}
"""Chapter and heading for a page's name, or for its kind where it has no name."""


def place_of(page: QWidget | None) -> tuple[str, str]:
    """The place that fits the page; the beginning of the guide for one that has none of its own."""
    names = (page.objectName(), type(page).__name__) if page is not None else ()
    return next((PLACES[name] for name in names if name in PLACES), FIRST)
