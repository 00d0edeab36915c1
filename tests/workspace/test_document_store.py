"""Documents by their hash, and words found in their pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esf_desktop.finding import as_query, findable, holds, parted, terms
from esf_desktop.model import DocumentId
from esf_desktop.workspace.document_store import CHUNK, DocumentStore
from esf_desktop.workspace.tables import TEXT_INDEX

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
    assert [place for _document, place, _number in store.search(terms(words))] == pages


def test_the_text_of_a_page_is_read_by_the_number_that_the_search_gave(store: DocumentStore) -> None:
    store.put(b"%PDF", PAGES)
    ((document, place, number),) = store.search(terms("styrgrupp"))
    assert place == 1
    assert store.texts([number]) == {number: PAGES[1]}
    assert store.indexed() == {document: 2}


def test_a_document_is_indexed_once_and_one_without_text_is_remembered_as_such(store: DocumentStore) -> None:
    scanned, read = store.put(b"scanned", ["", " "]), store.put(b"%PDF", PAGES)
    store.put(b"%PDF", PAGES)
    waiting = store.put(b"later")
    assert store.indexed() == {scanned: 0, read: 2}
    assert waiting not in store.indexed()
    assert len(store.search(terms("kommuner"))) == 1


def test_what_is_swept_away_is_not_found_any_more_and_no_byte_of_its_words_is_left(
    store: DocumentStore, tmp_path: Path
) -> None:
    store.put(b"%PDF", ["Kanariefågeln sjunger.", "Kanariefåglarna sjunger."])
    kept = store.put(b"kept", PAGES)
    assert store.sweep({kept}) == 1
    store.compact()
    assert store.search(terms("kanarie*")) == ()
    assert list(store.indexed()) == [kept]
    assert len(store.search(terms("kommuner"))) == 1
    for file in tmp_path.iterdir():
        assert b"anarief" not in file.read_bytes()


def test_an_index_of_an_earlier_kind_is_made_anew(tmp_path: Path) -> None:
    import sqlcipher3.dbapi2 as sqlcipher

    DocumentStore(tmp_path / "documents.esfdb", None).close()
    connection = sqlcipher.connect(tmp_path / "documents.esfdb")
    for table in ("page_body", "page_words", "indexed"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("CREATE VIRTUAL TABLE page_text USING fts5(sha256 UNINDEXED, place UNINDEXED, body)")
    connection.commit()
    connection.close()
    store = DocumentStore(tmp_path / "documents.esfdb", None)
    assert store.indexed() == {}
    store.put(b"%PDF", PAGES)
    assert len(store.search(terms("kommuner"))) == 1
    store.close()


LETTERS = st.text(
    st.one_of(st.sampled_from("aAåÅäöéèüßáčđŋŧŠžæØ- \n\xad\u0301\u030a\ufb01fi"), st.characters(codec="utf-8")),
    max_size=40,
)


@settings(max_examples=300)
@given(st.lists(LETTERS, min_size=1, max_size=3), LETTERS, st.booleans())
def test_what_is_found_in_a_text_of_ones_own_is_found_when_the_same_text_stands_in_a_document(
    pages: list[str], words: str, from_page: bool
) -> None:
    import sqlcipher3.dbapi2 as sqlcipher

    wanted = terms(pages[0][:12] if from_page else words)
    connection = sqlcipher.connect(":memory:")
    connection.execute(next(made for made in TEXT_INDEX if "fts5" in made))
    rows = [(n, findable(page), parted(page)) for n, page in enumerate(pages)]
    connection.executemany("INSERT INTO page_words (rowid, joined, parted) VALUES (?, ?, ?)", rows)
    query = "SELECT rowid FROM page_words WHERE page_words MATCH ?"
    found = {n for (n,) in connection.execute(query, (as_query(wanted),))} if wanted else set()
    connection.close()
    assert found == ({n for n, page in enumerate(pages) if holds(page, wanted)} if wanted else set())


@pytest.mark.parametrize(
    "words", ['"', '""""', "*", "NOT", "a AND OR b", "NEAR(a b)", "a\x00b", "^col:x - +", "å" * 10_000, "ord " * 2_000]
)
def test_no_words_make_the_search_fail(store: DocumentStore, words: str) -> None:
    store.put(b"%PDF", PAGES)
    assert isinstance(store.search(terms(words)), tuple)
