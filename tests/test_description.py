"""Odd facts about an application are pointed out, and none is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop import description, i18n
from esf_desktop.description import Oddity
from esf_desktop.model import Application, ApplicationId, replace

SOUND = Application(
    ApplicationId("2026/00112"),
    "Kompetenskliv",
    "Övningskommunen",
    organisation_number="402000-0107",
    start_date=date(2027, 1, 1),
    end_date=date(2029, 12, 31),
    requested_support=60,
    co_financing=40,
    total_budget=100,
    municipalities=("2480", "Luleå"),
)


def odd(application: Application) -> list[Oddity]:
    return [warning.oddity for warning in description.warnings(application)]


def test_a_sound_application_gives_no_warning() -> None:
    assert odd(SOUND) == []


@pytest.mark.parametrize(
    ("changes", "oddity"),
    [
        ({"id": ApplicationId("ansokan")}, Oddity.DIARY_NUMBER),
        ({"project_name": " "}, Oddity.PROJECT_NAME),
        ({"applicant_name": ""}, Oddity.APPLICANT_NAME),
        ({"organisation_number": "402000-0108"}, Oddity.ORGANISATION_NUMBER),
        ({"organisation_number": "12"}, Oddity.ORGANISATION_NUMBER),
        ({"organisation_number": "811218-9876"}, Oddity.PERSON),
        ({"end_date": date(2026, 12, 31)}, Oddity.PERIOD),
        ({"total_budget": 101}, Oddity.SUM),
        ({"municipalities": ("2480", "Ankeborg")}, Oddity.MUNICIPALITY),
    ],
)
def test_each_oddity_is_found_and_said_in_both_languages(changes: dict[str, object], oddity: Oddity) -> None:
    changed = replace(SOUND, **changes)
    assert odd(changed) == [oddity]
    (warning,) = description.warnings(changed)
    swedish = warning.sentence()
    i18n.use(i18n.Language.ENGLISH)
    assert swedish != warning.sentence()


def test_what_is_not_known_is_not_odd() -> None:
    bare = replace(SOUND, organisation_number="", start_date=None, co_financing=None, municipalities=())
    assert odd(bare) == []


@pytest.mark.parametrize("number", ["402000-0107", "402000-0206", "402000-0305", "402000-0404", "4020000503"])
def test_real_check_digits_add_up(number: str) -> None:
    assert description.adds_up(number)


@given(st.integers(0, 9), st.integers(0, 9))
def test_one_changed_digit_never_adds_up(place: int, digit: int) -> None:
    digits = "4020000107"
    changed = digits[:place] + str(digit) + digits[place + 1 :]
    assert description.adds_up(changed) is (changed == digits)


def test_a_persons_number_is_masked_whole_and_an_organisations_not_at_all() -> None:
    assert not any(sign.isdigit() for sign in description.masked("811218-9876"))
    assert not any(sign.isdigit() for sign in description.masked("19811218-9876"))
    assert description.masked("402000-0107") == "402000-0107"
