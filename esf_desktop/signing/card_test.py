"""A card tried from end to end, told in lines that can be sent to whoever helps; a PIN is never among them."""

import platform
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pkcs11
from pkcs11 import Mechanism
from pkcs11.constants import TokenFlag

import esf_desktop
from esf_desktop.formatting import groups
from esf_desktop.i18n import _
from esf_desktop.model import Value
from esf_desktop.signing import card_modules, smartcard
from esf_desktop.signing import certificate as certificates
from esf_desktop.signing.card_errors import CardError, NoCardError, NoCardModuleError
from esf_desktop.signing.certificate import UnusableCertificateError

if TYPE_CHECKING:
    from pkcs11.types import Slot, Token

_USED = (Mechanism.ECDSA, Mechanism.RSA_PKCS)
_TRIED = b"ESF Desktop: a trial signature that stands for nothing"


class Line(Value, frozen=True):
    """One thing that was looked at; `good` is None when it is only told."""

    what: str
    told: str
    good: bool | None = None

    def text(self) -> str:
        """The line as it is copied."""
        mark = {True: "[+]", False: "[!]", None: "[ ]"}[self.good]
        return f"{mark} {self.what}: {self.told}"


def diagnose(module: Path | None = None, pin: str | None = None) -> tuple[Line, ...]:
    """What there is of modules, readers, cards and certificates; with a PIN each key makes a trial signature too."""
    return tuple(_lines(module, pin))


def text(lines: tuple[Line, ...]) -> str:
    """The diagnosis as it is copied."""
    return "\n".join(line.text() for line in lines) + "\n"


def _lines(module: Path | None, pin: str | None) -> Iterator[Line]:
    yield Line(_("Program"), f"ESF Desktop {esf_desktop.__version__}, {platform.system()} {platform.machine()}")
    modules = (module,) if module else card_modules.found()
    if not modules:
        yield Line(_("Card software"), NoCardModuleError().sentence(), good=False)
    for one in modules:
        try:
            yield from _module(one, pin)
        except CardError as error:
            yield Line(_("Card software"), f"{one}: {error.sentence()}", good=False)


def _module(module: Path, pin: str | None) -> Iterator[Line]:
    with smartcard.library(module) as opened, smartcard.told():
        version = ".".join(map(str, opened.library_version))
        about = " ".join(filter(None, (opened.manufacturer_id.strip(), opened.library_description.strip(), version)))
        yield Line(_("Card software"), f"{module} ({about})", good=True)
        slots = list(opened.get_slots())
        yield Line(_("Readers"), "; ".join(slot.slot_description.strip() for slot in slots) or "–")
        tokens = smartcard.cards(opened)
        if not tokens:
            yield Line(_("Card"), NoCardError().sentence(), good=False)
        for token in tokens:
            yield from _token(token)
    if pin is not None and tokens:
        yield from _trials(module, pin)


def _token(token: "Token") -> Iterator[Line]:
    named = (token.label, token.manufacturer_id, token.model)
    yield Line(_("Card"), " · ".join(filter(None, (part.strip() for part in named))), good=True)
    blocked = bool(token.flags & TokenFlag.USER_PIN_LOCKED)
    words = {TokenFlag.USER_PIN_FINAL_TRY: _("one try left"), TokenFlag.USER_PIN_COUNT_LOW: _("few tries left")}
    left = next((said for flag, said in words.items() if token.flags & flag), _("in order"))
    yield Line(_("PIN"), _("blocked") if blocked else left, good=not blocked)
    known = _mechanisms(token.slot)
    can = [mechanism.name for mechanism in _USED if mechanism in known]
    yield Line(_("Ways to sign"), ", ".join(can) or "–", good=bool(can))
    with token.open() as session:
        found = list(smartcard.certificates_on(session))
    if not found:
        yield Line(_("Certificate"), _("none that can be read"), good=False)
    for _identifier, content in found:
        yield _certificate(content)


def _mechanisms(slot: "Slot") -> set[Mechanism]:
    try:
        return slot.get_mechanisms()
    except pkcs11.PKCS11Error:
        return set()


def _certificate(content: bytes) -> Line:
    try:
        read = certificates.parse(content)
    except UnusableCertificateError:
        return Line(_("Certificate"), _("of a kind that cannot sign here ({n} bytes)").format(n=len(content)))
    use = _("for signatures") if smartcard.for_signatures(content) else _("for logging in")
    kind = f"{type(read.key).__name__.removesuffix('PublicKey').lstrip('_')} {read.key.key_size}"
    return Line(_("Certificate"), f"{read.name} · {use} · {kind} · {groups(read.fingerprint)}", good=True)


def _trials(module: Path, pin: str) -> Iterator[Line]:
    for key in smartcard.keys(module):
        what = _("Trial signature, {fingerprint}").format(fingerprint=groups(key.fingerprint[:16]))
        try:
            with smartcard.opened_card(key, pin) as card:
                card.sign(_TRIED)
        except CardError as error:
            yield Line(what, error.sentence(), good=False)
            return  # a wrong PIN is not tried on the next key: each try counts
        yield Line(what, _("made and verified"), good=True)
