"""Text documents are set as readable pages: tables have lines, lists their numbers, and what is selected is quoted."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument, QTextTable
from pytestqt.qtbot import QtBot

from esf_desktop.documents.values import Block
from tests.documents import making
from tests.ui.assessor.papers import Table, table
from ui.assessor.text_canvas import TextCanvas
from ui.assessor.text_setting import MOST_CELLS, Setting, characters, typeset, units

TEXT = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" åäö𝄞\u00ad"), min_size=1, max_size=12)
PARAGRAPHS = st.builds(
    lambda text, level, marker: ("paragraph", level, text, marker), TEXT, st.integers(0, 3), st.sampled_from(["", "3."])
)
ROWS = st.builds(
    lambda cells, level: ("row", level, "\t".join(cells), ""), st.lists(TEXT, min_size=1, max_size=4), st.integers(0, 1)
)

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Table]:
    made, clear = table(qtbot)
    yield made
    clear()


def blocks(*parts: tuple[str, int, str, str]) -> list[Block]:
    return [Block(n, kind, level, text, marker) for n, (kind, level, text, marker) in enumerate(parts)]  # type: ignore[arg-type]


@given(st.lists(PARAGRAPHS | ROWS, min_size=1, max_size=8), st.data())
def test_every_character_stands_where_it_is_said_to(
    parts: list[tuple[str, int, str, str]], data: st.DataObject
) -> None:
    document = QTextDocument()
    made = blocks(*parts)
    setting = typeset(document, made, 14)
    place = data.draw(st.integers(0, len(made) - 1))
    text = made[place].text
    index = data.draw(st.integers(0, len(text) - 1))
    if text[index] == "\t":
        return
    position = setting.position(place, index)
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    cursor.setPosition(position + units(text[index]), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText().replace("\xa0", " ") == text[index].replace("\xa0", " ")
    assert setting.at(position) == (place, index)


@given(st.lists(PARAGRAPHS | ROWS, min_size=1, max_size=8))
def test_everything_selected_is_the_whole_text(parts: list[tuple[str, int, str, str]]) -> None:
    document = QTextDocument()
    made = blocks(*parts)
    setting: Setting = typeset(document, made, 14)
    words: dict[int, list[str]] = {}
    for piece, part in setting.between(0, document.characterCount()):
        words.setdefault(piece.block, []).append(part)
    whole = [" ".join(part for part in words.get(block.index, [])).split() for block in made]
    assert whole == [block.text.split() for block in made]


@given(TEXT, st.integers(0, 30))
def test_places_of_a_cursor_and_characters_agree(text: str, places: int) -> None:
    assert characters(text, units(text)) == len(text)
    assert 0 <= characters(text, places) <= len(text)


def rows(desk: Table) -> None:
    body = making.table(
        [["Part", "Roll", "Delbudget"], ["Norrsken", "Projektägare", "3 911 100 kr"], ["Summa", "", "9"]]
    )
    desk.lay(
        making.docx(making.paragraph("Kostnader", "Rubrik1") + body + making.paragraph("Slut.")), names=("a.docx",)
    )


def table_of(canvas: TextCanvas) -> QTextTable:
    found = [frame for frame in canvas.document().rootFrame().childFrames() if isinstance(frame, QTextTable)]
    assert len(found) == 1
    return found[0]


def test_a_table_is_set_as_a_table_with_amounts_to_the_right(desk: Table) -> None:
    rows(desk)
    shown = table_of(desk.view.text)
    assert (shown.rows(), shown.columns()) == (3, 3)
    amount = shown.cellAt(1, 2).firstCursorPosition()
    assert amount.blockFormat().alignment() == Qt.AlignmentFlag.AlignRight
    assert shown.cellAt(0, 0).firstCursorPosition().charFormat().fontWeight() > 500


def test_the_rows_of_a_table_are_parted_by_lines(desk: Table) -> None:
    rows(desk)
    picture = desk.view.text.viewport().grab().toImage()
    column = picture.width() // 2
    lines = [
        y
        for y in range(picture.height())
        if all(picture.pixelColor(column + x, y).lightness() < 215 for x in range(40))
    ]
    assert len({y // 4 for y in lines}) >= 4


def test_words_in_a_cell_are_found_selected_and_quoted(desk: Table) -> None:
    rows(desk)
    desk.find("Projektägare")
    [chosen] = desk.view.selections()
    assert (chosen.block, chosen.quote) == (2, "Projektägare")


def test_cells_that_are_selected_together_are_quoted_row_by_row(desk: Table) -> None:
    rows(desk)
    shown = table_of(desk.view.text)
    cursor = shown.cellAt(1, 0).firstCursorPosition()
    cursor.setPosition(shown.cellAt(2, 1).lastPosition(), QTextCursor.MoveMode.KeepAnchor)
    desk.view.text.setTextCursor(cursor)
    assert [(one.block, one.quote) for one in desk.view.selections()] == [(2, "Norrsken Projektägare"), (3, "Summa")]


def test_the_marker_of_a_list_is_shown_and_no_part_of_the_quote(desk: Table) -> None:
    number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = f"<w:p>{number}<w:r><w:t>punkt</w:t></w:r></w:p>"
    desk.lay(making.docx(body), names=("a.docx",))
    assert desk.view.text.toPlainText() == "•\tpunkt"
    desk.view.text.selectAll()
    assert [one.quote for one in desk.view.selections()] == ["punkt"]


def test_a_text_is_left_and_found_again_at_the_same_paragraph_in_a_window_of_another_width(desk: Table) -> None:
    body = "".join(making.paragraph(f"Stycke {n}. " + "Parterna kommer från åtta kommuner. " * 9) for n in range(60))
    desk.lay(making.docx(body), making.docx(making.paragraph("kort")), names=("a.docx", "b.docx"))
    desk.view.text.scroll_to(30, 0.0)
    desk.view.step_document(+1)
    desk.rest()
    desk.view.window().resize(1100, 700)
    desk.view.step_document(+1)
    desk.rest()
    block, _share = desk.view.text.place()
    assert abs(block - 30) <= 1


def test_a_table_too_large_to_be_set_is_shown_with_tab_stops(desk: Table) -> None:
    columns = 10
    cells = "".join(f'<c r="{chr(65 + n)}{{row}}" t="inlineStr"><is><t>c{n}</t></is></c>' for n in range(columns))
    body = "".join(f'<row r="{row}">{cells.format(row=row)}</row>' for row in range(1, MOST_CELLS // columns + 2))
    desk.lay(making.xlsx(body), names=("a.xlsx",))
    assert desk.view.text.document().rootFrame().childFrames() == []
    desk.find("c9")
    assert desk.view.bar.search.count.text().startswith("1 av")
