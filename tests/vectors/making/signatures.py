"""Files whose signature or certificate has one fault; everything else about them is sound, and soundly signed."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from esf_desktop.signing import der, template
from esf_desktop.signing.der import (
    CONTEXT_0,
    GENERALIZED_TIME,
    NULL,
    OCTET_STRING,
    SEQUENCE,
    SET,
    UTC_TIME,
    element,
    identifier,
    integer,
)
from tests.signing.forge import Part, archive, parts_of
from tests.vectors.making import material
from tests.vectors.making.keys import AT, Key, certify, key, private
from tests.vectors.making.material import Vector, Vectors

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SHA1 = element(SEQUENCE, identifier("1.3.14.3.2.26"))
_SHA512 = element(SEQUENCE, identifier("2.16.840.1.101.3.4.2.3"))
_SHA256_NULL = element(SEQUENCE, identifier("2.16.840.1.101.3.4.2.1"), NULL)
_ECDSA = element(SEQUENCE, identifier("1.2.840.10045.4.3.2"))
_RSA = element(SEQUENCE, identifier("1.2.840.113549.1.1.11"), NULL)
_CERTIFICATE_V1 = identifier("1.2.840.113549.1.9.16.2.12")
_CAPABILITIES = identifier("1.2.840.113549.1.9.15")
_TIME_STAMP = identifier("1.2.840.113549.1.9.16.2.14")

Change = Callable[[bytes], bytes]


def same(content: bytes) -> bytes:
    """The content as it is."""
    return content


def _is_rsa(by: Key) -> bool:
    return isinstance(private("rsa2048"), type(by.private))


@dataclass(frozen=True)
class Cms:
    """A signature over the manifest with a knob for every part; untouched, it is as the program makes it."""

    by: Key = field(default_factory=lambda: key("assessor"))
    kind: bytes = template.SIGNED_DATA
    version: bytes = template.VERSION_1
    digests: bytes = element(SET, template.SHA256)
    content: bytes = element(SEQUENCE, template.DATA)
    certificates: tuple[bytes, ...] | None = None
    lists: bytes = b""
    signers: int = 1
    signer_version: bytes = template.VERSION_1
    identifier: Change = same
    digest: bytes = template.SHA256
    attributes: Callable[[list[bytes]], Sequence[bytes]] = list
    attributes_tag: int = CONTEXT_0
    over: Change = same
    """What is signed, made from the SET of attributes."""
    algorithm: bytes = b""
    value: Change = same
    unsigned: bytes = b""
    whole: Change = same
    pointer: bytes | None = None
    """Whose certificate the attribute points to, if not the signer's."""

    def over_manifest(self, manifest: bytes) -> bytes:
        """The signature in DER."""
        der_of = self.by.certificate
        own = [
            template.attribute(template.CONTENT_TYPE, template.DATA),
            template.attribute(template.SIGNING_TIME, template.time(AT)),
            template.attribute(template.MESSAGE_DIGEST, element(OCTET_STRING, hashlib.sha256(manifest).digest())),
            template.signing_certificate(hashlib.sha256(self.pointer or der_of).hexdigest()),
        ]
        attributes = b"".join(self.attributes(sorted(own)))
        raw = self.by.sign(self.over(element(SET, attributes)))
        if isinstance(self.by.private, ec.EllipticCurvePrivateKey) and isinstance(self.by.private.curve, ec.SECP256R1):
            r, s = decode_dss_signature(raw)
            raw = encode_dss_signature(r, min(s, _ORDER - s))
        signer = element(
            SEQUENCE,
            self.signer_version,
            self.identifier(issuer_and_serial(der_of)),
            self.digest,
            element(self.attributes_tag, attributes) if attributes or self.attributes_tag != CONTEXT_0 else b"",
            self.algorithm or (_RSA if _is_rsa(self.by) else _ECDSA),
            element(OCTET_STRING, self.value(raw)),
            self.unsigned,
        )
        signed_data = element(
            SEQUENCE,
            self.version,
            self.digests,
            self.content,
            *([] if self.certificates == () else [element(CONTEXT_0, *(self.certificates or (der_of,)))]),
            self.lists,
            element(SET, *[signer] * self.signers),
        )
        return self.whole(element(SEQUENCE, self.kind, element(CONTEXT_0, signed_data)))


