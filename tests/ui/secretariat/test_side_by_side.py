"""One application with everybody side by side; evidence opens the document at its place, wherever the document lies."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from esf_desktop.exchange.call_package import read_call_package, write_call_package
from esf_desktop.exchange.canonical import digest
from esf_desktop.model import Application, CriterionId, Document, DocumentId, Evidence, Judgement, replace
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.register import Register
from tests.packages import pdf
from tests.secretariat import files, samples
from tests.secretariat.samples import AT, application_id, person
from tests.ui.secretariat.test_register_window import Office, office
from ui.secretariat.document_pane import DocumentPane
from ui.secretariat.evidence_link import EvidenceLink

FIRST, SAM = application_id(0), CriterionId("SAM")


@pytest.fixture
def quoting(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A register whose first application has a document that both assessors quote; the package lies elsewhere."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    content = pdf("Parterna kommer från båda länen.")
    document = Document(DocumentId(digest(content)), "ansokan.pdf", "application/pdf", len(content))
    first: Application = replace(files.CALL.applications[0], documents=(document,))
    call = replace(files.CALL, applications=(first, *files.CALL.applications[1:]))
    package = write_call_package(call, {document.sha256: content}, files.secretariat_key(), at=AT)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "call.esfcall").write_bytes(package)
    sha256 = read_call_package(package, file="a.esfcall").sha256
    register = Register.open(tmp_path / "register.esfdb")
    trust.add_call(register, package, file="a.esfcall", at=AT)
    evidence = Evidence(document.sha256, "Parterna kommer", 0, "1")
    for n in range(2):
        trust.enrol(register, files.enrolment(n), file="e.esfenrol", at=AT)
        made = samples.assessment(call, FIRST, framework_sha256=files.FRAMEWORK, salt=n)
        made = replace(made, documents=(document.sha256,), judgements=tuple(map(_quoting(evidence), made.judgements)))
        files.merged(register, files.bundle(n, [made], call_hash=sha256))
    opened = office(qtbot, register, tmp_path)
    yield opened
    opened.window.close()


def _quoting(evidence: Evidence) -> Callable[[Judgement], Judgement]:
    def quoted(one: Judgement) -> Judgement:
        return replace(one, evidence=(evidence,)) if one.criterion == SAM else one

    return quoted


def pane(of: Office) -> DocumentPane:
    found = of.window.compare.application.pane
    assert found is not None
    return found


def test_everybody_stands_side_by_side_and_the_next_application_is_a_step_away(quoting: Office) -> None:
    quoting.window.show_page("compare")
    quoting.table.go_to(FIRST, 1)
    quoting.qtbot.keyClick(quoting.table, Qt.Key.Key_Return)
    quoting.rest()
    view = quoting.window.compare.application
    assert view.isVisible()
    words = [part.text() for part in view.findChildren(QLabel) if part.isVisible()]
    assert words.count("Sammanvägt.") == 2
    assert {person(0).name, person(1).name} <= set(words)
    assert len([link for link in view.findChildren(EvidenceLink) if link.isVisible()]) == 2
    before = view.application
    quoting.press("Nästa")
    assert view.application != before


def test_evidence_opens_the_document_once_somebody_has_said_where_it_is(quoting: Office) -> None:
    quoting.window.show_page("compare")
    quoting.table.go_to(FIRST, 1 + [c.id for c in files.CALL.criteria].index(SAM))
    quoting.rest()
    (link, *_others) = [b for b in quoting.window.compare.matrix.findChildren(EvidenceLink) if b.isVisible()]
    quoting.qtbot.keyClick(link, Qt.Key.Key_Return)
    quoting.rest()
    assert "”ansokan.pdf” finns inte där den söktes" in quoting.words
    (quoting.folder / "tom").mkdir()
    pane(quoting).look_in(quoting.folder / "tom")
    quoting.rest()
    assert "”ansokan.pdf” finns inte där den söktes" in quoting.words
    pane(quoting).look_in(quoting.folder / "elsewhere")
    quoting.qtbot.waitUntil(lambda: pane(quoting).view.ready, timeout=20_000)
    assert "finns inte där den söktes" not in quoting.words
    assert pane(quoting).view.document is not None
    quoting.press("Stäng dokumentet")
    assert not pane(quoting).isVisible()


def test_a_quote_at_the_meeting_opens_the_document_too(quoting: Office) -> None:
    (quoting.folder / "call.esfcall").write_bytes((quoting.folder / "elsewhere" / "call.esfcall").read_bytes())
    quoting.window.show_page("consensus")
    quoting.window.consensus.open(FIRST, SAM)
    quoting.rest()
    (link, *_others) = [b for b in quoting.window.consensus.findChildren(EvidenceLink) if b.isVisible()]
    link.click()
    quoting.qtbot.waitUntil(lambda: pane(quoting).view.ready, timeout=20_000)
    assert quoting.window.compare.application.application == FIRST
