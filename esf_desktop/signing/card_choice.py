"""Which key of which card: looked for through every module there is, chosen by its fingerprint."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from esf_desktop.i18n import _
from esf_desktop.signing import card_modules, smartcard
from esf_desktop.signing.card_errors import (
    BadCardModuleError,
    CardError,
    CardFailedError,
    NoCardError,
    NoCardKeyError,
    NoCardModuleError,
)
from esf_desktop.signing.smartcard import CardKey

_MOST_TELLING = (NoCardKeyError, CardFailedError, NoCardError, BadCardModuleError)
ANY = "any"


@dataclass(eq=False)
class ChooseCardKeyError(CardError):
    """A card with several keys for signatures, of which none or more than one was named."""

    code = "choose_card_key"
    count: int

    def sentence(self) -> str:
        return _("The card has {n} keys that may sign; choose one by its fingerprint. Nothing was changed.").format(
            n=self.count
        )


def find(module: Path | None = None) -> tuple[CardKey, ...]:
    """The keys of every card that is in a reader, through the module or else through all that lie in usual places.

    Raises:
        CardError: there is none; of the class that says most about why.
    """
    modules = (module,) if module else card_modules.found()
    if not modules:
        raise NoCardModuleError
    found: dict[str, CardKey] = {}
    refusals: list[CardError] = []
    for one in modules:
        try:
            for key in smartcard.keys(one):
                found.setdefault(key.fingerprint, key)
        except CardError as error:
            refusals.append(error)
    if not found:
        raise min(refusals, key=lambda error: _MOST_TELLING.index(type(error)) if type(error) in _MOST_TELLING else 0)
    return tuple(found.values())


def choose(keys: Sequence[CardKey], wanted: str = ANY) -> CardKey:
    """The key whose fingerprint begins as wanted; of any, the one that is for signatures.

    Raises:
        NoCardKeyError: none is so.
        ChooseCardKeyError: several are.
    """
    if wanted == ANY:
        fitting = [key for key in keys if key.for_signatures] or list(keys)
    else:
        start = "".join(wanted.replace(":", "").split()).lower()
        fitting = [key for key in keys if key.fingerprint.startswith(start)]
    if not fitting:
        raise NoCardKeyError
    if len(fitting) > 1:
        raise ChooseCardKeyError(len(fitting))
    return fitting[0]
