"""No small change of a file is taken (R5); the harness notices a reader that does not verify."""

import json

import pytest

from esf_desktop.signing import container, zipped
from tests.fuzzing import mutations
from tests.fuzzing.mutations import accepted
from tests.fuzzing.readers import FIVE, five, whole_file

VALUES = bytes(range(256))


def without_verifying(content: bytes) -> bool:
    """What a reader would take that looks for members in an archive and trusts them."""
    return content.startswith(zipped.LOCAL) and container.SIGNATURE.encode() in content


def without_signature(content: bytes) -> bool:
    """What a reader would take that rebuilds the archive and leaves the signature alone."""
    try:
        members = dict(zipped.read(content, most=9))
        json.loads(members[list(members)[3].decode().encode()])
    except (ValueError, LookupError):
        return False
    return True


def test_the_five_files_are_small_and_sound() -> None:
    assert len(five()) == 5
    for content in five().values():
        assert len(content) <= 16 * 1024
        assert whole_file(content)


@pytest.mark.parametrize("name", FIVE)
def test_no_file_with_one_bit_turned_is_taken(name: str) -> None:
    file = five()[name]
    assert accepted(whole_file, mutations.one_bit_of_each_byte(file), but=file) == 0


@pytest.mark.parametrize("name", FIVE)
def test_no_file_is_taken_that_was_cut_or_has_a_byte_more_or_less(name: str) -> None:
    file = five()[name]
    assert accepted(whole_file, mutations.truncations(file), but=file) == 0
    assert accepted(whole_file, mutations.deletions(file), but=file) == 0
    assert accepted(whole_file, mutations.insertions(file), but=file) == 0


def test_a_reader_that_does_not_verify_is_noticed() -> None:
    file = five()["assessor.esfbundle"]
    assert accepted(without_verifying, mutations.one_bit_of_each_byte(file), but=file) > 1000
    assert accepted(without_verifying, mutations.truncations(file), but=file) > 1000
    assert accepted(without_signature, mutations.one_bit_of_each_byte(file), but=file) == 0


def test_a_reader_that_skips_the_signature_is_noticed_when_the_archive_is_made_right_again() -> None:
    members = zipped.read(five()["assessor.esfbundle"], most=9)
    taken = {True: 0, False: 0}
    for number, (name, content) in enumerate(members):
        for changed in mutations.one_bit_of_each_byte(content):
            others = [(n.decode(), c) for n, c in members]
            others[number] = (name.decode(), changed)
            file = zipped.render(others)
            taken[True] += whole_file(file)
            taken[False] += without_signature(file)
    assert taken[True] == 0
    assert taken[False] > 1000


@pytest.mark.soak
@pytest.mark.parametrize("name", FIVE)
def test_no_file_with_any_byte_at_any_other_value_is_taken(name: str) -> None:
    file = five()[name]
    assert accepted(whole_file, mutations.other_values(file), but=file) == 0


@pytest.mark.soak
@pytest.mark.parametrize("name", FIVE)
def test_no_file_with_any_byte_more_is_taken(name: str) -> None:
    file = five()[name]
    assert accepted(whole_file, mutations.insertions(file, values=VALUES), but=file) == 0
