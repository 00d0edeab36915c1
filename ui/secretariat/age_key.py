"""The secretariat's secret age key: found beside the register or chosen by a person, read when needed, kept nowhere."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from esf_desktop.i18n import _

if TYPE_CHECKING:
    from esf_desktop.secretariat.server import Address
    from esf_desktop.signing.encryption import AgeKey

SUFFIX = ".agekey"


def beside(register: "Path | Address") -> Path | None:
    """The key file that lies beside the register and has its name, `round.agekey` beside `round.esfdb`."""
    if not isinstance(register, Path):
        return None
    expected = register.with_suffix(SUFFIX)
    return expected if expected.exists() else None


def ask(window: QWidget) -> Path | None:
    """The key file that the person chooses; None when they do not."""
    name, _kind = QFileDialog.getOpenFileName(window, _("The secretariat's age key"), "", f"*{SUFFIX} *.txt;;*")
    return Path(name) if name else None


def reader(path: Path | None) -> "Callable[[], AgeKey] | None":
    """What reads the key once something encrypted has come; None without a file."""
    if path is None:
        return None

    def read() -> "AgeKey":
        from esf_desktop.signing.encryption import read_key

        return read_key(path)

    return read
