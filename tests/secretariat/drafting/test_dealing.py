"""Who reads what, dealt out evenly."""

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.secretariat.drafting.dealing import deal


@given(st.integers(0, 40), st.integers(1, 12), st.integers(0, 14))
def test_every_application_has_its_readers_and_nobody_reads_two_more_than_another(
    applications: int, assessors: int, readers: int
) -> None:
    numbers = [f"2026/{n:05}" for n in range(applications)]
    dealt = deal(numbers, [f"b{n}" for n in range(assessors)], readers)
    read = Counter(number for given_ in dealt.values() for number in given_)
    assert all(read[number] == min(readers, assessors) for number in numbers)
    loads = [len(given_) for given_ in dealt.values()]
    assert max(loads) - min(loads) <= 1
    for given_ in dealt.values():
        assert list(given_) == sorted(set(given_))


def test_the_same_two_do_not_always_meet() -> None:
    dealt = deal([str(n) for n in range(12)], list("abcd"), 2)
    pairs = Counter(frozenset(pair) for pair in combinations("abcd", 2) for n in dealt[pair[0]] if n in dealt[pair[1]])
    assert set(pairs.values()) == {2}
