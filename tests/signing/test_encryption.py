"""Encrypted files: read and written as the `age` command does, and every other kind refused for its own reason."""

import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import encrypt as age_encrypt
from pyrage import passphrase, x25519

from esf_desktop.errors import EsfError, FileError
from esf_desktop.exchange.verify import examine
from esf_desktop.i18n import Language, use
from esf_desktop.signing import age_header, encryption
from esf_desktop.signing.encryption import AgeKey, decrypted, encrypt, is_recipient, parse_key
from tests.exchange import samples


def key(name: str = "operational") -> AgeKey:
    """The secretariat's key of that name."""
    return made(name)


@cache
def made(name: str) -> AgeKey:
    """A key, made once."""
    return parse_key(encryption.make_key().encode(), file=name)


@cache
def sample() -> bytes:
    """A signed bundle."""
    return samples.bundle_file()


def recipients() -> tuple[str, str]:
    """The two that a call names."""
    return (*key().recipients, *key("recovery").recipients)  # type: ignore[return-value]


def refusal(content: bytes, with_key: AgeKey | None = None) -> str:
    """The code of what is said of the file."""
    with pytest.raises(FileError) as refused:
        decrypted(content, with_key or key(), file="f.esfbundle")
    return refused.value.code


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=200_000), st.sampled_from(["operational", "recovery"]))
def test_each_of_the_two_recipients_reads_what_was_encrypted(content: bytes, reader: str) -> None:
    assert decrypted(encrypt(content, recipients()), key(reader), file="f") == content


def test_a_plain_file_stays_as_it_is() -> None:
    assert decrypted(sample(), None, file="f") == sample()


def test_the_age_command_reads_ours_and_we_read_its(tmp_path: Path) -> None:
    secret, ours, theirs = tmp_path / "key.txt", tmp_path / "ours", tmp_path / "theirs"
    subprocess.run(["age-keygen", "-o", secret], check=True, capture_output=True)
    made = encryption.read_key(secret)
    ours.write_bytes(encrypt(sample(), (*made.recipients, recipients()[1])))
    said = subprocess.run(["age", "-d", "-i", secret, ours], check=True, capture_output=True)
    assert said.stdout == sample()
    plain = tmp_path / "plain"
    plain.write_bytes(sample())
    to = [part for recipient in (*made.recipients, recipients()[1]) for part in ("-r", recipient)]
    subprocess.run(["age", *to, "-o", theirs, plain], check=True, capture_output=True)
    for reader in (made, key("recovery")):
        assert decrypted(theirs.read_bytes(), reader, file="f") == sample()


def test_the_age_command_reads_with_a_key_that_we_made(tmp_path: Path) -> None:
    secret, file = tmp_path / "key.txt", tmp_path / "file"
    secret.write_text(encryption.make_key())
    file.write_bytes(encrypt(b"hej", encryption.read_key(secret).recipients))
    said = subprocess.run(["age", "-d", "-i", secret, file], check=True, capture_output=True)
    assert said.stdout == b"hej"


def to(*names: str, armored: bool = False) -> bytes:
    """The sample encrypted to these by the library alone, without our rules."""
    every = [x25519.Recipient.from_str(key(name).recipients[0]) for name in names]
    return bytes(age_encrypt(sample(), every, armored=armored))


def with_header(edit: Callable[[bytes], bytes]) -> bytes:
    """A sound file whose header was edited."""
    header, line, rest = to("operational").partition(b"\n--- ")
    return edit(header) + line + rest


def with_rest(rest: bytes) -> bytes:
    """A sound header with something else behind it."""
    return to("operational").partition(b"\n--- ")[0] + b"\n--- " + rest


