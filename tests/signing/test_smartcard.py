"""A smart card signs as a key file does, and each way in which it does not has its sentence."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from esf_desktop.signing import card_modules, certificate, cms, smartcard
from esf_desktop.signing.card_errors import (
    BadCardModuleError,
    CardFailedError,
    CardRemovedError,
    NoCardError,
    NoCardKeyError,
    PinBlockedError,
    PinNeededError,
    WrongPinError,
)
from esf_desktop.signing.keys import SigningKey, make_key
from tests.signing import cards
from tests.signing.test_cms import ORDER

pytestmark = pytest.mark.skipif(not cards.PRESENT, reason="SoftHSM is not installed")

MESSAGE = b"<manifest/>"


@pytest.fixture
def module(tmp_path: Path) -> Iterator[Path]:
    """An empty reader."""
    with cards.reader(tmp_path / "softhsm") as found:
        yield found


@pytest.mark.parametrize("kind", ["p256", "rsa2048", "rsa3072"])
def test_what_a_card_signs_verifies_whoever_issued_its_certificate(kind: str, module: Path) -> None:
    key = cards.issued(kind)
    cards.put_in("Tjänstekort", key)
    (chosen,) = smartcard.keys(module)
    assert (chosen.name, chosen.card, chosen.fingerprint) == ("Anna Öberg", "Tjänstekort", key.fingerprint)
    with smartcard.opened_card(chosen, cards.PIN) as card:
        signature = cms.sign(MESSAGE, card, at=cards.AT)
    signer, _at = cms.verify(signature, MESSAGE, file="f")
    assert signer.der == key.certificate


def test_a_card_signs_low_whatever_it_answers(module: Path) -> None:
    cards.put_in("kort", cards.issued("p256"))
    (chosen,) = smartcard.keys(module)
    high = 0
    with smartcard.opened_card(chosen, cards.PIN) as card:
        for number in range(16):
            message = b"%d" % number
            _r, s = decode_dss_signature(card.sign(message))
            high += s > ORDER // 2
            cms.verify(cms.sign(message, card, at=cards.AT), message, file="f")
    assert high, "no signature was high, so nothing was shown"


def test_signing_comes_before_logging_in(module: Path) -> None:
    key = cards.issued("p256")
    login = make_key("Inloggning", "", at=cards.AT)
    cards.put_in("kort")
    cards.add_key("kort", login, cards.certificate_for(_public(login), "Inloggning", signs=False), "b2")
    cards.add_key("kort", key, key.certificate, "a1")
    first, second = smartcard.keys(module)
    assert (first.name, first.for_signatures) == ("Anna Öberg", True)
    assert (second.name, second.for_signatures) == ("Inloggning", False)
    with smartcard.opened_card(second, cards.PIN) as card:
        assert certificate.parse(second.certificate).verifies(card.sign(MESSAGE), MESSAGE)


def test_of_two_cards_the_chosen_one_signs(module: Path) -> None:
    cards.put_in("ett", cards.issued("p256"))
    cards.put_in("två", cards.issued("rsa2048"))
    for chosen in smartcard.keys(module):
        with smartcard.opened_card(chosen, cards.PIN) as card:
            assert chosen.read.verifies(card.sign(MESSAGE), MESSAGE)


def test_no_module_is_told(tmp_path: Path) -> None:
    other = tmp_path / "annat.so"
    other.write_bytes(b"not a library")
    for path in (other, tmp_path / "missing.so"):
        with pytest.raises(BadCardModuleError, match=path.name):
            smartcard.keys(path)


def test_an_empty_reader_is_told(module: Path) -> None:
    with pytest.raises(NoCardError):
        smartcard.keys(module)


def test_a_card_without_a_certificate_is_told(module: Path) -> None:
    cards.put_in("tomt")
    with pytest.raises(NoCardKeyError):
        smartcard.keys(module)


def test_a_certificate_of_another_kind_of_key_is_not_offered(module: Path) -> None:
    cards.put_in("kort")
    cards.add_certificate(
        "kort", cards.certificate_for(ec.generate_private_key(ec.SECP384R1()).public_key(), "P"), "a1"
    )
    cards.add_certificate("kort", b"not a certificate", "a2")
    with pytest.raises(NoCardKeyError):
        smartcard.keys(module)


def test_a_certificate_without_its_key_is_told_when_it_is_to_sign(module: Path) -> None:
    cards.put_in("kort")
    cards.add_certificate("kort", cards.issued("p256").certificate, "a1")
    (chosen,) = smartcard.keys(module)
    with pytest.raises(NoCardKeyError), smartcard.opened_card(chosen, cards.PIN):
        raise AssertionError("it opened")


def test_a_certificate_of_another_key_does_not_sign(module: Path) -> None:
    cards.put_in("kort")
    cards.add_key("kort", make_key("A", "", at=cards.AT), cards.issued("p256").certificate, "a1")
    (chosen,) = smartcard.keys(module)
    with smartcard.opened_card(chosen, cards.PIN) as card, pytest.raises(CardFailedError):
        card.sign(MESSAGE)


@pytest.mark.parametrize("pin", [cards.OTHER_PIN, "", "1", "å" * 300])
def test_a_wrong_pin_is_told_and_the_right_one_opens_afterwards(pin: str, module: Path) -> None:
    cards.put_in("kort", cards.issued("p256"))
    (chosen,) = smartcard.keys(module)
    with pytest.raises(WrongPinError), smartcard.opened_card(chosen, pin):
        raise AssertionError("it opened")
    with smartcard.opened_card(chosen, cards.PIN) as card:
        card.sign(MESSAGE)


def test_a_card_without_keys_of_its_own_needs_a_pin(module: Path) -> None:
    cards.put_in("kort", cards.issued("p256"))
    (chosen,) = smartcard.keys(module)
    with pytest.raises(PinNeededError), smartcard.opened_card(chosen, None):
        raise AssertionError("it opened")


def test_nobody_stays_logged_in(module: Path) -> None:
    cards.put_in("kort", cards.issued("p256"))
    (chosen,) = smartcard.keys(module)
    with smartcard.opened_card(chosen, cards.PIN) as card:
        card.sign(MESSAGE)
    with pytest.raises(CardFailedError):
        card.sign(MESSAGE)
    with pytest.raises(WrongPinError), smartcard.opened_card(chosen, cards.OTHER_PIN):
        raise AssertionError("it opened")


def test_a_card_that_was_taken_out_is_told(module: Path, tmp_path: Path) -> None:
    cards.put_in("kort", cards.issued("p256"))
    (chosen,) = smartcard.keys(module)
    with smartcard.opened_card(chosen, cards.PIN) as card:
        shutil.rmtree(tmp_path / "softhsm" / "tokens")
        with pytest.raises(CardRemovedError):
            card.sign(MESSAGE)
    with pytest.raises((NoCardError, BadCardModuleError)), smartcard.opened_card(chosen, cards.PIN):
        raise AssertionError("it opened")


def test_the_card_of_somebody_else_in_the_reader_is_not_the_chosen_one(module: Path, tmp_path: Path) -> None:
    cards.put_in("mitt", cards.issued("p256"))
    (chosen,) = smartcard.keys(module)
    shutil.rmtree(tmp_path / "softhsm" / "tokens")
    (tmp_path / "softhsm" / "tokens").mkdir()
    cards.put_in("ditt", cards.issued("rsa2048"))
    with pytest.raises(NoCardError), smartcard.opened_card(chosen, cards.PIN):
        raise AssertionError("it opened")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (pkcs11.PinLocked, PinBlockedError),
        (pkcs11.PinIncorrect, WrongPinError),
        (pkcs11.DeviceRemoved, CardRemovedError),
        (pkcs11.TokenNotPresent, CardRemovedError),
        (pkcs11.MechanismInvalid, CardFailedError),
    ],
)
def test_every_answer_of_a_module_has_its_sentence(answer: type[Exception], told: type[Exception]) -> None:
    with pytest.raises(told), smartcard.told():
        raise answer


def test_a_key_file_and_a_card_can_hold_the_same_key(module: Path) -> None:
    key = cards.issued("rsa2048")
    cards.put_in("kort", key)
    (chosen,) = smartcard.keys(module)
    with smartcard.opened_card(chosen, cards.PIN) as card:
        assert card.sign(MESSAGE) == key.sign(MESSAGE)
        assert hashlib.sha256(card.certificate).hexdigest() == card.fingerprint == key.fingerprint


def test_modules_are_looked_for_on_every_system(tmp_path: Path) -> None:
    for platform in ("linux", "win32", "darwin"):
        assert len(card_modules.usual_places(platform)) >= 7
    (tmp_path / "a.so").write_bytes(b"")
    (tmp_path / "b.so").symlink_to(tmp_path / "a.so")
    assert card_modules.found((tmp_path / "missing", tmp_path / "a.so", tmp_path / "b.so")) == (tmp_path / "a.so",)


def _public(key: SigningKey) -> ec.EllipticCurvePublicKey:
    public = certificate.parse(key.certificate).key
    assert isinstance(public, ec.EllipticCurvePublicKey)
    return public
