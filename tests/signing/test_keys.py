"""A key file opens with its passphrase and with nothing else, and says when it is damaged."""

import stat
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import given, settings
from hypothesis import strategies as st

from esf_desktop.errors import BadKeyFileError, UnreadableFileError, WrongPassphraseError
from esf_desktop.formatting import groups
from esf_desktop.signing import der, keys, passphrase
from esf_desktop.signing.keys import (
    SigningKey,
    key_from_bytes,
    key_to_bytes,
    load_key,
    make_key,
    save_key,
)

AT = datetime(2026, 11, 23, 14, 32, 8, tzinfo=UTC)
PASSPHRASE = "blåbär på tallen"


@cache
def key() -> SigningKey:
    """One key for this module."""
    return make_key("Åsa Öberg", "Region Påhitt", at=AT)


@cache
def locked() -> bytes:
    """Its file under the passphrase."""
    return key_to_bytes(key(), PASSPHRASE)


def test_a_key_file_opens_with_its_passphrase(tmp_path: Path) -> None:
    save_key(key(), tmp_path / "key.pem", PASSPHRASE)
    opened = load_key(tmp_path / "key.pem", PASSPHRASE)
    assert opened.private_bytes() == key().private_bytes()
    assert opened.certificate == key().certificate
    assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600


def test_a_passphrase_typed_on_another_system_is_the_same() -> None:
    decomposed = "bla\u030aba\u0308r pa\u030a tallen"
    assert key_from_bytes(locked(), decomposed, file="k").fingerprint == key().fingerprint


@pytest.mark.parametrize("wrong", ["", "blåbär på tallen ", "Blåbär på tallen", None])
def test_no_other_passphrase_opens_it(wrong: str | None) -> None:
    with pytest.raises(WrongPassphraseError):
        key_from_bytes(locked(), wrong, file="k")


def test_without_passphrase_it_is_plain() -> None:
    plain = key_to_bytes(key(), None)
    assert b"-----BEGIN PRIVATE KEY-----" in plain
    assert key_from_bytes(plain, None, file="k").fingerprint == key().fingerprint
    assert key_from_bytes(plain, "not needed", file="k").fingerprint == key().fingerprint


def test_the_private_key_is_stretched_as_promised() -> None:
    content = passphrase.lock(b"secret", "x")
    found = [content[inner:end] for _, _, inner, end in walk(content)]
    assert der.identifier("1.2.840.113549.1.5.13")[2:] in found
    assert der.identifier("1.2.840.113549.2.9")[2:] in found
    assert der.identifier("2.16.840.1.101.3.4.1.42")[2:] in found
    counts = [int.from_bytes(content[inner:end], "big") for tag, _, inner, end in walk(content) if tag == der.INTEGER]
    assert counts == [600_000]


def walk(content: bytes) -> list[tuple[int, int, int, int]]:
    """All elements, at every depth."""
    found = []
    waiting = [(0, len(content))]
    while waiting:
        for element in der.elements(content, *waiting.pop()):
            found.append(element)
            if element[0] & 0x20:
                waiting.append(element[2:])
    return found


def test_openssl_opens_it_and_a_library_does(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_bytes(locked())
    shown = subprocess.run(
        ["openssl", "pkey", "-in", tmp_path / "key.pem", "-passin", "stdin", "-noout", "-text"],
        input=PASSPHRASE.encode(),
        capture_output=True,
        check=True,
    )
    assert b"NIST CURVE: P-256" in shown.stdout
    pem = locked()[locked().index(b"-----BEGIN ENC") : locked().index(b"-----BEGIN CERT")]
    assert load_pem_private_key(pem, PASSPHRASE.encode()) is not None


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_changed_byte_is_damage_and_never_a_wrong_passphrase(data: st.DataObject) -> None:
    content = locked()
    at = data.draw(st.integers(0, len(content) - 1))
    changed = content[:at] + bytes((content[at] ^ 1 << data.draw(st.integers(0, 7)),)) + content[at + 1 :]
    with pytest.raises(BadKeyFileError):
        key_from_bytes(changed, PASSPHRASE, file="k")


def test_a_truncated_file_is_damage() -> None:
    for size in range(len(locked())):
        with pytest.raises(BadKeyFileError):
            key_from_bytes(locked()[:size], PASSPHRASE, file="k")


def test_line_ends_of_another_system_are_no_damage() -> None:
    changed = key_to_bytes(key(), None).replace(b"\n", b"\r\n")
    assert key_from_bytes(changed, None, file="k").fingerprint == key().fingerprint


def test_a_key_file_with_the_certificate_of_another_key_is_damaged() -> None:
    mixed = keys._render(make_key("Bo", "", at=AT).private_bytes(), key().certificate, encrypted=False)
    with pytest.raises(BadKeyFileError):
        key_from_bytes(mixed, None, file="k")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        load_key(tmp_path / "none.pem", None)


@pytest.mark.parametrize("iterations", [1, 2048, 599_999, 20_000_001, 2**31])
def test_a_secret_that_is_too_cheap_or_too_dear_to_try_is_refused(iterations: int) -> None:
    cheap = passphrase._render(bytes(16), iterations, bytes(16), bytes(32))
    with pytest.raises(der.DerError):
        passphrase.unlock(cheap, "x")


def test_a_fingerprint_is_compared_in_groups() -> None:
    assert groups("5218cc0e00ff") == "5218 CC0E 00FF"
