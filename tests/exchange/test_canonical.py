"""JSON with one spelling: RFC 8785 as far as we need it, and nothing hidden in texts."""

import json
import unicodedata
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.errors import BadPayloadError, EsfError
from esf_desktop.exchange import canonical
from esf_desktop.model import Whole


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="esf-desktop/sample"):
    """A payload with a text and a number."""

    text: str = ""
    number: Whole = 0
    more: tuple[str, ...] = ()
    version: Annotated[int, msgspec.Meta(ge=1, le=1)] = 1


LETTERS = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co"], include_characters="\n")
TEXTS = st.text(LETTERS, max_size=60).map(canonical.tidy)


def code(content: bytes | str) -> str:
    """What the reader answers: `accepted`, or why not."""
    spelled = content.encode() if isinstance(content, str) else content
    try:
        canonical.decode(spelled, Sample, file="f")
    except EsfError as error:
        return error.code
    return "accepted"


def payload(text: str = "", *, number: object = 0, raw: str | None = None) -> str:
    """A sample written by hand; `raw` is a text as it stands between the quotation marks."""
    inside = json.dumps(text, ensure_ascii=False)[1:-1] if raw is None else raw
    return f'{{"more":[],"number":{number},"text":"{inside}","type":"esf-desktop/sample","version":1}}'


@given(TEXTS, st.integers(-(2**53) + 1, 2**53 - 1), st.lists(TEXTS, max_size=4))
def test_what_is_encoded_is_decoded(text: str, number: int, more: list[str]) -> None:
    sample = Sample(text, number, tuple(more))
    assert canonical.decode(canonical.encode(sample), Sample, file="f") == sample


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text("abcABCxyz_", max_size=8), inner, max_size=4)
        ),
        max_leaves=20,
    )
)
def test_encoding_is_that_of_rfc_8785(value: Any) -> None:
    by_the_standard_library = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert canonical.encode(value) == by_the_standard_library


def test_escapes_are_those_of_rfc_8785() -> None:
    every_control = "".join(map(chr, range(0x20)))
    expected = (
        r"\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"
        r"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"
    )
    assert canonical.encode(every_control).decode() == f'"{expected}"'
    assert canonical.encode('\u20ac$\n"\\/\x7f').decode() == '"\u20ac$\\n\\"\\\\/\x7f"'


FORGED: dict[str, tuple[bytes | str, str]] = {
    "nothing changed": (payload('Åäö ”x” \\ " \n §4 😀'), "accepted"),
    "the longest text": (payload("å" * 20_000), "accepted"),
    "the longest text of escapes": (payload('"\\' * 10_000), "accepted"),
    "the longest text of line feeds": (payload("\n" * 20_000), "accepted"),
    "a text one too long": (payload("å" * 20_001), "bad_text"),
    "a NUL": (payload("\0"), "bad_text"),
    "a tab": (payload("\t"), "bad_text"),
    "a carriage return": (payload("a\r\nb"), "bad_text"),
    "an escape to the terminal": (payload("\x1b[31m"), "bad_text"),
    "a delete": (payload("\x7f"), "bad_text"),
    "a control of the second set": (payload("\x85"), "bad_text"),
    "a direction turned": (payload("\u202etxet"), "bad_text"),
    "a direction isolated": (payload("\u2066text\u2069"), "bad_text"),
    "a direction marked": (payload("\u200f"), "bad_text"),
    "an Arabic letter mark": (payload("\u061c"), "bad_text"),
    "a byte order mark in a text": (payload("\ufeff"), "bad_text"),
    "no character": (payload("\uffff"), "bad_text"),
    "a direction turned by escape": (payload(raw="\\u202e"), "bad_text"),
    "a letter by escape": (payload(raw="\\u00e5"), "bad_payload"),
    "a slash by escape": (payload(raw="\\/"), "bad_payload"),
    "half a pair by escape": (payload(raw="\\ud800"), "bad_payload"),
    "an unknown escape": (payload(raw="\\x"), "bad_payload"),
    "a letter and its mark apart": (payload("a\u030a"), "bad_payload"),
    "a mark after a line feed": (payload("\n\u030a"), "accepted"),
    "a mark after a backslash and an n": (payload("\\n\u0303"), "bad_payload"),
    "a backslash before a quotation mark": (payload('\\"'), "accepted"),
    "a float": (payload(number="1.0"), "bad_payload"),
    "a float without fraction": (payload(number="1e2"), "bad_payload"),
    "minus zero": (payload(number="-0"), "bad_payload"),
    "a zero before": (payload(number="01"), "bad_payload"),
    "a plus": (payload(number="+1"), "bad_payload"),
    "not a number": (payload(number="NaN"), "bad_payload"),
    "infinity": (payload(number="Infinity"), "bad_payload"),
    "the largest integer": (payload(number=2**53 - 1), "accepted"),
    "the smallest integer": (payload(number=-(2**53) + 1), "accepted"),
    "an integer one too large": (payload(number=2**53), "bad_payload"),
    "an integer one too small": (payload(number=-(2**53)), "bad_payload"),
    "a giant integer": (payload(number="9" * 5000), "bad_payload"),
    "digits in a text": (payload("9" * 5000), "accepted"),
    "a text for a number": (payload(number='"1"'), "bad_payload"),
    "true for a number": (payload(number="true"), "bad_payload"),
    "null for a number": (payload(number="null"), "bad_payload"),
    "white space": (payload().replace(":", ": ", 1), "bad_payload"),
    "a line feed after": (payload() + "\n", "bad_payload"),
    "a byte order mark": ("\ufeff" + payload(), "bad_text"),
    "a second value after": (payload() + payload(), "bad_payload"),
    "keys in another order": (
        '{"number":0,"more":[],"text":"","type":"esf-desktop/sample","version":1}',
        "bad_payload",
    ),
    "a key twice": (payload().replace('"number":0', '"number":1,"number":0'), "bad_payload"),
    "an unknown key": (payload().replace('"number":0', '"note":"x","number":0'), "bad_payload"),
    "a key missing": (payload().replace('"number":0,', ""), "bad_payload"),
    "another type": (payload().replace("/sample", "/other"), "bad_payload"),
    "bad UTF-8": (payload("x").encode().replace(b"x", b"\xff"), "bad_payload"),
    "a surrogate in UTF-8": (payload("x").encode().replace(b"x", b"\xed\xa0\x80"), "bad_payload"),
    "UTF-16": (payload().encode("utf-16"), "bad_payload"),
    "nothing": ("", "bad_payload"),
    "a list": ("[]", "bad_payload"),
    "deep nesting": ("[" * 200_000, "bad_payload"),
    "deep nesting in a value": (payload(number="[" * 100_000 + "]" * 100_000), "bad_payload"),
}


