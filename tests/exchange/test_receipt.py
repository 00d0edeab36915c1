"""A receipt is numbered, names the one before it, and says what came of a bundle."""

from collections.abc import Callable
from typing import Any

import pytest

from esf_desktop.errors import EsfError
from esf_desktop.exchange.receipt import Outcome, read_receipt, write_receipt
from esf_desktop.model import replace
from tests.exchange import forge, samples

KEY = samples.keys().secretariat


def code(content: bytes) -> str:
    """What the reader answers: `accepted`, or why not."""
    try:
        read_receipt(content, file="f.esfreceipt")
    except EsfError as error:
        return error.code
    return "accepted"


def test_what_is_written_is_read_again() -> None:
    assert read_receipt(samples.receipt_file(), file="f").value == samples.receipt()


def test_a_refusal_says_why() -> None:
    refused = replace(samples.receipt(), outcome=Outcome.REFUSED, code="wrong_call", assessments=())
    content = write_receipt(refused, KEY, at=samples.AT)
    assert read_receipt(content, file="f").value == refused


def edited(**changes: object) -> bytes:
    """The sample changed, and signed."""

    def edit(receipt: Any) -> None:
        receipt.update(changes)

    return forge.edited(samples.receipt_file(), edit, KEY)


FORGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing changed": (edited, "accepted"),
    "a later one": (lambda: edited(number=18, previous="a" * 64), "accepted"),
    "a call package": (samples.call_package, "wrong_kind"),
    "a later version": (lambda: edited(version=2), "too_new"),
    "a number before the first": (lambda: edited(number=0), "bad_payload"),
    "a number that is none": (lambda: edited(number="1"), "bad_payload"),
    "an unknown outcome": (lambda: edited(outcome="lost"), "bad_payload"),
    "a refusal without reason": (lambda: edited(outcome="refused"), "bad_payload"),
    "a reason without refusal": (lambda: edited(code="altered"), "bad_payload"),
    "an unknown state": (
        lambda: edited(assessments=[{"identity": "a" * 64, "application": "x", "state": "lost"}]),
        "bad_payload",
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_receipt_is_refused_for_its_own_reason(name: str) -> None:
    make, expected = FORGED[name]
    assert code(make()) == expected
