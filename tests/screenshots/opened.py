"""Scenes of what stands over a page or beside a document: lists, dialogs, reports, the document's own window."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from esf_desktop.assessor.for_secretariat import ForSecretariatError
from esf_desktop.assessor.intake import (
    Intake,
    NewerCallError,
    Outcome,
    Taken,
    UnconfirmedSecretariatError,
)
from esf_desktop.assessor.news import news
from esf_desktop.errors import UnreadableFileError
from esf_desktop.model import ApplicationId, Call, CallId, CriterionId, DocumentId, Rating, replace
from esf_desktop.secretariat.consensus import Consensus, JointJudgement, Present, write
from esf_desktop.secretariat.inbox import WaitingEnrolment
from esf_desktop.workspace import Change
from esf_desktop.workspace.fields import KeptHead, Purged, PurgedBackup
from tests.screenshots.stage import SHOWN, Stage, assess_page, dialog_of, rest, until
from ui.assessor.card_dialog import CardDialog
from ui.assessor.checklist import OVERALL
from ui.assessor.criterion_picker import CriterionPicker
from ui.assessor.intake_report import IntakeReport
from ui.assessor.paper_entry import PaperEntry
from ui.assessor.principle_page import PrinciplePage
from ui.assessor.purge_receipt import PurgeReceipt
from ui.assessor.quote_field import visible_rect
from ui.assessor.recovered import Recovered
from ui.assessor.review_strip import ReviewStrip
from ui.assessor.search_page import SearchPage
from ui.desk import now
from ui.guide.window import GuideWindow
from ui.main_window import MainWindow
from ui.secretariat.block_key import BlockKey
from ui.secretariat.compare_fingerprint import CompareFingerprint, of_person
from ui.secretariat.consensus_history import ConsensusHistory

AT = datetime(2026, 11, 9, 9, 14, tzinfo=UTC)
FINGERPRINT = "5218cc0e" * 8


def _call(window: MainWindow) -> Call:
    assert window.desk is not None
    return window.desk.call


@contextmanager
def side(stage: Stage, action: str) -> Iterator[QWidget]:
    """A list beside the document, with something in it."""
    with stage.program() as window:
        page = assess_page(window)
        if action == "hits":
            page.document.bar.search.field.setText("kommuner")
            page.document.bar.search.field.returnPressed.emit()
            page.document.bar.search.searched.emit("kommuner")
        window.actions_[action].trigger()
        rest(1200)
        yield window


@contextmanager
def refused_document(stage: Stage) -> Iterator[QWidget]:
    """A document that cannot be opened says so where it would stand."""
    with stage.program() as window:
        page = assess_page(window)
        document = page.document.document
        assert document is not None
        page.document.show_documents((replace(document, name="låst.pdf", sha256=DocumentId("0" * 64)),), _unreadable)
        rest(800)
        yield window


def _unreadable(_document: object) -> bytes:
    raise UnreadableFileError("låst.pdf")


@contextmanager
def own_window(stage: Stage) -> Iterator[QWidget]:
    """The document in a window of its own."""
    with stage.program() as window:
        page = assess_page(window)
        window.actions_["own_window"].trigger()
        rest(800)
        assert page.home.window_away is not None
        page.home.window_away.resize(900, 700)
        rest()
        yield page.home.window_away
        window.actions_["own_window"].trigger()
        rest(50)


@contextmanager
def turned(stage: Stage) -> Iterator[QWidget]:
    """One principle across the applications."""
    with stage.program() as window:
        window.show_page("turned")
        page = window.page("turned")
        assert isinstance(page, PrinciplePage)
        page.open(SHOWN)
        until(lambda: page.document.ready)
        rest(1200)
        yield window


@contextmanager
def searched(stage: Stage) -> Iterator[QWidget]:
    """A search with hits."""
    with stage.program() as window:
        window.show_page("search")
        page = window.page("search")
        assert isinstance(page, SearchPage)
        page.field.setText("kommuner")
        page.search()
        rest(1500)
        yield window


@contextmanager
def goals(stage: Stage) -> Iterator[QWidget]:
    """The goals of the strategies, under the principle that is phrased as a requirement."""
    with stage.program() as window:
        assess_page(window, CriterionId("RUS"))
        window.actions_["goals"].trigger()
        rest()
        yield window


@contextmanager
def written(stage: Stage) -> Iterator[QWidget]:
    """Facts, guiding questions and private note of an application unfolded, and a wording that is new."""
    with stage.program() as window:
        page = assess_page(window)
        for action in ("guide", "note"):
            window.actions_[action].trigger()
        assert page.checklist is not None
        for found in (page.checklist.findChild(ReviewStrip), page.checklist.head.facts_area):
            assert isinstance(found, QWidget)
            found.show()
        rest()
        yield window


@contextmanager
def weighed(stage: Stage) -> Iterator[QWidget]:
    """The overall text and the recommendation."""
    with stage.program() as window:
        page = assess_page(window)
        assert page.checklist is not None
        page.checklist.open(OVERALL, focus=True)
        rest()
        yield window


@contextmanager
def paper(stage: Stage, part: int) -> Iterator[QWidget]:
    """A part of a paper sheet that is typed in."""
    with stage.program() as window:
        assess_page(window)
        window.actions_["paper"].trigger()
        dialog = dialog_of(window)
        assert isinstance(dialog, PaperEntry)
        dialog.turn_to(part)
        rest()
        yield dialog


@contextmanager
def text_document(stage: Stage) -> Iterator[QWidget]:
    """A DOCX, shown as text."""
    with stage.program() as window:
        page = assess_page(window)
        name, document = next(
            (application.id, document.sha256)
            for application in _call(window).applications
            for document in application.documents
            if document.name.endswith(".docx")
        )
        page.open(name)
        until(lambda: page.document.ready)
        page.document.show_document(document)
        rest(1500)
        yield window


@contextmanager
def quoted(stage: Stage) -> Iterator[QWidget]:
    """The words of a rectangle are asked for, as on a page that was scanned."""
    with stage.program() as window:
        page = assess_page(window)
        shown = page.document.pages
        page.document.quote_field.ask(4, visible_rect(shown, 4))
        rest()
        yield window


@contextmanager
def over(stage: Stage, make: Callable[[MainWindow], QDialog]) -> Iterator[QWidget]:
    """A dialog over the assess page."""
    with stage.program() as window:
        assess_page(window)
        dialog = make(window)
        if not dialog.isVisible():
            dialog.open()
        rest()
        yield dialog


def picker(window: MainWindow) -> QDialog:
    """The small window that asks for which criterion something is evidence."""
    return CriterionPicker(window, _call(window).criteria_for(SHOWN), CriterionId("SAM"), "")


def receipt(window: MainWindow) -> QDialog:
    """The receipt of a round that was purged."""
    assert window.desk is not None
    went = Purged(
        CallId("ovning-2025"),
        "Kompetens för omställning 2025",
        AT,
        applications=40,
        documents=61,
        assessments=40,
        evidence=218,
        notes=17,
        bundles=("ovning-2025-bedomare-1.esfbundle",),
        backups=(PurgedBackup("2026-11-01 08.00", AT), PurgedBackup("2026-11-02 08.00", AT, removed=True)),
        out_of_reach=("E:/reserv",),
        journal=KeptHead(812, "3f" * 32),
        finished_at=AT,
    )
    return PurgeReceipt(window, window.desk, went)


def card(window: MainWindow) -> QDialog:
    """The card dialog where there is no card: the software for it cannot be read."""
    assert window.desk is not None
    return CardDialog(window, window.desk.tasks, "Signera", module=Path("/finns/inte.so"))


def recovered(window: MainWindow) -> QDialog:
    """What is there again after an end that was none."""
    assert window.desk is not None
    return Recovered(window, window.desk, now() - timedelta(hours=2))


def intake(window: MainWindow) -> QDialog:
    """What came of files of which some were refused, and of a call from a secretariat that is new here."""
    told = ("12 bedömningar av Karin Ek i utlysning 2026-01.", "Signerad 2026-11-02 08.00; inte en byte har ändrats.")
    unconfirmed = UnconfirmedSecretariatError("utlysning.esfcall", FINGERPRINT)
    taken = (
        Taken("ansokan.pdf", Outcome.DOCUMENT, ApplicationId(SHOWN)),
        Taken("bunt.esfbundle", Outcome.REFUSED, error=ForSecretariatError("bunt.esfbundle", told, FINGERPRINT)),
        Taken("utlysning.esfcall", Outcome.REFUSED, error=unconfirmed),
    )
    return _report(window, taken)


def newer_call(window: MainWindow) -> QDialog:
    """A newer version of the call, with what it changes."""
    call = _call(window)
    changed = replace(call, call_version=call.call_version + 1, applications=call.applications[1:])
    error = NewerCallError("utlysning.esfcall", "ab" * 32, news(call, changed))
    return _report(window, (Taken("utlysning.esfcall", Outcome.REFUSED, error=error),))


def reading(window: MainWindow) -> QDialog:
    """Files are being read."""
    report = IntakeReport(window)
    report.show_progress(3, 12)
    return report


def _report(window: MainWindow, taken: tuple[Taken, ...]) -> QDialog:
    report = IntakeReport(window)
    report.show_intake(Intake(taken, Change(frozenset(), round=False, at=AT)))
    return report


@contextmanager
def key_compared(stage: Stage) -> Iterator[QWidget]:
    """The secretariat compares a fingerprint."""
    with stage.register() as window:
        one = window.desk.register.enrolled()[0]
        waiting = WaitingEnrolment(
            "ny.esfenrol", b"", one.name, one.organisation, "bärbar dator", FINGERPRINT, one.assessor
        )
        dialog = CompareFingerprint(window.inbox, of_person(waiting, 1))
        dialog.open()
        rest()
        yield dialog
        dialog.close()


@contextmanager
def in_numbers(stage: Stage) -> Iterator[QWidget]:
    """The tables behind the charts of the balance."""
    with stage.register() as window:
        window.show_page("balance")
        window.balance.turn()
        rest()
        yield window


@contextmanager
def moved_to(stage: Stage) -> Iterator[QWidget]:
    """An application of the proposal is moved to a place by its number."""
    with stage.register() as window:
        window.show_page("proposal")
        rest()
        window.proposal.table.choose(SHOWN)
        window.proposal.ask_for_place(SHOWN)
        rest()
        yield dialog_of(window)


@contextmanager
def key_blocked(stage: Stage) -> Iterator[QWidget]:
    """The secretariat blocks a key."""
    with stage.register() as window:
        dialog = BlockKey(window.trust, window.desk.register.enrolled()[0])
        dialog.open()
        rest()
        yield dialog
        dialog.close()


@contextmanager
def on_server(stage: Stage) -> Iterator[QWidget]:
    """An officer says on which server the register lies."""
    with stage.program() as window:
        window.actions_["open_on_server"].trigger()
        rest()
        dialog = dialog_of(window)
        first = dialog.findChild(QLineEdit)
        assert first is not None
        first.setText("postgresql://anna@db.region.example/omgang2026?sslmode=verify-full")
        first.editingFinished.emit()
        rest()
        yield dialog


@contextmanager
def rounds(stage: Stage, *, purging: bool) -> Iterator[QWidget]:
    """The rounds of this workspace, or the question before one of them goes."""
    with stage.program() as window:
        window.show_page("round")
        window.actions_["purge_round" if purging else "rounds"].trigger()
        rest(1500)
        yield dialog_of(window)


@contextmanager
def agreed(stage: Stage, *, large: bool = False) -> Iterator[QWidget]:
    """The joint assessment of an application on which the assessors differ, with a criterion open."""
    sam = CriterionId("SAM")
    with stage.register() as window:
        said = Consensus(
            SHOWN,
            (JointJudgement(sam, Rating.PARTLY, "Bredden finns, förankringen är påbörjad."),),
            present=(Present("Bedömare 1"), Present("Ordföranden")),
        )
        for at in (AT, AT + timedelta(days=1)):
            write(window.desk.register, replace(said, text=f"{at:%Y-%m-%d}"), at=at, by="handläggaren")
        window.desk.changed.emit()
        window.show_page("consensus")
        window.consensus.open(SHOWN, sam)
        history = window.consensus.findChild(ConsensusHistory)
        assert history is not None
        history.fold.unfold(True)
        if large:
            window.consensus.turn_large()
        rest(1500)
        yield window
        if large:
            window.consensus.turn_large()


@contextmanager
def view_of_comparison(stage: Stage, name: str) -> Iterator[QWidget]:
    """One of the views of the compare page."""
    with stage.register() as window:
        window.show_page("compare")
        window.compare.show_view(name)
        rest()
        yield window


@contextmanager
def beside_each_other(stage: Stage) -> Iterator[QWidget]:
    """Every assessor of an application side by side, and the document where one of them quotes it."""
    with stage.register() as window:
        window.show_page("compare")
        window.compare.matrix.table.go_to(SHOWN, 1)
        rest()
        line = window.compare.matrix.table.line
        assert line is not None
        cited = next(one for r in line.readings if (one := r.judgement(CriterionId("RUS"))).evidence)
        window.compare.open_evidence(SHOWN, cited.evidence[0], cited.criterion)
        pane = window.compare.application.pane
        assert pane is not None
        until(lambda: pane.view.ready)
        rest(2500)
        yield window


@contextmanager
def guide(stage: Stage, words: str = "") -> Iterator[QWidget]:
    """The user guide at one of its places, or with what was looked for."""
    window = GuideWindow()
    window.resize(*stage.look.size)
    window.open("bedoma", "bedöma-med-tangenterna")
    window.look_for(words)
    window.show()
    rest()
    yield window
    window.close()
    window.deleteLater()
