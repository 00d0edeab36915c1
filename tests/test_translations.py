"""The code and the Swedish table match: nothing shown in English by accident, nothing translated in vain."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter

from babel.messages import Catalog
from babel.messages.pofile import read_po

TREE = Path(__file__).resolve().parent.parent
TABLES = TREE / "resources" / "translations"

Key = tuple[str | None, str | tuple[str, str]]
"""Context, and the English sentence, or the ones for one and for many."""

ARGUMENTS = {"_": 1, "plural": 2, "context": 2}


def keys(source: str, file: str) -> Iterator[Key]:
    """Every sentence that the source asks for.

    Raises:
        AssertionError: a sentence is put together instead of written out, so no table can hold it.
    """
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ARGUMENTS):
            continue
        texts = [a.value for a in node.args[: ARGUMENTS[node.func.id]] if isinstance(a, ast.Constant)]
        written_out = len(texts) == ARGUMENTS[node.func.id] and all(isinstance(text, str) for text in texts)
        assert written_out, f"{file}:{node.lineno}: the sentence must be written out in the call"
        match node.func.id, [str(text) for text in texts]:
            case "_", [message]:
                yield None, message
            case "plural", [one, many]:
                yield None, (one, many)
            case "context", [where, message]:
                yield where, message


def in_code() -> set[Key]:
    """Every sentence that the program can say."""
    files = [*(TREE / "esf_desktop").rglob("*.py"), *(TREE / "ui").rglob("*.py")]
    own = TREE / "esf_desktop" / "i18n.py"
    return {key for file in files if file != own for key in keys(file.read_text("utf-8"), file.name)}


def swedish() -> dict[Key, tuple[str, ...]]:
    """What the Swedish table says, by key."""
    return dict(entries(read(TABLES / "sv.po")))


def read(file: Path) -> Catalog:
    """One table as it is written."""
    with file.open("rb") as content:
        return read_po(content, locale="sv", abort_invalid=True)


def entries(catalog: Catalog) -> Iterator[tuple[Key, tuple[str, ...]]]:
    """The keys of a table with all forms of their texts."""
    for message in catalog:
        if message.id and not message.fuzzy:
            key = message.id if isinstance(message.id, str) else (message.id[0], message.id[1])
            forms = message.string if isinstance(message.string, list | tuple) else [message.string]
            yield (message.context, key), tuple(form or "" for form in forms)


def names(text: str) -> set[str]:
    """The `{names}` to be filled in."""
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def faults(wanted: Iterable[Key], table: dict[Key, tuple[str, ...]]) -> list[str]:
    """What is wrong between the sentences that code asks for and a table."""
    wanted = set(wanted)
    found = [f"lacks Swedish: {key}" for key in wanted if not all(table.get(key, ("",)))]
    found += [f"used nowhere: {key}" for key in table if key not in wanted]
    for (where, key), forms in table.items():
        english = [key] if isinstance(key, str) else list(key)
        if len(forms) != len(english):
            found.append(f"lacks a plural form: {key}")
        allowed = set().union(*map(names, english))
        required = names(english[-1])
        if all(forms) and not (all(names(form) <= allowed for form in forms) and names(forms[-1]) == required):
            found.append(f"has other names in braces: {where or ''} {key}")
    return sorted(found)


def test_every_sentence_has_its_swedish_one_and_every_swedish_one_is_said() -> None:
    found = faults(in_code(), swedish())
    assert not found, "\n".join(found)


def test_a_missing_an_unused_and_a_misnamed_sentence_are_each_caught() -> None:
    wanted: set[Key] = {
        (None, "{n} files"),
        (None, "Sign"),
        (None, ("{n} page", "{n} pages")),
        ("verb", "Open"),
        (None, "Close"),
    }
    table: dict[Key, tuple[str, ...]] = {
        (None, "{n} files"): ("{m} filer",),
        (None, "Old"): ("Gammal",),
        (None, ("{n} page", "{n} pages")): ("{n} sida", ""),
        (None, "Close"): ("Stäng {fönster}",),
        (None, "Open"): ("Öppen",),
        ("verb", "Open"): ("Öppna",),
    }
    assert [fault.split(":")[0] for fault in faults(wanted, table)] == [
        "has other names in braces",
        "has other names in braces",
        "lacks Swedish",
        "lacks Swedish",
        "used nowhere",
        "used nowhere",
    ]


def test_a_sentence_put_together_in_the_call_is_caught() -> None:
    for source in ('_(f"{n} files")', '_("a" + b)', "_(text)", 'plural("one", many, n)'):
        try:
            list(keys(source, "made_up.py"))
        except AssertionError:
            continue
        raise AssertionError(source)