def issuer_and_serial(content: bytes) -> bytes:
    """The issuer and serial number of a certificate, however odd it is."""
    (_, _, signed, signed_end), *_ = der.elements(content, *der.read(content, 0, SEQUENCE))
    parts = [content[start:end] for _, start, _, end in der.elements(content, signed, signed_end)]
    return element(SEQUENCE, *parts[3:4], *parts[1:2])


def bundle(cms: Cms) -> bytes:
    """A bundle that the knobs' owner sends, signed so."""
    fingerprint = hashlib.sha256(cms.by.certificate).hexdigest()

    def own(plain: Any) -> None:
        plain["assessor"]["certificate_sha256"] = fingerprint

    parts = parts_of(material.bundle(own))
    parts[2] = Part(parts[2].name, cms.over_manifest(parts[1].content))
    return archive(parts)


def attribute_of(kind: bytes, made: Callable[[bytes], bytes]) -> Callable[[list[bytes]], Sequence[bytes]]:
    """The attributes with that one made otherwise, in DER's order again."""

    def change(found: list[bytes]) -> Sequence[bytes]:
        return sorted(made(one) if kind in one else one for one in found)

    return change


def only_value(kind: bytes, value: bytes) -> Callable[[list[bytes]], Sequence[bytes]]:
    """The attributes with another value for that one."""
    return attribute_of(kind, lambda _one: template.attribute(kind, value))


def without(kind: bytes) -> Callable[[list[bytes]], Sequence[bytes]]:
    """The attributes but that one."""
    return lambda found: [one for one in found if kind not in one]


def at(tag: int, digits: bytes) -> Cms:
    """A time of signing spelled so."""
    return Cms(attributes=only_value(template.SIGNING_TIME, element(tag, digits)))


