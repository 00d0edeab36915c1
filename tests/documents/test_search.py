"""Search finds what a reader would call the same words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.documents import searching
from esf_desktop.documents.client import Documents
from tests.documents import making


def found(words: str, text: str) -> list[str]:
    """The places as the text has them."""
    pattern = searching.pattern(words)
    return [] if pattern is None else [text[start:end] for start, end in searching.places(pattern, text)]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Åtta kommuner", "ÅTTA\r\nKOMMUNER"),
        ("åtta kommuner", "åtta\xa0 kommuner"),
        ("kommuner", "kommu\xadner"),
        ("kommuner", "kommu\xad\r\nner"),
        ("kommuner", "kommu-\r\nner"),
        ("e-tjänst", "e–tjänst"),
        ("jämställdhet", unicodedata.normalize("NFD", "jämställdhet")),
        ("effektiv", "e\ufb00ektiv"),
        ("finska", "\ufb01nska"),
        ("effikas", "e\ufb03kas"),
        ("effikas", "ef\ufb01kas"),
        ("effikas", "e\ufb00ikas"),
        ("e\ufb03kas", "effikas"),
        ("stöd", "\ufb06öd"),
        ("”rätt kompetens”", "”rätt kompetens”"),
        ('"rätt"', "”rätt”"),
        ("(46 %)", "(46 %)"),
        ("7 867 603 kr", "7\xa0867\xa0603 kr"),
    ],
)
def test_the_same_words_are_found(words: str, text: str) -> None:
    assert found(words, f"Först {text} sedan") == [text]


@pytest.mark.parametrize(
    ("words", "text"), [("at", "åt"), ("för", "for"), ("a.b", "axb"), ("åttakommuner", "åtta kommuner")]
)
def test_other_words_are_not_found(words: str, text: str) -> None:
    assert found(words, text) == []


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_nothing_is_found_by_nothing(words: str) -> None:
    assert searching.pattern(words) is None


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40))
def test_a_text_is_found_in_itself(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    pattern = searching.pattern(text)
    assert pattern is None or pattern.search(f"x {composed} x")


def test_hits_have_a_rectangle_for_each_line_and_the_words_around_them(documents: Documents) -> None:
    lines = [
        (72.0, 700.0, "Projektet bygger på bred samver-"),
        (72.0, 685.0, "kan i båda länen."),
        (72, 600, "Bred Samverkan"),
    ]
    document = documents.open(making.pdf([[(72, 700, "Inget här")], lines]), "a.pdf")
    first, second = document.search("bred samverkan")
    assert (first.page, first.before, first.match, first.after) == (
        1,
        "Projektet bygger på ",
        "bred samverkan",
        " i båda länen. Bred Samverkan",
    )
    assert [len(first.rects), len(second.rects)] == [2, 1]
    assert document.text(1).text[first.start : first.end] == "bred samver\xadkan"
    upper, lower = first.rects
    assert upper.bottom <= lower.top + 100
    assert lower.left < upper.left


def test_a_search_over_many_pages_finds_all_in_order(documents: Documents) -> None:
    document = documents.open(making.pdf([[(72, 700, f"Sida {n} av samverkan")] for n in range(200)]), "a.pdf")
    assert [hit.page for hit in document.search("samverkan")] == list(range(200))
