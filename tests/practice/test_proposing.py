"""The practice round's proposal, whatever the size of the round."""

from pathlib import Path

import pytest

from esf_desktop.model import BudgetPart, replace
from esf_desktop.practice.proposing import propose
from esf_desktop.secretariat import proposal, trust
from esf_desktop.secretariat.moves import Act
from esf_desktop.secretariat.register import Register
from tests.secretariat import files, samples
from tests.secretariat.samples import AT


@pytest.mark.parametrize("count", [1, 2, 3, 12])
def test_every_application_has_a_place_and_the_moves_are_told(tmp_path: Path, count: int) -> None:
    made = samples.call(applications=count)
    applications = tuple(replace(one, requested_support=1_000_000) for one in made.applications)
    call = replace(made, applications=applications, budget=(BudgetPart("Allt", 2_000_000),))
    with Register.open(tmp_path / "register.esfdb") as register:
        trust.add_call(register, files.package(call), file="a.esfcall", at=AT)
        propose(register, at=AT)
        found = proposal.proposal(register)
    assert len(found.applications) == count
    assert found.outcomes
    assert all(move.sentence() for move in found.history.moves)
    if count == 12:
        assert any(len(rank) == 2 for rank in found.order)
        assert Act.UNDONE in [move.proposed.act for move in found.history.moves]
        assert {move.reason for move in found.history.moves} - {""}
