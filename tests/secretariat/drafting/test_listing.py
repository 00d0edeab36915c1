"""What a list tells of applications; every oddity names its row and cell, and none stops the others."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.documents.values import Sheet, SheetRow
from esf_desktop.i18n import Language, use
from esf_desktop.model import ProjectType
from esf_desktop.secretariat.drafting import columns, listing
from esf_desktop.secretariat.drafting.listing import Kind, Listing
from tests.secretariat.drafting.lists import HEADINGS, ROWS


def sheet(*rows: Sequence[str], merged: tuple[str, ...] = ()) -> Sheet:
    numbered = (SheetRow(number, tuple(row)) for number, row in enumerate(rows, start=1))
    return Sheet("", tuple(row for row in numbered if any(row.cells)), merged)


def read(*rows: Sequence[str], merged: tuple[str, ...] = ()) -> Listing:
    made = sheet(*rows, merged=merged)
    return listing.read(made, *columns.guess(made.rows))


def changed(row: int, **cells: str) -> tuple[Sequence[str], ...]:
    """The sound list with some cells of a row, from 0, changed; a cell is named by its letter."""
    rows = [list(one) for one in ROWS]
    for name, text in cells.items():
        rows[row][columns.number(name)] = text
    return (HEADINGS, *rows)


def doubts(found: Listing) -> list[tuple[Kind, int, str]]:
    return [(doubt.kind, doubt.row, doubt.cell) for doubt in found.doubts]


def test_a_sound_list_is_read_whole() -> None:
    found = read(HEADINGS, *ROWS)
    assert not found.doubts
    first, second, third = (entry.application for entry in found.entries)
    assert [entry.row for entry in found.entries] == [2, 3, 4]
    assert [one.id for one in (first, second, third)] == ["2026/00112", "2026/00115", "2026/00118"]
    assert (first.requested_support, second.requested_support, third.requested_support) == (6359500, 5417352, 2500000)
    assert (second.start_date, second.end_date) == (date(2027, 3, 1), date(2028, 2, 29))
    assert second.project_type is ProjectType.FEASIBILITY_STUDY
    assert second.organisation_number == "402000-0206"
    assert first.municipalities == ("2506", "2505")


def test_headings_are_found_below_a_title_whatever_their_order() -> None:
    turned = [tuple(reversed(row)) for row in (HEADINGS, *ROWS)]
    found = read(("Ansökningar till mötet den 8 december",), (), *turned)
    assert [entry.row for entry in found.entries] == [4, 5, 6]
    assert found.entries[0].application == read(HEADINGS, *ROWS).entries[0].application


def test_a_heading_can_count_in_thousands() -> None:
    found = read(("Dnr", "Projekt", "Sökande", "Sökt stöd (tkr)"), ("2026/00112", "A", "B", "6 360"))
    assert found.entries[0].application.requested_support == 6_360_000


def test_a_row_that_only_adds_up_is_no_application() -> None:
    found = read(HEADINGS, *ROWS, ("", "", "", "", "14 276 852"), ("Summa", "", "", "", "14 276 852"))
    assert len(found.entries) == 3
    assert doubts(found) == [(Kind.NO_NUMBER, 5, "")]


ODD: dict[str, tuple[tuple[Sequence[str], ...], Kind, int, str]] = {
    "an amount in words": (changed(1, E="se bilaga"), Kind.NO_AMOUNT, 3, "E3"),
    "an amount that a spreadsheet rounded": (changed(0, E="6,36E+06"), Kind.LOST_DIGITS, 2, "E2"),
    "a day that is none": (changed(2, F="2027-02-30"), Kind.NO_DAY, 4, "F4"),
    "a day that can be two": (changed(2, G="1/2/2028"), Kind.TWO_DAYS, 4, "G4"),
    "a project type of no kind": (changed(0, I="utbildning"), Kind.NO_TYPE, 2, "I2"),
    "a number twice": (changed(1, A="2026-00112"), Kind.TWICE, 3, "A3"),
    "no number": (changed(1, A=" "), Kind.NO_NUMBER, 3, ""),
    "lost letters": (changed(0, B="Kompetenskliv f\ufffdr alla"), Kind.LETTERS, 2, "B2"),
    "a cell too many": ((HEADINGS, (*ROWS[0], "och", "mer")), Kind.TOO_MANY_CELLS, 2, ""),
    "a number that does not add up": (changed(0, D="402000-0108"), Kind.ODD, 2, ""),
    "an end before the start": (changed(0, G="2026-01-01"), Kind.ODD, 2, ""),
    "a municipality elsewhere": (changed(0, H="Sollefteå"), Kind.ODD, 2, ""),
    "no name": (changed(0, B=""), Kind.ODD, 2, ""),
}


@pytest.mark.parametrize("case", ODD)
def test_an_oddity_names_its_row_and_cell_and_leaves_the_other_rows_alone(case: str) -> None:
    rows, kind, row, cell = ODD[case]
    found = read(*rows)
    assert doubts(found) == [(kind, row, cell)]
    (doubt,) = found.doubts
    left = {entry.row for entry in found.entries}
    assert left == {n for n in range(2, len(rows) + 1) if n != row or not doubt.leaves_out}
    for language in Language:
        use(language)
        assert str(row) in doubt.sentence()
        assert cell in doubt.sentence()


def test_a_missing_column_is_told_of_by_its_name() -> None:
    found = read(("Dnr", "Projekt", "Kommun"), ("2026/00112", "Inland", "Umeå"))
    assert [doubt.value for doubt in found.doubts if doubt.kind is Kind.NO_COLUMN] == ["Stödsökande"]
    assert found.entries[0].application.project_name == "Inland"


def test_merged_cells_count_for_each_of_their_rows_and_are_told_of() -> None:
    found = read(*changed(1, C=""), merged=("A1:I1", "C2:C3"))
    assert [entry.application.applicant_name for entry in found.entries[:2]] == [ROWS[0][2]] * 2
    assert doubts(found) == [(Kind.MERGED, 2, "C2:C3")]


def test_a_list_without_headings_is_read_by_the_columns_that_a_person_names() -> None:
    made = sheet(*ROWS)
    assert columns.guess(made.rows) == (None, {})
    found = listing.read(made, None, {"id": 0, "project_name": 1, "applicant_name": 2})
    assert [entry.application.project_name for entry in found.entries] == [row[1] for row in ROWS]


@given(st.integers(0, 700))
def test_a_column_and_its_letters_are_one(column: int) -> None:
    assert columns.number(columns.letter(column)) == column


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8), st.dictionaries(
    st.sampled_from(sorted(columns.HEADINGS)), st.integers(0, 7)))  # fmt: skip
def test_no_list_makes_the_reading_fail_and_every_row_is_taken_or_told_of(
    rows: list[list[str]], chosen: dict[str, int]
) -> None:
    found = listing.read(sheet(*rows), None, chosen)
    numbers = [entry.application.id for entry in found.entries]
    assert len(set(numbers)) == len(numbers)
    for doubt in found.doubts:
        assert doubt.sentence()
