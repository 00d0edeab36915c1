"""Receipts for every bundle that has none, written into a folder in one go."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _, plural
from ui.desk import now
from ui.secretariat import remembered
from ui.secretariat.register_desk import RegisterDesk
from ui.tasks import Task

if TYPE_CHECKING:
    from esf_desktop.secretariat.merge import Row


def ask(window: QWidget, desk: RegisterDesk) -> tuple[Path, Path] | None:
    """The signing key and the folder that the person chooses; those of the last time are offered."""
    key, folder = (str(remembered.path(desk.home, what) or "") for what in ("key", "receipts"))
    key, _kind = QFileDialog.getOpenFileName(window, _("The secretariat's signing key"), key)
    folder = QFileDialog.getExistingDirectory(window, _("Where to put the receipts"), folder) if key else ""
    if not folder:
        return None
    remembered.keep(desk.home, "key", Path(key))
    remembered.keep(desk.home, "receipts", Path(folder))
    return Path(key), Path(folder)


def write(
    window: QWidget,
    desk: RegisterDesk,
    key: Path,
    folder: Path,
    *,
    refused: "tuple[Row, ...]",
    passphrase: str | None = None,
) -> None:
    """Write them with that key, those for refused bundles too; its passphrase is asked for when it has one."""

    def work(task: Task) -> int:
        from esf_desktop.secretariat.receipts import write_receipts
        from esf_desktop.signing.keys import load_key

        signer = load_key(key, passphrase)
        return len(write_receipts(desk.register, signer, folder, at=now(), refused=refused))

    def done(count: int) -> None:
        desk.changed.emit()
        said = plural("{n} receipt was written to {folder}.", "{n} receipts were written to {folder}.", count)
        none = _("There is no new receipt to write; all of them are in {folder}.")
        desk.announced.emit((said if count else none).format(n=count, folder=folder))

    def failed(error: Exception) -> bool:
        if not (isinstance(error, EsfError) and error.code == "wrong_passphrase" and passphrase is None):
            return False
        given, ok = QInputDialog.getText(window, _("Signing key"), _("Passphrase"), QLineEdit.EchoMode.Password)
        if ok and given:
            write(window, desk, key, folder, refused=refused, passphrase=given)
        return True

    desk.tasks.run(work, owner=window, done=done, failed=failed)
