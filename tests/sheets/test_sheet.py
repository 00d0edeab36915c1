"""Sheets are read as what they are: every fact on paper, in the file's structure, in both languages, for ten years."""

from pathlib import Path

import pypdfium2
import pytest

from esf_desktop.i18n import Language, language
from esf_desktop.model import (
    Application,
    ApplicationId,
    ConflictOfInterest,
    Declaration,
    Draft,
    Evidence,
    Judgement,
    Scale,
    replace,
)
from esf_desktop.sheets.sheet import SheetItem, sheets
from tests.sheets.samples import (
    APPENDIX,
    APPLICATION,
    ASSESSOR,
    CALL,
    DOCUMENT,
    SAM,
    SEAL,
    SIGNED_AT,
    draft,
    elements_of,
    faults,
    fonts_of,
    pages_of,
    recused,
    text_of,
    tree_of,
)

LONG = "Kommunerna har beslutat om deltagande och avsatt tid. " * 371
NOTHING = Application(ApplicationId("?"), "", "")
FOREIGN = "Ж Ω đŋŧ 漢字 \U0001f600 \u202e bak \u200b fram \x07 ﷺ e\u0301 \ufffe"


def print_(*items: SheetItem, spoken: Language = Language.SWEDISH) -> bytes:
    """The sheets of these items."""
    return sheets(CALL, ASSESSOR, items, language=spoken)


FILLED = SheetItem(APPLICATION, draft(), SEAL)
ITEMS = {
    "filled": FILLED,
    "unsigned": SheetItem(APPLICATION, draft()),
    "blank": SheetItem(APPLICATION),
    "recused": SheetItem(APPLICATION, recused(), SEAL),
    "untouched": SheetItem(APPLICATION, Draft(APPLICATION.id)),
    "nothing known": SheetItem(NOTHING, Draft(NOTHING.id)),
    "long": SheetItem(APPLICATION, draft(LONG, LONG), SEAL),
    "one long word": SheetItem(APPLICATION, draft("x" * 20_000, "y" * 20_000)),
    "many lines": SheetItem(APPLICATION, draft("rad\n" * 300)),
    "foreign": SheetItem(replace(APPLICATION, project_name=FOREIGN), draft(FOREIGN, FOREIGN), SEAL),
    "markup": SheetItem(APPLICATION, draft("<b>fet</b> &amp; <para> </font> % gap 0\n(\\)", "</xml>")),
}


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
@pytest.mark.parametrize("spoken", Language)
def test_every_sheet_is_pdf_a_2a_and_pdf_ua_1(item: SheetItem, spoken: Language, tmp_path: Path) -> None:
    assert faults(print_(item, spoken=spoken), tmp_path) == []


def test_many_sheets_are_one_accessible_file_with_an_outline(tmp_path: Path) -> None:
    content = print_(*(SheetItem(item.application, item.draft, item.seal) for item in ITEMS.values()))
    document = pypdfium2.PdfDocument(content)
    titles = [entry.get_title() for entry in document.get_toc()]
    document.close()
    assert len(titles) == len(ITEMS)
    assert titles[0] == "2026/00115 Åtta kommuner, ett lärande"
    assert faults(content, tmp_path) == []


@pytest.mark.parametrize("spoken", Language)
def test_an_ordinary_assessment_takes_one_page(spoken: Language) -> None:
    two_lines = (
        "Åtta kommuner i båda länen deltar och har avsatt tid för det i sina planer, men hur inlandet nås sägs inte."
    )
    for item in (FILLED, SheetItem(APPLICATION, draft(two_lines), SEAL)):
        assert len(pages_of(print_(item, spoken=spoken))) == 1


def test_a_filled_sheet_says_all_of_the_assessment() -> None:
    text = text_of(print_(FILLED))
    for said in (
        "2026/00115",
        "Åtta kommuner, ett lärande",
        "Norrlandslärandet",
        "6 359 500 kr",
        "2027-01-01 – 2029-12-31",
        "3, i båda länen",
        "Bedömare 1",
        "Inget jäv",
        "3 av 6",
        "Prioritera i mån av medel",
        "SAM Bred samverkan med tydlig förankring",
        "Stödfrågor: 1 ja, 1 nej",
        "Uppfylld",
        "Delvis",
        "Inte visad",
        "Kan inte bedömas",
        "Åtta kommuner i båda länen deltar.",
        "s. 14 ”kommuner i båda länen”",
        "Uppfyllt",
        "(huvudområde)",
        "Värdet är högt.",
        "Revision 2",
        "sida 1 av 1",
    ):
        assert said in text


