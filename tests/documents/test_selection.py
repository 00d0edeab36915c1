"""Selected characters make rectangles, words and quotes."""

from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.documents import selection
from esf_desktop.documents.client import Documents
from esf_desktop.documents.values import PageText
from esf_desktop.model import Rect
from tests.documents import making

boxes = st.builds(
    lambda left, top, width, height: Rect(left, top, left + width, top + height),
    st.integers(0, 60_000),
    st.integers(0, 84_000),
    st.integers(0, 2_000),
    st.integers(0, 2_000),
)


@given(st.lists(boxes, max_size=60))
def test_merged_rectangles_cover_every_box_and_no_more(characters: list[Rect]) -> None:
    lines = selection.merged(characters)
    seen = [box for box in characters if box.right > box.left and box.bottom > box.top]
    for box in seen:
        assert any(
            line.left <= box.left and line.top <= box.top and line.right >= box.right and line.bottom >= box.bottom
            for line in lines
        )
    assert len(lines) <= len(seen)
    for line in lines:
        assert line.left in {box.left for box in seen}
        assert line.bottom in {box.bottom for box in seen}


def test_two_columns_and_two_lines_are_four_rectangles(documents: Documents) -> None:
    lines = [
        (72.0, 700.0, "Vänster ett"),
        (72.0, 680.0, "Vänster två"),
        (350.0, 700.0, "Höger ett"),
        (350.0, 680.0, "Höger två"),
    ]
    page = documents.open(making.pdf([lines]), "a.pdf").text(0)
    assert len(selection.rects_of(page, 0, len(page.text))) == 4


def test_a_word_is_whole_over_its_hyphens_and_line_ends() -> None:
    text = "Stöd till kommu\xad\nnerna, e-tjänster 2027-01-01 och 402000-0107."
    words = {text[slice(*selection.word_at(text, at))] for at in range(len(text))}
    assert {"Stöd", "kommu\xad\nnerna", "e-tjänster", "2027-01-01", "402000-0107", " ", ","} <= words


def test_a_line_is_what_stands_between_line_ends() -> None:
    text = "första raden\r\nandra raden"
    assert text[slice(*selection.line_at(text, 3))] == "första raden"
    assert text[slice(*selection.line_at(text, 16))] == "andra raden"


def test_a_quote_is_one_line_of_whole_words_in_nfc() -> None:
    text = "kommu\xad\r\nner i  ba\u030ada\r\nlänen för 7\xa0867\xa0603 kr "
    assert selection.quote(text, 0, len(text)) == "kommuner i båda länen för 7\xa0867\xa0603 kr"


@given(st.text(max_size=80), st.integers(-3, 90), st.integers(-3, 90))
def test_quotes_and_words_stay_inside_the_text(text: str, start: int, end: int) -> None:
    assert "\n" not in selection.quote(text, start, end)
    if 0 <= start < len(text):
        first, last = selection.word_at(text, start)
        assert 0 <= first <= start < last <= len(text)


def test_a_point_belongs_to_the_nearest_character() -> None:
    page = PageText("ab c", (Rect(0, 0, 10, 10), Rect(10, 0, 20, 10), Rect(0, 0, 0, 0), Rect(30, 0, 40, 10)))
    assert selection.character_at(page, 15, 5) == 1
    assert selection.character_at(page, 24, 5) == 1
    assert selection.character_at(page, 27, 5) == 3
    assert selection.character_at(PageText("", ()), 1, 1) is None


def test_a_quote_has_its_letters_one_by_one() -> None:
    text = "e\ufb03kas \ufb06öd och pro\ufb01l"
    assert selection.quote(text, 0, len(text)) == "effikas stöd och profil"
