"""A certificate of our own names its holder, signs nothing but documents, and never ends."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from esf_desktop.signing import certificate
from esf_desktop.signing.certificate import UnusableCertificateError, parse
from esf_desktop.signing.keys import make_key

AT = datetime(2026, 11, 23, 14, 32, 8, tzinfo=UTC)


def test_it_is_self_signed_and_without_end() -> None:
    made = x509.load_der_x509_certificate(make_key("Åsa Öberg", "Region Påhitt", at=AT).certificate)
    made.verify_directly_issued_by(made)
    assert made.not_valid_before_utc == AT
    assert b"\x18\x0f99991231235959Z" in made.tbs_certificate_bytes
    assert made.subject.rfc4514_string() == "O=Region Påhitt,CN=Åsa Öberg"
    usage = made.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign


def test_a_long_name_is_cut_where_certificates_end_names() -> None:
    assert parse(make_key("Ö" * 100, "O" * 100, at=AT).certificate).name == "Ö" * 32


def test_it_is_for_signatures_alone_and_issues_nothing() -> None:
    made = x509.load_der_x509_certificate(make_key("Åsa", "", at=AT).certificate)
    found = {type(one.value): one for one in made.extensions}
    assert set(found) == {x509.BasicConstraints, x509.KeyUsage, x509.SubjectKeyIdentifier}
    constraints, usage, identifier = (
        found[k] for k in (x509.BasicConstraints, x509.KeyUsage, x509.SubjectKeyIdentifier)
    )
    assert (constraints.critical, usage.critical, identifier.critical) == (True, True, False)
    assert constraints.value == x509.BasicConstraints(ca=False, path_length=None)
    assert usage.value == x509.KeyUsage(True, True, *(False,) * 7)
    assert identifier.value == x509.SubjectKeyIdentifier.from_public_key(made.public_key())


def test_it_begins_when_it_was_made_whatever_the_zone() -> None:
    summer = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    made = x509.load_der_x509_certificate(make_key("Åsa", "", at=summer).certificate)
    assert made.not_valid_before_utc == summer


def test_it_tells_its_holder_and_the_organisation() -> None:
    found = parse(make_key("Åsa Öberg", "Region Påhitt", at=AT).certificate)
    assert (found.name, found.organisation) == ("Åsa Öberg", "Region Påhitt")
    assert parse(make_key("Åsa", "", at=AT).certificate).organisation == ""


def test_without_a_common_name_the_whole_name_is_shown() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Region")])
    builder = x509.CertificateBuilder(who, who, key.public_key(), 1, AT, certificate.NEVER)
    made = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    assert (parse(made).name, parse(made).organisation) == ("O=Region", "Region")


def test_a_letter_that_does_not_fit_whole_is_left_out() -> None:
    assert certificate.room_for("a" + "Ö" * 40) == "a" + "Ö" * 31
    assert certificate.room_for("a" * 65) == "a" * 64


@pytest.mark.parametrize(("bits", "fault"), [(2047, "key_size"), (2048, None), (8192, None), (8193, "key_size")])
def test_rsa_keys_have_from_2048_to_8192_bits(bits: int, fault: str | None) -> None:
    key = rsa.RSAPublicNumbers(65537, 2 ** (bits - 1) + 1).public_key()
    found = None
    try:
        certificate._allowed(key)
    except UnusableCertificateError as error:
        found = error.fault
    assert found == fault


def test_its_fingerprint_is_that_of_its_bytes() -> None:
    key = make_key("Åsa", "", at=AT)
    known = x509.load_der_x509_certificate(key.certificate).fingerprint(hashes.SHA256()).hex()
    assert key.fingerprint == known == parse(key.certificate).fingerprint


@pytest.mark.parametrize("change", [lambda c: b"", lambda c: c[:-1], lambda c: c + b"\0", lambda c: b"\x31" + c[1:]])
def test_other_bytes_are_no_certificate(change: object) -> None:
    assert callable(change)
    with pytest.raises(UnusableCertificateError):
        parse(change(make_key("Åsa", "", at=AT).certificate))


def test_few_certificates_are_remembered() -> None:
    assert certificate.parse.cache_info().maxsize == 512
