"""Every code that a file can be refused with, and its sentences; run, it writes the table of docs/format.md."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import esf_desktop
from esf_desktop import i18n
from esf_desktop.errors import EsfError, FileError
from esf_desktop.exchange.kinds import Kind
from esf_desktop.i18n import Language

DOCUMENT = Path(esf_desktop.__file__).resolve().parent.parent / "docs" / "format.md"
OF_FILES = ("errors", "signing", "exchange", "secretariat.errors")
"""Where the refusals of files that travel stand."""
FACTS: dict[str, Any] = {
    "file": "{file}",
    "size": 70 * 2**20,
    "limit": 64 * 2**20,
    "found": Kind.RECEIPT,
    "wanted": Kind.BUNDLE,
}


def classes() -> list[type[EsfError]]:
    """The classes of errors that have a code, wherever they stand, in the order of their codes."""
    for found in pkgutil.walk_packages(esf_desktop.__path__, "esf_desktop."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    return sorted((one for one in _below(EsfError) if "code" in vars(one)), key=lambda one: (one.code, one.__name__))


def of_files() -> list[type[EsfError]]:
    """Those that a file that travels can be refused with."""
    inside = tuple(f"esf_desktop.{part}" for part in OF_FILES)
    return [one for one in classes() if one.__module__.startswith(inside) and issubclass(one, FileError)]


def _below(kind: type[EsfError]) -> Iterator[type[EsfError]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def sample(kind: type[EsfError]) -> EsfError:
    """One of the class, with its facts written as their names."""
    facts: dict[str, Any] = {
        fact.name: FACTS.get(fact.name, f"{{{fact.name}}}") for fact in fields(kind) if fact.name != "exactly"
    }
    return kind(**facts)


def sentence(kind: type[EsfError], language: Language) -> str:
    """What the class says."""
    with i18n.speaking(language):
        return sample(kind).sentence()


def table() -> str:
    """The table of codes, as it stands in the document."""
    rows = ["| Code | English | Svenska |", "|---|---|---|"]
    for kind in of_files():
        said = (sentence(kind, language) for language in (Language.ENGLISH, Language.SWEDISH))
        rows.append(f"| `{kind.code}` | {' | '.join(said)} |")
    return "\n".join(rows)


def main() -> None:
    """Write the table into the document."""
    text = DOCUMENT.read_text("utf-8")
    new = re.sub(r"(?s)(<!-- codes -->\n).*?(<!-- /codes -->)", lambda m: f"{m[1]}{table()}\n{m[2]}", text)
    DOCUMENT.write_text(new, "utf-8")


if __name__ == "__main__":
    main()
