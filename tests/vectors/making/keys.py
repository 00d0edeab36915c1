"""Keys and certificates that are the same each time. They guard nothing: everybody can read them here."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from esf_desktop.signing import certificate

AT = datetime(2026, 11, 23, 13, 32, 8, tzinfo=UTC)
_DETERMINISTIC = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
_RSA = {
    2048: (
        0xDB1593566BF48F386999A524F543E038494B70E0AE412856B925E43D6D6F36A1B89883E012F3822F55C39F1BD26284DEC36286DDD1FA303F58EF8FF0C0C5F7E2947199A2E65D108D9B0CC1797ACEF68E92CA94FA52EA4DE172202149A9B063C043FA0E174576EC86FB06712F9A85A20C21E8BF6763E488B5F89EFEF989311CD3,
        0xB89DE03473D7DC16F8AD41480467E57F60AFDC1FA781A32F5249C62D7B2DE2765687DBB1A36FBD84E7809777CCACDCE33213C353DFA06194775CEC0F10679902E33823FA3F41A568AD37B3088C8032D14E9F90AB2DE39D0E87C2C2CF5756FFB34758F58E3DC2281E8D5B33E2AEBAD8669D4C0F88C2524B893299A7D28DCBE295,
    ),
    1024: (
        0xFD74611444A4510FF9E6D7D919616B4A4A9C6C9606DF3253B11A7B1C2B24A8245447005DDCBCCF9B1E42416B74840C39BF9A9CFC90EFC8C5546E79ECF0B38463,
        0xC04A0A57E363BD6CDE33447274904AADE1FBE24B8B97AB23FDA77DE63F45CEE4C2080575C83357C1E139FE3BA02582CC060AED32273CED63ADF3FF7B5EE778DD,
    ),
}


class Key:
    """A private key that signs the same message the same way each time, and its certificate."""

    def __init__(self, private: Any, certificate: bytes) -> None:
        self.private = private
        self.certificate = certificate

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hex."""
        return certificate.parse(self.certificate).fingerprint

    @property
    def name(self) -> str:
        """The name in the certificate."""
        return certificate.parse(self.certificate).name

    def sign(self, message: bytes) -> bytes:
        """The signature over the message with SHA-256."""
        match self.private:
            case rsa.RSAPrivateKey():
                return self.private.sign(message, padding.PKCS1v15(), hashes.SHA256())
            case ed25519.Ed25519PrivateKey():
                return self.private.sign(message)
            case _:
                signed: bytes = self.private.sign(message, _DETERMINISTIC)
                return signed


def private(kind: str, number: int = 1) -> Any:
    """A private key of that kind: `p256`, `p384`, `k256`, `ed25519`, `rsa2048`, `rsa1024`."""
    match kind:
        case "p256":
            return ec.derive_private_key(0x45534644 * number, ec.SECP256R1())
        case "p384":
            return ec.derive_private_key(0x45534644 * number, ec.SECP384R1())
        case "k256":
            return ec.derive_private_key(0x45534644 * number, ec.SECP256K1())
        case "ed25519":
            return ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number] * 32))
        case _:
            p, q = _RSA[int(kind.removeprefix("rsa"))]
            d = pow(65537, -1, (p - 1) * (q - 1))
            public = rsa.RSAPublicNumbers(65537, p * q)
            crt = (rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q))
            return rsa.RSAPrivateNumbers(p, q, d, *crt, public).private_key()


def certify(key: Any, name: str, organisation: str = "", *, serial: int = 1) -> bytes:
    """A self-signed certificate like those that the program makes, with a serial number that is given."""
    attributes = [x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]
    if organisation:
        attributes.append(x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, organisation))
    who = x509.Name(attributes)
    on_a_curve = isinstance(key, ec.EllipticCurvePrivateKey)
    return (
        x509.CertificateBuilder(who, who, key.public_key(), serial, AT, certificate.NEVER)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(
            key,
            None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256(),
            ecdsa_deterministic=True if on_a_curve else None,
        )
        .public_bytes(Encoding.DER)
    )


@cache
def key(who: str) -> Key:
    """The key of one of the people of the vectors."""
    kind, number, name, organisation = {
        "assessor": ("p256", 1, "Åsa Öberg", "Region Påhitt"),
        "second-device": ("p256", 2, "Åsa Öberg", "Region Påhitt"),
        "other-assessor": ("p256", 3, "Bo Ek", "Region Påhitt"),
        "stranger": ("p256", 4, "Okänd", ""),
        "revoked": ("p256", 5, "Cia Alm", "Region Påhitt"),
        "secretariat": ("p256", 6, "Sekretariatet", "Strukturfondspartnerskapet"),
        "other-secretariat": ("p256", 7, "Sekretariatet", "Strukturfondspartnerskapet"),
        "card": ("rsa2048", 1, "Dag Holm", "Region Påhitt"),
    }[who]
    made = private(kind, number)
    return Key(made, certify(made, name, organisation, serial=number))


WITH_CERTIFICATE = ("assessor", "second-device", "other-assessor", "stranger", "revoked", "secretariat", "card")
"""Whose certificates lie beside the vectors, for readers that are to trust them."""