@pytest.mark.parametrize("name", FORGED)
def test_one_spelling_is_taken_and_every_other_refused_for_its_own_reason(name: str) -> None:
    content, expected = FORGED[name]
    assert code(content) == expected


@given(st.binary(max_size=80))
def test_bytes_that_are_no_payload_are_refused(content: bytes) -> None:
    assert code(content) in {"bad_payload", "bad_text"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"type":"esf-desktop/bundle","version":1}', None),
        (b'{"new":{"a":1.5},"type":"esf-desktop/bundle","version":2}', "too_new"),
        (b'{"type":"esf-desktop/bundle","version":0}', "bad_payload"),
        (b'{"type":"esf-desktop/bundle","version":"2"}', "bad_payload"),
        (b'{"type":"esf-desktop/bundle"}', "bad_payload"),
        (b"[" * 200_000, "bad_payload"),
    ],
)
def test_kind_and_version_are_looked_at_first(content: bytes, expected: str | None) -> None:
    found: str | None = None
    try:
        canonical.head(content, file="f")
    except EsfError as error:
        found = error.code
    assert found == expected


@given(st.text(max_size=80))
def test_a_tidied_text_may_travel(text: str) -> None:
    tidied = canonical.tidy(text)
    assert unicodedata.is_normalized("NFC", tidied)
    assert canonical.tidy(tidied) == tidied
    assert canonical.decode(canonical.encode(Sample(tidied)), Sample, file="f").text == tidied


def test_tidying_keeps_lines_and_drops_what_is_hidden() -> None:
    assert canonical.tidy("a\r\nb\tc\u202e\0d\u0061\u030a") == "a\nb cdå"
    assert canonical.tidy("a\rb") == "a\nb"


def test_an_identity_is_of_the_content_alone() -> None:
    assert canonical.identity(Sample("x")) == canonical.digest(payload("x").encode())
    assert canonical.identity(Sample("x")) != canonical.identity(Sample("y"))


def test_errors_name_the_file_alone() -> None:
    with pytest.raises(BadPayloadError) as refused:
        canonical.decode(b"", Sample, file="bedömning.esfbundle")
    assert refused.value.file == "bedömning.esfbundle"


def test_what_is_not_looked_at_twice_is_never_hidden_and_always_in_normal_form() -> None:
    settled = [chr(code) for code in range(0x80, 0x2500) if canonical._SETTLED.fullmatch(chr(code))]
    assert len(settled) > 600
    assert not any(map(canonical._FORBIDDEN.match, settled))
    for before in ["\n", *map(chr, range(0x20, 0x7F)), *settled]:
        assert unicodedata.is_normalized("NFC", "".join(before + after for after in settled))