def signatures() -> dict[str, tuple[Cms, str, str, str]]:
    """Faults of the CMS."""
    good, rsa = Cms(), Cms(by=key("card"))
    bad = "bad_signature"
    stranger = key("stranger").certificate
    own = hashlib.sha256(key("assessor").certificate).digest()
    twin = certify(key("assessor").private, "Åsa Öberg", "Region Påhitt", serial=99)
    number = issuer_and_serial(key("assessor").certificate)
    signing_certificate = template.SIGNING_CERTIFICATE_V2

    def pointer(*inner: bytes) -> Callable[[list[bytes]], Sequence[bytes]]:
        essence = element(SEQUENCE, *inner)
        return only_value(signing_certificate, element(SEQUENCE, element(SEQUENCE, essence)))

    octets = element(OCTET_STRING, own)
    return {
        "nothing": (replace(good, whole=lambda w: b""), bad, "not_der", "The signature is empty."),
        "noise": (
            replace(good, whole=lambda w: b"\x30\x84\xff\xff\xff\xff" + bytes(40)), bad, "not_der",
            "It is noise.",
        ),
        "a-pem": (
            replace(good, whole=lambda w: b"-----BEGIN CMS-----\nAAAA\n-----END CMS-----\n"), bad, "not_der",
            "The signature is in PEM.",
        ),
        "cut-short": (replace(good, whole=lambda w: w[:-1]), bad, "not_der", "Its last byte is missing."),
        "data-after": (replace(good, whole=lambda w: w + b"\0"), bad, "der_spelling", "A byte stands after it."),
        "a-long-length": (
            replace(good, whole=lambda w: w[:1] + b"\x83\x00" + w[2:]), bad, "der_spelling",
            "Its length has a needless byte.",
        ),
        "an-indefinite-length": (
            replace(good, whole=lambda w: w[:1] + b"\x80" + w[4:] + b"\0\0"), bad, "not_der",
            "It has BER's indefinite length.",
        ),
        "data-instead": (replace(good, kind=template.DATA), bad, "not_signed_data", "It calls itself data."),
        "enveloped-data": (
            replace(good, kind=identifier("1.2.840.113549.1.7.3")), bad, "not_signed_data",
            "It calls itself enveloped.",
        ),
        "version-three": (replace(good, version=integer(3)), bad, "cms_version", "Its version is 3."),
        "digest-of-sha1": (replace(good, digests=element(SET, _SHA1)), bad, "digest_algorithm", "It lists SHA-1."),
        "digest-with-null": (
            replace(good, digests=element(SET, _SHA256_NULL)), bad, "digest_algorithm", "SHA-256 has parameters.",
        ),
        "no-digest": (replace(good, digests=element(SET)), bad, "digest_algorithm", "It lists no digest algorithm."),
        "two-digests": (
            replace(good, digests=element(SET, template.SHA256, _SHA512)), bad, "digest_algorithm",
            "It lists two digest algorithms.",
        ),
        "content-inside": (
            replace(good, content=element(SEQUENCE, template.DATA, element(CONTEXT_0, element(OCTET_STRING, b"x")))),
            bad, "content_inside", "The signed bytes lie inside.",
        ),
        "content-of-another-type": (
            replace(good, content=element(SEQUENCE, identifier("1.2.840.113549.1.9.16.1.4"))), bad, "content_type",
            "Its content is a time stamp token.",
        ),
        "no-certificates": (replace(good, certificates=()), bad, "no_certificate", "The certificate is missing."),
        "two-certificates": (
            replace(good, certificates=(key("assessor").certificate, stranger)), bad, "second_certificate",
            "A second certificate lies beside the signer's.",
        ),
        "certificate-of-another": (
            replace(good, certificates=(stranger,)), bad, "signer_identifier", "The certificate is of somebody else.",
        ),
        "revocation-lists": (replace(good, lists=element(0xA1)), bad, "revocation_lists", "It has revocation lists."),
        "no-signer": (replace(good, signers=0), bad, "no_signer", "Nobody signed."),
        "two-signers": (replace(good, signers=2), bad, "second_signer", "Two signers signed."),
        "signer-version-three": (replace(good, signer_version=integer(3)), bad, "signer_version", "The signer's is 3."),
        "signer-by-key-identifier": (
            replace(good, identifier=lambda i: element(0x80, bytes(20))), bad, "signer_identifier",
            "The signer is named by a key identifier.",
        ),
        "signer-of-another-number": (
            replace(good, identifier=lambda i: i[:-1] + b"\x09"), bad, "signer_identifier",
            "The signer's serial number is another.",
        ),
        "signer-of-another-issuer": (
            replace(good, identifier=lambda i: i.replace(b"Region", b"region")), bad, "signer_identifier",
            "The signer's issuer is another.",
        ),
        "signer-digest-of-sha512": (replace(good, digest=_SHA512), bad, "digest_algorithm", "It digests with SHA-512."),
        "signer-digest-with-null": (
            replace(good, digest=_SHA256_NULL), bad, "digest_algorithm", "The signer's SHA-256 has parameters.",
        ),
        "no-attributes": (
            replace(good, attributes=lambda a: []), bad, "signed_attributes",
            "Nothing is signed beside.",
        ),
        "attributes-tagged-otherwise": (
            replace(good, attributes_tag=0xA1), bad, "signed_attributes", "The signed attributes have another tag.",
        ),
        "no-content-type": (
            replace(good, attributes=without(template.CONTENT_TYPE)), bad, "signed_attributes", "No content type.",
        ),
        "no-signing-time": (
            replace(good, attributes=without(template.SIGNING_TIME)), bad, "signed_attributes", "No time of signing.",
        ),
        "no-message-digest": (
            replace(good, attributes=without(template.MESSAGE_DIGEST)), bad, "signed_attributes", "No message digest.",
        ),
        "no-signing-certificate": (
            replace(good, attributes=without(signing_certificate)), bad, "signed_attributes",
            "No pointer to the certificate.",
        ),
        "an-attribute-twice": (
            replace(good, attributes=lambda a: [*a[:2], *a[1:]]), bad, "signed_attributes", "An attribute twice.",
        ),
        "an-attribute-more": (
            replace(good, attributes=lambda a: sorted([*a, template.attribute(_CAPABILITIES, element(SEQUENCE))])),
            bad, "signed_attributes", "A fifth attribute is signed.",
        ),
        "attributes-in-another-order": (
            replace(good, attributes=lambda a: list(reversed(a))), bad, "signed_attributes",
            "The attributes stand in another order than DER's.",
        ),
        "an-attribute-of-two-values": (
            replace(good, attributes=attribute_of(template.CONTENT_TYPE, lambda _: element(
                SEQUENCE, template.CONTENT_TYPE, element(SET, template.DATA, template.DATA)))),
            bad, "signed_attributes", "The content type has two values.",
        ),
        "an-attribute-without-value": (
            replace(good, attributes=attribute_of(template.CONTENT_TYPE, lambda _: element(
                SEQUENCE, template.CONTENT_TYPE, element(SET)))),
            bad, "signed_attributes", "The content type has no value.",
        ),
        "attribute-of-another-content": (
            replace(good, attributes=only_value(template.CONTENT_TYPE, identifier("1.2.840.113549.1.7.5"))), bad,
            "content_type", "The signed content type is another.",
        ),
        "time-generalized-too-early": (
            at(GENERALIZED_TIME, b"20261123133208Z"), bad, "signing_time", "The time of 2026 is a GeneralizedTime.",
        ),
        "time-without-seconds": (at(UTC_TIME, b"2611231332Z"), bad, "signing_time", "The time has no seconds."),
        "time-with-a-zone": (at(UTC_TIME, b"261123143208+0100"), bad, "signing_time", "The time has an offset."),
        "time-with-a-fraction": (
            at(GENERALIZED_TIME, b"20501123133208.5Z"), bad, "signing_time", "The time has a fraction.",
        ),
        "time-in-small-letters": (at(UTC_TIME, b"261123133208z"), bad, "signing_time", "The time ends with a small z."),
        "time-with-blanks": (at(UTC_TIME, b"26112313320 Z"), bad, "signing_time", "The time has a blank."),
        "time-that-does-not-exist": (at(UTC_TIME, b"260230133208Z"), bad, "signing_time", "It is of 30 February."),
        "time-of-the-year-zero": (at(GENERALIZED_TIME, b"00001123133208Z"), bad, "signing_time", "It is of year 0."),
        "time-as-text": (at(0x0C, b"261123133208Z"), bad, "signing_time", "The time is a text."),
        "digest-too-short": (
            replace(good, attributes=only_value(template.MESSAGE_DIGEST, element(OCTET_STRING, bytes(31)))), bad,
            "digest_length", "The message digest has 31 bytes.",
        ),
        "digest-too-long": (
            replace(good, attributes=only_value(template.MESSAGE_DIGEST, element(OCTET_STRING, bytes(33)))), bad,
            "digest_length", "The message digest has 33 bytes.",
        ),
        "digest-as-bits": (
            replace(good, attributes=only_value(template.MESSAGE_DIGEST, element(3, b"\0", bytes(31)))), bad,
            "digest_length", "The message digest is a string of bits.",
        ),
        "digest-of-something-else": (
            replace(good, attributes=only_value(
                template.MESSAGE_DIGEST, element(OCTET_STRING, hashlib.sha256(b"else").digest()))),
            "altered", "message_digest", "The message digest is of something else.",
        ),
        "pointer-to-another-certificate": (
            replace(good, pointer=twin), bad, "signing_certificate",
            "The attribute points to another certificate of the same key.",
        ),
        "pointer-of-version-one": (
            replace(good, attributes=attribute_of(signing_certificate, lambda _: template.attribute(
                _CERTIFICATE_V1,
                element(SEQUENCE, element(SEQUENCE, element(SEQUENCE, element(OCTET_STRING, bytes(20)))))))),
            bad, "signed_attributes", "The attribute points to the certificate by SHA-1.",
        ),
        "pointer-with-its-default": (
            replace(good, attributes=pointer(template.SHA256, octets)), bad, "signing_certificate",
            "The attribute spells out the default algorithm.",
        ),
        "pointer-with-issuer": (
            replace(good, attributes=pointer(octets, number)), bad, "signing_certificate",
            "The attribute names the issuer, too.",
        ),
        "algorithm-of-sha384": (
            replace(good, algorithm=element(SEQUENCE, identifier("1.2.840.10045.4.3.3"))), bad, "signature_algorithm",
            "It says ECDSA with SHA-384.",
        ),
        "algorithm-with-null": (
            replace(good, algorithm=element(SEQUENCE, identifier("1.2.840.10045.4.3.2"), NULL)), bad,
            "signature_algorithm", "ECDSA has parameters.",
        ),
        "algorithm-of-the-key-alone": (
            replace(good, algorithm=element(SEQUENCE, identifier("1.2.840.10045.2.1"))), bad, "signature_algorithm",
            "It names the kind of key instead of the algorithm.",
        ),
        "algorithm-of-another-key": (replace(good, algorithm=_RSA), bad, "signature_algorithm", "It says RSA."),
        "rsa-algorithm-without-null": (
            replace(rsa, algorithm=element(SEQUENCE, identifier("1.2.840.113549.1.1.11"))), bad, "signature_algorithm",
            "RSA lacks its NULL.",
        ),
        "rsa-algorithm-of-the-key-alone": (
            replace(rsa, algorithm=element(SEQUENCE, identifier("1.2.840.113549.1.1.1"), NULL)), bad,
            "signature_algorithm", "It says rsaEncryption.",
        ),
        "rsa-algorithm-of-pss": (
            replace(rsa, algorithm=element(SEQUENCE, identifier("1.2.840.113549.1.1.10"))), bad, "signature_algorithm",
            "It says RSA-PSS.",
        ),
        "unsigned-attributes": (
            replace(good, unsigned=element(0xA1, template.attribute(_TIME_STAMP, element(SEQUENCE)))), bad,
            "unsigned_attributes", "It has an unsigned attribute.",
        ),
        "value-with-the-high-s": (replace(good, value=high), bad, "high_s", "Of the two spellings it has the high s."),
        "value-with-a-padded-r": (replace(good, value=padded), bad, "signature_spelling", "Its r has a needless zero."),
        "value-with-a-negative-r": (
            replace(good, value=negative), bad, "signature_spelling", "Its r lacks the zero that keeps it positive.",
        ),
        "value-with-more-after": (
            replace(good, value=lambda v: v + b"\0"), bad, "signature_spelling", "A byte stands after its value.",
        ),
        "value-empty": (replace(good, value=lambda v: b""), bad, "signature_spelling", "Its value is empty."),
        "value-plain": (
            replace(good, value=plain), bad, "signature_spelling", "Its value is r and s without DER.",
        ),
        "value-of-zeros": (
            replace(good, value=lambda v: encode_dss_signature(0, 0)), "altered", "signature_value", "r and s are 0.",
        ),
        "value-of-another-key": (
            replace(good, value=lambda v: low(key("stranger").sign(b"x"))), "altered", "signature_value",
            "Its value was made by another key.",
        ),
        "value-over-the-attributes-as-they-stand": (
            replace(good, over=lambda a: b"\xa0" + a[1:]), "altered", "signature_value",
            "The attributes were signed with their tag in the file instead of SET.",
        ),
        "value-over-the-manifest": (
            replace(good, over=lambda a: b"manifest"), "altered", "signature_value",
            "The manifest was signed instead of the attributes.",
        ),
        "rsa-value-too-short": (
            replace(rsa, value=lambda v: v[:-1]), bad, "signature_spelling", "The RSA value has 255 bytes.",
        ),
        "rsa-value-with-a-zero": (
            replace(rsa, value=lambda v: b"\0" + v), bad, "signature_spelling", "The RSA value has 257 bytes.",
        ),
        "rsa-value-of-zeros": (
            replace(rsa, value=lambda v: bytes(256)), "altered", "signature_value", "The RSA value is 0.",
        ),
        "rsa-value-with-pss": (
            replace(rsa, value=lambda v: pss()), "altered", "signature_value", "The RSA value is padded as PSS.",
        ),
        "rsa-value-over-sha1": (
            replace(rsa, value=lambda v: sha1()), "altered", "signature_value", "The RSA value is over SHA-1.",
        ),
    }  # fmt: skip


