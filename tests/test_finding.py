"""Words in one spelling: Swedish letters of their own, parted words, phrases and beginnings, and where they stand."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from esf_desktop.finding import MOST_TERMS, Term, around, beginnings, findable, first, holds, passage, places, terms

ANY = st.text(
    st.one_of(st.sampled_from("aåäÅé\u0301\u030a\xad-\n \ufb01Iıß"), st.characters(codec="utf-8")), max_size=40
)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Sápmi", "i Sa\u0301pmi"),
        ("sapmi", "i SÁPMI"),
        ("čáhppe", "cahppe"),
        ("Muller", "Müller"),
        ("ide", "en idé"),
        ("Tromsö", "Tromsø"),
        ("fa\u030aglar", "fåglar"),
        ("finans", "\ufb01nansiering"),
        ("samverkan", "sam\xadverkan"),
        ("samverkan", "samver\xad\r\nkan"),
        ("samverkan", "samver-\nkan"),
        ("icke-diskriminering", "icke-\ndiskriminering"),
        ("ickediskriminering", "icke-\ndiskriminering"),
        ("icke diskriminering", "diskriminering är icke"),
        ('"åtta kommuner"', "åtta\nkommuner"),
        ('"åtta kommuner', "åtta kommunernas"),
        ("samv*  två", "två i samverkan"),
        ("Agenda 2030", "agenda 2030"),
        ("snake_case", "snake case"),
    ],
)
def test_it_is_found(asked: str, text: str) -> None:
    wanted = terms(asked)
    assert holds(text, wanted)
    assert places(text, wanted)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("har", "här"),
        ("atta", "åtta"),
        ("hor", "hör"),
        ("å", "a"),
        ("samv två", "två i samverkan"),
        ('"komm"', "kommuner"),
        ('"kommuner åtta"', "åtta kommuner"),
        ("verkan", "samverkan"),
        ("a b", "b c"),
    ],
)
def test_it_is_not_found(asked: str, text: str) -> None:
    assert not holds(text, terms(asked))


@settings(max_examples=300)
@given(ANY)
def test_every_word_of_a_text_is_found_in_it_and_has_a_place(text: str) -> None:
    for word in findable(text).split():
        assert holds(text, (Term((word,)),))
        assert places(text, (Term((word,)),))


@given(ANY)
@example("\ufb2a")
def test_a_spelling_is_its_own_spelling(text: str) -> None:
    assert findable(findable(text)) == findable(text)


@settings(max_examples=200)
@given(ANY, ANY)
def test_what_is_held_by_a_text_has_a_place_and_the_other_way_round(text: str, asked: str) -> None:
    for term in terms(asked):
        assert holds(text, (term,)) == bool(places(text, (term,)))


@given(ANY, ANY)
def test_places_follow_each_other_and_lie_within_the_text(text: str, asked: str) -> None:
    spans = places(text, terms(asked))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for start, end in spans:
        left, right = passage(text, start, end)
        assert 0 <= left <= start < end <= right <= len(text)


def test_the_context_marks_what_is_found_and_shows_near_places_once() -> None:
    text = "Parterna samverkar. " + "Ett ord till. " * 20 + "Samverkan, och åter samverkan, leds av en styrgrupp."
    found = list(around(text, places(text, terms("samverk*"))))
    assert [piece.pieces[1::2] for piece in found] == [("samverkar",), ("Samverkan", "samverkan")]
    assert found[0].pieces[0] == "Parterna "
    assert found[0].pieces[-1].endswith(" …")
    assert found[1].pieces[0].startswith("… ")


def test_a_passage_is_the_sentence_around_and_bounded() -> None:
    text = "Ett. Parterna kommer från åtta kommuner. Två."
    (span,) = places(text, terms("åtta"))
    assert text[slice(*passage(text, *span))] == "Parterna kommer från åtta kommuner."
    long = "ord " * 500
    left, right = passage(long, 1000, 1003, longest=100)
    assert right - left <= 110
    assert long[left:right].startswith("ord")


def test_a_short_last_line_is_a_passage_of_its_own() -> None:
    text = "En lång rad som fyller hela sidans bredd med ord\r\nTabell\r\nBudget 4 kr"
    (span,) = places(text, terms("budget"))
    assert text[slice(*passage(text, *span))] == "Budget 4 kr"


def test_there_is_nothing_to_find_for_signs_and_an_end_to_what_is_asked() -> None:
    assert terms('"" * ( ) \x00 –') == ()
    assert len(terms(" ".join(f"o{n}" for n in range(200)))) <= MOST_TERMS
    assert first("text", ()) is None


def test_search_words_are_beginnings_and_phrases_with_one() -> None:
    assert beginnings(["samverk", "resultat från", "Samverk", "–"]) == (
        Term(("samverk",), beginning=True),
        Term(("resultat", "från"), beginning=True),
    )
