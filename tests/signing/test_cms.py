"""The signature: made by one template, taken in one spelling, of two kinds of key."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from esf_desktop.errors import EsfError
from esf_desktop.signing import certificate, cms
from esf_desktop.signing.der import CONTEXT_0, OCTET_STRING, SET, UTC_TIME, element, identifier, integer
from esf_desktop.signing.keys import SigningKey, make_key
from esf_desktop.signing.template import attributes, render

AT = datetime(2026, 11, 23, 14, 32, 8, tzinfo=UTC)
MESSAGE = b"<manifest/>"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@cache
def key(name: str = "Åsa") -> SigningKey:
    """A key of that name."""
    return make_key(name, "", at=AT)


@cache
def other_kind(kind: str) -> SigningKey | tuple[object, bytes]:
    """A key of another kind than our own, with a certificate; one that we take comes as a signing key."""
    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
    match kind:
        case "ed25519":
            private = ed25519.Ed25519PrivateKey.generate()
        case "p384":
            private = ec.generate_private_key(ec.SECP384R1())
        case _:
            private = rsa.generate_private_key(65537, int(kind.removeprefix("rsa")))
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, kind)])
    der = (
        x509.CertificateBuilder(who, who, private.public_key(), 1, AT, certificate.NEVER)
        .sign(private, None if kind == "ed25519" else hashes.SHA256())
        .public_bytes(Encoding.DER)
    )
    if kind in ("rsa2048", "rsa3072") and isinstance(private, rsa.RSAPrivateKey):
        return SigningKey(private, der)
    return private, der


def code(signature: bytes, message: bytes = MESSAGE) -> str:
    """What the reader answers: `accepted`, or why not."""
    try:
        cms.verify(signature, message, file="f")
    except EsfError as error:
        return error.code
    return "accepted"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.integers(-599_616_000, 5_680_281_600))
def test_what_is_signed_verifies_with_its_signer_and_time(message: bytes, second: int) -> None:
    at = datetime.fromtimestamp(second, UTC)
    signer, claimed = cms.verify(cms.sign(message, key(), at=at), message, file="f")
    assert (signer.der, claimed) == (key().certificate, at)


@pytest.mark.parametrize("kind", ["rsa2048", "rsa3072"])
def test_a_card_with_an_rsa_key_may_sign(kind: str) -> None:
    card = other_kind(kind)
    assert isinstance(card, SigningKey)
    signature = cms.sign(MESSAGE, card, at=AT)
    assert cms.verify(signature, MESSAGE, file="f")[0].name == kind
    assert code(signature, b"else") == "altered"


class HighCard:
    """A card that answers with the upper of the two signatures."""

    def __init__(self, inner: SigningKey) -> None:
        self.inner = inner
        self.certificate = inner.certificate
        self.fingerprint = inner.fingerprint
        self.name = inner.name

    def sign(self, message: bytes) -> bytes:
        """The upper signature."""
        r, s = decode_dss_signature(self.inner.sign(message))
        return encode_dss_signature(r, max(s, ORDER - s))


def test_the_upper_signature_of_a_card_is_written_as_the_lower() -> None:
    for number in range(20):
        assert code(cms.sign(b"%d" % number, HighCard(key()), at=AT), b"%d" % number) == "accepted"


def spelled(
    *,
    value: Callable[[bytes], bytes] = lambda value: value,
    signed: Callable[[bytes], bytes] = lambda signed: signed,
    signer: SigningKey | None = None,
    around: SigningKey | None = None,
) -> bytes:
    """A signature with one thing spelled otherwise: its value, its signed attributes, or the certificate around it."""
    by = signer or key()
    own = certificate.parse(by.certificate)
    what = signed(attributes(own, hashlib.sha256(MESSAGE).digest(), AT))
    raw = by.sign(element(SET, what))
    r, s = decode_dss_signature(raw)
    low = encode_dss_signature(r, min(s, ORDER - s))
    return render(certificate.parse((around or by).certificate), what, value(low))


def long_length(signature: bytes) -> bytes:
    """The outermost length in one more byte than it needs."""
    assert signature[1] == 0x82
    return signature[:1] + b"\x83\x00" + signature[2:]


def indefinite(signature: bytes) -> bytes:
    """BER's indefinite length around everything."""
    return signature[:1] + b"\x80" + signature[4:] + b"\0\0"


def high(value: bytes) -> bytes:
    """The upper of the two spellings of a signature."""
    r, s = decode_dss_signature(value)
    return encode_dss_signature(r, ORDER - s)


def padded(value: bytes) -> bytes:
    """A signature whose r has a needless zero."""
    r, s = decode_dss_signature(value)
    first = b"\0" + integer(r)[2:]
    return element(0x30, element(2, first), integer(s))


def in_order(signed: bytes, order: tuple[int, ...]) -> bytes:
    """The four attributes in another order, or fewer or more of them."""
    parts, at = [], 0
    while at < len(signed):
        parts.append(signed[at : at + 2 + signed[at + 1]])
        at += 2 + signed[at + 1]
    return b"".join(parts[number] for number in order)


def two_signers() -> bytes:
    """Two signers in one signature."""
    one, two = cms.sign(MESSAGE, key(), at=AT), cms.sign(MESSAGE, key("Bo"), at=AT)
    inner = [signature[signature.rindex(element(SET, b"")[:1] + b"\x82") :] for signature in (one, two)]
    return one.replace(inner[0], element(SET, inner[0][4:], inner[1][4:]))


