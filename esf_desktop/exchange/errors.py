"""What can be wrong with a file that travels, beyond what every file can have."""

from dataclasses import dataclass

from esf_desktop.errors import FileError
from esf_desktop.exchange.kinds import Kind
from esf_desktop.i18n import _


@dataclass(eq=False)
class WrongKindError(FileError):
    """A sound file of ours, but of another kind than what was asked for."""

    code = "wrong_kind"
    found: Kind
    wanted: Kind

    def sentence(self) -> str:
        return _("“{file}” is of the kind “{found}”, but here “{wanted}” is expected. Nothing was changed.").format(
            file=self.file, found=self.found.word(), wanted=self.wanted.word()
        )
