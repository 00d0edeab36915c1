"""Facts are guessed from the text of an application, under whatever arrangement of label and value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.documents.client import Documents
from esf_desktop.documents.metadata import Guess, guess
from tests.documents import making

FACTS = [
    ("Diarienummer", "2026/00112"),
    ("Projektnamn", "Bro till arbete"),
    ("Stödsökande", "Norrskens kommunalförbund"),
    ("Organisationsnummer", "402000-0107"),
    ("Projektperiod", "2027-01-01 – 2029-12-31"),
    ("Sökt stöd", "7\xa0867\xa0603 kr"),
    ("Medfinansiering", "6\xa0701\xa0440 kr"),
    ("Total budget", "14\xa0569\xa0043 kr"),
    ("Kommuner", "Umeå, Skellefteå och Luleå"),
]
ALL = Guess(
    diary_number="2026/00112",
    project_name="Bro till arbete",
    applicant_name="Norrskens kommunalförbund",
    organisation_number="402000-0107",
    start_date=date(2027, 1, 1),
    end_date=date(2029, 12, 31),
    requested_support=7_867_603,
    co_financing=6_701_440,
    total_budget=14_569_043,
    municipalities=("2480", "2482", "2580"),
)
BESIDE = "\r\n".join(f"{label} {value}" for label, value in FACTS)
WITH_COLON = "\n".join(f"{label}: {value}" for label, value in FACTS)
BELOW = "\n".join(f"{label}\n{value}" for label, value in FACTS)
COLUMNS = "\n".join([*(label for label, _ in FACTS), *(value for _, value in FACTS)])


@pytest.mark.parametrize("text", [BESIDE, WITH_COLON, BELOW, COLUMNS])
@pytest.mark.parametrize("before", ["", "Ansökan om stöd\nEuropeiska socialfonden\n"])
def test_every_fact_is_found_beside_below_or_in_the_next_column(before: str, text: str) -> None:
    assert guess(f"{before}{text}\nSammanfattning\nMedfinansiering sker genom arbetstid.") == ALL


def test_running_text_that_begins_with_a_label_is_not_a_fact() -> None:
    text = (
        "Stödsökande organisation ska ha en bärkraftig ekonomi. Medfinansiering sker genom arbetstid.\n"
        "Kommuner i båda länen deltar.\nProjektnamn\n"
    )
    assert guess(text) == Guess()


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("7 867 603 kr", 7_867_603),
        ("7\u202f867\u202f603 SEK", 7_867_603),
        ("7867603", 7_867_603),
        ("7.867.603 kronor", 7_867_603),
        ("7 868 tkr", 7_868_000),
        ("7,9 mkr", 7_900_000),
        ("8 miljoner kronor", 8_000_000),
        ("7 867 603,50 kr", 7_867_603),
        ("46 %", None),
        ("enligt bilaga", None),
    ],
)
def test_sums_are_read_as_people_write_them(said: str, amount: int | None) -> None:
    assert guess(f"Sökt stöd: {said}").requested_support == amount


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("2027-01-01 – 2029-12-31", date(2027, 1, 1), date(2029, 12, 31)),
        ("2027-01-01--2029-12-31", date(2027, 1, 1), date(2029, 12, 31)),
        ("1 januari 2027 till 31 december 2029", date(2027, 1, 1), date(2029, 12, 31)),
        ("jan 2027 – feb 2028", date(2027, 1, 1), date(2028, 2, 29)),
        ("2027-01 – 2029-12", date(2027, 1, 1), date(2029, 12, 31)),
        ("2027-13-01 – 2029-12-31", None, None),
        ("tre år", None, None),
    ],
)
def test_periods_are_read_as_people_write_them(said: str, start: date | None, end: date | None) -> None:
    found = guess(f"Projektperiod: {said}")
    assert (found.start_date, found.end_date) == (start, end)


def test_start_and_end_may_have_labels_of_their_own() -> None:
    found = guess("Startdatum: 2027-01-01\nSlutdatum: 2027-12-31")
    assert (found.start_date, found.end_date) == (date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("Umeå kommun, Luleå kommun", ("2480", "2580")),
        ("Umeå,\nLuleå och\nPiteå", ("2480", "2580", "2581")),
        ("Kiruna, Kramfors", ("2584", "Kramfors")),
        ("Hela Norrbottens län", None),
        ("i hela regionen", None),
    ],
)
def test_municipalities_are_known_by_name(said: str, codes: tuple[str, ...] | None) -> None:
    found = guess(f"Kommuner: {said}").municipalities
    if said.startswith("Hela"):
        assert found is not None
        assert len(found) == 14
        assert all(code.startswith("25") for code in found)
    else:
        assert found == codes


def test_a_name_ends_where_the_next_label_on_its_line_begins() -> None:
    text = "Projektnamn Åtta kommuner, ett lärande Diarienummer 2026/00112"
    assert guess(text).project_name == "Åtta kommuner, ett lärande"


def test_an_organisation_number_may_stand_after_the_name() -> None:
    found = guess("Stödsökande: Norrskens kommunalförbund (402000-0107)")
    assert (found.applicant_name, found.organisation_number) == ("Norrskens kommunalförbund", "402000-0107")


@pytest.mark.parametrize("columns", [False, True])
def test_facts_are_found_in_a_pdf(documents: Documents, columns: bool) -> None:
    lines = [
        place
        for row, (label, value) in enumerate(FACTS)
        for place in ((72.0, 760.0 - 24 * row, label), (260.0, 760.0 - 24 * row, value))
    ]
    if columns:
        lines = sorted(lines)
    assert guess(documents.open(making.pdf([lines]), "a.pdf").text(0).text) == ALL


@given(st.text(max_size=300), st.sampled_from([label for label, _ in FACTS]))
def test_any_text_is_guessed_at_without_a_fault(text: str, label: str) -> None:
    guess(f"{text}\n{label}: {text}\n{label}\n{text}")
