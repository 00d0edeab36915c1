"""Choices survive, and a damaged file costs nothing but the choices."""

from pathlib import Path

import pytest

from esf_desktop import settings
from esf_desktop.i18n import Language
from esf_desktop.settings import Settings, Theme


def test_what_was_chosen_is_read_again(tmp_path: Path) -> None:
    chosen = Settings(Language.ENGLISH, Theme.DARK, 150, {"comment": "M"}, (200, 700, 400), "abc")
    settings.write(tmp_path / "deep" / "settings.json", chosen)
    assert settings.read(tmp_path / "deep" / "settings.json") == chosen


@pytest.mark.parametrize("content", [b"", b"{", b'{"theme": "pink"}', b"\xff\xfe", b"[]"])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    assert settings.read(tmp_path / "settings.json") == Settings()


def test_one_choice_that_cannot_be_read_costs_no_other(tmp_path: Path) -> None:
    content = b'{"theme": "pink", "text_size": 150, "keys": {"comment": "M"}, "lock_minutes": "soon", "recent": ["/a"]}'
    (tmp_path / "settings.json").write_bytes(content)
    kept = settings.read(tmp_path / "settings.json")
    assert (kept.theme, kept.text_size, kept.keys, kept.recent) == (Theme.SYSTEM, 150, {"comment": "M"}, ("/a",))
    assert kept.lock_minutes == 15


def test_a_place_that_takes_no_choices_costs_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    settings.write(tmp_path / "file" / "settings.json", Settings(theme=Theme.DARK))
    assert settings.read(tmp_path / "file" / "settings.json") == Settings()


def test_the_files_opened_lately_are_few_and_the_newest_first(tmp_path: Path) -> None:
    chosen = Settings()
    for number in [*range(20), 15]:
        chosen = settings.opened(chosen, [tmp_path / f"{number}.pdf"])
    assert [Path(name).stem for name in chosen.recent] == ["15", "19", "18", "17", "16", "14", "13", "12", "11"]


def test_a_missing_file_gives_the_defaults_and_swedish(tmp_path: Path) -> None:
    assert settings.read(tmp_path / "none.json").language is Language.SWEDISH


def test_choices_of_a_later_version_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_bytes(b'{"theme": "dark", "hologram": true}')
    assert settings.read(tmp_path / "settings.json") == Settings(theme=Theme.DARK)
