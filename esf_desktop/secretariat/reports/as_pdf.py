"""The basis on paper: PDF/A-3a and PDF/UA-1, with the same values as JSON inside for other programs."""

from esf_desktop.i18n import language
from esf_desktop.secretariat.reports.paper import part
from esf_desktop.secretariat.reports.story import Story
from esf_desktop.sheets import layout
from esf_desktop.sheets.archive import About, Attachment

JSON = "basis.json"


def render(told: Story, json: bytes) -> bytes:
    """The PDF, its pages numbered through."""
    about = About(
        told.title, told.body, told.call, language().value, Attachment(JSON, "application/json", json, told.title)
    )
    return layout.compose([part(chapter, told.foot) for chapter in told.chapters], about, through=True)
