"""Two texts in pieces: what is alike stands in both, and nothing is lost on the way."""

from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.differences import Piece, counted, pieces

texts = st.text(st.sampled_from("abå .,\n–"), max_size=60)


@given(texts, texts)
def test_joined_pieces_are_the_texts_and_what_is_alike_is_the_same_in_both(before: str, after: str) -> None:
    left, right = pieces(before, after)
    assert "".join(p.text for p in left) == before
    assert "".join(p.text for p in right) == after
    assert "".join(p.text for p in left if not p.own) == "".join(p.text for p in right if not p.own)


@given(texts)
def test_a_text_differs_in_nothing_from_itself(text: str) -> None:
    left, right = pieces(text, text)
    assert not any(piece.own for piece in left + right)


def test_a_word_that_was_exchanged_is_all_that_differs() -> None:
    left, right = pieces("Åtta kommuner deltar.", "Nio kommuner deltar.")
    assert left == (Piece("Åtta", True), Piece(" kommuner deltar.", False))
    assert right == (Piece("Nio", True), Piece(" kommuner deltar.", False))
    assert (counted(left), counted(right)) == (1, 1)
