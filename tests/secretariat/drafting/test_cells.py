"""What the text of a cell means, in all the ways in which people write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop import formatting
from esf_desktop.model import ProjectType
from esf_desktop.secretariat.drafting import cells
from esf_desktop.secretariat.drafting.cells import Unreadable


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("7867603", 7_867_603),
        ("7 867 603 kr", 7_867_603),
        ("7\xa0867\xa0603\xa0kr", 7_867_603),
        ("7\u202f867\u202f603", 7_867_603),
        ("7.867.603", 7_867_603),
        ("7,867,603", 7_867_603),
        ("7.867.603,50", 7_867_604),
        ("7,867,603.00", 7_867_603),
        ("7867603,00 kr", 7_867_603),
        ("SEK 7 867 603", 7_867_603),
        ("7867603:-", 7_867_603),
        ("7,9 mkr", 7_900_000),
        ("ca 7,9 miljoner kronor", 7_900_000),
        ("7 868 tkr", 7_868_000),
        ("7.867", 7_867),
        ("0", 0),
        ("se bilaga", Unreadable.NO_AMOUNT),
        ("1 000 + 500", Unreadable.NO_AMOUNT),
        ("-5000", Unreadable.NO_AMOUNT),
        ("12.34.56", Unreadable.NO_AMOUNT),
        ("99999999999999999", Unreadable.NO_AMOUNT),
        ("7,87E+06", Unreadable.LOST_DIGITS),
        ("#####", Unreadable.NO_AMOUNT),
    ],
)
def test_an_amount_is_read_however_it_is_written(text: str, amount: int | Unreadable) -> None:
    assert cells.amount(text) == amount


def test_a_heading_can_say_what_its_amounts_count_but_a_cell_knows_better() -> None:
    assert cells.amount("7 868", 1_000) == 7_868_000
    assert cells.amount("7,9", 1_000_000) == 7_900_000
    assert cells.amount("7 868 000 kr", 1_000) == 7_868_000


@given(st.integers(0, 10**12))
def test_what_the_program_writes_as_money_it_reads_as_the_same(amount: int) -> None:
    assert cells.amount(formatting.money(amount)) == amount


@given(st.text(max_size=40))
def test_no_text_makes_a_cell_fail(text: str) -> None:
    for read in (cells.amount, cells.day, cells.project_type, cells.diary_number, cells.organisation_number):
        read(text)
    cells.places(text)
    cells.names(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-01-31", date(2027, 1, 31)),
        ("2027-01-31 00:00", date(2027, 1, 31)),
        ("2027/1/31", date(2027, 1, 31)),
        ("20270131", date(2027, 1, 31)),
        ("31.1.2027", date(2027, 1, 31)),
        ("31/1 2027", date(2027, 1, 31)),
        ("1/31/2027", date(2027, 1, 31)),
        ("31 januari 2027", date(2027, 1, 31)),
        ("1 oktober 2027", date(2027, 10, 1)),
        ("jan 2027", date(2027, 1, 1)),
        ("2027-01", date(2027, 1, 1)),
        ("46418", date(2027, 1, 31)),
        ("1/2/2027", Unreadable.TWO_DAYS),
        ("2027-02-30", Unreadable.NO_DAY),
        ("efter sommaren", Unreadable.NO_DAY),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, day: date | Unreadable) -> None:
    assert cells.day(text) == day


def test_a_month_ends_with_its_last_day() -> None:
    assert cells.day("februari 2028", last=True) == date(2028, 2, 29)
    assert cells.day("2027-12", last=True) == date(2027, 12, 31)


def test_numbers_have_one_spelling() -> None:
    assert cells.diary_number(" 2026-00112 ") == "2026/00112"
    assert cells.diary_number("2026/00112") == "2026/00112"
    assert cells.diary_number("SFP 12") == "SFP 12"
    assert cells.organisation_number("164020000107") == "402000-0107"
    assert cells.organisation_number("4020000107") == "402000-0107"
    assert cells.organisation_number("saknas") == "saknas"


def test_lists_in_a_cell_are_parted() -> None:
    assert cells.places("Arjeplog, Arvidsjaur och Umeå; Kiruna kommun, Sollefteå") == (
        "2506",
        "2505",
        "2480",
        "2584",
        "Sollefteå",
    )
    assert cells.names("Region A; Kommun B, C") == ("Region A", "Kommun B, C")
    assert cells.project_type("Förstudie (6 mån)") is ProjectType.FEASIBILITY_STUDY
    assert cells.project_type("genomförandeprojekt") is ProjectType.IMPLEMENTATION
