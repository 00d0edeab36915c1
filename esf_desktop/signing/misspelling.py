"""Where a signature departs from our template, so that its maker is told; it is refused already when this is asked."""

from collections.abc import Callable
from typing import NamedTuple

from esf_desktop.signing import certificate as certificates
from esf_desktop.signing import template
from esf_desktop.signing.certificate import Certificate, UnusableCertificateError
from esf_desktop.signing.der import CONTEXT_0, OCTET_STRING, SEQUENCE, SET, DerError, element, elements, read
from esf_desktop.signing.faults import Fault

_CONTEXT_1 = 0xA1
_ATTRIBUTES = sorted(
    (template.CONTENT_TYPE, template.SIGNING_TIME, template.MESSAGE_DIGEST, template.SIGNING_CERTIFICATE_V2)
)


class _Part(NamedTuple):
    """An element: its tag, its bytes whole, and its content."""

    tag: int
    whole: bytes
    content: bytes

    @property
    def parts(self) -> list["_Part"]:
        """The elements that its content is made of."""
        found = elements(self.content, 0, len(self.content))
        return [_Part(tag, self.content[start:end], self.content[inner:end]) for tag, start, inner, end in found]


def fault(signature: bytes) -> Fault:
    """The first fault of a signature that is not as our template has it."""
    try:
        start, end = read(signature, 0, SEQUENCE)
        return _of_whole(_Part(SEQUENCE, signature[:end], signature[start:end])) or Fault.DER_SPELLING
    except UnusableCertificateError as error:
        return error.fault
    except (DerError, ValueError, OverflowError, LookupError):
        return Fault.NOT_DER


def _of_whole(whole: _Part) -> Fault | None:
    match whole.parts:
        case [kind, content] if kind.whole == template.SIGNED_DATA and content.tag == CONTEXT_0:
            (signed_data,) = content.parts
            return _of_signed_data(signed_data.parts)
        case _:
            return Fault.NOT_SIGNED_DATA


def _of_signed_data(parts: list[_Part]) -> Fault | None:
    version, digests, content, *others = parts
    certificates_there = [part for other in others if other.tag == CONTEXT_0 for part in other.parts]
    signers = [part for other in others if other.tag == SET for part in other.parts]
    return _first(
        (version.whole == template.VERSION_1, Fault.CMS_VERSION),
        (digests.whole == element(SET, template.SHA256), Fault.DIGEST_ALGORITHM),
        (content.parts[0].whole == template.DATA, Fault.CONTENT_TYPE),
        (len(content.parts) == 1, Fault.CONTENT_INSIDE),
        (len(certificates_there) > 0, Fault.NO_CERTIFICATE),
        (len(certificates_there) < 2, Fault.SECOND_CERTIFICATE),
        (all(other.tag != _CONTEXT_1 for other in others), Fault.REVOCATION_LISTS),
        (len(signers) > 0, Fault.NO_SIGNER),
        (len(signers) < 2, Fault.SECOND_SIGNER),
    ) or _of_signer(signers[0].parts, certificates.parse(certificates_there[0].whole))


def _of_signer(parts: list[_Part], certificate: Certificate) -> Fault | None:
    version, identifier, digest, attributes, *others = parts
    return (
        _first(
            (version.whole == template.VERSION_1, Fault.SIGNER_VERSION),
            (identifier.whole == certificate.issuer_and_serial, Fault.SIGNER_IDENTIFIER),
            (digest.whole == template.SHA256, Fault.DIGEST_ALGORITHM),
            (attributes.tag == CONTEXT_0, Fault.SIGNED_ATTRIBUTES),
        )
        or _of_attributes(attributes.parts, certificate)
        or _first(
            (others[0].whole == template.algorithm(certificate), Fault.SIGNATURE_ALGORITHM),
            (len(others) == 2, Fault.UNSIGNED_ATTRIBUTES),
        )
        or template.misspelled(certificate, others[1].content)
    )


def _of_attributes(found: list[_Part], certificate: Certificate) -> Fault | None:
    inside = [attribute.parts for attribute in found]
    if sorted(kind.whole for kind, *_ in inside) != _ATTRIBUTES or any(len(parts) != 2 for parts in inside):
        return Fault.SIGNED_ATTRIBUTES
    if any(len(values.parts) != 1 for _kind, values in inside):
        return Fault.SIGNED_ATTRIBUTES
    values = {kind.whole: values.parts[0] for kind, values in inside}
    digest = values[template.MESSAGE_DIGEST]
    pointer = template.attribute(template.SIGNING_CERTIFICATE_V2, values[template.SIGNING_CERTIFICATE_V2].whole)
    wholes = [attribute.whole for attribute in found]
    return _first(
        (values[template.CONTENT_TYPE].whole == template.DATA, Fault.CONTENT_TYPE),
        (_holds(lambda: _tells_time(values[template.SIGNING_TIME])), Fault.SIGNING_TIME),
        (digest.tag == OCTET_STRING and len(digest.content) == 32, Fault.DIGEST_LENGTH),
        (pointer == template.signing_certificate(certificate.fingerprint), Fault.SIGNING_CERTIFICATE),
        (wholes == sorted(wholes), Fault.SIGNED_ATTRIBUTES),
    )


def _tells_time(time: _Part) -> bool:
    return template.time(template.moment(time.tag, time.content)) == time.whole


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (ValueError, OverflowError):
        return False


def _first(*checks: tuple[bool, Fault]) -> Fault | None:
    """The fault of the first check that does not hold."""
    return next((found for holds, found in checks if not holds), None)
