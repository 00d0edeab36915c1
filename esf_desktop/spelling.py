"""Spelling, by the dictionaries of this computer through enchant; where there is none, nothing is called wrong."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

from esf_desktop import files, paths
from esf_desktop.i18n import Language
from esf_desktop.settings import Spelling

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SWEDISH = "och att det som en ett är på för av med den till inte har de om ska kan vi"
_ENGLISH = "and the that of to in is it for with on as not are this be has we by an"
_TELLING = {Language.SWEDISH: frozenset(_SWEDISH.split()), Language.ENGLISH: frozenset(_ENGLISH.split())}
_LONGEST = 64


class _Dictionary(Protocol):
    def check(self, word: str) -> bool: ...
    def suggest(self, word: str) -> list[str]: ...


class Place(NamedTuple):
    """A word that no dictionary knows: where it begins, and what it is."""

    start: int
    word: str


class Speller:
    """The dictionaries that were found, and the person's own words."""

    def __init__(self, dictionaries: Mapping[Language, _Dictionary], own_words: Path) -> None:
        self._dictionaries, self._file = dictionaries, own_words
        self._own = set(_read(own_words))
        self._known = lru_cache(maxsize=20_000)(self._check)

    @property
    def languages(self) -> tuple[Language, ...]:
        """Those that a dictionary was found for."""
        return tuple(self._dictionaries)

    @property
    def own_words(self) -> tuple[str, ...]:
        """The person's own words, in order."""
        return tuple(sorted(self._own, key=str.casefold))

    def misspelt(self, text: str, language: Language) -> Iterator[Place]:
        """Each word of the text that neither the dictionary nor the person knows."""
        for found in _WORD.finditer(text):
            word = found[0]
            if 1 < len(word) <= _LONGEST and not word.isupper() and not self._known(word.replace("’", "'"), language):
                yield Place(found.start(), word)

    def suggestions(self, word: str, language: Language) -> tuple[str, ...]:
        """What may have been meant, the likeliest first."""
        dictionary = self._dictionaries.get(language)
        return tuple(dictionary.suggest(word)[:6]) if dictionary else ()

    def learn(self, word: str) -> None:
        """Know the word from now on; a disk that does not take it lets it be known until the program ends."""
        self._own.add(word)
        self._write()

    def forget(self, word: str) -> None:
        """Take one of the person's own words away."""
        self._own.discard(word)
        self._write()

    def _check(self, word: str, language: Language) -> bool:
        dictionary = self._dictionaries.get(language)
        if dictionary is None or word in self._own or word.lower() in self._own:
            return True
        return dictionary.check(word) or all(len(part) < 2 or dictionary.check(part) for part in word.split("-"))

    def _write(self) -> None:
        self._known.cache_clear()
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            files.write_whole(self._file, "".join(f"{word}\n" for word in self.own_words).encode())


def load() -> Speller:
    """The speller of this computer; takes some tenths of a second, so not where somebody waits."""
    return Speller(_found(), paths.data_folder() / "words.txt")


def guess(text: str, otherwise: Language) -> Language:
    """The language that a text is most likely written in."""
    words = [word.lower() for word in _WORD.findall(text)]
    counts = {language: sum(word in telling for word in words) for language, telling in _TELLING.items()}
    counts[Language.SWEDISH] += sum(any(sign in "åäö" for sign in word) for word in words)
    best = max(counts, key=lambda language: (counts[language], language is otherwise))
    return best if counts[best] else otherwise


def language_of(text: str, choice: Spelling, spoken: Language) -> Language | None:
    """The language to check the text in; None for not at all."""
    match choice:
        case Spelling.OFF:
            return None
        case Spelling.GUESS:
            return guess(text, spoken)
        case _:
            return Language(choice.value)


def _found() -> dict[Language, _Dictionary]:
    try:
        import enchant  # type: ignore[import-untyped]  # it has no types
    except ImportError:
        return {}
    found: dict[Language, _Dictionary] = {}
    broker = enchant.Broker()
    for language, tags in ((Language.SWEDISH, ("sv_SE", "sv", "sv_FI")), (Language.ENGLISH, ("en_GB", "en_US", "en"))):
        for tag in tags:
            with suppress(enchant.errors.Error):
                if broker.dict_exists(tag):
                    found[language] = broker.request_dict(tag)
                    break
    return found


def _read(file: Path) -> list[str]:
    try:
        return [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError):
        return []