def test_english_is_spoken_to_the_end_and_only_on_that_sheet() -> None:
    text = text_of(print_(FILLED, spoken=Language.ENGLISH))
    for said in (
        "SEK 6,359,500",
        "No conflict of interest",
        "3 of 6",
        "Prioritise if funds allow",
        "p. 14 “",
        "page 1 of 1",
    ):
        assert said in text
    assert language() is Language.SWEDISH


def test_the_seal_ties_the_paper_to_the_signed_file() -> None:
    content = print_(FILLED)
    text = text_of(content)
    assert "Signerad 2026-11-23 14:40 (enligt bedömarens dator)" in text
    assert "Kontrollkod 7F3A 91C2 04DE B86A · nyckelns fingeravtryck 5218 CC0E 9A71 …" in text
    assert f"QR-kod med hela kontrollkoden: {SEAL.identity}" in [alt for _depth, _tag, alt in tree_of(content)]


def test_a_sheet_without_seal_says_that_it_is_not_signed() -> None:
    text = text_of(print_(SheetItem(APPLICATION, draft())))
    assert "Ej signerad" in text
    assert "Kontrollkod" not in text


def test_every_page_of_a_long_sheet_says_whose_it_is_and_how_many_there_are() -> None:
    pages = pages_of(print_(SheetItem(APPLICATION, draft(LONG), SEAL)))
    assert len(pages) > 9
    for number, text in enumerate(pages, 1):
        assert "2026/00115" in text
        assert f"sida {number} av {len(pages)}" in text
        assert "Kontrollkod 7F3A 91C2 04DE B86A" in text
    assert sum(text.count("Kommunerna har beslutat") for text in pages) == 371 * 9


def test_what_goes_on_over_pages_is_one_thing_to_a_screen_reader() -> None:
    short, long = (print_(SheetItem(APPLICATION, draft(text), SEAL)) for text in ("Kort.", "Lång text. " * 1500))
    assert (len(pages_of(short)), len(pages_of(long)) > 20) == (1, True)
    assert elements_of(short) == elements_of(long)


def test_a_recused_sheet_tells_that_and_holds_no_rating() -> None:
    text = text_of(print_(SheetItem(APPLICATION, recused(), SEAL)))
    assert "Avstår på grund av jäv" in text
    assert "Sitter i styrelsen." in text
    for silent in ("Princip", "Uppfylld", "Rekommendation", "Sammanvägd"):
        assert silent not in text


def test_ratings_left_in_a_recused_draft_are_not_printed() -> None:
    declared = ConflictOfInterest(Declaration.RECUSED, SIGNED_AT)
    text = text_of(print_(SheetItem(APPLICATION, replace(draft(), conflict_of_interest=declared))))
    assert "Åtta kommuner i båda länen deltar." not in text
    assert "Prioritera" not in text


def test_a_possible_conflict_is_told_with_its_reason() -> None:
    declared = ConflictOfInterest(Declaration.POSSIBLE, SIGNED_AT, "Var anställd där 2019.")
    text = text_of(print_(SheetItem(APPLICATION, replace(draft(), conflict_of_interest=declared))))
    assert "Möjligt jäv" in text
    assert "Var anställd där 2019." in text
    assert "Uppfylld" in text


def test_what_is_not_rated_is_shown_as_such_in_the_gender_of_its_kind() -> None:
    text = text_of(print_(SheetItem(APPLICATION, Draft(APPLICATION.id))))
    assert text.count("Ej bedömd") == len(CALL.principles)
    assert text.count("Ej bedömt") == len(CALL.framework.areas)
    assert "Ej besvarat" in text


