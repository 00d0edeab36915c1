"""Numbers and times read as the language writes them; Babel is the judge."""

from datetime import date, datetime, timedelta, timezone

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop import formatting
from esf_desktop.i18n import Language, language, speaking

LOCALES = {Language.SWEDISH: "sv", Language.ENGLISH: "en"}


def minus(text: str, spoken: Language) -> str:
    """With the minus sign that CLDR gives Swedish, whichever Babel writes."""
    return text.replace("-", "\u2212") if spoken is Language.SWEDISH else text


@given(st.integers(-(10**15), 10**15), st.sampled_from(Language))
def test_counts_are_babels(number: int, spoken: Language) -> None:
    with speaking(spoken):
        assert formatting.count(number) == minus(format_decimal(number, locale=LOCALES[spoken]), spoken)


@given(st.integers(-(10**9), 10**9), st.sampled_from(Language))
def test_decimals_are_babels(hundredths: int, spoken: Language) -> None:
    expected = format_decimal(hundredths / 100, "#,##0.00", locale=LOCALES[spoken])
    with speaking(spoken):
        assert formatting.decimal(hundredths / 100) == minus(expected, spoken)


@given(st.integers(0, 100), st.sampled_from(Language))
def test_percents_are_babels(hundredths: int, spoken: Language) -> None:
    with speaking(spoken):
        assert formatting.percent(hundredths / 100) == format_percent(hundredths / 100, locale=LOCALES[spoken])


def test_millions_are_short_and_do_not_break() -> None:
    assert formatting.millions(7867603) == "7,9\u00a0mkr"
    assert formatting.millions(0) == "0,0\u00a0mkr"
    with speaking(Language.ENGLISH):
        assert formatting.millions(1_234_560_000) == "SEK\u00a01,234.6\u00a0m"


def test_money_is_whole_and_does_not_break() -> None:
    assert formatting.money(7867603) == "7\u00a0867\u00a0603\u00a0kr"
    with speaking(Language.ENGLISH):
        assert formatting.money(7867603) == "SEK\u00a07,867,603"


@pytest.mark.parametrize(("first", "last"), [(date(2027, 1, 1), None), (None, date(2027, 1, 1))])
def test_an_open_period_is_left_open(first: date | None, last: date | None) -> None:
    assert "…" in formatting.period(first, last)


def test_days_periods_and_moments_are_iso() -> None:
    assert formatting.day(date(2026, 3, 14)) == "2026-03-14"
    assert formatting.period(date(2027, 1, 1), date(2029, 12, 31)) == "2027-01-01\u00a0– 2029-12-31"
    assert formatting.period(None, None) == ""
    moment = datetime(2026, 11, 23, 14, 40, 59, tzinfo=timezone(timedelta(hours=1)))
    assert formatting.moment(moment) == "2026-11-23\u00a014:40"


def test_hex_is_read_aloud_in_groups_of_four() -> None:
    assert formatting.groups("5218cc0e9a71") == "5218 CC0E 9A71"
    assert formatting.groups("") == ""


def test_another_language_is_spoken_within_its_block_alone() -> None:
    with speaking(Language.ENGLISH):
        assert language() is Language.ENGLISH
    assert language() is Language.SWEDISH
