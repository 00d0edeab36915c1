"""Cards for tests: SoftHSM from Debian with a token for each kind of key, certificates from an issuer of our own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11 import Attribute, CertificateType, ObjectClass

from esf_desktop.signing.keys import SigningKey

MODULE = next(
    (
        path
        for path in (Path("/usr/lib/softhsm/libsofthsm2.so"), *Path("/usr/lib").glob("*/softhsm/libsofthsm2.so"))
        if path.exists()
    ),
    None,
)
SOFTHSM = shutil.which("softhsm2-util")
PRESENT = MODULE is not None and SOFTHSM is not None
PIN, OTHER_PIN = "271828", "314159"
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@cache
def issued(kind: str, name: str = "Anna Öberg") -> SigningKey:
    """A key of a kind (`rsa2048`, `p256`) whose certificate an issuer made, as a card has it; it has run out since."""
    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    if kind.startswith("rsa"):
        private = rsa.generate_private_key(65537, int(kind.removeprefix("rsa")))
    else:
        private = ec.generate_private_key(ec.SECP256R1())
    return SigningKey(private, certificate_for(private.public_key(), name))


def certificate_for(public: rsa.RSAPublicKey | ec.EllipticCurvePublicKey, name: str, *, signs: bool = True) -> bytes:
    """A certificate by an issuer with an RSA key, for signatures or for logging in, that ended long ago."""
    subject = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "SE"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Region Exempel"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, name),
        ]
    )
    issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Utgivare av kort")])
    others = ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign")
    usage = x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=signs,
        **dict.fromkeys((*others, "encipher_only", "decipher_only"), False),
    )
    ended = datetime(2026, 1, 3, tzinfo=UTC)
    return (
        x509.CertificateBuilder(issuer, subject, public, x509.random_serial_number(), AT, ended)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name("anna@exempel.se")]), critical=False)
        .sign(_issuer(), hashes.SHA384())
        .public_bytes(Encoding.DER)
    )


@cache
def _issuer() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 3072)


@contextmanager
def reader(folder: Path) -> Iterator[Path]:
    """An empty reader of SoftHSM, and its module; other readers of this process are out of sight meanwhile."""
    assert MODULE is not None
    tokens = folder / "tokens"
    tokens.mkdir(parents=True)
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    try:
        yield MODULE
    finally:
        with suppress(pkcs11.PKCS11Error):  # a reader that was taken away cannot be started, nor let go
            pkcs11.lib(str(MODULE)).finalize()
        if before is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = before


def put_in(label: str, key: SigningKey | None = None, identifier: str = "a1") -> None:
    """Put a card into the reader; with a key it has the key and its certificate."""
    if not any(token.label == label for token in _tokens()):
        _run("--init-token", "--free", "--label", label, "--so-pin", "000000", "--pin", PIN)
    if key is not None:
        add_key(label, key, key.certificate, identifier)


def add_key(label: str, key: SigningKey, certificate: bytes, identifier: str) -> None:
    """Put a key and a certificate on a card that is in the reader."""
    pem = Path(os.environ["SOFTHSM2_CONF"]).with_name("key.pem")
    pem.write_bytes(key._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _run("--import", str(pem), "--token", label, "--label", "key", "--id", identifier, "--pin", PIN)
    pem.unlink()
    add_certificate(label, certificate, identifier)


def add_certificate(label: str, certificate: bytes, identifier: str) -> None:
    """Put a certificate on a card that is in the reader."""
    library = pkcs11.lib(str(MODULE))
    try:
        with library.get_token(token_label=label).open(rw=True, user_pin=PIN) as session:
            session.create_object(
                {
                    Attribute.CLASS: ObjectClass.CERTIFICATE,
                    Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                    Attribute.TOKEN: True,
                    Attribute.PRIVATE: False,
                    Attribute.LABEL: "certificate",
                    Attribute.ID: bytes.fromhex(identifier),
                    Attribute.SUBJECT: b"0\0",
                    Attribute.VALUE: certificate,
                }
            )
    finally:
        library.finalize()


def _tokens() -> list[pkcs11.Token]:
    library = pkcs11.lib(str(MODULE))
    try:
        return list(library.get_tokens())
    finally:
        library.finalize()


def _run(*arguments: str) -> None:
    assert SOFTHSM is not None
    subprocess.run([SOFTHSM, *arguments], check=True, capture_output=True, text=True)
