"""Trust is decided on screen after a comparison, shown whole with its reasons, and blocked with a reason."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPushButton

from esf_desktop.formatting import groups
from esf_desktop.model import replace as replaced
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.decisions import decisions
from esf_desktop.signing.keys import make_key
from tests.secretariat import files
from tests.secretariat.samples import AT, person
from tests.ui.assessor.test_accessible import nameless
from tests.ui.secretariat.test_register_window import Office, empty, full
from ui.secretariat.block_key import BlockKey
from ui.secretariat.compare_fingerprint import CompareFingerprint
from ui.widgets.choice import Choice
from ui.widgets.fingerprint import Fingerprint

__all__ = ["empty", "full"]


def dialog(office: Office, kind: type[QDialog]) -> QDialog:
    found = [one for one in office.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_the_dialog_shows_all_groups_large_and_enter_trusts_nobody(empty: Office) -> None:
    empty.arrive(a_esfcall=files.call_package(), b_esfenrol=files.enrolment(0))
    empty.press("Jämför…")
    asked = dialog(empty, CompareFingerprint)
    (shown,) = asked.findChildren(Fingerprint)
    assert groups(files.key(0).fingerprint) in shown.accessibleName()
    assert nameless(asked) == []
    focused = asked.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Bestäm senare"
    empty.press("Bestäm senare")
    assert empty.register.enrolled() == ()
    assert groups(files.key(0).fingerprint) in empty.words, "it waits still"


def test_a_fingerprint_that_differs_is_refused_and_remembered(empty: Office) -> None:
    empty.arrive(a_esfcall=files.call_package(), b_esfenrol=files.enrolment(0))
    empty.press("Jämför…")
    empty.press("De stämmer inte")
    assert empty.register.enrolled() == ()
    assert groups(files.key(0).fingerprint) not in empty.words
    last = decisions(empty.register)[-1]
    assert (last.kind.value, last.fingerprint) == ("differed", files.key(0).fingerprint)
    assert last.by


@pytest.mark.parametrize("replaces", [False, True])
def test_a_second_key_is_another_computer_or_takes_the_place_of_the_first(full: Office, *, replaces: bool) -> None:
    second = make_key(person(0).name, "", at=AT)
    full.arrive(a_esfenrol=files.enrolment_of(0, second))
    full.press("Jämför…")
    keep, instead = dialog(full, CompareFingerprint).findChildren(Choice)
    assert keep.isChecked()
    instead.setChecked(replaces)
    full.press("De stämmer: godkänn")
    trusted = set(trust.trusted(full.register))
    assert second.fingerprint in trusted
    assert (files.key(0).fingerprint in trusted) is not replaces


@pytest.mark.parametrize("same", [False, True])
def test_a_call_that_is_signed_by_another_key_waits_for_a_comparison(full: Office, *, same: bool) -> None:
    renewed = make_key("Sekretariatet", "Partnerskapet", at=AT)
    full.arrive(a_esfcall=files.package(replaced(files.CALL, call_version=2), renewed))
    assert "En utlysning som en annan nyckel har signerat" in full.words
    full.press("Jämför…")
    (shown,) = dialog(full, CompareFingerprint).findChildren(Fingerprint)
    assert groups(renewed.fingerprint) in shown.accessibleName()
    full.press("De stämmer: godkänn" if same else "De stämmer inte")
    known = full.register.call()
    assert known is not None
    assert (known.call.call_version, known.fingerprint == renewed.fingerprint) == ((2, True) if same else (1, False))
    assert "En utlysning som en annan nyckel har signerat" not in full.words


def test_keys_and_decisions_are_filtered_by_words_and_kind(full: Office) -> None:
    trust.revoke(full.register, files.key(1).fingerprint, reason="Datorn är stulen", at=AT, by="handläggaren")
    full.window.show_page("trust")
    full.window.desk.changed.emit()
    page = full.window.trust
    assert nameless(page) == []
    assert (page.keys.rowCount(), page.log.rowCount()) == (3, 5)
    first = page.log.item(0, 2)
    assert first is not None
    assert person(1).name in first.text()
    words = page.findChild(QLineEdit)
    assert words is not None
    words.setText("stulen")
    assert (page.keys.rowCount(), page.log.rowCount()) == (1, 1)
    words.setText(groups(files.key(2).fingerprint)[:9])
    assert page.keys.rowCount() == 1
    words.setText("")
    keys, kinds = page.findChildren(QComboBox)
    keys.setCurrentIndex(keys.findData("blocked"))
    kinds.setCurrentIndex(kinds.findData("call_added"))
    assert (page.keys.rowCount(), page.log.rowCount()) == (1, 1)


def test_a_key_is_blocked_with_a_reason_and_only_once(full: Office) -> None:
    full.window.show_page("trust")
    page = full.window.trust
    (block,) = [b for b in page.findChildren(QPushButton) if b.text() == "Spärra nyckeln…"]
    assert not block.isEnabled()
    page.keys.selectRow(0)
    full.press("Spärra nyckeln…")
    asked = dialog(full, BlockKey)
    assert nameless(asked) == []
    (confirm,) = [b for b in asked.findChildren(QPushButton) if b.text() == "Spärra nyckeln"]
    assert not confirm.isEnabled(), "a reason is asked for"
    reason = asked.findChild(QComboBox)
    assert reason is not None
    reason.setCurrentText("Datorn är stulen")
    confirm.click()
    full.rest()
    (gone,) = [one for one in full.register.enrolled() if one.revoked is not None]
    assert gone.reason == "Datorn är stulen"
    page.keys.selectRow(0)
    assert not block.isEnabled()


def test_the_list_on_paper_holds_those_that_wait_too(empty: Office, tmp_path: Path) -> None:
    empty.arrive(a_esfcall=files.call_package(), b_esfenrol=files.enrolment(0))
    empty.window.trust.write_list(tmp_path / "lista.pdf", empty.window.inbox.waiting)
    empty.rest()
    assert (tmp_path / "lista.pdf").read_bytes().startswith(b"%PDF-")
    assert "Listan är sparad i lista.pdf." in empty.words
