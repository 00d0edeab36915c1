"""A dialog is as high as its text needs, and never higher than the screen."""

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from ui.widgets.fitting import Body, fit
from ui.widgets.plain import button, label


@pytest.mark.parametrize("times", [1, 8, 400])
def test_wrapped_text_is_shown_whole_or_scrolled_and_the_buttons_stay_in_sight(times: int, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    outer, body = QVBoxLayout(dialog), Body(380)
    dialog.setMinimumWidth(400)
    outer.addWidget(body)
    text = label("Nå personen på ett sätt som du redan känner till. " * times, wrap=True)
    body.column.addWidget(text)
    last = button("Stäng")
    outer.addWidget(last)
    dialog.show()
    fit(dialog)
    QApplication.processEvents()
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    assert last.geometry().bottom() < dialog.height()
    assert text.height() >= text.heightForWidth(text.width())
    scrolled = body.verticalScrollBar().maximum() > 0
    assert scrolled is (times == 400)


def test_a_dialog_without_a_body_grows_with_its_text(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    dialog.setMinimumWidth(300)
    text = QLabel("ord " * 200)
    text.setWordWrap(True)
    column.addWidget(text)
    dialog.show()
    fit(dialog)
    QApplication.processEvents()
    assert text.height() >= text.heightForWidth(text.width())
    fit(QDialog(dialog))
