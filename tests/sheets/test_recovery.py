"""The recovery sheet is one page of sound PDF/A, in both languages, with the code as it is typed."""

from datetime import date
from pathlib import Path

import pytest

from esf_desktop import i18n
from esf_desktop.i18n import Language
from esf_desktop.sheets.recovery import Recovery, recovery_sheet
from esf_desktop.workspace import recovery_code
from tests.sheets.samples import faults, pages_of, text_of


@pytest.mark.parametrize("language", list(Language))
def test_the_sheet_is_one_sound_page_with_name_day_fingerprint_and_code(language: Language, tmp_path: Path) -> None:
    i18n.use(language)
    code = recovery_code.make()
    content = recovery_sheet(Recovery("Åsa Öberg", "Region Övning", "5218cc0e" * 8, code, date(2026, 11, 23)))
    assert faults(content, tmp_path) == []
    assert len(pages_of(content)) == 1
    text = text_of(content)
    assert all(group in text for group in code.split("-"))
    for said in ("Åsa Öberg", "Region Övning", "2026-11-23", "5218 CC0E 5218 CC0E"):
        assert said in text


def test_a_very_long_name_does_not_push_the_code_off_the_page(tmp_path: Path) -> None:
    content = recovery_sheet(Recovery("x" * 300, "y " * 200, "ab" * 32, recovery_code.make(), date(2026, 1, 1)))
    assert faults(content, tmp_path) == []
    assert len(pages_of(content)) == 1
