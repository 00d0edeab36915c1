"""Random histories on real registers: real files, real databases, a courier that cannot be relied on (R8, small)."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from esf_desktop.exchange import canonical
from esf_desktop.model import Assessment, Rating
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.merge import Outcome
from esf_desktop.secretariat.view import view_sha256
from tests.secretariat.files import assessment, bundle, call_package, enrolment, merged, register, revised
from tests.secretariat.samples import AT


class Registers(RuleBasedStateMachine):
    """Two registers get what two assessors send, in different orders; one hears of the call late."""

    written = Bundle("written")
    files = Bundle("files")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.registers = [register(Path(self.folder.name) / n, call=n == "a", people=2) for n in "ab"]
        self.sent: list[bytes] = []
        self.seen: list[set[str]] = [set(), set()]

    def teardown(self) -> None:
        """At the end of each history every register gets everything, and they agree."""
        trust.add_call(self.registers[1], call_package(), file="a.esfcall", at=AT)
        merged(self.registers[0], *self.sent)
        merged(self.registers[1], *reversed(self.sent))
        views = {view_sha256(one) for one in self.registers}
        for one in self.registers:
            assert len(one.events()) >= 3
            one.close()
        self.folder.cleanup()
        assert len(views) == 1

    @rule(target=written, by=st.integers(0, 1), application=st.integers(0, 1), rating=st.sampled_from(Rating))
    def begin(self, by: int, application: int, rating: Rating) -> tuple[int, Assessment]:
        return by, assessment(application, ratings={"SAM": rating})

    @rule(target=written, before=written, salt=st.integers(0, 2), jump=st.booleans())
    def revise(self, before: tuple[int, Assessment], salt: int, jump: bool) -> tuple[int, Assessment]:
        by, parent = before
        return by, revised(parent, salt=salt, revision=parent.revision + 3 if jump else None)

    @rule(target=files, one=written, other=written)
    def export(self, one: tuple[int, Assessment], other: tuple[int, Assessment]) -> bytes:
        together = [one[1], other[1]] if one[0] == other[0] and one[1] != other[1] else [one[1]]
        content = bundle(one[0], together)
        self.sent.append(content)
        return content

    @rule(content=files, to=st.integers(0, 1), times=st.integers(1, 2), spoilt=st.booleans())
    def deliver(self, content: bytes, to: int, times: int, spoilt: bool) -> None:
        damaged = [content[:-1]] if spoilt else []
        rows = merged(self.registers[to], *damaged, *[content] * times)
        assert [row.outcome for row in rows].count(Outcome.REFUSED) == len(damaged)

    @rule(again=st.integers(0, 1))
    def enrol_again(self, again: int) -> None:
        assert not trust.enrol(self.registers[again], enrolment(again), file="a.esfenrol", at=AT).new

    @invariant()
    def nothing_accepted_disappears(self) -> None:
        for one, seen in zip(self.registers, self.seen, strict=True):
            present = {canonical.identity(d.assessment) for d in one.delivered()}
            assert seen <= present
            seen |= present


Registers.TestCase.settings = settings(
    max_examples=20, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
test_two_registers_agree_in_the_end_whatever_the_courier_did = Registers.TestCase
