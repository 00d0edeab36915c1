"""A person takes a round from the first start to a signed bundle and its second revision: by mouse, and by keys."""

import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from typer.testing import CliRunner

from esf_desktop.cli.program import app
from esf_desktop.exchange.bundle import SignedBundle, read_bundle
from esf_desktop.exchange.canonical import identity as identity_of
from esf_desktop.model import Rating, Recommendation
from tests.packages import package, secretariat_key
from tests.person.person import BUTTONS, FIELDS, Person, person
from tests.rounds import FIRST, LAR, SECOND, call

NAME, SECRET, QUOTE = "Bo Persson", "bara för mig själv", "Parterna kommer från åtta kommuner"
SAME, OVERALL = "De stämmer: ta emot", "Ett starkt projekt i helheten."
PRINCIPLES = 6


def opened(path: Path) -> SignedBundle:
    """The bundle, which `esf verify` accepts and which tells nothing of the private note."""
    assert CliRunner().invoke(app, ["verify", str(path)]).exit_code == 0
    content = path.read_bytes()
    assert SECRET.encode() not in content
    return read_bundle(content, file=path.name)


def bundles(home: Path) -> list[Path]:
    return sorted(home.rglob("*.esfbundle"), key=lambda path: path.stat().st_mtime_ns)


class Hands:
    """What differs between who uses the mouse and who does not: how something is pressed, and how a criterion opens."""

    def __init__(self, who: Person, *, mouse: bool) -> None:
        self.who, self.mouse = who, mouse

    def go(self, words: str) -> None:
        """Press what says these words."""
        if self.mouse:
            self.who.click(words)
        else:
            self.who.tab_to(words)
            self.who.press("Space")
        self.who.rest()

    def into(self, words: str) -> None:
        """Put the focus into the field that says these words."""
        if self.mouse:
            self.who.click(words, FIELDS)
        else:
            self.who.tab_to(words, FIELDS)

    def turn(self, key: str, words: str) -> None:
        """Press the key, or click what says the words."""
        if self.mouse:
            self.who.click(words)
        else:
            self.who.press(key)
        self.who.rest()


def begin(hands: Hands, fingerprint: str) -> str:
    """First start: a name, the proposed passphrase, the recovery code, the package's fingerprint."""
    who = hands.who
    who.read_until("Vem är du?")
    hands.into("Namn")
    who.type(NAME)
    hands.go("Nästa")
    passphrase = who.read_field("Lösenfras")
    hands.go("Nästa")
    who.read_until("Om du glömmer")
    hands.go("Nästa")
    who.read_until("Steg 3 av 3")
    hands.go("Hoppa över")
    who.see(SAME, BUTTONS)
    assert fingerprint[:4] in re.sub(r"\s", "", who.read()).lower()
    hands.go(SAME)
    who.read_until("Nästa: Kompetenskliv Inland")
    who.rest()
    return passphrase


def judge(hands: Hands) -> None:
    """The first application: no conflict of interest, every criterion with comment and evidence."""
    who = hands.who
    hands.turn("Ctrl+2", "Bedöm")
    hands.turn("1", "Nej, inget")
    for place, criterion in enumerate(call().criteria):
        if hands.mouse:
            if place == PRINCIPLES:
                who.click("Områden")
            elif place:
                who.click(criterion.title.spoken())
        elif place:
            who.press("J")
        hands.turn("1", "tangent 1")
        if hands.mouse:
            who.click("Motivering för", FIELDS)
        else:
            who.press("C")
        who.type(f"Tydligt visat i {place + 1}.")
        who.press("Esc")
        who.select_in_document(QUOTE)
        who.press("Esc", "E")
        who.read_until("s. 1")
        if criterion.id == LAR:
            who.press("M")
    who.press("Ctrl+Z")
    who.press("Ctrl+Shift+Z")
    who.read_until("Sparat ")


def keep_a_secret(hands: Hands) -> None:
    """Write a private note on the open criterion."""
    who = hands.who
    hands.turn("N", "Arbetsanteckning, lämnar aldrig datorn")
    who.type(SECRET)
    who.press("Esc")
    who.rest()


def abstain(hands: Hands) -> None:
    """Abstain from the second application."""
    hands.who.press("Alt+Right")
    hands.who.rest()
    hands.turn("3", "Ja, jag avstår")
    hands.who.type("Släkt med sökanden.")
    hands.go("Avstå och stäng formuläret")
    hands.who.read_until("1 av 2 klara")


def mend(hands: Hands) -> None:
    """Go from the list of problems to each place, and do there what is missing."""
    who = hands.who
    hands.turn("Ctrl+6", "Signera och skicka")
    who.read_until("Kvar att göra")
    hands.go("Den sammanvägda bedömningen är inte skriven.")
    hands.into("Sammanvägd bedömning")
    who.type(OVERALL)
    who.press("Esc")
    hands.turn("1", "Prioritera")
    who.rest()


def change(hands: Hands) -> None:
    """Add a word to the overall text, which is open still."""
    who = hands.who
    hands.turn("Ctrl+2", "Bedöma")
    hands.into("Sammanvägd bedömning")
    who.press("Ctrl+End")
    who.type(" Ändrat.")
    who.press("Esc")
    who.rest()


def sign(hands: Hands, passphrase: str) -> None:
    """Read what leaves, and sign it with the passphrase."""
    who = hands.who
    hands.turn("Ctrl+6", "Signera och skicka")
    hands.into("Lösenfras")
    who.type(passphrase)
    hands.go("Signera paketet")
    who.read_until("Signerat och kontrollerat")
    hands.go("Jag har skickat det")


@pytest.mark.parametrize("mouse", [True, False], ids=["by mouse", "by keyboard alone"])
def test_a_round_is_taken_from_the_first_start_to_a_second_revision(qtbot: QtBot, tmp_path: Path, mouse: bool) -> None:
    offered = package(tmp_path / "from the secretariat")
    with person(qtbot, tmp_path / "desk", offered) as who:
        hands = Hands(who, mouse=mouse)
        passphrase = begin(hands, secretariat_key().fingerprint)
        judge(hands)
        keep_a_secret(hands)
        abstain(hands)
        mend(hands)
        who.read_until("2 av 2 klara")
        sign(hands, passphrase)
        (first,) = bundles(Path.home())
        before = opened(first)
        change(hands)
        sign(hands, passphrase)
        later = opened(bundles(Path.home())[-1])
    judged, recused = before.bundle.assessments
    assert (judged.application, recused.application, recused.recused) == (FIRST, SECOND, True)
    assert [one.rating for one in judged.judgements] == [Rating.MET] * len(call().criteria)
    assert [one.comment for one in judged.judgements] == [
        f"Tydligt visat i {n + 1}." for n in range(len(call().criteria))
    ]
    assert {one.evidence[0].quote for one in judged.judgements} == {QUOTE}
    assert (judged.main_area, judged.overall) == (LAR, OVERALL)
    assert judged.recommendation is Recommendation.PRIORITISE
    (again,) = later.bundle.assessments
    assert (again.revision, again.parents) == (2, (identity_of(judged),))
    assert again.overall == f"{OVERALL} Ändrat."
