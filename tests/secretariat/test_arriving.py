"""A watched folder: a file counts once it is whole, and in each shape once only."""

from pathlib import Path

from esf_desktop.secretariat.arriving import GIVEN_UP, STILL, Arriving
from esf_desktop.signing import encryption
from tests.secretariat.files import enrolment

SOUND = enrolment(0)


def put(folder: Path, content: bytes = SOUND, name: str = "a.esfenrol") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_whole_file_is_told_of_once_it_has_been_still(tmp_path: Path) -> None:
    path, arriving = put(tmp_path), Arriving(tmp_path)
    assert not arriving.look(0.0)
    assert arriving.unfinished == (path,)
    assert arriving.look(STILL / 2) == ()
    assert arriving.look(STILL) == (path,)
    assert not arriving.look(STILL * 2)
    assert not arriving.unfinished


def test_a_file_that_is_being_written_is_left_until_its_end_is_there(tmp_path: Path) -> None:
    arriving = Arriving(tmp_path)
    for second, part in enumerate((len(SOUND) // 3, len(SOUND) // 2, len(SOUND) - 1)):
        put(tmp_path, SOUND[:part])
        assert arriving.look(float(second)) == ()
    assert arriving.look(10.0) == ()
    path = put(tmp_path)
    assert arriving.look(11.0) == ()
    assert arriving.look(11.0 + STILL) == (path,)


def test_room_that_was_set_aside_for_a_file_is_no_file_yet(tmp_path: Path) -> None:
    arriving = Arriving(tmp_path)
    put(tmp_path, SOUND[:100] + bytes(len(SOUND) - 100))
    assert arriving.look(0.0) == arriving.look(STILL * 3) == ()


def test_a_file_that_stays_cut_short_is_told_of_in_the_end_so_that_somebody_hears_why(tmp_path: Path) -> None:
    path, arriving = put(tmp_path, SOUND[:-1]), Arriving(tmp_path)
    assert arriving.look(0.0) == arriving.look(GIVEN_UP - 1) == ()
    assert arriving.look(GIVEN_UP) == (path,)


def test_an_encrypted_file_has_no_end_that_tells(tmp_path: Path) -> None:
    key = encryption.parse_key(encryption.make_key().encode(), file="k")
    path = put(tmp_path, encryption.encrypt(SOUND, key.recipients), "a.esfbundle")
    arriving = Arriving(tmp_path)
    assert arriving.look(0.0) == ()
    assert arriving.look(STILL) == (path,)


def test_a_file_that_is_put_there_anew_is_told_of_again(tmp_path: Path) -> None:
    arriving = Arriving(tmp_path)
    put(tmp_path)
    assert arriving.look(0.0) == ()
    assert len(arriving.look(STILL)) == 1
    path = put(tmp_path, enrolment(1))
    assert arriving.look(5.0) == ()
    assert arriving.look(5.0 + STILL) == (path,)


def test_other_files_and_hidden_ones_are_left_and_a_folder_that_is_gone_holds_none(tmp_path: Path) -> None:
    put(tmp_path, name="brev.pdf")
    put(tmp_path, name=".a.esfenrol.part")
    put(tmp_path, name=".a.esfenrol")
    arriving = Arriving(tmp_path)
    assert arriving.look(0.0) == arriving.look(100.0) == arriving.unfinished == ()
    assert Arriving(tmp_path / "borta").look(0.0) == ()
