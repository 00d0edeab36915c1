"""A secretary makes a call from a folder and a list, and receives what 25 assessors answer: by keys and mouse."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from esf_desktop.documents.client import Documents
from esf_desktop.exchange.call_package import read_call_package
from esf_desktop.model import Call, Recommendation
from esf_desktop.secretariat.consensus import consensus
from esf_desktop.secretariat.order import Outcome
from esf_desktop.secretariat.proposal import proposal
from esf_desktop.signing.source import FileBytes
from tests.documents import making
from tests.person.readers import Reader
from tests.person.secretary import Secretary, secretary
from ui.secretariat.drafting.applications_room import ApplicationsRoom
from ui.secretariat.drafting.call_window import CallWindow
from ui.secretariat.order_table import OrderTable
from ui.secretariat.register_window import RegisterWindow

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ASSESSORS, APPLICATIONS, READERS = 25, 9, 3
ASKED = ("RUS", "SAM", "ATT")
CLEARED = ("MET", "GEO", "STR", "UTV", "HBR", "GLO")
ODD = "2026/00104"
"""The application whose amount the list and its document tell differently."""


def number(n: int) -> str:
    return f"2026/{101 + n:05}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What lies on the secretary's desk: the applications' folder, a list with a fault, enrolments, an empty folder."""
    folder = tmp_path_factory.mktemp("sekretariat")
    for name in ("anmalningar", "inkommande", "kvittenser"):
        (folder / name).mkdir()
    for n in range(APPLICATIONS):
        own = folder / "handlingar" / number(n).replace("/", "-")
        own.mkdir(parents=True)
        said = f"Sökt stöd: {2 + n} 000 000 kr"
        lines = [(72.0, 700.0, f"Diarienummer: {number(n)}"), (72.0, 680.0, said)]
        (own / "ansokan.pdf").write_bytes(making.pdf([lines]))
    rows: list[list[object]] = [["Ansökningar, december"], [], ["Dnr", "Projekt", "Sökande", "Sökt stöd (tkr)"]]
    rows += [[number(n), f"Projekt {n + 1}", f"Sökande {n + 1}", (2 + n) * 1000] for n in range(APPLICATIONS)]
    rows[6][3] = "4,5 mkr"
    rows.append([number(0), "Dubblett", "Sökande 1", 1])
    book, stream = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(stream)
    (folder / "lista.xlsx").write_bytes(stream.getvalue())
    return folder


@pytest.fixture(scope="module")
def readers(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Reader]]:
    """Everybody who will answer, with their enrolment sent in."""
    made = [Reader(n, tmp_path_factory.mktemp("b"), desk / "anmalningar", at=AT) for n in range(1, ASSESSORS + 1)]
    yield made
    for reader in made:
        reader.desk.close()


