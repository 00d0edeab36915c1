"""The order as a text file: out and in again, and every mistake with its line."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop import i18n
from esf_desktop.errors import TooLargeError, UnreadableFileError
from esf_desktop.i18n import Language
from esf_desktop.model import Application, ApplicationId, replace
from esf_desktop.secretariat import order_file
from esf_desktop.secretariat.moves import History
from esf_desktop.secretariat.order import settled
from esf_desktop.secretariat.order_file import (
    EqualToNothingError,
    MissingFromOrderError,
    OrderFileError,
    TwiceInOrderError,
    UnknownLineError,
    WithdrawnLineError,
)
from esf_desktop.secretariat.proposal import Proposal, proposal_of
from tests.secretariat import samples

A, B, C, D = (ApplicationId(f"2026/0010{n}") for n in range(1, 5))


def proposal(*withdrawn: ApplicationId, applications: int = 4) -> Proposal:
    return proposal_of(replace(samples.call(applications=applications), withdrawn=withdrawn), History())


def refused(text: str, kind: type[OrderFileError], line: int, now: Proposal | None = None) -> OrderFileError:
    with pytest.raises(kind) as caught:
        order_file.parse(text, now or proposal(), file="ordning.txt")
    assert caught.value.line == line
    for spoken in Language:
        with i18n.speaking(spoken):
            assert len(caught.value.sentence()) <= 140
            assert f"{line}" in caught.value.sentence()
    return caught.value


def test_lines_are_places_and_equals_share_one() -> None:
    text = f"# rubrik\n{C}\n\n= {A}\tProjekt 1\r\n  {D} ; Projekt\n={B}, Projekt".replace("\r\n", "\n")
    assert order_file.parse(text, proposal(), file="f") == ((A, C), (B, D))


@given(st.permutations([A, B, C, D]), st.lists(st.booleans(), min_size=3, max_size=3))
def test_what_is_written_is_read_again_as_the_same_order(shuffled: list[ApplicationId], ties: list[bool]) -> None:
    ranks = [[shuffled[0]]]
    for one, tied in zip(shuffled[1:], ties, strict=True):
        if tied:
            ranks[-1].append(one)
        else:
            ranks.append([one])
    now = replace(proposal(), order=settled(ranks, shuffled))
    assert order_file.parse(order_file.written(now), now, file="f") == now.order


names = st.lists(
    st.text(alphabet=string.ascii_letters + string.digits + "åäö/- .", min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda name: bool(name)),
    min_size=1,
    max_size=5,
    unique=True,
)
titles = st.text(alphabet="aå =#\t\n", max_size=8)


@given(names, titles)
def test_any_diary_number_and_any_name_survive_the_file(found: list[str], title: str) -> None:
    applications = tuple(Application(ApplicationId(name), title, "Sökande") for name in found)
    now = proposal_of(replace(samples.call(), applications=applications), History())
    now = replace(now, order=settled([[ApplicationId(name)] for name in found], now.applications))
    assert order_file.parse(order_file.written(now), now, file="f") == now.order


def test_a_number_that_begins_as_another_is_told_from_it() -> None:
    call = samples.call()
    applications = tuple(replace(call.applications[0], id=ApplicationId(name)) for name in ("2026/1", "2026/12", "20"))
    now = proposal_of(replace(call, applications=applications), History())
    assert order_file.parse("2026/12\n2026/1 x\n20", now, file="f") == (("2026/12",), ("2026/1",), ("20",))


def test_an_unknown_number_is_told_with_the_nearest() -> None:
    error = refused(f"{A}\n2026/0012\n", UnknownLineError, 2)
    assert isinstance(error, UnknownLineError)
    assert error.nearest == B
    assert "2026/0012" in error.sentence()


def test_a_line_of_something_else_is_told_without_a_guess() -> None:
    error = refused(f"{A}\n\nHej alla glada\n", UnknownLineError, 3)
    assert isinstance(error, UnknownLineError)
    assert (error.word, error.nearest) == ("Hej", "")


def test_a_line_with_only_the_mark_is_told() -> None:
    refused(f"{A}\n=\n", UnknownLineError, 2)


def test_a_second_line_for_one_application_names_both_lines() -> None:
    error = refused(f"{A}\n{B}\n= {A}\n", TwiceInOrderError, 3)
    assert isinstance(error, TwiceInOrderError)
    assert error.first == 1


def test_an_equal_without_anything_above_is_told() -> None:
    refused(f"# först\n= {A}\n", EqualToNothingError, 2)


def test_a_withdrawn_application_is_told_as_such_and_not_missed() -> None:
    now = proposal(B)
    refused(f"{A}\n{B}\n", WithdrawnLineError, 2, now)
    assert order_file.parse(f"{A}\n{C}\n{D}\n", now, file="f") == ((A,), (C,), (D,))


def test_what_lacks_a_line_is_named_and_many_are_shortened() -> None:
    assert ", ".join((C, D)) in refused(f"{A}\n{B}", MissingFromOrderError, 2).sentence()
    assert " …" in refused("", MissingFromOrderError, 1, proposal(applications=9)).sentence()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_file_is_read_as_any_editor_saved_it(tmp_path: Path, encoding: str, ending: str) -> None:
    text = order_file.written(proposal()).replace("Projekt", "Översyn")
    path = tmp_path / "ordning.txt"
    path.write_bytes(text.replace("\n", ending).encode(encoding))
    assert order_file.read(path, proposal()) == ((A, B, C, D),)


def test_a_large_or_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        order_file.read(tmp_path / "saknas.txt", proposal())
    large = tmp_path / "film.txt"
    large.write_bytes(b"#" * (order_file.MOST + 1))
    with pytest.raises(TooLargeError):
        order_file.read(large, proposal())


def test_bytes_of_another_kind_are_refused_with_a_line(tmp_path: Path) -> None:
    path = tmp_path / "bild.txt"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(UnknownLineError):
        order_file.read(path, proposal())
