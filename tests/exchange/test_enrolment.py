"""An enrolment introduces the key that it is signed with."""

from collections.abc import Callable

import pytest

from esf_desktop.errors import EsfError
from esf_desktop.exchange.enrolment import Enrolment, read_enrolment
from tests.exchange import forge, samples

KEY = samples.keys().assessor


def code(content: bytes) -> str:
    """What the reader answers: `accepted`, or why not."""
    try:
        read_enrolment(content, file="f.esfenrol")
    except EsfError as error:
        return error.code
    return "accepted"


def test_what_is_written_is_read_again() -> None:
    read = read_enrolment(samples.enrolment_file(), file="f")
    assert read.value == Enrolment(samples.ASSESSOR, "laptop", samples.LOCAL)
    assert (read.certificate, read.fingerprint, read.signer) == (KEY.certificate, KEY.fingerprint, KEY.name)
    assert read.signed_at == samples.AT


FORGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a receipt": (samples.receipt_file, "wrong_kind"),
    "a later version": (lambda: forge.edited(samples.enrolment_file(), lambda e: e.update(version=2), KEY), "too_new"),
    "a person without name": (
        lambda: forge.edited(samples.enrolment_file(), lambda e: e["assessor"].update(name=" "), KEY),
        "bad_payload",
    ),
    "a person without identity": (
        lambda: forge.edited(samples.enrolment_file(), lambda e: e["assessor"].update(id="x"), KEY),
        "bad_payload",
    ),
    "a name in hidden characters": (
        lambda: forge.edited(samples.enrolment_file(), lambda e: e["assessor"].update(name="\u202easA"), KEY),
        "bad_text",
    ),
    "a time beyond all calendars": (
        lambda: forge.edited(samples.enrolment_file(), lambda e: e.update(created_at="9999-12-31T23:59:59Z"), KEY),
        "bad_payload",
    ),
    "one member more": (
        lambda: forge.signed(
            [*forge.members(samples.enrolment_file()), *forge.members(samples.bundle_file())[1:]], KEY
        ),
        "bad_container",
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_enrolment_is_refused_for_its_own_reason(name: str) -> None:
    make, expected = FORGED[name]
    assert code(make()) == expected