def high(value: bytes) -> bytes:
    """The higher of the two spellings."""
    r, s = decode_dss_signature(value)
    return encode_dss_signature(r, _ORDER - s)


def low(value: bytes) -> bytes:
    """The lower of the two spellings."""
    r, s = decode_dss_signature(value)
    return encode_dss_signature(r, min(s, _ORDER - s))


def padded(value: bytes) -> bytes:
    """With a needless zero before r."""
    r, s = decode_dss_signature(value)
    return element(SEQUENCE, element(2, b"\0" + integer(r)[2:]), integer(s))


def negative(value: bytes) -> bytes:
    """With an r whose first bit is set."""
    _, s = decode_dss_signature(value)
    return element(SEQUENCE, element(2, b"\x80" + bytes(31)), integer(s))


def plain(value: bytes) -> bytes:
    """The two numbers side by side, as cards give them."""
    r, s = decode_dss_signature(value)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def pss() -> bytes:
    """A signature with the other padding of RSA, without salt."""
    signed: bytes = key("card").private.sign(b"x", padding.PSS(padding.MGF1(hashes.SHA256()), 0), hashes.SHA256())
    return signed


def sha1() -> bytes:
    """A signature over the older digest."""
    signed: bytes = key("card").private.sign(b"x", padding.PKCS1v15(), hashes.SHA1())
    return signed


