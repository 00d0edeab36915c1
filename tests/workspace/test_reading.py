"""Where a person was in a document is kept by its content, beside the documents and outside the journal."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.model import DocumentId
from esf_desktop.workspace import Workspace
from esf_desktop.workspace.document_store import DocumentStore
from esf_desktop.workspace.reading import Place

ONE, OTHER, THIRD = (DocumentId(letter * 64) for letter in "abc")
PLACES = st.builds(
    Place,
    st.just(ONE),
    st.integers(0, 4000),
    st.floats(0, 1),
    st.one_of(st.floats(0.1, 8), st.sampled_from(["width", "page"])),
    st.integers(0, 3),
)


@given(st.lists(PLACES, min_size=1, max_size=5))
def test_the_latest_place_is_found_again_as_it_was(places: list[Place]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        store = DocumentStore(Path(folder) / "d.esfdb", None)
        for place in places:
            store.places.put(place)
        assert store.places.get(ONE) == places[-1]
        store.close()


def test_a_document_that_was_never_left_has_no_place(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path / "d.esfdb", None)
    assert store.places.get(ONE) is None
    assert store.places.latest([ONE, OTHER]) is None
    store.close()


def test_the_document_that_was_read_last_is_known(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path / "d.esfdb", None)
    for document in (ONE, OTHER, THIRD, ONE):
        store.places.put(Place(document))
    assert store.places.latest([OTHER, THIRD]) == THIRD
    assert store.places.latest([OTHER, ONE, THIRD]) == ONE
    store.close()


def test_places_leave_the_work_and_its_journal_as_they_were(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "w")
    before, head = workspace.logical_hash(), workspace.journal_head()
    workspace.store.places.put(Place(ONE, 3, 0.5, 1.5, 1))
    assert (workspace.logical_hash(), workspace.journal_head()) == (before, head)
    assert workspace.faults() == ()
    workspace.close()


def test_documents_that_were_kept_before_places_were_remembered_open_as_ever(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path / "d.esfdb", None)
    sha256 = store.put(b"ett dokument")
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE place")
    store.close()
    again = DocumentStore(tmp_path / "d.esfdb", None)
    assert again.get(sha256) == b"ett dokument"
    again.places.put(Place(ONE))
    assert again.places.get(ONE) == Place(ONE)
    again.close()
