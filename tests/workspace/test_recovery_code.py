"""The recovery code is read as a person copies it, and every usual slip is seen and named by its group."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.i18n import Language, use
from esf_desktop.workspace import recovery_code
from esf_desktop.workspace.recovery_code import GROUPS, SIGNS, IncompleteCodeError, MisreadCodeError, make, read

codes = st.builds(make)
places = st.integers(0, GROUPS - 1)
SIZE = recovery_code.DRAWN + 1


@given(codes, st.sampled_from(["-", " ", "", " - ", "\n"]), st.booleans())
def test_a_code_is_read_as_it_was_made_however_it_is_separated(code: str, between: str, small: bool) -> None:
    typed = code.replace("-", between)
    assert read(typed.lower() if small else typed) == code


@given(codes, places, st.integers(0, SIZE - 1), st.sampled_from(SIGNS + "01ILOÅ"))
def test_one_misread_sign_is_seen_and_its_group_named(code: str, group: int, at: int, sign: str) -> None:
    signs = list(code)
    place = group * (SIZE + 1) + at
    if signs[place] == sign:
        return
    signs[place] = sign
    with pytest.raises(MisreadCodeError) as caught:
        read("".join(signs))
    assert caught.value.group == group + 1


@given(codes, places, st.integers(0, SIZE - 2))
def test_two_neighbours_that_changed_places_are_seen(code: str, group: int, at: int) -> None:
    signs = list(code)
    place = group * (SIZE + 1) + at
    if signs[place] == signs[place + 1]:
        return
    signs[place], signs[place + 1] = signs[place + 1], signs[place]
    with pytest.raises(MisreadCodeError):
        read("".join(signs))


@given(codes, places, places)
def test_two_groups_that_changed_places_are_seen(code: str, one: int, other: int) -> None:
    groups = code.split("-")
    groups[one], groups[other] = groups[other], groups[one]
    if one != other:
        with pytest.raises(MisreadCodeError):
            read("-".join(groups))


@given(codes, st.integers(0, GROUPS * SIZE - 1))
def test_a_part_of_a_code_is_told_to_be_incomplete_or_misread(code: str, kept: int) -> None:
    with pytest.raises((IncompleteCodeError, MisreadCodeError)):
        read(code.replace("-", "")[:kept])


def test_a_code_with_more_than_its_signs_is_refused() -> None:
    with pytest.raises(IncompleteCodeError):
        read(make() + "AB")


def test_codes_are_by_chance() -> None:
    assert len({make() for _number in range(200)}) == 200
    assert len(SIGNS) == len(set(SIGNS)) == 31


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("error", [MisreadCodeError(3), IncompleteCodeError()])
def test_each_sentence_is_short(language: Language, error: recovery_code.MisreadCodeError) -> None:
    use(language)
    assert 20 < len(error.sentence()) <= 140
