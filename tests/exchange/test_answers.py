"""Receipts are a set: order, repetition and loss change nothing of what the others say, and what is amiss is told."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop import i18n
from esf_desktop.exchange import answers
from esf_desktop.exchange.answers import Amiss, Flaw, Kept
from esf_desktop.exchange.receipt import Acknowledged, AssessmentState, Outcome
from esf_desktop.i18n import Language
from esf_desktop.model import ApplicationId, replace
from tests.exchange import samples

CODES = (
    "revoked_signer", "wrong_person", "wrong_addressee", "wrong_call", "unknown_criterion", "no_declaration",
    "bad_payload", "practice_data", "real_data",
)  # fmt: skip
"""Every code that `secretariat/merge` refuses a bundle with whose signer it knows."""
BUNDLES = ("c" * 64, "d" * 64, "e" * 64)


def kept(number: int, *, bundle: int = 0, code: str | None = None, variant: int = 0) -> Kept:
    """A receipt of the chain 1, 2, 3 …; a variant is another receipt with the same number."""
    previous = None if number == 1 else f"{number - 1:064x}"
    told = () if code else (Acknowledged(f"{bundle:064x}", ApplicationId("x"), AssessmentState.HEAD),)
    receipt = replace(
        samples.receipt(), number=number, previous=previous, bundle=BUNDLES[bundle], assessments=told, code=code,
        outcome=Outcome.REFUSED if code else Outcome.REGISTERED,
    )  # fmt: skip
    return Kept(f"{variant * 1000 + number:064x}", receipt)


def taken(receipts: list[Kept]) -> tuple[Kept, ...]:
    """What is kept when they come in this order."""
    found: tuple[Kept, ...] = ()
    for one in receipts:
        found = answers.added(found, one)
    return found


MADE = st.builds(
    kept,
    st.integers(1, 6),
    bundle=st.integers(0, 2),
    code=st.sampled_from([None, *CODES]),
    variant=st.integers(0, 1),
)
SETS = st.lists(MADE, unique_by=lambda one: one.sha256)


@given(SETS, st.data())
def test_reordered_and_repeated_receipts_say_the_same(receipts: list[Kept], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(receipts)) if receipts else st.just([]))
    mixed = data.draw(st.permutations([*receipts, *again]))
    first, second = taken(receipts), taken(list(mixed))
    assert first == second
    assert answers.amiss(first) == answers.amiss(second)


@given(st.integers(1, 8), st.sets(st.integers(1, 8)))
def test_of_one_chain_exactly_the_lost_ones_before_the_last_are_told_of(length: int, lost: set[int]) -> None:
    here = [number for number in range(1, length + 1) if number not in lost]
    found = answers.amiss(taken([kept(number) for number in here]))
    assert {one.flaw for one in found} <= {Flaw.GAP}
    told = {number for one in found for number in range(one.first, one.last + 1)}
    assert told == {number for number in lost if number < max(here, default=0)}
    assert all(one.last + 1 < other.first for one, other in pairwise(found))


@given(SETS, st.integers(0, 2))
def test_losing_other_receipts_does_not_change_what_the_latest_says(receipts: list[Kept], bundle: int) -> None:
    identity, of = f"{bundle:064x}", (BUNDLES[bundle],)
    said = answers.answer(taken(receipts), identity, of)
    alone = [one for one in receipts if one.receipt == said]
    assert answers.answer(taken(alone), identity, of) == said
    about = [one for one in receipts if one.receipt.bundle == BUNDLES[bundle]]
    assert (said is None) == (not about)
    if said is not None:
        assert said.number == max(one.receipt.number for one in about)


def test_two_receipts_with_one_number_are_a_step_back_and_a_wrong_previous_is_another_chain() -> None:
    assert answers.amiss(taken([kept(1), kept(1, bundle=1, variant=1)])) == (Amiss(Flaw.STEP_BACK, 1, 1),)
    assert answers.amiss(taken([kept(1, variant=1), kept(2)])) == (Amiss(Flaw.OTHER_CHAIN, 1, 2),)


def test_a_number_far_away_costs_nothing() -> None:
    assert answers.amiss((kept(1), kept(2**53 - 1))) == (Amiss(Flaw.GAP, 2, 2**53 - 2),)


@pytest.mark.parametrize("language", Language)
def test_each_refusal_and_each_flaw_has_a_sentence_of_its_own(language: Language) -> None:
    with i18n.speaking(language):
        said = [answers.sentence(kept(17, code=code).receipt) for code in (*CODES, "other")]
        said += [answers.sentence(kept(17).receipt)]
        flaws = [Amiss(flaw, 16, last).sentence() for flaw in Flaw for last in (16, 17)]
        assert "17" in answers.word(kept(17).receipt)
    assert len(set(said)) == len(said)
    assert all("17" in one for one in said)
    assert all(len(one) <= 140 for one in flaws)
