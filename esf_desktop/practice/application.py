"""One fictional application as its files: the PDF, perhaps scanned, and perhaps a text document beside it."""

from esf_desktop.model import ProjectType
from esf_desktop.municipalities import by_code, counties
from esf_desktop.practice import parts
from esf_desktop.practice.content import Content, applicants, attachment_text
from esf_desktop.practice.costs import money
from esf_desktop.practice.elements import Element, parse
from esf_desktop.practice.typeset import Cover, typeset

NOTE = (
    "Övningsunderlag. Projektet, organisationerna, personerna och siffrorna är påhittade och säger inget om "
    "verkliga verksamheter eller platser."
)
PROJECT_TYPES = {ProjectType.FEASIBILITY_STUDY: "Förstudie", ProjectType.IMPLEMENTATION: "Genomförandeprojekt"}


def elements(content: Content) -> list[Element]:
    """What stands after the cover and the contents."""
    return parse(content.body, parts.made(content))


def attachment(content: Content) -> list[Element]:
    """What stands in the text document that comes with the application."""
    return parse(attachment_text(content), {})


def pdf(content: Content) -> bytes:
    """The application as a PDF with text, whether or not it is handed in as scanned."""
    look = {"sans": content.sans, "roman": content.roman, "roomy": content.roomy}
    return typeset(cover(content), elements(content), **look)


def cover(content: Content) -> Cover:
    """The first page, with the facts under the labels that an application has."""
    applicant = applicants()[content.applicant]
    named = [found.name for code in content.municipalities if (found := by_code(code))]
    facts = (
        ("Diarienummer", content.id),
        ("Projektnamn", content.name),
        ("Stödsökande", applicant.name),
        ("Organisationsnummer", applicant.number),
        ("Ort", applicant.place),
        ("Projekttyp", PROJECT_TYPES[content.project_type]),
        ("Programområde", content.programme_area),
        ("Specifikt mål", content.specific_objective),
        ("Projektperiod", f"{content.start} – {content.end}"),
        ("Sökt stöd", money(content.support)),
        ("Medfinansiering", money(content.co_financing)),
        ("Total budget", money(content.total)),
        ("Kommuner", ", ".join(named)),
        ("Län", ", ".join(counties(content.municipalities))),
        ("Målgrupp", content.target_group),
    )
    return Cover("Ansökan om stöd", content.name, content.id, facts, NOTE)
