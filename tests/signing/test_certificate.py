"""A certificate of our own names its holder, signs nothing but documents, and never ends."""

from datetime import UTC, datetime

import pytest
from cryptography import x509

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


def test_its_fingerprint_is_that_of_its_bytes() -> None:
    key = make_key("Åsa", "", at=AT)
    from cryptography.hazmat.primitives import hashes

    known = x509.load_der_x509_certificate(key.certificate).fingerprint(hashes.SHA256()).hex()
    assert key.fingerprint == known == parse(key.certificate).fingerprint


@pytest.mark.parametrize("change", [lambda c: b"", lambda c: c[:-1], lambda c: c + b"\0", lambda c: b"\x31" + c[1:]])
def test_other_bytes_are_no_certificate(change: object) -> None:
    assert callable(change)
    with pytest.raises(UnusableCertificateError):
        parse(change(make_key("Åsa", "", at=AT).certificate))


def test_few_certificates_are_remembered() -> None:
    assert certificate.parse.cache_info().maxsize == 512
