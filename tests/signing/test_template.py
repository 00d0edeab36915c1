"""The edges of what a signature is made of: lengths, years, the lower half of a value, and no time at all."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from esf_desktop.signing import template
from esf_desktop.signing.certificate import parse
from esf_desktop.signing.der import GENERALIZED_TIME, OCTET_STRING, UTC_TIME, DerError, read
from tests.signing.test_cms import AT, ORDER, key

FIRST_OF_1950 = datetime(1950, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "tag", "digits"),
    [
        (FIRST_OF_1950, UTC_TIME, b"500101000000Z"),
        (FIRST_OF_1950 - timedelta(seconds=1), GENERALIZED_TIME, b"19491231235959Z"),
        (datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC), UTC_TIME, b"491231235959Z"),
        (datetime(2050, 1, 1, tzinfo=UTC), GENERALIZED_TIME, b"20500101000000Z"),
    ],
)
def test_a_year_of_two_digits_is_one_from_1950_through_2049(at: datetime, tag: int, digits: bytes) -> None:
    assert template.time(at) == bytes([tag, len(digits)]) + digits
    assert template.moment(tag, digits) == at


def test_a_time_is_told_in_universal_time_wherever_it_was_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = datetime(2026, 6, 1, 1, 0, tzinfo=timezone(timedelta(hours=2)))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert template.time(elsewhere).endswith(b"260531230000Z")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_middle_of_the_order_is_in_the_lower_half_and_the_next_is_not() -> None:
    mine = parse(key().certificate)
    assert template.misspelled(mine, encode_dss_signature(1, ORDER // 2)) is None
    assert template.misspelled(mine, encode_dss_signature(1, ORDER // 2 + 1)) is not None


def test_a_signature_that_tells_no_time_has_no_attribute_of_it() -> None:
    mine = parse(key().certificate)
    told, untold = (template.attributes(mine, bytes(32), at) for at in (AT, None))
    assert template.SIGNING_TIME in told
    assert template.SIGNING_TIME not in untold


@pytest.mark.parametrize(("width", "taken"), [(1, True), (4, True), (5, False), (0, False)])
def test_a_length_is_told_in_one_to_four_bytes(width: int, taken: bool) -> None:
    content = bytes([OCTET_STRING, 0x80 | width]) + (1).to_bytes(width or 1, "big") + b"x"
    if taken:
        assert read(content, 0, OCTET_STRING) == (2 + width, 3 + width)
    else:
        with pytest.raises(DerError):
            read(content, 0, OCTET_STRING)
