"""Every kind of document opens and scrolls in the window, or says in one sentence why not; the window stays alive."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import REAL_PDFS
from tests.documents import making
from tests.documents.test_bad_documents import BAD
from tests.ui.assessor.papers import Table, pdf, scanned, table, write
from ui.assessor.pictures import PICTURE_BOUND, TEXT_BOUND, THUMBNAIL_BOUND

LINE = [(72.0, 700.0, "Parterna kommer från åtta kommuner i båda länen.")]
GOOD = {
    "vanlig.pdf": making.pdf([LINE] * 4),
    "vriden.pdf": making.pdf([LINE] * 3, rotation=90),
    "beskuren.pdf": making.pdf([LINE] * 3, crop=True),
    "inskannad.pdf": scanned(),
    "blankett.pdf": making.form("ifyllt"),
    "tom sida.pdf": making.raw_pdf(),
    "text.docx": making.docx(making.paragraph("Rubrik", "Rubrik1") + making.paragraph("text") * 80),
    "text.odt": making.odt("<text:p>text</text:p>" * 80),
    "tabell.xlsx": making.xlsx('<row r="1"><c r="A1"><v>1</v></c></row>'),
}
"""By the name under which each is opened."""


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Table]:
    made, clear = table(qtbot)
    yield made
    clear()


def scroll_through(desk: Table) -> None:
    """Go from the first page or line to the last, and wait for what is shown on the way."""
    for canvas in (desk.view.pages, desk.view.text):
        bar = canvas.verticalScrollBar()
        for step in range(5):
            bar.setValue(bar.maximum() * step // 4)
            desk.rest()


@pytest.mark.parametrize("name", list(GOOD))
def test_a_document_of_each_kind_opens_and_scrolls(desk: Table, name: str) -> None:
    desk.lay(GOOD[name], names=(name,))
    assert desk.view.ready
    assert desk.view.pages.isVisible() or desk.view.text.isVisible()
    scroll_through(desk)
    if desk.view.pages.pages:
        pictures = desk.view.pages._pictures
        assert pictures
        last = desk.view.pages.pages - 1
        assert any(picture.page == last for picture in pictures.kept())


@pytest.mark.parametrize(("content", "name", "code"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_a_bad_document_costs_its_own_sentence_and_nothing_else(
    desk: Table, content: bytes, name: str, code: str
) -> None:
    desk.lay(content, GOOD["vanlig.pdf"], names=(name, "vanlig.pdf"))
    assert not desk.view.ready
    assert desk.view.message.isVisible()
    assert name in desk.view.message.sentence
    assert len(desk.view.message.sentence.replace(name, "")) <= 140
    assert desk.view.message.accessibleName() == desk.view.message.sentence
    assert desk.view.message.password.isVisible() == (code == "locked" and name.endswith(".pdf"))
    desk.view.step_document(+1)
    desk.rest()
    assert desk.view.ready


def test_a_locked_document_asks_until_its_password_is_typed(desk: Table) -> None:
    desk.lay(making.pdf([LINE], password="hemligt"), names=("låst.pdf",))
    field = desk.view.message.password
    desk.view.focus_document()
    assert field.hasFocus()
    for typed, ready in (("fel", False), ("hemligt", True)):
        write(field, typed)
        field.returnPressed.emit()
        desk.rest()
        assert desk.view.ready == ready
    assert desk.view.pages.pages == 1


def test_three_hundred_pages_are_scrolled_through_within_the_bounds(desk: Table) -> None:
    desk.lay(pdf(300))
    desk.view.folds.turn(0)
    pictures, thumbnails = desk.view.pages._pictures, desk.view.panel.thumbnails.pictures
    texts = desk.view.pages._texts
    assert pictures
    assert thumbnails
    assert texts
    seen = set()
    for page in range(0, 300, 3):
        desk.view.pages.scroll_to(page)
        desk.rest()
        seen |= {picture.page for picture in pictures.kept()}
        assert pictures.weight <= PICTURE_BOUND
        assert thumbnails.weight <= THUMBNAIL_BOUND
        assert texts.weight <= TEXT_BOUND
    assert len(seen) > 290
    assert pictures.weight == sum(image.sizeInBytes() for image in pictures.kept().values())


@pytest.mark.skipif(not REAL_PDFS.is_dir(), reason="the real PDF files are not here")
def test_every_real_file_scrolls_or_says_why_not(desk: Table) -> None:
    for file in sorted(REAL_PDFS.glob("*.pdf")):
        desk.lay(file.read_bytes(), names=(file.name,))
        if desk.view.ready:
            scroll_through(desk)
        else:
            assert file.name in desk.view.message.sentence
            assert len(desk.view.message.sentence.replace(file.name, "")) <= 140
