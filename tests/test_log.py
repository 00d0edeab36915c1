"""The log says what failed and where, and nothing that anybody wrote or is called."""

from pathlib import Path

from esf_desktop import log
from esf_desktop.errors import EmptyFileError


def test_a_refusal_leaves_its_code_and_not_the_name_of_the_file(tmp_path: Path) -> None:
    file = log.start(tmp_path)
    log.refusal(EmptyFileError("Anna Annassons ansökan.pdf"))
    written = file.read_text("utf-8")
    assert "empty" in written
    assert "Anna" not in written


def test_a_bug_leaves_its_kind_and_places_and_not_its_message(tmp_path: Path) -> None:
    file = log.start(tmp_path)
    try:
        raise KeyError("en hemlig motivering")
    except KeyError as error:
        log.bug(error)
    written = file.read_text("utf-8")
    assert "KeyError" in written
    assert "test_log.py" in written
    assert "hemlig" not in written


def test_the_log_stays_small(tmp_path: Path) -> None:
    file = log.start(tmp_path)
    for _line in range(20_000):
        log.refusal(EmptyFileError("x" * 100))
        log.logger.info("y" * 100)
    assert sum(one.stat().st_size for one in tmp_path.iterdir()) < 3 * 2**19 + 1000
    assert file.exists()
