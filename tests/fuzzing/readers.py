"""The readers that outsiders can reach, each as a function of bytes that checks its own promise."""

from collections.abc import Callable
from functools import cache

from msgspec import structs

from esf_desktop.errors import EsfError
from esf_desktop.exchange import canonical, verify
from esf_desktop.exchange.call_package import CallFile
from esf_desktop.exchange.kinds import Kind
from esf_desktop.exchange.verify import Examined
from esf_desktop.model import Call
from esf_desktop.signing import certificate, cms, container, keys, template, zipped
from esf_desktop.signing.certificate import UnusableCertificateError
from esf_desktop.signing.container import Member
from esf_desktop.signing.der import SET, element
from tests.vectors import run
from tests.vectors.making import material
from tests.vectors.making.keys import AT, Key, key
from tests.vectors.making.signatures import certificates
from tests.vectors.run import FOLDER

Reader = Callable[[bytes], bool]
"""Whether the bytes are taken; anything but a foreseen refusal is raised."""

FIVE = ("assessor.esfbundle", "card.esfbundle", "call.esfcall", "assessor.esfenrol", "registered.esfreceipt")
"""Sound files of at most 16 KiB, of all kinds and both kinds of key."""


def five() -> dict[str, bytes]:
    """Those files."""
    return {name: (FOLDER / "good" / name).read_bytes() for name in FIVE}


def whole_file(content: bytes) -> bool:
    """Any of the four files; what is taken is what the writer makes of the same content."""
    try:
        found = verify.examine(content, file="f")
    except EsfError:
        return False
    assert rewritten(content, found) == content
    return True


def rewritten(content: bytes, found: Examined) -> bytes:
    """What the writer makes of the values that were read, with the signature that stands in the file."""
    opened = found.value.opened
    _, _, (_, signature), _, *others = zipped.read(content, most=container.MOST_MEMBERS)
    decides = material.json_member(found.kind, canonical.encode(_payload(found)))
    beside = [Member(name.decode(), opened.media_types[name.decode()], inside) for name, inside in others]
    return container.write([decides, *beside], _Again(opened.certificate, signature), at=opened.signed_at)


def _payload(found: Examined) -> object:
    value = found.value.value
    return CallFile(**structs.asdict(value)) if isinstance(value, Call) else value


class _Again(Key):
    """Whoever signs again what was signed before."""

    def __init__(self, of: bytes, signature: bytes) -> None:
        super().__init__(None, of)
        self._value = cms._take_out(signature).value

    def sign(self, message: bytes) -> bytes:
        """The value that stands in the file."""
        return self._value


def signature(content: bytes) -> bool:
    """A signature over the sample's manifest; what is taken is rendered anew from what was taken out."""
    message = _manifest()
    try:
        signer, at = cms.verify(content, message, file="f")
    except EsfError:
        return False
    chosen = cms._take_out(content)
    attributes = template.attributes(signer, chosen.digest, at)
    assert template.render(signer, attributes, chosen.value) == content
    assert signer.verifies(chosen.value, element(SET, attributes))
    return True


@cache
def _manifest() -> bytes:
    return zipped.read(material.bundle(), most=9)[1][1]


def one_certificate(content: bytes) -> bool:
    """A certificate, which is refused or tells its own fingerprint."""
    try:
        found = certificate.parse.__wrapped__(content)
    except UnusableCertificateError:
        return False
    return found.fingerprint == canonical.digest(content)


def payload(content: bytes) -> bool:
    """The payload of each kind, soundly signed; the first byte chooses the kind."""
    kind = list(Kind)[content[0] % 4] if content else Kind.BUNDLE
    members = [material.json_member(kind, content[1:])]
    if kind is Kind.BUNDLE:
        members.append(Member("sheets.pdf", "application/pdf", material.SHEET))
    try:
        sealed = container.write(members, key("assessor"), at=AT)
    except ValueError:
        return False
    return whole_file(sealed)


_BETWEEN = b"-----"


def key_file(content: bytes) -> bool:
    """A key file that is not protected, its check line made right: the key, then the certificate."""
    private, _, public = content.partition(_BETWEEN)
    try:
        keys.key_from_bytes(keys._render(private, public, encrypted=False), None, file="f")
    except EsfError:
        return False
    return True


READERS: dict[str, Reader] = {
    "file": whole_file,
    "signature": signature,
    "certificate": one_certificate,
    "payload": payload,
    "key": key_file,
}


def seeds(reader: str) -> list[bytes]:
    """Bytes that lead a fuzzer into a reader: the vectors, or what stands in them."""
    frozen = [vector.content for vector in run.frozen() if vector.path.stat().st_size < 16 * 1024]
    if reader == "file":
        return frozen
    if reader == "key":
        made = keys.make_key("Åsa", "", at=AT)
        return [made.private_bytes() + _BETWEEN + made.certificate]
    if reader == "certificate":
        return [owner.certificate for owner, _, _ in certificates().values()] + [key("card").certificate]
    inside: list[bytes] = []
    for content in frozen:
        try:
            members = dict(zipped.read(content, most=9))
        except ValueError:
            continue
        if reader == "signature":
            inside.append(members.get(container.SIGNATURE.encode(), b""))
        else:
            kinds = {kind.payload.encode(): number for number, kind in enumerate(Kind)}
            inside += [bytes((kinds[n],)) + c for n, c in members.items() if n in kinds]
    return sorted(set(inside))
