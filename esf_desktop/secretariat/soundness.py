"""Whether a register is as it was written: its pages, and the chain of its events."""

from esf_desktop.i18n import _
from esf_desktop.model import Value
from esf_desktop.secretariat.events import BrokenChainError
from esf_desktop.secretariat.register import Register


class Fault(Value, frozen=True):
    """Something in a register that is not as it should be; `place` is for whoever looks into it."""

    code: str
    place: str

    def sentence(self) -> str:
        """The fault in words."""
        if self.code == "broken_chain":
            return self.place
        return _("The database file is damaged: {place}.").format(place=self.place)


def faults(register: Register) -> tuple[Fault, ...]:
    """Every way in which the register is wrong; empty when it is sound."""
    with register.transaction() as connection:
        answers = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    found = [Fault("damaged", str(answer)) for answer in answers if answer != "ok"]
    found += [Fault("damaged", str(tuple(row))) for row in loose]
    try:
        register.events()
    except BrokenChainError as broken:
        found.append(Fault("broken_chain", broken.sentence()))
    return tuple(found)
