"""DOCX, ODT and XLSX as blocks of text, in the order that a person reads them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esf_desktop.documents import docx, odt
from esf_desktop.documents.client import Documents
from esf_desktop.documents.numbering import written
from esf_desktop.documents.package import Package
from esf_desktop.documents.values import Block
from tests.documents import making
from tests.documents.making import paragraph, table


def said(blocks: tuple[Block, ...]) -> list[tuple[str, int, str]]:
    """Kind, level and text of each block."""
    assert [block.index for block in blocks] == list(range(len(blocks)))
    return [(block.kind, block.level, block.text) for block in blocks]


def test_a_docx_is_headings_paragraphs_and_rows(documents: Documents) -> None:
    body = (
        paragraph("Samverkan", "Rubrik1")
        + paragraph("Parterna", "Egen")
        + paragraph("")
        + "<w:p><w:r><w:t>Kom</w:t></w:r><w:r><w:softHyphen/><w:t>muner</w:t><w:tab/><w:t>två</w:t></w:r></w:p>"
        + table([["Part", "Stöd"], ["Norrsken", "7 867 603 kr"]])
        + '<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr><w:r><w:t>punkt</w:t></w:r></w:p>'
    )
    document = documents.open(making.docx(body), "bilaga.docx")
    assert document.info.kind == "text"
    assert document.info.blocks == 6
    assert said(document.blocks()) == [
        ("heading", 1, "Samverkan"),
        ("heading", 1, "Parterna"),
        ("paragraph", 0, "Kom\xadmuner\ttvå"),
        ("row", 1, "Part\tStöd"),
        ("row", 0, "Norrsken\t7 867 603 kr"),
        ("paragraph", 2, "punkt"),
    ]
    assert next(document.texts()) == "Samverkan"


def test_what_was_deleted_or_is_there_twice_is_left_out_of_a_docx(documents: Documents) -> None:
    body = (
        "<w:p><w:r><w:t>kvar</w:t></w:r><w:del><w:r><w:delText>borta</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<mc:AlternateContent><mc:Choice>"
        + paragraph("ruta")
        + "</mc:Choice><mc:Fallback>"
        + paragraph("ruta")
        + "</mc:Fallback></mc:AlternateContent>"
    )
    document = documents.open(making.docx(body), "a.docx")
    assert [block.text for block in document.blocks()] == ["kvar", "ruta"]


def test_a_table_in_a_cell_is_text_of_that_cell_and_notes_come_last(documents: Documents) -> None:
    inner = table([["a", "b"]])
    body = f"<w:tbl><w:tr><w:tc>{paragraph('yttre')}{inner}</w:tc><w:tc>{paragraph('andra')}</w:tc></w:tr></w:tbl>"
    notes = f"<w:footnotes {making.W}><w:footnote>{paragraph('Se bilaga 2.')}</w:footnote></w:footnotes>"
    document = documents.open(making.docx(body, more={"word/footnotes.xml": notes}), "a.docx")
    assert said(document.blocks()) == [("row", 1, "yttre a b\tandra"), ("paragraph", 0, "Se bilaga 2.")]


def test_an_odt_is_headings_paragraphs_and_rows(documents: Documents) -> None:
    body = (
        '<text:tracked-changes><text:p>borta</text:p></text:tracked-changes><text:h text:outline-level="2">Mål</text:h>'
        "<text:p>Två<text:s text:c='2'/>ord<text:tab/>och<text:line-break/>rad</text:p>"
        "<text:list><text:list-item><text:p>punkt</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Part</text:p></table:table-cell>"
        "<table:table-cell><text:p>Stöd</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = documents.open(making.odt(body), "bilaga.odt")
    assert said(document.blocks()) == [
        ("heading", 2, "Mål"),
        ("paragraph", 0, "Två  ord\toch\nrad"),
        ("paragraph", 1, "punkt"),
        ("row", 1, "Part\tStöd"),
    ]


def test_an_xlsx_is_its_visible_sheets_as_rows_with_numbers_as_shown(documents: Documents) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Sökt stöd</t></is></c><c r="B1" s="1"><v>7867603</v></c></row>'
        '<row r="2"><c r="A2" s="2"><v>0.46</v></c><c r="B2" s="3"><v>46388</v></c><c r="C2"><v>2.5</v></c></row>'
        '<row r="9"><c r="C9" t="b"><v>1</v></c></row>'
    )
    document = documents.open(making.xlsx(rows), "budget.xlsx")
    assert said(document.blocks()) == [
        ("heading", 1, "Budget"),
        ("row", 1, "Sökt stöd\t7\xa0867\xa0603\xa0kr"),
        ("row", 0, "46\xa0%\t2027-01-01\t2,5"),
        ("row", 0, "\t\tTRUE"),
    ]
    assert [(hit.block, hit.page) for hit in document.search("sökt stöd")] == [(1, None)]


def test_search_in_text_documents_gives_block_and_place(documents: Documents) -> None:
    document = documents.open(making.docx(paragraph("Först") + paragraph("Åtta kommuner i båda länen")), "a.docx")
    (hit,) = document.search("KOMMUNER")
    assert (hit.block, hit.page, hit.start, hit.end, hit.rects) == (1, None, 5, 13, ())
    assert (hit.before, hit.match, hit.after) == ("Åtta ", "kommuner", " i båda länen")


LETTERS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


@settings(max_examples=60)
@given(st.lists(LETTERS, min_size=1, max_size=20))
def test_every_paragraph_of_either_kind_becomes_one_block(texts: list[str]) -> None:
    word = docx.blocks(Package(making.docx("".join(map(paragraph, texts)))))
    open_document, _notices = odt.blocks(Package(making.odt("".join(f"<text:p>{text}</text:p>" for text in texts))))
    assert [block.text for block in word] == [block.text for block in open_document] == texts


NUMBERING = (
    f"<w:numbering {making.W}>"
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1.%2)"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>'
)


def item(text: str, number: int, depth: int = 0) -> str:
    """A paragraph of a list in a DOCX."""
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_lists_of_a_docx_have_their_numbers_and_bullets(documents: Documents) -> None:
    body = item("tre", 1) + item("a", 1, 1) + item("b", 1, 1) + paragraph("mellan") + item("fyra", 1) + item("ny", 1, 1)
    body += item("punkt", 2) + item("ingen", 0)
    document = documents.open(making.docx(body, more={"word/numbering.xml": NUMBERING}), "a.docx")
    assert [(block.marker, block.level, block.text) for block in document.blocks()] == [
        ("3.", 1, "tre"),
        ("3.a)", 2, "a"),
        ("3.b)", 2, "b"),
        ("", 0, "mellan"),
        ("4.", 1, "fyra"),
        ("4.a)", 2, "ny"),
        ("•", 1, "punkt"),
        ("", 0, "ingen"),
    ]


def test_lists_of_an_odt_have_their_numbers_and_bullets(documents: Documents) -> None:
    styles = (
        f'<office:document-styles xmlns:office="{making.ODF}office:1.0" xmlns:text="{making.ODF}text:1.0" '
        f'xmlns:style="{making.ODF}style:1.0"><text:list-style style:name="N"><text:list-level-style-number '
        'text:level="1" style:num-format="i" style:num-suffix=")"/></text:list-style></office:document-styles>'
    )
    inner = "<text:list><text:list-item><text:p>djup</text:p></text:list-item></text:list>"
    one = f"<text:list-item><text:p>ett</text:p><text:p>mer om ett</text:p>{inner}</text:list-item>"
    body = (
        f'<text:list text:style-name="N">{one}<text:list-item><text:p>två</text:p></text:list-item></text:list>'
        '<text:list text:style-name="okänd"><text:list-item><text:p>punkt</text:p></text:list-item></text:list>'
    )
    document = documents.open(making.odt(body, more={"styles.xml": styles}), "a.odt")
    assert [(block.marker, block.text) for block in document.blocks()] == [
        ("i)", "ett"),
        ("", "mer om ett"),
        ("–", "djup"),
        ("ii)", "två"),
        ("•", "punkt"),
    ]


def test_two_tables_after_each_other_are_two(documents: Documents) -> None:
    body = table([["a", "b"], ["c", "d"]]) + table([["e", "f"]])
    document = documents.open(making.docx(body), "a.docx")
    assert [block.level for block in document.blocks()] == [1, 0, 1]


@pytest.mark.parametrize(
    ("number", "shape", "shown"),
    [(4, "lowerRoman", "iv"), (28, "lowerLetter", "bb"), (12, "upperRoman", "XII"), (3, "A", "C"), (7, "okänd", "7")],
)
def test_a_number_is_written_in_its_shape(number: int, shape: str, shown: str) -> None:
    assert written(number, shape) == shown
