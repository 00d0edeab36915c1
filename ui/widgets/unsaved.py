"""The question that is asked when a window closes over something that could not be saved."""

from PySide6.QtWidgets import QMessageBox, QWidget

from esf_desktop.i18n import _


def close_all_the_same(window: QWidget) -> bool:
    """Whether the person wants to close without the latest text; staying is proposed."""
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(_("The latest text could not be saved and stays only in this window."))
    stay = box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
    close = box.addButton(_("Close without it"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.exec()
    return box.clickedButton() is close
