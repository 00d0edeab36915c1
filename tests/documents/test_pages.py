"""What a PDF shows: its pages, labels, outline, text with boxes, and its picture."""

import pytest

from esf_desktop.documents.client import Documents
from esf_desktop.documents.errors import DamagedDocumentError, LockedDocumentError
from esf_desktop.documents.selection import rects_of
from esf_desktop.documents.values import Notice, OutlineItem
from esf_desktop.errors import EsfError
from esf_desktop.model import Rect
from tests.conftest import REAL_PDFS
from tests.documents import making

HELLO = [(72, 700, "Bred samverkan")]


def ink(pixels: memoryview, width: int, height: int, stride: int) -> Rect:
    """The smallest rectangle around everything that is not white, in pixels."""
    rows = [bytes(pixels[y * stride : y * stride + 4 * width]) for y in range(height)]
    dark = [(x, y) for y, row in enumerate(rows) for x in range(width) if row[4 * x] < 128]
    across, down = [x for x, _ in dark], [y for _, y in dark]
    return Rect(min(across), min(down), max(across) + 1, max(down) + 1)


def test_pages_have_their_size_and_the_number_that_is_printed_on_them(documents: Documents) -> None:
    info = documents.open(making.pdf([HELLO] * 4), "a.pdf").info
    assert [page.label for page in info.pages] == ["i", "ii", "1", "2"]
    assert [(round(page.width), round(page.height)) for page in info.pages] == [(595, 842)] * 4
    assert info.kind == "pages"
    assert info.has_text
    assert info.notices == ()


def test_the_outline_leads_to_pages(documents: Documents) -> None:
    outline = documents.open(making.pdf([HELLO] * 3), "a.pdf").info.outline
    assert outline == (OutlineItem("Kapitel 1", 0, 0), OutlineItem("Kapitel 2", 1, 1), OutlineItem("Kapitel 3", 2, 1))


def test_each_character_has_a_box_where_it_stands(documents: Documents) -> None:
    text = documents.open(making.pdf([HELLO]), "a.pdf").text(0)
    assert text.text == "Bred samverkan"
    assert len(text.boxes) == len(text.text)
    first = text.boxes[0]
    assert first.left == pytest.approx(7200, abs=50)
    assert first.top < 84189 - 70000 < first.bottom
    assert all(a.right <= b.left + 20 for a, b in zip(text.boxes, text.boxes[1:], strict=False))


@pytest.mark.parametrize("crop", [False, True])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_lie_on_the_ink_however_the_page_is_turned_and_cropped(
    documents: Documents, rotation: int, crop: bool
) -> None:
    document = documents.open(making.pdf([[(200, 400, "Bred samverkan")]], rotation=rotation, crop=crop), "a.pdf")
    bitmap = document.render(0, 1.0)
    drawn = ink(bitmap.pixels, bitmap.width, bitmap.height, bitmap.stride)
    (said,) = rects_of(document.text(0), 0, 14)
    assert said.left / 100 - 1 <= drawn.left < drawn.right <= said.right / 100 + 1
    assert said.top / 100 - 1 <= drawn.top < drawn.bottom <= said.bottom / 100 + 1
    assert (said.right - said.left > said.bottom - said.top) == (rotation in (0, 180))


def test_a_part_of_a_page_is_the_same_as_that_part_of_the_whole(documents: Documents) -> None:
    document = documents.open(making.pdf([HELLO]), "a.pdf")
    whole, part = document.render(0, 2.0), document.render(0, 2.0, clip=(140, 250, 60, 40))
    assert (part.width, part.height) == (60, 40)
    for row in range(40):
        start = (250 + row) * whole.stride + 140 * 4
        assert part.pixels[row * part.stride : (row + 1) * part.stride] == whole.pixels[start : start + 240]


def test_a_bitmap_keeps_its_pixels_while_others_are_drawn(documents: Documents) -> None:
    document = documents.open(making.pdf([HELLO, [(72, 100, "Annat")]]), "a.pdf")
    first = document.render(0, 2.0)
    before = bytes(first.pixels)
    others = [document.render(1, 2.0) for _ in range(40)]
    assert bytes(first.pixels) == before
    assert len({bytes(other.pixels) for other in others}) == 1


