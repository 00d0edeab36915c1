"""What must hold before an application may be assessed: an answer on conflict of interest that is not to abstain."""

from dataclasses import dataclass

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, ConflictOfInterest, Declaration
from esf_desktop.workspace import Work


@dataclass(eq=False)
class NotDeclaredError(EsfError):
    """An application that was to be assessed before the question on conflict of interest was answered."""

    code = "not_declared"
    application: str

    def sentence(self) -> str:
        return _("Answer the question on conflict of interest for {application} first; nothing was changed.").format(
            application=self.application
        )


@dataclass(eq=False)
class FormClosedError(EsfError):
    """An application that the assessor abstains from."""

    code = "form_closed"
    application: str

    def sentence(self) -> str:
        return _("You abstain from {application}, so its form is closed; nothing was changed.").format(
            application=self.application
        )


def open_form(work: Work, application: ApplicationId) -> None:
    """Pass when the application may be assessed; within the transaction that assesses it.

    Raises:
        NotDeclaredError, FormClosedError: nothing was changed.
    """
    declared = work.get(application, "conflict")
    if not isinstance(declared, ConflictOfInterest):
        raise NotDeclaredError(application)
    if declared.answer is Declaration.RECUSED:
        raise FormClosedError(application)
