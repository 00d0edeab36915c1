"""What can go wrong with a smart card: one sentence each, and nothing was changed."""

from dataclasses import dataclass

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _


class CardError(EsfError):
    """A smart card that did not sign."""


class NoCardModuleError(CardError):
    """No PKCS#11 module in any of the usual places."""

    code = "no_card_module"

    def sentence(self) -> str:
        return _("No card software (PKCS#11 module) was found on this computer; install it or choose its file.")


@dataclass(eq=False)
class BadCardModuleError(CardError):
    """A file that is not a PKCS#11 module, or one that does not start here."""

    code = "bad_card_module"
    file: str

    def sentence(self) -> str:
        return _("“{file}” is not card software (a PKCS#11 module) that works here; choose another file.").format(
            file=self.file
        )


class NoCardError(CardError):
    """No card, or not the one that was chosen, in any reader."""

    code = "no_card"

    def sentence(self) -> str:
        return _("The card is not in the reader; put it in and try again. Nothing was changed.")


class NoCardKeyError(CardError):
    """A card without a certificate and key that may sign here."""

    code = "no_card_key"

    def sentence(self) -> str:
        return _("The card has no key with a certificate that may sign (P-256, or RSA of at least 2,048 bits).")


class PinNeededError(CardError):
    """A card whose PIN nobody was there to type."""

    code = "pin_needed"

    def sentence(self) -> str:
        return _("The card needs its PIN; nobody was there to type it. Nothing was changed.")


@dataclass(eq=False)
class WrongPinError(CardError):
    """A PIN that the card does not know; `left` is how many tries remain as far as the card tells: 1, "few" or None."""

    code = "wrong_pin"
    left: int | str | None = None

    def sentence(self) -> str:
        if self.left == 1:
            return _("The PIN is not right, and ONE try is left before the card is blocked. Nothing was changed.")
        if self.left is not None:
            return _("The PIN is not right, and few tries are left before the card is blocked. Nothing was changed.")
        return _("The PIN is not right. Nothing was changed; try again.")


class PinBlockedError(CardError):
    """A card that was given a wrong PIN too often."""

    code = "pin_blocked"

    def sentence(self) -> str:
        return _("The card's PIN is blocked; unblock it with the card software. Nothing was changed.")


class CardRemovedError(CardError):
    """A card that was taken out, or stopped answering, in the middle."""

    code = "card_removed"

    def sentence(self) -> str:
        return _("The card was taken out before it had signed; put it back and try again. Nothing was changed.")


@dataclass(eq=False)
class CardFailedError(CardError):
    """Anything else; `told` is the module's own word for it."""

    code = "card_failed"
    told: str

    def sentence(self) -> str:
        return _(
            "The card could not be used ({told}); try again, or sign with the key file. Nothing was changed."
        ).format(told=self.told)
