"""The trial of a card tells everything that whoever helps needs, and never a PIN."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esf_desktop.formatting import groups
from esf_desktop.i18n import Language, use
from esf_desktop.signing import card_choice, card_modules, card_test
from esf_desktop.signing.card_choice import ChooseCardKeyError
from esf_desktop.signing.card_errors import (
    BadCardModuleError,
    CardError,
    CardFailedError,
    CardRemovedError,
    NoCardError,
    NoCardKeyError,
    NoCardModuleError,
    PinBlockedError,
    PinNeededError,
    WrongPinError,
)
from tests.signing import cards

needs_softhsm = pytest.mark.skipif(not cards.PRESENT, reason="SoftHSM is not installed")


@pytest.fixture
def module(tmp_path: Path) -> Iterator[Path]:
    """An empty reader."""
    with cards.reader(tmp_path / "softhsm") as found:
        yield found


@needs_softhsm
@pytest.mark.parametrize("language", Language)
def test_a_sound_card_is_told_whole_without_its_pin(language: Language, module: Path) -> None:
    use(language)
    cards.put_in("kort", cards.issued("p256"))
    lines = card_test.diagnose(module, cards.PIN)
    told = card_test.text(lines)
    assert not [line for line in lines if line.good is False]
    assert groups(cards.issued("p256").fingerprint) in told
    assert "ECDSA, RSA_PKCS" in told
    assert "EllipticCurve 256" in told or "ECDSA" in told
    assert cards.PIN not in told
    assert ("gjord och kontrollerad" if language is Language.SWEDISH else "made and verified") in told


@needs_softhsm
def test_a_wrong_pin_is_tried_once_only(module: Path) -> None:
    cards.put_in("kort", cards.issued("p256"))
    cards.add_key("kort", cards.issued("rsa2048"), cards.issued("rsa2048").certificate, "b2")
    lines = card_test.diagnose(module, cards.OTHER_PIN)
    assert [line.told for line in lines if line.good is False] == [WrongPinError("few").sentence()]
    assert cards.OTHER_PIN not in card_test.text(lines)


@needs_softhsm
def test_an_empty_reader_and_an_empty_card_are_told(module: Path) -> None:
    assert NoCardError().sentence() in card_test.text(card_test.diagnose(module))
    cards.put_in("tomt")
    cards.add_certificate("tomt", b"not a certificate", "a1")
    told = card_test.text(card_test.diagnose(module, cards.PIN))
    assert "17\u00a0byte" in told
    assert NoCardKeyError().sentence() in told


def test_no_module_and_a_bad_one_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = card_test.text(card_test.diagnose(tmp_path / "ingen.so"))
    assert BadCardModuleError("ingen.so").sentence() in told
    monkeypatch.setattr(card_modules, "usual_places", tuple)
    with pytest.raises(NoCardModuleError):
        card_choice.find()


@needs_softhsm
def test_of_several_keys_the_one_for_signatures_or_the_named_one_is_chosen(module: Path) -> None:
    own, other = cards.issued("p256"), cards.issued("rsa2048", "Bo Ek")
    cards.put_in("kort", own)
    (only,) = card_choice.find(module)
    assert card_choice.choose([only]) == only
    cards.add_key("kort", other, other.certificate, "b2")
    both = card_choice.find(module)
    with pytest.raises(ChooseCardKeyError) as caught:
        card_choice.choose(both)
    assert caught.value.count == 2
    assert card_choice.choose(both, groups(other.fingerprint)[:9]).name == "Bo Ek"
    with pytest.raises(NoCardKeyError):
        card_choice.choose(both, "0000 0000")


EVERY = [
    NoCardModuleError(),
    BadCardModuleError("x.so"),
    NoCardError(),
    NoCardKeyError(),
    PinNeededError(),
    WrongPinError(),
    WrongPinError(1),
    WrongPinError("few"),
    PinBlockedError(),
    CardRemovedError(),
    CardFailedError("GeneralError"),
    ChooseCardKeyError(2),
]


@pytest.mark.parametrize("error", EVERY, ids=lambda error: error.code)
def test_each_refusal_is_one_short_sentence_in_both_languages(error: CardError) -> None:
    said = []
    for language in Language:
        use(language)
        said.append(error.sentence())
    assert said[0] != said[1]
    assert all(20 < len(sentence) <= 140 for sentence in said)
