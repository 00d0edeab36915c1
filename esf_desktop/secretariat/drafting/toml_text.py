"""Values as the text of a TOML file: plain keys first, then tables, then lists of tables; tables within are inline."""

from collections.abc import Iterator, Mapping
from datetime import date

_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LONG_LIST = 100
"""Characters beyond which each item of a list has its own line."""


def written(values: Mapping[str, object]) -> str:
    """The text that reads as these values: texts, whole numbers, truth, days, lists and tables of them."""
    return "\n".join(_lines(values)) + "\n"


def _lines(values: Mapping[str, object]) -> Iterator[str]:
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    lists = {key: value for key, value in values.items() if _is_list_of_tables(value)}
    for key, value in values.items():
        if key not in tables and key not in lists:
            yield f"{_key(key)} = {_value(value)}"
    for key, table in tables.items():
        yield from ("", f"[{_key(key)}]")
        for inner, value in table.items():
            yield f"{_key(inner)} = {_value(value)}"
    for key, entries in lists.items():
        assert isinstance(entries, list | tuple)
        for entry in entries:
            yield from ("", f"[[{_key(key)}]]")
            for inner, value in entry.items():
                yield f"{_key(inner)} = {_value(value)}"


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(entry, Mapping) for entry in value)


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return f"{value:_}" if abs(value) > 9_999 else str(value)
        case date():
            return value.isoformat()
        case str():
            return _text(value)
        case list() | tuple():
            items = [_value(item) for item in value]
            if sum(map(len, items)) <= _LONG_LIST:
                return f"[{', '.join(items)}]"
            return "[\n" + "".join(f"    {item},\n" for item in items) + "]"
        case Mapping():
            return "{ " + ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
        case _:
            raise TypeError(f"no TOML for {type(value).__name__}")


def _key(key: str) -> str:
    return key if key and all(c.isascii() and (c.isalnum() or c in "_-") for c in key) else _text(key)


def _text(text: str) -> str:
    return (
        '"' + "".join(_SHORT.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else c) for c in text) + '"'
    )