def with_two_certificates() -> bytes:
    """One certificate more than the signer's."""
    good, more = cms.sign(MESSAGE, key(), at=AT), key("Bo").certificate
    return good.replace(element(CONTEXT_0, key().certificate), element(CONTEXT_0, key().certificate, more))


def with_kind(kind: str) -> bytes:
    """A certificate that is not allowed in the place of the signer's."""
    made = other_kind(kind)
    assert isinstance(made, tuple)
    return cms.sign(MESSAGE, key(), at=AT).replace(key().certificate, made[1])


GOOD_TIME = element(UTC_TIME, b"261123143208Z")
FORGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing changed": (spelled, "accepted"),
    "nothing": (lambda: b"", "bad_signature"),
    "noise": (lambda: b"\x30\x84\xff\xff\xff\xff" + bytes(40), "bad_signature"),
    "cut short": (lambda: spelled()[:-1], "bad_signature"),
    "data after": (lambda: spelled() + b"\0", "bad_signature"),
    "a long length": (lambda: long_length(spelled()), "bad_signature"),
    "an indefinite length": (lambda: indefinite(spelled()), "bad_signature"),
    "the upper s": (lambda: spelled(value=high), "bad_signature"),
    "a padded r": (lambda: spelled(value=padded), "bad_signature"),
    "no value": (lambda: spelled(value=lambda _: b""), "bad_signature"),
    "a value of zeros": (lambda: spelled(value=lambda _: encode_dss_signature(0, 0)), "altered"),
    "a value that is no sequence": (lambda: spelled(value=lambda value: b"\x31" + value[1:]), "bad_signature"),
    "attributes in another order": (lambda: spelled(signed=lambda a: in_order(a, (1, 0, 2, 3))), "bad_signature"),
    "an attribute missing": (lambda: spelled(signed=lambda a: in_order(a, (0, 1, 2))), "bad_signature"),
    "an attribute twice": (lambda: spelled(signed=lambda a: in_order(a, (0, 1, 1, 2, 3))), "bad_signature"),
    "no attributes": (lambda: spelled(signed=lambda a: in_order(a, ())), "bad_signature"),
    "a time without seconds": (
        lambda: spelled(signed=lambda a: a.replace(GOOD_TIME, element(UTC_TIME, b"2611231432Z  "))),
        "bad_signature",
    ),
    "a time in another zone": (
        lambda: spelled(signed=lambda a: a.replace(GOOD_TIME, element(UTC_TIME, b"261123143208z"))),
        "bad_signature",
    ),
    "a time that does not exist": (
        lambda: spelled(signed=lambda a: a.replace(b"261123143208Z", b"261332143208Z")),
        "bad_signature",
    ),
    "another content type": (
        lambda: spelled(
            signed=lambda a: a.replace(identifier("1.2.840.113549.1.7.1"), identifier("1.2.840.113549.1.7.5"))
        ),
        "bad_signature",
    ),
    "another message": (
        lambda: spelled(signed=lambda a: a.replace(hashlib.sha256(MESSAGE).digest(), bytes(32))),
        "altered",
    ),
    "a short digest": (
        lambda: spelled(
            signed=lambda a: a.replace(element(OCTET_STRING, hashlib.sha256(MESSAGE).digest()), b"\x04\x00" + bytes(32))
        ),
        "bad_signature",
    ),
    "another certificate": (lambda: spelled(around=key("Bo")), "bad_signature"),
    "two certificates": (with_two_certificates, "bad_signature"),
    "two signers": (two_signers, "bad_signature"),
    "a certificate for Ed25519": (lambda: with_kind("ed25519"), "bad_signature"),
    "a certificate for P-384": (lambda: with_kind("p384"), "bad_signature"),
    "a certificate for RSA of 1024 bits": (lambda: with_kind("rsa1024"), "bad_signature"),
    "SHA-1 instead of SHA-256": (
        lambda: spelled().replace(identifier("2.16.840.1.101.3.4.2.1"), identifier("1.3.14.3.2.26")),
        "bad_signature",
    ),
    "ECDSA with SHA-384": (
        lambda: spelled().replace(identifier("1.2.840.10045.4.3.2"), identifier("1.2.840.10045.4.3.3")),
        "bad_signature",
    ),
    "another serial number": (
        lambda: spelled().replace(certificate.parse(key().certificate).issuer_and_serial[-16:], bytes(16)),
        "bad_signature",
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_signature_is_refused_for_its_own_reason(name: str) -> None:
    make, expected = FORGED[name]
    assert code(make()) == expected


def test_the_message_inside_a_signature_is_refused() -> None:
    detached, attached = identifier("1.2.840.113549.1.7.1"), identifier("1.2.840.113549.1.7.1")
    inside = element(CONTEXT_0, element(OCTET_STRING, MESSAGE))
    changed = spelled().replace(element(0x30, detached), element(0x30, attached, inside), 1)
    assert code(changed) == "bad_signature"


def test_no_flipped_bit_of_a_signature_is_accepted() -> None:
    good = spelled()
    for at in range(len(good)):
        for bit in range(8):
            assert code(good[:at] + bytes((good[at] ^ 1 << bit,)) + good[at + 1 :]) != "accepted"
