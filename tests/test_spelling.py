"""Unknown words are found in both languages; own words are kept; without a dictionary nothing is called wrong."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop import spelling
from esf_desktop.i18n import Language
from esf_desktop.settings import Spelling
from esf_desktop.spelling import Speller, guess, language_of

HERE = spelling.load()
needs_both = pytest.mark.skipif(len(HERE.languages) < 2, reason="no dictionaries here: hunspell-sv and hunspell-en-gb")


@needs_both
def test_a_misspelt_word_is_found_and_the_right_one_suggested() -> None:
    found = list(HERE.misspelt("Kommunerna sammarbetar brett om utbildning.", Language.SWEDISH))
    assert [(place.start, place.word) for place in found] == [(11, "sammarbetar")]
    assert "samarbetar" in HERE.suggestions("sammarbetar", Language.SWEDISH)
    assert [place.word for place in HERE.misspelt("The aplicant explains why.", Language.ENGLISH)] == ["aplicant"]


@needs_both
def test_numbers_codes_and_capitals_are_left_alone() -> None:
    assert list(HERE.misspelt("RUS 2026/00112 ESF+ s. 14 46 %", Language.SWEDISH)) == []


def test_an_own_word_is_known_from_then_on_until_it_is_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "words.txt"
    known = {Language.SWEDISH: _Knows({"hus"})}
    speller = Speller(known, file)
    assert [place.word for place in speller.misspelt("hus i Gällivarebygden", Language.SWEDISH)] == ["Gällivarebygden"]
    speller.learn("Gällivarebygden")
    assert list(speller.misspelt("hus i Gällivarebygden", Language.SWEDISH)) == []
    again = Speller(known, file)
    assert again.own_words == ("Gällivarebygden",)
    again.forget("Gällivarebygden")
    assert list(Speller(known, file).misspelt("Gällivarebygden", Language.SWEDISH))
    shutil.rmtree(file.parent)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"\n\n  \n"])
def test_a_damaged_list_of_own_words_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "words.txt").write_bytes(content)
    assert Speller({}, tmp_path / "words.txt").own_words == ()


@given(st.text(max_size=200))
def test_without_a_dictionary_nothing_is_wrong(text: str) -> None:
    speller = Speller({}, Path("none"))
    assert list(speller.misspelt(text, Language.SWEDISH)) == []
    assert speller.suggestions("x", Language.ENGLISH) == ()


@given(st.text(max_size=200))
def test_a_found_word_stands_where_it_is_said_to(text: str) -> None:
    speller = Speller({Language.ENGLISH: _Knows(set())}, Path("none"))
    for place in speller.misspelt(text, Language.ENGLISH):
        assert text[place.start : place.start + len(place.word)] == place.word


def test_the_language_is_guessed_from_the_text() -> None:
    assert guess("Ansökan visar att parterna är eniga och har avsatt tid.", Language.ENGLISH) is Language.SWEDISH
    assert guess("The application shows that the partners agree.", Language.SWEDISH) is Language.ENGLISH
    assert guess("", Language.ENGLISH) is Language.ENGLISH
    assert language_of("och", Spelling.OFF, Language.SWEDISH) is None
    assert language_of("och", Spelling.ENGLISH, Language.SWEDISH) is Language.ENGLISH


class _Knows:
    """A dictionary of these words alone."""

    def __init__(self, words: set[str]) -> None:
        self._words = words

    def check(self, word: str) -> bool:
        return word in self._words

    def suggest(self, word: str) -> list[str]:
        return sorted(self._words)