def test_from_a_folder_and_a_list_to_the_basis(
    qtbot: QtBot, desk: Path, readers: list[Reader], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with secretary(qtbot, tmp_path / "eget", monkeypatch) as (who, session):
        who.read_until("Vem är du?")
        who.press("Ctrl+N")
        qtbot.waitUntil(lambda: len(session.calls) == 1, timeout=30_000)
        (window,) = session.calls
        who.turn_to(window)
        package = make_the_call(who, window, desk)
        call = signed(package)
        assert [one.id for one in call.applications] == [number(n) for n in range(APPLICATIONS)]
        assert call.selected_principles == ASKED
        assert all(len(reader.reads) in (1, 2) for reader in call.assessors)
        who.will_choose(desk / "register.esfdb")
        who.click("Öppna ett register med utlysningen")
        qtbot.waitUntil(lambda: len(session.registers) == 1, timeout=30_000)
        (register,) = session.registers
        who.turn_to(register)
        who.read_until("Utlysningen, version 1.")
        trust_everybody(who, desk)
        receive_all(who, register, desk, readers, package)
        answer_all(who, register, desk, readers)
        agree_and_propose(who, register)
        write_the_basis(who, desk)


def make_the_call(who: Secretary, window: CallWindow, desk: Path) -> Path:
    """From the first window to the signed package, and where it lies."""
    who.will_choose(desk / "handlingar")
    who.tab_to("Ny utlysning från en mapp")
    who.press("Space")
    who.write("Beslutande organ", "Partnerskapet i Övre Norrland")
    for text in ("Kompetens i hela Övre Norrland", "2026-ON-1", "2026/00042", "8 december 2099"):
        who.type(text)
        who.press("Tab")
    who.click("Lägg till en del")
    who.type("Gles geografi")
    who.press("Tab")
    who.type("55 mkr")
    who.press("Tab")
    who.read_until("55\xa0000\xa0000\xa0kr")
    who.go_down()
    for code in CLEARED:
        who.tick(code)
    who.go_down()
    who.tab_to("Hämta från mappen")
    who.press("Space")
    who.read_until("9 ansökningshandlingar")
    who.will_choose(desk / "lista.xlsx")
    who.click("Välj en lista")
    said = who.read_until("1 utelämnas")
    assert "1 där handlingarna säger annat" in said
    who.click("Att se på")
    (odd,) = window.page.findChildren(QListWidget, "doubts")
    assert [odd.item(n).text() for n in range(odd.count())] == [
        "Rad 13, cell A13: 2026/00101 står redan i listan, så raden utelämnas."
    ]
    who.click("Ta in 9 ansökningar")
    who.read_until("9 ansökningar, ")
    who.press("Ctrl+Home")
    choose_application(who, window, ODD)
    who.read_until("5\xa0000\xa0000\xa0kr")
    who.click("Ta över")
    who.go_down()
    who.will_choose(*sorted((desk / "anmalningar").iterdir()))
    who.click("Hämta från anmälningar")
    who.click("Dela ut jämnt")
    who.go_down()
    who.read_until("Allt finns med")
    who.will_choose(desk / "sekretariat.esfkey")
    who.click("Gör en ny nyckel")
    who.read_until("Signeras med nyckeln")
    package = desk / "utlysning.esfcall"
    who.will_choose(package)
    who.tab_to("Signera utlysningspaketet")
    who.press("Space")
    who.read_until("Version 1 är signerad")
    return package


def choose_application(who: Secretary, window: CallWindow, wanted: str) -> None:
    """Go down the table to an application."""
    (room,) = window.page.findChildren(ApplicationsRoom)
    who.tab_to("Ansökningar", (type(room.table),))
    for _row in range(APPLICATIONS):
        if room.chosen == wanted:
            return
        who.press("Down")
    raise AssertionError(f"{wanted} is not in the table")


def trust_everybody(who: Secretary, desk: Path) -> None:
    """The enrolments arrive in the watched folder, and each fingerprint is compared."""
    for path in (desk / "anmalningar").iterdir():
        (desk / "inkommande" / path.name).write_bytes(path.read_bytes())
    who.will_choose(desk / "inkommande")
    who.click("Bevaka en mapp")
    who.read_until(f"Bedömare {ASSESSORS} ·")
    for n in range(1, ASSESSORS + 1):
        who.click("Jämför…")
        who.click("De stämmer: godkänn")
        who.read_until(f"Nyckeln för Bedömare {n} är godkänd")


def receive_all(who: Secretary, window: RegisterWindow, desk: Path, readers: list[Reader], package: Path) -> None:
    """All but one deliver; the last is reminded, and delivers too."""
    fingerprint = signer(package)
    with Documents() as documents:
        for reader in readers[:-1]:
            reader.answer(package, fingerprint, desk / "inkommande", documents, at=AT + timedelta(days=1))
        who.read_until(f"{ASSESSORS - 1} av {ASSESSORS} bedömare")
        who.read_until("1 bedömare har något kvar")
        who.click("Kopiera en påminnelse")
        assert readers[-1].name in QGuiApplication.clipboard().text()
        readers[-1].answer(package, fingerprint, desk / "inkommande", documents, at=AT + timedelta(days=2))
        who.read_until(f"{ASSESSORS} av {ASSESSORS} bedömare")
    assert "har något kvar" not in who.read()
    assert len(window.desk.register.bundles()) == ASSESSORS


def answer_all(who: Secretary, window: RegisterWindow, desk: Path, readers: list[Reader]) -> None:
    """Receipts in one go; the first assessor's program takes theirs."""
    who.will_choose(desk / "sekretariat.esfkey")
    who.will_choose(desk / "kvittenser")
    who.click("Skriv kvittenser")
    who.read_until(f"{ASSESSORS} kvittenser")
    own = [path for path in (desk / "kvittenser").rglob("*.esfreceipt") if f"{readers[0].name} " in path.name]
    with Documents() as documents:
        taken = readers[0].take(own, documents, at=AT + timedelta(days=3))
    assert taken.error is None
    assert taken.outcome.value == "receipt"


def agree_and_propose(who: Secretary, window: RegisterWindow) -> None:
    """The meeting agrees on the first application, moves the last one up, and finds that everything fits."""
    register = window.desk.register
    who.press("Ctrl+3")
    who.read_until("Projekt 1")
    who.press("Ctrl+4")
    who.click("Prioritera i mån av medel")
    who.rest()
    (agreed,) = consensus(register).values()
    assert agreed.consensus.recommendation is Recommendation.IF_FUNDS_ALLOW
    assert len(agreed.consensus.present) == READERS
    who.press("Ctrl+5")
    who.tab_to("Förslagets ordning", (OrderTable,))
    who.press("End", "Alt+Up")
    who.click("Allt ryms")
    who.rest()
    found = proposal(register)
    assert set(found.outcomes.values()) == {Outcome.PRIORITISED}
    assert len(found.outcomes) == APPLICATIONS


def write_the_basis(who: Secretary, desk: Path) -> None:
    """Every format, and the package for the archive."""
    (desk / "underlag").mkdir()
    who.press("Ctrl+6")
    who.read_until("prioriterad 9 ansökningar")
    who.press("Ctrl+7")
    who.will_choose(desk / "underlag")
    who.click("Skriv alla format")
    who.read_until(str(desk / "underlag"))
    assert {path.suffix for path in (desk / "underlag").iterdir()} >= {
        ".pdf",
        ".html",
        ".docx",
        ".xlsx",
        ".csv",
        ".json",
    }
    who.will_choose(desk)
    who.click("Skriv arkivpaketet")
    who.read_until("Anteckna SHA-256")


def signed(package: Path) -> Call:
    with FileBytes(package) as source:
        return read_call_package(source, file=package.name).call


def signer(package: Path) -> str:
    with FileBytes(package) as source:
        return read_call_package(source, file=package.name).fingerprint
