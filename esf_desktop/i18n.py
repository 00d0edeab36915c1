"""The language that people are spoken to in; English sentences are the keys, Swedish is the default."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache

from esf_desktop import paths


class Language(StrEnum):
    """A language that the program speaks completely."""

    SWEDISH = "sv"
    ENGLISH = "en"


_language = Language.SWEDISH
_here: ContextVar[Language | None] = ContextVar("language", default=None)


def use(language: Language) -> None:
    """Speak this language from now on."""
    global _language
    _language = language


def language() -> Language:
    """The language spoken now."""
    return _here.get() or _language


@contextmanager
def speaking(other: Language) -> Iterator[None]:
    """Speak another language within the block, in this thread alone: a sheet's language may not be the window's."""
    before = _here.set(other)
    try:
        yield
    finally:
        _here.reset(before)


def _(message: str) -> str:
    """The sentence in the language spoken now."""
    return _table(language()).gettext(message)


def plural(one: str, many: str, n: int) -> str:
    """The sentence for `n` things, with `{n}` still to be filled in."""
    return _table(language()).ngettext(one, many, n)


def context(where: str, message: str) -> str:
    """The sentence where the same English word needs different Swedish ones."""
    return _table(language()).pgettext(where, message)


@cache
def _table(language: Language) -> gettext.NullTranslations:
    if language is Language.ENGLISH:
        return gettext.NullTranslations()
    with (paths.resources() / "translations" / f"{language}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)
