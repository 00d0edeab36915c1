"""The vocabulary of paper that sheets and reports share: cut where it may be, whole where it should be, accessible."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.model import Rating
from esf_desktop.sheets import fonts
from esf_desktop.sheets.archive import About
from esf_desktop.sheets.blocks import Block, Rule, Space, Stack, Words
from esf_desktop.sheets.layout import (
    Part,
    bars,
    bullets,
    code,
    compose,
    facts,
    heading,
    paragraphs,
    rule,
    run,
    table,
    words,
)
from esf_desktop.sheets.marks import Tile
from tests.sheets.samples import elements_of, faults, pages_of, text_of, tree_of

ABOUT = About("Underlag", "Sekretariatet", "Övningsrond", "sv")
TEXT = st.text(st.characters(codec="utf-8"), max_size=200)


def one(*blocks: Block) -> bytes:
    """A document of one part."""
    return compose([Part("Del", blocks)], ABOUT)


def matrix() -> Block:
    """Applications by principles, with a tile in each cell."""
    tiles: list[Block] = [Tile(rating, f"ord {rating}", only_icon=True, align=0.5) for rating in (*Rating, None)]
    return table(["Ansökan", *"ABCDE"], [["2026/00112", *tiles]], [0.999, 40, 40, 40, 40, 40], align=[0] + [0.5] * 5)


def test_a_report_of_every_block_is_pdf_a_2a_and_pdf_ua_1(tmp_path: Path) -> None:
    chapter = [
        heading("Underlag", 1),
        *paragraphs("Första stycket.\n\nAndra stycket."),
        rule(),
        heading("Överblick"),
        matrix(),
        heading("Balans", 3),
        bars([("Norrbotten", 3e6, "3 000 000 kr"), ("Västerbotten", 0, "0 kr")], header=["Län", "Sökt", "Del"]),
        bullets(["ett", "två"]),
        facts([("Antal", "12"), ("Sökt", "")]),
        words(run("fet ", bold=True), run("liten", small=True, muted=True), align=1),
        code("SAM"),
    ]
    content = compose([Part("Ett", chapter), Part("Två", [heading("Två", 1), matrix()], landscape=True)], ABOUT)
    assert faults(content, tmp_path) == []


def test_a_bar_chart_holds_its_numbers_as_text() -> None:
    text = text_of(one(heading("H", 1), bars([("Norrbotten", 2, "2 mkr"), ("Västerbotten", 1, "1 mkr")])))
    assert "Norrbotten 2 mkr" in text
    assert "Västerbotten 1 mkr" in text


def test_a_tile_without_its_word_tells_it_to_a_screen_reader() -> None:
    figures = [alt for _depth, tag, alt in tree_of(one(heading("H", 1), matrix())) if tag == "Figure"]
    assert figures == ["ord met", "ord partly", "ord not_met", "ord cannot_assess", "ord None"]


def test_header_cells_say_what_they_head() -> None:
    content = one(heading("H", 1), table(["a", "b"], [["1", "2"], ["3", "4"]], [100, 0.999]))
    assert content.count(b"/Scope /Column") == 2
    assert content.count(b"/Scope /Row") == 2
    assert elements_of(content)[b"TD"] == 2


def test_the_header_of_a_table_stands_on_each_page_and_once_in_the_structure() -> None:
    content = one(heading("H", 1), table(["Nummer", "Text"], [[str(n), "rad"] for n in range(200)], [60, 0.999]))
    pages = pages_of(content)
    assert len(pages) > 4
    assert all("Nummer" in text for text in pages)
    assert content.count(b"/Scope /Column") == 2
    assert elements_of(content)[b"TR"] == 201


def test_a_heading_stays_with_what_follows() -> None:
    pages = pages_of(one(heading("H", 1), Space(715), heading("Ensam?"), *paragraphs("Följer.")))
    assert "Ensam?" not in pages[0]
    assert "Ensam? Följer." in pages[1]


def test_a_seal_moves_to_a_page_of_its_own_where_there_is_no_room() -> None:
    part = Part("Del", [heading("H", 1), Space(700)], bottom=Stack([*paragraphs("Sigill.\n" * 8)]))
    pages = pages_of(compose([part], ABOUT))
    assert "Sigill." not in pages[0]
    assert pages[1].count("Sigill.") == 8
    assert "sida 2 av 2" in pages[1]


def test_a_block_higher_than_a_page_ends_the_document_all_the_same() -> None:
    pages = pages_of(one(*paragraphs("Före."), Space(5000), *paragraphs("Efter.")))
    assert len(pages) == 3
    assert "Efter." in pages[2]


@given(TEXT, st.floats(40, 400))
def test_no_line_is_wider_than_its_room_and_nothing_is_lost(text: str, width: float) -> None:
    block = words(run(text))
    lines = block.lines(width)
    shown = fonts.printable(text).replace("\n", " ")
    for line in lines:
        printed = "".join(piece.text for piece in line).rstrip(" ")
        assert fonts.width(printed, fonts.REGULAR, line[0].size) <= width + 0.02
    assert "".join(piece.text for line in lines for piece in line).replace(" ", "") == shown.replace(" ", "")


@given(st.lists(st.integers(1, 30), min_size=1, max_size=12), st.floats(30, 300))
def test_a_cut_loses_no_line_and_leaves_none_alone(lengths: list[int], room: float) -> None:
    blocks: list[Block] = [Words([run("ord " * 40 * length)], 11.6) for length in lengths]
    whole = Stack(blocks)
    height = whole.height(300)
    left: Block | None = whole
    taken = 0.0
    for _ in range(1000):
        if left is None:
            break
        head, left = left.take(300, max(room, 40))
        assert head is not None
        assert head.height(300) <= max(room, 40) + 0.1
        taken += head.height(300)
    assert left is None
    assert abs(taken - height) < 0.1


@given(TEXT)
def test_what_is_printable_stays_so_and_is_in_the_font(text: str) -> None:
    shown = fonts.printable(text)
    known = fonts.load(fonts.REGULAR).face.charToGlyph
    assert all(ord(character) in known or character == "\n" for character in shown)
    assert fonts.printable(shown) == shown


def test_a_rule_is_decoration() -> None:
    bare, ruled = one(heading("H", 1)), one(heading("H", 1), Rule("#DDDCD5"))
    assert elements_of(bare) == elements_of(ruled)
