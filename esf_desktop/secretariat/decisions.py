"""The decisions of trust as people read them: what was decided, about whose key, when, by whom and why."""

from collections.abc import Iterable

import msgspec

from esf_desktop.i18n import _
from esf_desktop.model import Value
from esf_desktop.secretariat.events import Event, Kind, fact
from esf_desktop.secretariat.register import Enrolled, Register


class Decision(Value, frozen=True):
    """One numbered decision of the register; `hash` ties it to every one before."""

    number: int
    at: str
    kind: Kind
    fingerprint: str
    name: str
    """Whose key it was about; the call's id when it was the secretariat's."""
    device: str
    reason: str
    by: str
    hash: str

    def sentence(self) -> str:
        """The decision in words."""
        return _SENTENCES[self.kind]().format(name=self.name)


_SENTENCES = {
    Kind.ENROLLED: lambda: _("The key of {name} is trusted."),
    Kind.REVOKED: lambda: _("The key of {name} is blocked."),
    Kind.DIFFERED: lambda: _("The fingerprint of {name} did not agree."),
    Kind.CALL_ADDED: lambda: _("The secretariat's key is trusted for the call {name}."),
}


def decisions(register: Register) -> tuple[Decision, ...]:
    """Every decision of trust, oldest first, each checked against the chain of events.

    A call counts when its key was new: the first version, and one that was signed by a renewed key.

    Raises:
        BrokenChainError: the register was changed from outside.
    """
    return tuple(_decisions(register.events()))


def _decisions(events: Iterable[Event]) -> Iterable[Decision]:
    secretariat = ""
    for event in events:
        if event.kind is Kind.CALL_ADDED:
            facts = msgspec.json.decode(event.facts)
            if facts["signer"] != secretariat:
                secretariat = facts["signer"]
                yield _decision(event, secretariat, facts["id"])
        elif event.kind in _SENTENCES:
            yield _decision(event, event.subject, fact(event.facts, "name"))


def _decision(event: Event, fingerprint: str, name: str) -> Decision:
    told = (fact(event.facts, "device"), fact(event.facts, "reason"), fact(event.facts, "by"))
    return Decision(event.number, event.at, event.kind, fingerprint, name, *told, event.hash)


def state(one: Enrolled) -> str:
    """Whether the key is trusted, since when, and why not."""
    if one.revoked_at is None:
        return _("trusted since {date}").format(date=one.enrolled_at[:10])
    said = _("blocked {date}").format(date=one.revoked_at[:10])
    return f"{said}: {one.reason}" if one.reason else said