def test_a_blank_sheet_asks_for_all_that_an_assessment_needs() -> None:
    text = text_of(print_(SheetItem(APPLICATION)))
    for principle in CALL.principles:
        assert principle.title.sv in text
    for question in (question for criterion in CALL.criteria for question in criterion.questions):
        assert question.text.sv in text
    for step in CALL.framework.steps:
        assert step.anchor.sv in text
    for asked in ("Inget jäv Möjligt jäv", "Motivering", "Belägg", "Huvudområde", "Sammanvägd", "Diskutera först"):
        assert asked in text
    assert text.count("Kan inte bedömas") == 1 + len(CALL.criteria)


def test_a_blank_sheet_offers_only_the_ratings_of_its_call() -> None:
    ticks = replace(CALL, scale=Scale.TICK)
    text = text_of(sheets(ticks, None, [SheetItem(APPLICATION)], language=Language.SWEDISH))
    assert "Inte visad" in text
    assert "Delvis" not in text
    assert "Bedömare 1" not in text


@pytest.mark.parametrize("item", [FILLED, SheetItem(APPLICATION), ITEMS["long"]], ids=["filled", "blank", "long"])
def test_practice_is_marked_on_every_page(item: SheetItem) -> None:
    practice = sheets(replace(CALL, practice=True), ASSESSOR, [item], language=Language.SWEDISH)
    pages = pages_of(practice)
    assert all("Övning" in text for text in pages[:-1])
    assert "Övning" in pages[0]
    assert "Övning " not in text_of(print_(item))


def test_a_requirement_has_its_badge() -> None:
    text = text_of(print_(FILLED))
    assert text.count("Krav") == 1
    assert "RUS Krav" in text


def test_evidence_names_its_document_where_there_are_several_and_its_block_where_there_are_no_pages() -> None:
    several = replace(APPLICATION, documents=(DOCUMENT, APPENDIX))
    evidence = (Evidence(APPENDIX.sha256, "avsatt tid", block=204), Evidence(DOCUMENT.sha256, "plan", 3))
    judged = Draft(several.id, judgements=(Judgement(SAM, evidence=evidence),))
    text = text_of(print_(SheetItem(several, judged)))
    assert "bilaga.docx, st. 205 ”avsatt tid”" in text
    assert "ansokan.pdf, s. 4 ”plan”" in text


def test_a_very_long_quote_is_cut_and_says_so() -> None:
    judged = Draft(APPLICATION.id, judgements=(Judgement(SAM, evidence=(Evidence(DOCUMENT.sha256, LONG, 3),)),))
    text = text_of(print_(SheetItem(APPLICATION, judged)))
    assert "[…]”" in text
    assert text.count("Kommunerna har beslutat") < 7


def test_markup_in_a_text_is_only_text() -> None:
    assert "<b>fet</b> &amp; <para> </font> % gap 0 (\\)" in text_of(print_(ITEMS["markup"]))


def test_characters_that_the_font_lacks_are_told_by_their_number_and_invisible_ones_dropped() -> None:
    text = text_of(print_(ITEMS["foreign"]))
    assert "Ж Ω đŋŧ [U+6F22][U+5B57] [U+1F600] bak fram [U+FDFA] é [U+FFFE]" in text


def test_sami_letters_and_swedish_ones_are_printed() -> None:
    letters = "áčđŋšŧžïåäö ÁČĐŊŠŦŽÏÅÄÖ Jåhkåmåhkke"
    assert letters in text_of(print_(SheetItem(replace(APPLICATION, applicant_name=letters), draft())))


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_every_font_is_inside_the_file(item: SheetItem) -> None:
    fonts = fonts_of(print_(item))
    assert {font.name for font in fonts} <= {
        "Inter-Regular",
        "Inter-SemiBold",
        "JetBrainsMono-SemiBold",
    }
    assert fonts
    assert all(font.embedded for font in fonts)


def test_the_same_values_give_the_same_bytes() -> None:
    items = [FILLED, ITEMS["blank"], ITEMS["recused"], ITEMS["foreign"]]
    assert print_(*items) == print_(*items)


def test_progress_is_told_for_each_sheet() -> None:
    told: list[tuple[int, int]] = []
    sheets(CALL, ASSESSOR, [FILLED] * 3, language=Language.SWEDISH, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]