def certificates() -> dict[str, tuple[Key, str, str]]:
    """Faults of the certificate, each with a key that signs with it."""
    ours = key("assessor")
    der_of = ours.certificate
    p256 = ours.private
    weak = private("rsa1024")

    def changed(change: Change) -> Key:
        return Key(p256, change(der_of))

    return {
        "not-one": (changed(lambda c: element(SEQUENCE, element(SEQUENCE))), "not_a_certificate", "It is none."),
        "of-two-elements": (
            changed(lambda c: element(SEQUENCE, element(SEQUENCE, *[integer(1)] * 7), element(SEQUENCE))),
            "not_a_certificate", "It has no signature.",
        ),
        "without-subject": (changed(drop_subject), "not_a_certificate", "It lacks a field."),
        "with-a-long-length": (
            changed(lambda c: c[:1] + b"\x83\x00" + c[2:]), "not_a_certificate", "Its length has a needless byte.",
        ),
        "with-serial-zero": (changed(lambda c: number(c, b"\x02\x01\x00")), "certificate_serial", "Its number is 0."),
        "with-a-negative-serial": (
            changed(lambda c: number(c, b"\x02\x01\xff")), "certificate_serial", "Its number is -1.",
        ),
        "with-two-algorithms": (
            changed(lambda c: c.replace(template_algorithm(), other_algorithm(), 1)), "certificate_algorithm",
            "The two algorithms in it differ.",
        ),
        "with-null-for-ecdsa": (changed(null_everywhere), "certificate_algorithm", "ECDSA has parameters in it."),
        "with-a-name-of-no-text": (
            changed(lambda c: c.replace("Åsa".encode(), b"\xff\xfesa")), "certificate_name", "Its name is not UTF-8.",
        ),
        "of-p384": (Key(private("p384"), certify(private("p384"), "P-384")), "key_kind", "Its key is on P-384."),
        "of-secp256k1": (Key(private("k256"), certify(private("k256"), "k")), "key_kind", "Its key is on secp256k1."),
        "of-ed25519": (
            Key(private("ed25519"), certify(private("ed25519"), "Ed25519")), "key_kind", "Its key is for Ed25519.",
        ),
        "of-rsa-1024": (Key(weak, certify(weak, "weak")), "key_size", "Its RSA key has 1024 bits."),
        "of-another-version": (
            changed(lambda c: c.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x07", 1)), "not_a_certificate",
            "Its version is 8.",
        ),
    }  # fmt: skip


def template_algorithm() -> bytes:
    """ECDSA with SHA-256."""
    return _ECDSA


def other_algorithm() -> bytes:
    """ECDSA with SHA-384, spelled as long."""
    return element(SEQUENCE, identifier("1.2.840.10045.4.3.3"))


def _rebuilt(content: bytes, change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    """The certificate with the fields of its signed part changed; its own signature is not what anybody looks at."""
    (_, _, signed, signed_end), *others = der.elements(content, *der.read(content, 0, SEQUENCE))
    parts = [content[start:end] for _, start, _, end in der.elements(content, signed, signed_end)]
    return element(SEQUENCE, element(SEQUENCE, *change(parts)), *(content[start:end] for _, start, _, end in others))


def number(content: bytes, serial: bytes) -> bytes:
    """The certificate with another serial number."""
    return _rebuilt(content, lambda parts: [parts[0], serial, *parts[2:]])


def drop_subject(content: bytes) -> bytes:
    """The certificate without its holder."""
    return _rebuilt(content, lambda parts: [*parts[:5], *parts[6:]])


def null_everywhere(content: bytes) -> bytes:
    """The certificate with parameters for ECDSA in both places."""
    with_null = element(SEQUENCE, identifier("1.2.840.10045.4.3.2"), NULL)
    inner = _rebuilt(content, lambda parts: [*parts[:2], with_null, *parts[3:]])
    (_, start, _, end), _, (_, last, _, last_end) = der.elements(inner, *der.read(inner, 0, SEQUENCE))
    return element(SEQUENCE, inner[start:end], with_null, inner[last:last_end])


def vectors() -> Vectors:
    """All of them, by name."""
    made: Vectors = {
        f"signature/{name}.esfbundle": Vector(bundle(cms), code, sentence, fault)
        for name, (cms, code, fault, sentence) in signatures().items()
    }
    for name, (by, fault, sentence) in certificates().items():
        made[f"signature/certificate-{name}.esfbundle"] = Vector(bundle(Cms(by=by)), "bad_signature", sentence, fault)
    late = Cms(attributes=only_value(template.SIGNING_TIME, element(GENERALIZED_TIME, b"20501123133208Z")))
    made["good/signed-in-2050.esfbundle"] = material.good(bundle(late), "The time of signing is a GeneralizedTime.")
    made["good/signed-in-1969.esfbundle"] = material.good(
        bundle(at(UTC_TIME, b"691123133208Z")), "The time of signing is before 1970."
    )
    expired = _expired()
    made["good/expired-certificate.esfbundle"] = material.good(
        bundle(Cms(by=expired)), "The certificate ended in 2001; no rule of validity decides."
    )
    return made


def _expired() -> Key:
    """A certificate whose time has passed."""
    on_curve = private("p256", 8)
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Åsa Öberg")])
    builder = x509.CertificateBuilder(who, who, on_curve.public_key(), 1, AT.replace(year=2000), AT.replace(year=2001))
    return Key(on_curve, builder.sign(on_curve, hashes.SHA256(), ecdsa_deterministic=True).public_bytes(Encoding.DER))
