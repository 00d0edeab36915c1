"""The basis as a document to write minutes in: real headings and tables, contents, page numbers, one language.

`word_xml` writes what stands in the document; here it is put into a file whose bytes follow from its content.
"""

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from esf_desktop.i18n import Language, language
from esf_desktop.secretariat.reports import word_xml
from esf_desktop.secretariat.reports.story import Story
from esf_desktop.secretariat.reports.word_xml import ACROSS, HIGH, MARGIN, MUTED, NAMESPACES, SMALL, TEXT, WIDE

MADE = datetime(1980, 1, 1)  # noqa: DTZ001  (python-docx takes times without a zone, as UTC)
"""What the file says it was made, so that its bytes follow from its content."""
FONT = "Calibri"
HEADINGS = {"Title": (24, 0), "Heading 1": (18, 0), "Heading 2": (12, 14), "Heading 3": (10.5, 10)}
"""Size, and the space above, in points."""
NOT_OURS = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.CUSTOM_XML)


def render(told: Story) -> bytes:
    """The document."""
    document = docx.Document()
    tag = "sv-SE" if language() is Language.SWEDISH else "en-GB"
    _describe(document, told, tag)
    _dress(document, tag)
    body = document.element.body
    section = body.sectPr
    written = parse_xml(f"<w:body {NAMESPACES}>{word_xml.body(told)}</w:body>")
    for child in list(written):
        section.addprevious(child)
    _turn_pages(document)
    _foot(document, told.foot)
    out = io.BytesIO()
    document.save(out)
    return _settled(out.getvalue())


def _describe(document: Document, told: Story, tag: str) -> None:
    about = document.core_properties
    about.title, about.subject, about.author = told.title, told.call, told.body
    about.last_modified_by, about.comments, about.keywords, about.language = told.body, "", "", tag
    about.created = about.modified = MADE
    about.revision = 1
    for part in (document.part, document.part.package):
        for name, relation in list(part.rels.items()):
            if relation.reltype in NOT_OURS:
                del part.rels[name]


def _dress(document: Document, tag: str) -> None:
    """The look of each style, and the language of everything."""
    styles = document.styles
    for mark in styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), tag)
    for mark in document.settings.element.iter(qn("w:themeFontLang")):
        mark.set(qn("w:val"), tag)
    for name in ("Normal", "Footer", *HEADINGS):
        style = styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name = FONT
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    normal = styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.size, normal.font.color.rgb = Pt(TEXT), RGBColor.from_string(word_xml.INK)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(5), 1.1
    for name, (size, above) in HEADINGS.items():
        style = styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
        style.font.color.rgb = RGBColor.from_string(word_xml.INK)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(4)
        style.paragraph_format.keep_with_next = True
        style.paragraph_format.page_break_before = name == "Heading 1"
        for border in list(style.element.iter(qn("w:pBdr"))):
            border.getparent().remove(border)
    for name, size in (("Cell", TEXT), ("Contents", TEXT)):
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(made, ParagraphStyle)
        made.base_style, made.font.size = normal, Pt(size)
        made.paragraph_format.space_after = Pt(1)


def _foot(document: Document, foot: str) -> None:
    """What stands below each page: whose it is, and its number."""
    section = document.sections[0]
    section.footer.is_linked_to_previous = False
    line = section.footer.paragraphs[0]
    style = document.styles["Footer"]
    assert isinstance(style, ParagraphStyle)
    style.font.size, style.font.color.rgb = Pt(SMALL), RGBColor.from_string(MUTED)
    for child in parse_xml(f"<w:p {NAMESPACES}>{word_xml.foot(foot)}</w:p>"):
        line._p.append(child)


def _turn_pages(document: Document) -> None:
    """A4 with our margins; chapters that are wide lie across. Every section has the foot of the first."""
    for section in document.sections:
        across = section.different_first_page_header_footer
        section.different_first_page_header_footer = False
        section.page_width, section.page_height = (HIGH, WIDE) if across else (WIDE, HIGH)
        section.orientation = ACROSS if across else section.orientation
        section.left_margin = section.right_margin = Emu(MARGIN)
        section.top_margin = section.bottom_margin = Emu(MARGIN)


def _settled(content: bytes) -> bytes:
    """The same archive, with nothing in it of when and where it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as settled:
        for name in given.namelist():
            member = zipfile.ZipInfo(name)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            settled.writestr(member, given.read(name))
    return out.getvalue()
