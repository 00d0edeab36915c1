"""Each fictional application is whole: it reads, adds up, says what its truths quote, and is like no other."""

import hashlib
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pypdfium2
import pytest

from esf_desktop import paths
from esf_desktop.documents.metadata import Guess, guess
from esf_desktop.practice import application
from esf_desktop.practice.content import applicants
from esf_desktop.practice.costs import activity_costs, budget_by_year, money, split
from esf_desktop.practice.elements import Element, Grid, Heading, Points, Prose, Together
from tests.practice.applications import contents, flat, pages, pdf
from tests.sheets.samples import fonts_of

ALL = tuple(contents())
FORM_SHARE, PROSE_SHARE = 0.25, 0.02
"""Sentences that two applications may have in common: rows of tables are worded by the form, running text is not."""


@pytest.mark.parametrize("id_", ALL)
def test_every_quote_of_a_truth_stands_in_the_text(id_: str) -> None:
    text = flat("\n".join(pages(id_)))
    truths = contents()[id_].truth.values()
    quotes = [truth.quote for truth in truths] + [other.quote for truth in truths for other in truth.dissent]
    quotes = [quote for quote in quotes if quote]
    assert quotes
    assert [quote for quote in quotes if quote not in text] == []


@pytest.mark.parametrize("id_", ALL)
def test_it_has_pages_outline_and_fonts_of_its_own(id_: str) -> None:
    document = pypdfium2.PdfDocument(pdf(id_))
    outline = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    labels = [document.get_page_label(number) for number in range(len(document))]
    document.close()
    headings = [e for e in application.elements(contents()[id_]) if isinstance(e, Heading) and e.level < 3]
    assert 8 <= len(labels) <= 60
    assert len(outline) == len(headings)
    assert [page for _title, page in outline] == sorted(page for _title, page in outline)
    for title, page in outline:
        assert title in flat(pages(id_)[page])
        assert re.search(rf"{re.escape(title)} {labels[page]}( |$)", flat(" ".join(pages(id_)[1:3])))
    assert labels[0] == ("i" if contents()[id_].roman else "1")
    assert all(font.embedded for font in fonts_of(pdf(id_)))


@pytest.mark.parametrize("id_", ALL)
def test_no_page_is_empty_but_for_its_head_and_foot(id_: str) -> None:
    assert [number for number, text in enumerate(pages(id_)) if len(flat(text)) < 150] == []


@pytest.mark.parametrize("id_", ALL)
def test_every_table_with_a_sum_adds_up(id_: str) -> None:
    content = contents()[id_]
    tables = [grid for grid in _grids(application.elements(content)) if grid.total]
    assert any(grid.rows[-1][-1] == money(content.total) for grid in tables)
    for grid in tables:
        for column in grid.numbers:
            amounts = [_number(row[column]) for row in grid.rows[1:-1]]
            if "%" in grid.rows[-1][column]:
                assert sum(amounts) == pytest.approx(100, abs=0.11)
            else:
                assert sum(amounts) == _number(grid.rows[-1][column]), grid.rows[0]
            assert min(amounts) >= 0
        if grid.rows[0][-1] == "Summa":
            for row in grid.rows[1:]:
                assert sum(map(_number, row[1:-1])) == _number(row[-1])


@pytest.mark.parametrize("id_", ALL)
def test_years_and_activities_share_the_budget(id_: str) -> None:
    content = contents()[id_]
    assert sum(sum(costs) for costs in budget_by_year(content).values()) == content.total
    assert sum(activity_costs(content)) == content.total - split(content.total, content.costs)[-1]


@pytest.mark.parametrize("id_", ALL)
def test_its_facts_are_guessed_from_its_text(id_: str) -> None:
    content = contents()[id_]
    applicant = applicants()[content.applicant]
    assert guess("\n".join(pages(id_))) == Guess(
        diary_number=content.id,
        project_name=content.name,
        applicant_name=applicant.name,
        organisation_number=applicant.number,
        start_date=content.start,
        end_date=content.end,
        requested_support=content.support,
        co_financing=content.co_financing,
        total_budget=content.total,
        municipalities=content.municipalities,
    )


@pytest.mark.parametrize(("table", "most"), [(False, PROSE_SHARE), (True, FORM_SHARE)])
def test_no_two_say_the_same(table: bool, most: float) -> None:
    said = {id_: set(_sentences(application.elements(content), table)) for id_, content in contents().items()}
    assert min(map(len, said.values())) > 20
    for one, other in itertools.combinations(said, 2):
        common = said[one] & said[other]
        assert len(common) <= most * min(len(said[one]), len(said[other])), (one, other, common)


def test_an_annexed_text_says_nothing_that_an_application_says() -> None:
    (content,) = [content for content in contents().values() if content.attachment]
    said = set(_sentences(application.elements(content), True))
    annexed = set(_sentences(application.attachment(content), True))
    assert len(annexed) > 10
    assert not said & annexed


def test_no_comment_is_used_twice() -> None:
    comments = [
        comment
        for content in contents().values()
        for truth in content.truth.values()
        for comment in (*truth.comments, *(other.comment for other in truth.dissent))
        if comment
    ]
    assert len(set(comments)) == len(comments)


def test_another_process_makes_the_same_bytes() -> None:
    """Whatever was made before in it, and however its sets are ordered."""
    code = (
        "import hashlib; from tests.practice.applications import contents, pdf\n"
        "for id_ in reversed(contents()): print(id_, hashlib.sha256(pdf(id_)).hexdigest())"
    )
    tree = paths.resources().parent
    surroundings = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(tree)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tree, env=surroundings, capture_output=True, check=True)
    made = dict(line.split() for line in done.stdout.decode().splitlines())
    assert made == {id_: hashlib.sha256(pdf(id_)).hexdigest() for id_ in ALL}


def _grids(elements: Sequence[Element]) -> Iterator[Grid]:
    for element in elements:
        match element:
            case Grid():
                yield element
            case Together(pieces):
                yield from _grids(pieces)


def _sentences(elements: Sequence[Element], table: bool) -> Iterator[str]:
    """Sentences of five words or more, with those in tables or without."""
    for element in elements:
        match element:
            case Prose(text):
                texts: Sequence[str] = (text,)
            case Points(items):
                texts = items
            case Grid() if table:
                texts = [cell for row in element.rows for cell in row]
            case Together(pieces):
                yield from _sentences(pieces, table)
                continue
            case _:
                continue
        yield from (
            sentence for text in texts for sentence in re.split(r"(?<=[.!?])\s+", text) if len(sentence.split()) > 4
        )


def _number(cell: str) -> float:
    digits = cell.replace("\u00a0", "").removesuffix("kr").removesuffix("%").replace(",", ".")
    return 0 if digits == "–" else float(digits)
