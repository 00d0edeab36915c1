"""The language that people are spoken to in; English sentences are the keys, Swedish is the default."""

import gettext
from enum import StrEnum
from functools import cache

from esf_desktop import paths


class Language(StrEnum):
    """A language that the program speaks completely."""

    SWEDISH = "sv"
    ENGLISH = "en"


_language = Language.SWEDISH


def use(language: Language) -> None:
    """Speak this language from now on."""
    global _language
    _language = language


def language() -> Language:
    """The language spoken now."""
    return _language


def _(message: str) -> str:
    """The sentence in the language spoken now."""
    return _table(_language).gettext(message)


def plural(one: str, many: str, n: int) -> str:
    """The sentence for `n` things, with `{n}` still to be filled in."""
    return _table(_language).ngettext(one, many, n)


def context(where: str, message: str) -> str:
    """The sentence where the same English word needs different Swedish ones."""
    return _table(_language).pgettext(where, message)


@cache
def _table(language: Language) -> gettext.NullTranslations:
    if language is Language.ENGLISH:
        return gettext.NullTranslations()
    with (paths.resources() / "translations" / f"{language}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)