NO_KEYS = (b"", b"# a comment\n", b"age1abc\n", b"AGE-SECRET-KEY-1ABC\n", b"\xff\xfe", bytes(99))
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "encrypted to another key": (lambda: to("stranger"), "wrong_age_key"),
    "cut within the header": (lambda: to("operational")[:100], "truncated"),
    "cut after the header": (
        lambda: to("operational").partition(b"\n--- ")[0] + b"\n--- " + b"A" * 43 + b"\n",
        "truncated",
    ),
    "cut within": (lambda: to("operational")[:-7], "damaged_encryption"),
    "cut where a piece ends": (lambda: encrypt(bytes(2**17), recipients())[: -(2**16) - 16], "truncated"),
    "one byte altered": (lambda: to("operational")[:-9] + b"?" + to("operational")[-8:], "damaged_encryption"),
    "something behind": (lambda: to("operational") + b"\n", "damaged_encryption"),
    "turned into text": (lambda: to("operational", armored=True), "armored"),
    "three recipients": (lambda: to("operational", "recovery", "stranger"), "too_many_recipients"),
    "a passphrase": (lambda: passphrase.encrypt(b"x", "hemlig"), "passphrase_encryption"),
    "a plugin": (lambda: with_header(lambda h: h.replace(b"-> X25519", b"-> yubikey", 1)), "bad_encryption"),
    "two blind stanzas": (lambda: with_header(lambda h: h + b"\n-> a-grease\n\n-> b-grease\n"), "bad_encryption"),
    "no recipient": (lambda: b"age-encryption.org/v1\n--- " + b"A" * 43 + b"\n" + bytes(40), "bad_encryption"),
    "another version": (lambda: to("operational").replace(b"/v1\n", b"/v2\n", 1), "bad_encryption"),
    "encrypted twice": (lambda: encrypt(encrypt(b"x", recipients()), recipients()), "encrypted_twice"),
    "a header without end": (lambda: b"age-encryption.org/v1\n" + b"-> X25519 A\n" * 9999, "bad_encryption"),
}


@pytest.mark.parametrize("name", BAD)
def test_each_bad_file_has_its_code_and_sentence_in_both_languages(name: str) -> None:
    make, code = BAD[name]
    content = make()
    assert refusal(content) == code
    with pytest.raises(EsfError) as refused:
        decrypted(content, key(), file="f")
    said = {}
    for language in Language:
        use(language)
        said[language] = refused.value.sentence()
        assert len(said[language]) <= 140
    assert said[Language.SWEDISH] != said[Language.ENGLISH]


def test_without_a_key_every_reader_says_that_the_file_is_encrypted() -> None:
    content = encrypt(sample(), recipients())
    for read in (lambda: examine(content, file="f"), lambda: decrypted(content, None, file="f")):
        with pytest.raises(EsfError) as refused:
            read()
        assert refused.value.code == "encrypted"


@pytest.mark.parametrize("make", [make for make, _ in BAD.values()], ids=list(BAD))
def test_no_encrypted_file_is_taken_for_a_plain_one(make: Callable[[], bytes]) -> None:
    with pytest.raises(EsfError) as refused:
        examine(make(), file="f")
    assert refused.value.code != "altered"


def test_every_header_that_is_written_passes_the_strict_check() -> None:
    for number in range(200):
        age_header.check(encrypt(b"x", recipients()[: 1 + number % 2]), file="f")


@pytest.mark.parametrize(
    "content", [b"", b"# a comment\n", b"age1abc\n", b"AGE-SECRET-KEY-1ABC\n", b"\xff\xfe", bytes(99)]
)
def test_a_file_without_an_age_key_is_said_to_have_none(content: bytes) -> None:
    with pytest.raises(encryption.BadAgeKeyError):
        parse_key(content, file="key.txt")


def test_only_the_one_spelling_of_a_public_key_is_a_recipient() -> None:
    assert all(map(is_recipient, recipients()))
    assert not any(map(is_recipient, ("", "age1", recipients()[0].upper(), recipients()[0][:-1], "AGE-SECRET-KEY-1")))


def test_the_secret_key_does_not_show_itself() -> None:
    assert "AGE-SECRET" not in repr(key()).upper().replace("AGEKEY", "")
