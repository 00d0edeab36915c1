"""A proposal can be remembered and has its 78 bits; one's own is judged honestly."""

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop import i18n, passphrases
from esf_desktop.i18n import Language
from esf_desktop.passphrases import Strength, bits, normal, parts, propose, strength

own_words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@pytest.mark.parametrize("language", list(Language))
def test_a_proposal_is_six_words_that_nobody_can_guess(language: Language) -> None:
    i18n.use(language)
    proposed = propose()
    assert len(proposed.split("-")) == passphrases.WORDS
    assert proposed != propose()
    assert strength(proposed) is Strength.STRONG


@pytest.mark.parametrize("language", list(Language))
def test_the_halves_make_more_than_nine_thousand_different_words_that_any_keyboard_can_type(language: Language) -> None:
    firsts, seconds = parts(language)
    words = {first + second for first in firsts for second in seconds if first != second}
    assert len(words) == len(firsts) * len(seconds) - len(set(firsts) & set(seconds))
    assert math.log2(len(words)) * passphrases.WORDS > 78
    assert all(word.isascii() and word.islower() for word in words)


@pytest.mark.parametrize("weak", ["sommar2026", "Sommar2026!", "aaaaaaaaaaaa", "qwertyuiop12", "hunden heter bosse"])
def test_what_people_think_of_first_is_called_weak(weak: str) -> None:
    assert strength(weak) is Strength.DAY


@pytest.mark.parametrize("short", ["", " ", "björk", "  1234567  "])
def test_fewer_than_eight_signs_are_too_short(short: str) -> None:
    assert strength(short) is Strength.SHORT


@pytest.mark.parametrize("strong", ["x7Kp9!mQ2vRt", "jag gillar pannkakor med sylt"])
def test_chance_and_many_words_are_called_strong(strong: str) -> None:
    assert strength(strong) is Strength.STRONG


@given(own_words)
def test_a_repeated_word_adds_nothing_much(text: str) -> None:
    assert bits("björk sten") <= bits("björk sten björk") <= bits("björk sten") + 1
    assert bits(text) >= 0


@given(own_words)
def test_however_it_is_typed_it_is_the_same_passphrase(text: str) -> None:
    assert normal(unicodedata.normalize("NFD", f"  {text} ")) == normal(text) == normal(normal(text))
