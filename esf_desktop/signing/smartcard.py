"""Signing with a smart card through PKCS#11: cards and their certificates are found, a PIN lets one sign once.

The PIN is held while a card is open and nowhere else. When a card is closed the module is let go, so that nothing stays
logged in and a card that is changed is seen.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pkcs11 import Attribute, Mechanism, ObjectClass
from pkcs11.constants import TokenFlag

from esf_desktop.signing import certificate as certificates
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
from esf_desktop.signing.certificate import Certificate, UnusableCertificateError

if TYPE_CHECKING:
    from pkcs11._pkcs11 import lib
    from pkcs11.types import Session, Token

_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a SHA-256 in an RSA signature (RFC 8017, 9.2)."""
_GONE = (
    pkcs11.DeviceRemoved,
    pkcs11.DeviceError,
    pkcs11.TokenNotPresent,
    pkcs11.SessionHandleInvalid,
    pkcs11.SessionClosed,
    pkcs11.ObjectHandleInvalid,
    pkcs11.KeyHandleInvalid,
    pkcs11.SlotIDInvalid,
)
_WRONG_PIN = (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange)
_alone = threading.RLock()


@dataclass(frozen=True, slots=True)
class CardKey:
    """A key of a card that may sign here, and how to find it again."""

    module: Path
    card: str
    """What the card calls itself."""
    serial: str
    identifier: bytes
    certificate: bytes
    """In DER."""
    for_signatures: bool
    """Whether its certificate says that it is for signatures, rather than for logging in."""

    @property
    def read(self) -> Certificate:
        """The certificate."""
        return certificates.parse(self.certificate)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hex."""
        return self.read.fingerprint

    @property
    def name(self) -> str:
        """The name in the certificate."""
        return self.read.name


class CardSigner:
    """An open card: whoever has it may sign until it is closed."""

    __slots__ = ("_key", "_pin", "certificate", "fingerprint", "name")

    def __init__(self, key: Any, pin: str | None, chosen: CardKey) -> None:
        self._key = key
        self._pin = pin if _asks_each_time(key) else None
        self.certificate = chosen.certificate
        self.fingerprint = chosen.fingerprint
        self.name = chosen.name

    def sign(self, message: bytes) -> bytes:
        """The signature over the message with SHA-256, ECDSA in DER or RSA by PKCS #1 v1.5, checked before it is given.

        Raises:
            CardError: the card did not sign (`card_errors`).
        """
        own = certificates.parse(self.certificate)
        digest = hashlib.sha256(message).digest()
        again = {} if self._pin is None else {"pin": self._pin}
        with told():
            if isinstance(own.key, rsa.RSAPublicKey):
                signature = bytes(self._key.sign(_SHA256_INFO + digest, mechanism=Mechanism.RSA_PKCS, **again))
            else:
                raw = bytes(self._key.sign(digest, mechanism=Mechanism.ECDSA, **again))
                half = len(raw) // 2
                signature = encode_dss_signature(int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big"))
        if not own.verifies(signature, message):
            raise CardFailedError("SignatureInvalid")
        return signature


def keys(module: Path) -> tuple[CardKey, ...]:
    """The keys of all cards in all readers that may sign here, those meant for signatures first.

    Raises:
        BadCardModuleError, NoCardError, NoCardKeyError, CardFailedError
    """
    with library(module) as opened:
        tokens = cards(opened)
        if not tokens:
            raise NoCardError
        found = [key for token in tokens for key in _keys(module, token)]
    if not found:
        raise NoCardKeyError
    return tuple(sorted(found, key=lambda key: (not key.for_signatures, key.card, key.fingerprint)))


@contextmanager
def opened_card(chosen: CardKey, pin: str | None) -> Iterator[CardSigner]:
    """The card, ready to sign until the block ends; a reader with keys of its own takes the PIN itself when it is None.

    Raises:
        CardError: of the class that says why not (`card_errors`).
    """
    with library(chosen.module) as opened:
        token = next((one for one in cards(opened) if _serial(one) == chosen.serial), None)
        if token is None:
            raise NoCardError
        with _session(token, pin) as session, told():
            wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: chosen.identifier}
            key = next(iter(session.get_objects(wanted)), None)
            if key is None:
                raise NoCardKeyError
            yield CardSigner(key, pin, chosen)


@contextmanager
def library(module: Path) -> "Iterator[lib]":
    """The module, started; it forgets who was logged in when the block ends."""
    with _alone:
        try:
            opened = pkcs11.lib(str(module))
        except pkcs11.PKCS11Error as error:
            raise BadCardModuleError(module.name) from error
        try:
            yield opened
        finally:
            with suppress(pkcs11.PKCS11Error):
                opened.finalize()


def cards(opened: "lib") -> "list[Token]":
    """Every card that is in a reader and has been given a PIN."""
    with told():
        tokens = [slot.get_token() for slot in opened.get_slots(token_present=True)]
        return [token for token in tokens if token.flags & TokenFlag.TOKEN_INITIALIZED]


def certificates_on(session: "Session") -> Iterator[tuple[bytes, bytes]]:
    """Every certificate that can be read, as the identifier of its key and its DER."""
    for found in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            yield bytes(found[Attribute.ID]), bytes(found[Attribute.VALUE])
        except pkcs11.PKCS11Error:
            continue  # one that the card will not give out


def _keys(module: Path, token: "Token") -> Iterator[CardKey]:
    with told(), token.open() as session:
        for identifier, content in certificates_on(session):
            try:
                certificates.parse(content)
            except UnusableCertificateError:
                continue
            label = token.label.strip()
            yield CardKey(module, label, _serial(token), identifier, content, for_signatures(content))


@contextmanager
def _session(token: "Token", pin: str | None) -> "Iterator[Session]":
    if token.flags & TokenFlag.USER_PIN_LOCKED:
        raise PinBlockedError
    if pin is None and not token.flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH:
        raise PinNeededError
    with told():
        try:
            session = token.open(user_pin=pkcs11.PROTECTED_AUTH if pin is None else pin)
        except _WRONG_PIN as error:
            flags = token.slot.get_token().flags
            if flags & TokenFlag.USER_PIN_LOCKED:
                raise PinBlockedError from error
            few = "few" if flags & TokenFlag.USER_PIN_COUNT_LOW else None
            raise WrongPinError(1 if flags & TokenFlag.USER_PIN_FINAL_TRY else few) from error
    try:
        yield session
    finally:
        with suppress(pkcs11.PKCS11Error):
            session.close()


@contextmanager
def told() -> Iterator[None]:
    """What a module answers becomes a sentence."""
    try:
        yield
    except pkcs11.PinLocked as error:
        raise PinBlockedError from error
    except _WRONG_PIN as error:
        raise WrongPinError from error
    except _GONE as error:
        raise CardRemovedError from error
    except pkcs11.PKCS11Error as error:
        raise CardFailedError(type(error).__name__) from error


def for_signatures(content: bytes) -> bool:
    """Whether a certificate says that its key is for signatures (nonRepudiation), rather than for logging in."""
    try:
        usage = x509.load_der_x509_certificate(content).extensions.get_extension_for_class(x509.KeyUsage).value
    except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension):
        return False
    return usage.content_commitment


def _asks_each_time(key: Any) -> bool:
    try:
        return bool(key[Attribute.ALWAYS_AUTHENTICATE])
    except pkcs11.PKCS11Error:
        return False  # an older module does not know the question


def _serial(token: "Token") -> str:
    return token.serial.strip().decode("ascii", "replace")