def test_pictures_stay_readable_after_everything_is_closed() -> None:
    with Documents() as documents:
        bitmap = documents.open(making.pdf([HELLO]), "a.pdf").render(0, 1.0)
    assert ink(bitmap.pixels, bitmap.width, bitmap.height, bitmap.stride).left == pytest.approx(72, abs=2)


def test_a_word_parted_at_a_line_end_is_one_word(documents: Documents) -> None:
    page = documents.open(making.pdf([[(72, 700, "Kommu-"), (72, 685, "nerna deltar")]]), "a.pdf").text(0)
    assert page.text == "Kommu\xadnerna deltar"
    assert len(rects_of(page, 0, len(page.text))) == 2


def test_a_scanned_page_has_no_text(documents: Documents) -> None:
    document = documents.open(making.scanned(), "skannad.pdf")
    assert not document.info.has_text
    assert document.text(0).text == ""
    assert document.search("något") == ()


def test_what_was_typed_into_a_form_is_text_and_is_drawn(documents: Documents) -> None:
    document = documents.open(making.form("Samverkan"), "formulär.pdf")
    assert "Samverkan" in document.text(0).text
    assert len(document.search("samverkan")) == 1


def test_a_locked_document_opens_with_its_password_only(documents: Documents) -> None:
    locked = making.pdf([HELLO], password="hemligt")
    for password in (None, "fel"):
        with pytest.raises(LockedDocumentError):
            documents.open(locked, "låst.pdf", password)
    assert documents.open(locked, "låst.pdf", "hemligt").text(0).text == "Bred samverkan"


def test_scripts_layers_and_later_additions_are_told_of(documents: Documents) -> None:
    script = making.raw_pdf(catalog="/OpenAction<</S/JavaScript/JS(app.alert(1))>>")
    launch = making.raw_pdf(catalog="/OpenAction<</S/Launch/F(cmd.exe)>>")
    layers = making.raw_pdf(catalog="/OCProperties<</OCGs[]/D<<>>>>")
    added = making.pdf([HELLO])
    added += added[added.rindex(b"startxref") :]
    for content, notice in (
        (script, Notice.SCRIPTS),
        (launch, Notice.SCRIPTS),
        (layers, Notice.LAYERS),
        (added, Notice.ADDITIONS),
    ):
        assert documents.open(content, "a.pdf").info.notices == (notice,)


def test_texts_are_the_texts_of_all_pages(documents: Documents) -> None:
    document = documents.open(making.pdf([[(72, 700, f"Sida {n}")] for n in range(30)]), "a.pdf")
    assert list(document.texts()) == [document.text(page).text for page in range(30)]


@pytest.mark.skipif(not REAL_PDFS.is_dir(), reason="the real PDF files are absent, as the report's header says")
def test_every_real_pdf_opens_or_says_why_not(documents: Documents) -> None:
    refused: dict[str, str] = {}
    for path in sorted(REAL_PDFS.glob("*.pdf")):
        try:
            with documents.open(path.read_bytes(), path.name) as document:
                for page in range(len(document.info.pages)):
                    document.render(page, 0.5)
                    text = document.text(page)
                    assert len(text.text) == len(text.boxes)
        except EsfError as error:
            refused[path.name] = error.code
    assert refused == {"libreoffice-writer-password.pdf": "locked", "unreadablemetadata.pdf": "damaged"}


@pytest.mark.skipif(not REAL_PDFS.is_dir(), reason="the real PDF files are absent, as the report's header says")
def test_a_real_locked_pdf_opens_with_its_password(documents: Documents) -> None:
    content = (REAL_PDFS / "libreoffice-writer-password.pdf").read_bytes()
    assert documents.open(content, "låst.pdf", "openpassword").info.has_text


def test_a_pdf_cut_short_is_damaged(documents: Documents) -> None:
    with pytest.raises(DamagedDocumentError):
        documents.open(making.pdf([HELLO])[:300], "a.pdf")
