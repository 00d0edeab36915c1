"""A file that a person wrote: every mistake is answered with its line, and the nearest word that would do."""

from datetime import date
from pathlib import Path

import pytest
from msgspec import Struct

from esf_desktop.errors import UnreadableFileError
from esf_desktop.handwritten import (
    BadSyntaxError,
    Handwritten,
    HandwrittenError,
    MissingKeyError,
    TwiceError,
    UnknownKeyError,
    WrongKindError,
    WrongWordError,
    nearest,
    read,
)
from esf_desktop.i18n import Language, use
from esf_desktop.model import Scale
from esf_desktop.toml_lines import lines

TEXT = '''# en lista
name = "Norr"
goals = [
  "ett = 1",
  ["två", "[[tre]]"],
]
note = """
name = "inte en nyckel"
[inte.en.tabell]
"""
[place]
town.code = 2481
[[parts]]
name = "a"   # [ öppnas inte
[[parts]]
"name" = "b"
[parts.inner]
amount = 3
'''


class Inner(Struct, frozen=True, forbid_unknown_fields=True):
    """A table within a list."""

    amount: int = 0


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of a list."""

    name: str
    inner: Inner | None = None


class Whole(Struct, frozen=True, forbid_unknown_fields=True):
    """What the samples here describe."""

    name: str
    parts: tuple[Part, ...] = ()
    scale: Scale = Scale.ANCHORED
    day: date | None = None
    goals: tuple[str, ...] = ()
    sure: bool = False
    codes: dict[str, Part] = {}


def refusal(text: str) -> HandwrittenError:
    """The refusal of a text that is read as a Whole."""
    try:
        source = Handwritten(text, file="a.toml")
        return pytest.fail(f"taken: {source.convert(source.values, Whole)}")
    except HandwrittenError as error:
        return error


def test_each_table_and_key_has_its_line() -> None:
    found = lines(TEXT)
    assert [TEXT.split("\n")[n - 1].split()[0] for n in found.values()] == [
        "name", "goals", "note", "[place]", "town.code", "town.code", "[[parts]]", "name", "[[parts]]", '"name"',
        "[parts.inner]", "amount",
    ]  # fmt: skip
    assert found["parts", 1, "inner", "amount"] == 18


@pytest.mark.parametrize(
    ("text", "kind", "line", "said"),
    [
        ('name = "x"\nname = ', BadSyntaxError, 2, "TOML"),
        ('nmae = "x"', UnknownKeyError, 1, "“name”"),
        ('name = "x"\n\nqqqq = 1', UnknownKeyError, 3, "not a key here"),
        ('name = "x"\n[[parts]]\nname = "a"\n[[parts]]\n', MissingKeyError, 4, "“name” is missing"),
        ('name = "x"\n[[parts]]\nname = "a"\n[parts.inner]\namuont = 1', UnknownKeyError, 5, "“amount”"),
        ('name = "x"\n[[parts]]\nname = "a"\ninner.amount = "1"', WrongKindError, 4, "7500000"),
        ('name = "x"\nscale = "ancored"', WrongWordError, 2, "“anchored”"),
        ('name = "x"\nscale = "z"', WrongWordError, 2, "anchored, tick"),
        ('name = "x"\nday = "i morgon"', WrongKindError, 2, "2026-12-08"),
        ('name = "x"\ngoals = "ett"', WrongKindError, 2, '["…", "…"]'),
        ('name = "x"\nsure = "ja"', WrongKindError, 2, "true"),
        ('name = "x"\n[codes.A]\nname = "a"\n[codes.B]\nname = "b"\n\nnmae = "c"', UnknownKeyError, 7, "“name”"),
        ('name = "x"\n[codes]\nA = 3', WrongKindError, 3, "name"),
        ('name = "x"\nparts = ["a"]', WrongKindError, 2, "{ name = … }"),
        ("name = 3", WrongKindError, 1, '"…"'),
    ],
)
def test_a_mistake_is_answered_with_its_line_and_what_would_do(
    text: str, kind: type[HandwrittenError], line: int, said: str
) -> None:
    use(Language.ENGLISH)
    found = refusal(text)
    assert (type(found), found.line) == (kind, line)
    assert found.sentence().startswith(f"a.toml, line {line}: ")
    assert said in found.sentence()
    use(Language.SWEDISH)
    assert found.sentence().startswith(f"a.toml, rad {line}: ")


def test_a_second_of_its_kind_has_a_sentence() -> None:
    assert "andra gången" in TwiceError("a.toml", 3, "2026/00112").sentence()


def test_the_nearest_word_is_found_whatever_its_case() -> None:
    assert nearest("sam", ["RUS", "SAM"]) == "SAM"
    assert nearest("xyz", ["RUS", "SAM"]) == ""


def test_a_file_from_windows_reads_as_any_other(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b'\xef\xbb\xbfname = "x"\r\nnmae = 1\r\n')
    source = read(file)
    with pytest.raises(UnknownKeyError) as caught:
        source.convert(source.values, Whole)
    assert caught.value.line == 2


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes('name = "x"\nday = "år"'.encode("latin-1"))
    with pytest.raises(BadSyntaxError) as caught:
        read(file)
    assert caught.value.line == 2


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read(tmp_path / "saknas.toml")
