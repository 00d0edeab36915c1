"""Documents by their hash, and words found in their pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.model import DocumentId
from esf_desktop.workspace.document_store import CHUNK, DocumentStore, match_query

PAGES = ["Parterna kommer från åtta kommuner i båda länen.", "Arbetet leds av en styrgrupp; att höra till är målet."]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DocumentStore]:
    opened = DocumentStore(tmp_path / "documents.esfdb", None)
    yield opened
    opened.close()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_a_document_comes_back_as_it_was(store: DocumentStore, size: int) -> None:
    content = bytes(n * 7 % 251 for n in range(size))
    assert store.get(store.put(content)) == content
    assert store.put(content) == store.put(content)


def test_a_document_that_is_not_there_is_a_key_error(store: DocumentStore) -> None:
    with pytest.raises(KeyError):
        store.get(DocumentId("0" * 64))


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("kommuner", [0]),
        ("KOMMUNER länen", [0]),
        ("komm", [0]),
        ("komm länen", []),
        ('"åtta kommuner"', [0]),
        ('"kommuner åtta"', []),
        ("atta", []),
        ("hora", []),
        ("höra", [1]),
        ("målet.", [1]),
        ("finnsinte", []),
        ("", []),
        ("* ^ ( ) : -", []),
    ],
)
def test_words_are_found_on_their_page_with_swedish_letters_of_their_own(
    store: DocumentStore, words: str, pages: list[int]
) -> None:
    store.put(b"%PDF", PAGES)
    assert [hit.place for hit in store.search(words)] == pages


def test_the_found_words_are_marked_in_their_context(store: DocumentStore) -> None:
    store.put(b"%PDF", PAGES)
    (hit,) = store.search("åtta kommuner")
    assert "[[åtta]] [[kommuner]]" in hit.around or "[[åtta kommuner]]" in hit.around


@given(st.text(max_size=40))
def test_no_words_make_the_search_fail(words: str) -> None:
    import sqlcipher3.dbapi2 as sqlcipher

    connection = sqlcipher.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(body)")
    query = match_query(words)
    if query:
        connection.execute("SELECT * FROM t WHERE t MATCH ?", (query,)).fetchall()
    connection.close()
