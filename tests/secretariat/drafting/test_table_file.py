"""Lists as files: every encoding and separator gives the same rows, and what is no list says so."""

import pytest

from esf_desktop.documents.client import Documents
from esf_desktop.documents.errors import CannotShowError
from esf_desktop.errors import EmptyFileError, EsfError, TooLargeError
from esf_desktop.i18n import Language, use
from esf_desktop.secretariat.drafting import table_file
from esf_desktop.secretariat.drafting.table_file import NoRowsError, NotAListError
from tests.documents import making
from tests.secretariat.drafting import lists

SOUND = [list(row) for row in (lists.HEADINGS, *lists.ROWS)]
PLAIN = [[cell.replace("č", "c").replace("–", "-").replace("á", "a") for cell in row] for row in SOUND]


def rows(content: bytes, documents: Documents, name: str = "lista.csv", **said: str) -> list[list[str]]:
    (sheet,) = table_file.read(content, name, documents, **said).sheets
    return [list(row.cells) for row in sheet.rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(separator: str, documents: Documents) -> None:
    assert rows(lists.csv(separator=separator).encode(), documents) == SOUND


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_the_letters_of_every_language_survive(encoding: str, documents: Documents) -> None:
    assert rows(lists.csv().encode(encoding), documents) == SOUND


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_older_letters_are_told_apart_by_the_swedish_that_they_make(encoding: str, documents: Documents) -> None:
    assert rows(lists.csv(PLAIN).encode(encoding), documents) == PLAIN


def test_letters_that_were_read_wrongly_once_are_mended(documents: Documents) -> None:
    twice = lists.csv(PLAIN).encode().decode("cp1252").encode()
    assert b"\xc3\x83\xc2\xb6" in twice
    assert rows(twice, documents) == PLAIN


def test_a_person_may_say_otherwise(documents: Documents) -> None:
    content = lists.csv(PLAIN).encode("cp1252")
    assert rows(content, documents, encoding="mac_roman", separator=";") != PLAIN
    assert len(rows(content, documents, separator=",")[0]) == 1


def test_rows_keep_the_numbers_that_a_spreadsheet_shows(documents: Documents) -> None:
    text = "sep=;\nLista över ansökningar\n\n" + lists.csv()
    (sheet,) = table_file.read(text.encode(), "lista.csv", documents).sheets
    assert [row.number for row in sheet.rows] == [2, 4, 5, 6, 7]
    book = lists.xlsx([["Lista"], [], *SOUND])
    (sheet,) = table_file.read(book, "lista.xlsx", documents).sheets
    assert [row.number for row in sheet.rows] == [1, 3, 4, 5, 6]


def test_a_spreadsheet_gives_the_same_rows_and_says_what_is_merged(documents: Documents) -> None:
    content = lists.xlsx(SOUND, merged=("C2:C3",))
    (sheet,) = table_file.read(content, "lista.xlsx", documents).sheets
    assert [list(row.cells) for row in sheet.rows][:2] == SOUND[:2]
    assert (sheet.name, sheet.merged) == ("Lista", ("C2:C3",))


BAD: dict[str, tuple[bytes, str, type[EsfError]]] = {
    "nothing": (b"", "lista.csv", EmptyFileError),
    "blanks": (b" \r\n ", "lista.csv", EmptyFileError),
    "a PDF": (making.pdf([[(72, 700, "Lista")]]), "lista.csv", NotAListError),
    "signs of a machine": (bytes(range(256)) * 4, "lista.csv", NotAListError),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0" + bytes(600), "lista.xls", NotAListError),
    "a zip": (b"PK\x03\x04" + bytes(600), "lista.xlsx", NotAListError),
    "a cut spreadsheet": (lists.xlsx()[:900], "lista.xlsx", CannotShowError),
    "an empty spreadsheet": (lists.xlsx([]), "lista.xlsx", NoRowsError),
    "a CSV of separators": (b";;;;\n;;;;\n", "lista.csv", NoRowsError),
    "a cell without end": (b'a;b\n"' + b"x" * 200_000, "lista.csv", NotAListError),
    "too much": (b"a" * (table_file.LARGEST + 1), "lista.csv", TooLargeError),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_list_says_so_in_one_sentence(case: str, documents: Documents) -> None:
    content, name, kind = BAD[case]
    with pytest.raises(kind) as caught:
        table_file.read(content, name, documents)
    for language in Language:
        use(language)
        sentence = caught.value.sentence()
        assert name in sentence
        assert len(sentence) <= 140 + len(name)
