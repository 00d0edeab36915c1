"""The applications that a folder holds, however it is arranged."""

from pathlib import Path

import pytest

from esf_desktop.errors import UnreadableFileError
from esf_desktop.secretariat.drafting.folder import Found, look_into


def put(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7")
    return folder


def test_a_subfolder_or_a_file_name_holds_the_diary_number(tmp_path: Path) -> None:
    put(
        tmp_path,
        "2026-00112/bilaga.docx",
        "2026-00112/ansökan.pdf",
        "2026-00115 Stiftelsen/djupt/inne/ansokan.PDF",
        "Ansökan 2026_00118.pdf",
        "Budget 2026_00118.xlsx",
        "Dnr 2026-00121, av 2026-09-14.pdf",
    )
    found = look_into(tmp_path)
    assert found.applications == (
        Found("2026/00112", "2026/00112", ("2026-00112/ansökan.pdf", "2026-00112/bilaga.docx")),
        Found("2026/00115", "2026/00115", ("2026-00115 Stiftelsen/djupt/inne/ansokan.PDF",)),
        Found("2026/00118", "2026/00118", ("Ansökan 2026_00118.pdf", "Budget 2026_00118.xlsx")),
        Found("2026/00121", "2026/00121", ("Dnr 2026-00121, av 2026-09-14.pdf",)),
    )
    assert (found.loose, found.others) == ((), ())


def test_a_subfolder_without_a_number_is_one_application_and_a_file_without_one_belongs_to_none(tmp_path: Path) -> None:
    put(tmp_path, "Kompetensliv/a.pdf", "Kompetensliv/b.pdf", "strategi.pdf", "bild.jpg")
    found = look_into(tmp_path)
    assert found.applications == (Found("", "Kompetensliv", ("Kompetensliv/a.pdf", "Kompetensliv/b.pdf")),)
    assert (found.loose, found.others) == (("strategi.pdf",), ("bild.jpg",))


def test_one_subfolder_may_hold_all_of_them(tmp_path: Path) -> None:
    put(tmp_path, "Inkomna/2026-00112.pdf", "Inkomna/2026-00115/ansokan.pdf")
    assert [one.number for one in look_into(tmp_path).applications] == ["2026/00112", "2026/00115"]


def test_nothing_hidden_linked_or_of_our_own_is_taken(tmp_path: Path) -> None:
    put(tmp_path, ".dold/2026-00112.pdf", "~$2026-00112.docx", "Thumbs.db", "CALL.toml", "paket.esfcall", "r.esfdb-wal")
    put(tmp_path, "lista 2026-00100.xlsx")
    (tmp_path / "2026-00113.pdf").symlink_to(tmp_path / ".dold" / "2026-00112.pdf")
    found = look_into(tmp_path, apart=(tmp_path / "lista 2026-00100.xlsx",))
    assert (found.applications, found.loose, found.others) == ((), (), ())


def test_a_folder_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        look_into(tmp_path / "borta")
