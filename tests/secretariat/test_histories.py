"""Merging is a set union (R8): random histories with an unreliable courier, and every order of eight bundles.

Real files and real databases; `make soak` runs the long versions: `ESF_SOAK_HISTORIES` says how many histories,
`ESF_HISTORIES` how many are tried in the short one.
"""

import itertools
import math
import os
import tempfile
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from esf_desktop.exchange import canonical
from esf_desktop.model import Assessment, Declaration, Rating
from esf_desktop.secretariat import tables, trust
from esf_desktop.secretariat.merge import Outcome
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.soundness import faults
from esf_desktop.secretariat.view import view_sha256
from tests.secretariat.files import assessment, bundle, call_package, enrolment, merged, register, revised
from tests.secretariat.samples import AT

LONG = int(os.environ.get("ESF_SOAK_HISTORIES", "20000"))
SHORT = int(os.environ.get("ESF_HISTORIES", "500"))


def quick_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder in memory where the system has one: what is tried here is the union, and not the disk."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)


@cache
def furnished(call: bool) -> bytes:
    """The file of a register that trusts two assessors, and perhaps knows the call."""
    with quick_folder() as folder:
        register(Path(folder), call=call, people=2).close()
        return (Path(folder) / "register.esfdb").read_bytes()


def again(folder: Path, *, call: bool = True) -> Register:
    """A new register of that kind."""
    folder.mkdir()
    (folder / "register.esfdb").write_bytes(furnished(call))
    return Register.open(folder / "register.esfdb")


class Registers(RuleBasedStateMachine):
    """Two registers get what two assessors send, in different orders; one hears of the call late."""

    written = Bundle("written")
    files = Bundle("files")

    def __init__(self) -> None:
        super().__init__()
        self.folder = quick_folder()
        self.registers = [again(Path(self.folder.name) / n, call=n == "a") for n in "ab"]
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

    @initialize(target=written, rating=st.sampled_from(Rating))
    def begun(self, rating: Rating) -> tuple[int, Assessment]:
        return 0, assessment(0, ratings={"SAM": rating})

    @rule(target=written, by=st.integers(0, 1), application=st.integers(0, 1), rating=st.sampled_from(Rating))
    def begin(self, by: int, application: int, rating: Rating) -> tuple[int, Assessment]:
        return by, assessment(application, ratings={"SAM": rating})

    @rule(target=written, before=written, salt=st.integers(0, 2), jump=st.booleans())
    def revise(self, before: tuple[int, Assessment], salt: int, jump: bool) -> tuple[int, Assessment]:
        by, parent = before
        return by, revised(parent, salt=salt, revision=parent.revision + 3 if jump else None)

    @rule(target=files, one=written, other=written, to=st.sampled_from([(), (0,), (1,), (0, 1)]))
    def send(self, one: tuple[int, Assessment], other: tuple[int, Assessment], to: tuple[int, ...]) -> bytes:
        together = [one[1], other[1]] if one[0] == other[0] and one[1] != other[1] else [one[1]]
        content = bundle(one[0], together)
        self.sent.append(content)
        for n in to:
            self.deliver(content, n, times=1, spoilt=False)
        return content

    @rule(content=files, to=st.integers(0, 1), times=st.integers(1, 2), spoilt=st.booleans())
    def deliver(self, content: bytes, to: int, times: int, spoilt: bool) -> None:
        damaged = [content[:-1]] if spoilt else []
        rows = merged(self.registers[to], *damaged, *[content] * times)
        assert [row.outcome for row in rows].count(Outcome.REFUSED) == len(damaged)
        assert not trust.enrol(self.registers[to], enrolment(0), file="a.esfenrol", at=AT).new

    @invariant()
    def nothing_accepted_disappears(self) -> None:
        for one, seen in zip(self.registers, self.seen, strict=True):
            present = {canonical.identity(d.assessment) for d in one.delivered()}
            assert seen <= present
            seen |= present


def histories(number: int, steps: int) -> None:
    """So many random histories of at most so many steps, in each of which both registers agree in the end."""
    chosen = settings(
        max_examples=number,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Registers, settings=chosen)


def test_two_registers_agree_in_the_end_whatever_the_courier_did() -> None:
    histories(SHORT, 8)


@pytest.mark.soak
def test_two_registers_agree_after_many_histories(capsys: pytest.CaptureFixture[str]) -> None:
    histories(LONG, 12)
    with capsys.disabled():
        print(f"\nrandom histories: {LONG}, one view each, nothing accepted disappeared")


class Forgetful(Registers):
    """Registers that lose their oldest assessment when something arrives: the mistake that the histories must see."""

    @invariant()
    def something_is_lost(self) -> None:
        a = tables.assessment.c
        with self.registers[0].transaction() as connection:
            rows = connection.execute(sa.select(a.identity).order_by(a.revision)).scalars().all()
            if len(rows) > 1:
                connection.execute(tables.assessment.delete().where(a.identity == rows[0]))


def test_registers_that_forget_are_caught() -> None:
    chosen = settings(max_examples=60, stateful_step_count=12, deadline=None, database=None, phases=[Phase.generate])
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Forgetful, settings=chosen)


def eight() -> tuple[bytes, ...]:
    """Bundles with a chain of three, a fork, its joining, a repetition, and an assessor who abstains."""
    first, other = assessment(), assessment(1)
    second, third = revised(first), revised(first, salt=1)
    joined = revised(second, third, salt=2)
    return (
        bundle(0, [first]),
        bundle(0, [second]),
        bundle(0, [third, other]),
        bundle(0, [joined]),
        bundle(0, [revised(joined, salt=3)]),
        bundle(0, [first, other]),
        bundle(1, [assessment(0, answer=Declaration.RECUSED)]),
        bundle(1, [assessment(1, ratings={"SAM": Rating.NOT_MET})]),
    )


def orders(every: int) -> int:
    """Merge the eight in each `every`-th order, in one merge or two; how many orders gave the one view."""
    bundles = eight()
    with quick_folder() as folder, again(Path(folder) / "r") as one:
        begun = len(one.events())
        views = set()
        count = 0
        for number, order in enumerate(itertools.permutations(bundles)):
            if number % every:
                continue
            with one.transaction() as connection:
                for table in (tables.content, tables.assessment, tables.bundle):
                    connection.execute(table.delete())
                connection.execute(tables.event.delete().where(tables.event.c.number > begun))
            for start, end in ((0, number % 8), (number % 8, 8)):
                assert Outcome.REFUSED not in {row.outcome for row in merged(one, *order[start:end])}
            views.add(view_sha256(one))
            count += 1
        assert faults(one) == ()
    assert len(views) == 1
    return count


def test_the_order_of_eight_bundles_changes_nothing() -> None:
    assert orders(331) == math.ceil(math.factorial(8) / 331)


@pytest.mark.soak
def test_every_order_of_eight_bundles_gives_one_view(capsys: pytest.CaptureFixture[str]) -> None:
    count = orders(1)
    with capsys.disabled():
        print(f"\norders of eight bundles: {count}, one view")
    assert count == math.factorial(8)
