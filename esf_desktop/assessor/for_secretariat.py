"""Bundles and enrolments opened at the assessor's desk: checked and described, and left to a register."""

from dataclasses import dataclass

from esf_desktop import formatting
from esf_desktop.errors import FileError
from esf_desktop.exchange import bundle, enrolment, envelope
from esf_desktop.exchange.kinds import Kind
from esf_desktop.i18n import _, plural
from esf_desktop.signing.container import Sealed


@dataclass(eq=False)
class ForSecretariatError(FileError):
    """A bundle or an enrolment opened at the assessor's desk; it is sound, and a register is where it belongs."""

    code = "for_secretariat"
    told: tuple[str, ...] = ()
    """What the file says, a sentence each."""
    signer: str = ""
    """The fingerprint of the certificate that signed it."""

    def sentence(self) -> str:
        return _("“{file}” is sound and meant for the secretariat's register. Nothing was changed here.").format(
            file=self.file
        )


def described(kind: Kind, sealed: Sealed) -> ForSecretariatError:
    """What the file is and says, once it has been checked as a register would.

    Raises:
        FileError: of the class that says what is wrong with it.
    """
    opened = envelope.whole(kind, sealed)
    if kind is Kind.ENROLMENT:
        asked = enrolment.parse(opened, file=sealed.file)
        who, made = asked.value.assessor, formatting.moment(asked.value.created_at)
        lines = (
            _("An enrolment of {name}.").format(name=", ".join(filter(None, (who.name, who.organisation)))),
            _("The key lies on {device} and was made {moment}.").format(device=asked.value.device, moment=made),
        )
        return ForSecretariatError(sealed.file, lines, asked.fingerprint)
    read = bundle.parse(opened, file=sealed.file)
    count = len(read.bundle.assessments)
    lines = (
        plural("{n} assessment by {name} in call {call}.", "{n} assessments by {name} in call {call}.", count).format(
            n=formatting.count(count), name=read.bundle.assessor.name, call=read.bundle.call.id
        ),
        _("Signed {moment}; not a byte has changed since.").format(moment=formatting.moment(read.signed_at)),
    )
    return ForSecretariatError(sealed.file, lines, read.fingerprint)
