"""The recovery code: 24 signs by chance in six groups, each with a check sign, written so that it is hard to misread.

Thirty-one signs, a prime: the check sign is a weighted sum modulo 31, so one misread sign, two that changed places and
two groups that changed places are all seen, and the group is named.
"""

import secrets
from dataclasses import dataclass

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0, 1, I, L or O."""
GROUPS, DRAWN = 6, 4


@dataclass(eq=False)
class MisreadCodeError(EsfError):
    """A recovery code with a group that was not copied right; groups are counted from 1."""

    code = "misread_code"
    group: int

    def sentence(self) -> str:
        return _(
            "Group {n} of the recovery code does not match the sheet; compare each character. Nothing was changed."
        ).format(n=self.group)


class IncompleteCodeError(EsfError):
    """A recovery code with too few or too many signs."""

    code = "incomplete_code"

    def sentence(self) -> str:
        return _("The recovery code has six groups of five characters; copy all of it. Nothing was changed.")


def make() -> str:
    """A new code: 118 bits by chance."""
    return "-".join(
        _with_check(number, "".join(secrets.choice(SIGNS) for _sign in range(DRAWN))) for number in range(GROUPS)
    )


def read(typed: str) -> str:
    """The code as it was made, from what a person typed: small letters and any separation are taken.

    Raises:
        IncompleteCodeError, MisreadCodeError.
    """
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    size = DRAWN + 1
    for number in range(min(GROUPS, len(signs) // size)):
        group = signs[number * size : (number + 1) * size]
        if any(sign not in SIGNS for sign in group) or group != _with_check(number, group[:DRAWN]):
            raise MisreadCodeError(number + 1)
    if len(signs) != GROUPS * size:
        raise IncompleteCodeError
    return "-".join(signs[at : at + size] for at in range(0, len(signs), size))


def _with_check(number: int, drawn: str) -> str:
    total = number + 1 + sum(weight * SIGNS.index(sign) for weight, sign in enumerate(drawn, start=2))
    return drawn + SIGNS[total % len(SIGNS)]
