"""A bundle says what its assessor said; anything else has its own reason for being refused."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esf_desktop.errors import EsfError
from esf_desktop.exchange import bundle as bundles
from esf_desktop.exchange import canonical
from esf_desktop.exchange.bundle import read_bundle
from esf_desktop.exchange.canonical import digest, identity
from esf_desktop.model import (
    Answer,
    ApplicationId,
    Assessment,
    ConflictOfInterest,
    CriterionId,
    Declaration,
    DocumentId,
    Evidence,
    Judgement,
    Rating,
    Recommendation,
    Rect,
    replace,
)
from esf_desktop.signing.container import Member
from tests.exchange import forge, samples
from tests.exchange.test_canonical import TEXTS

KEY = samples.keys().assessor
HASHES = st.binary(max_size=4).map(digest)
MOMENTS = st.builds(
    lambda second, hours: datetime.fromtimestamp(second, timezone(timedelta(hours=hours))),
    st.integers(0, 4_000_000_000),
    st.integers(-12, 14),
)
EVIDENCE = st.builds(
    Evidence,
    document=HASHES.map(DocumentId),
    quote=TEXTS,
    page=st.integers(0, 5000),
    label=TEXTS,
    rects=st.lists(st.builds(Rect, *[st.integers(-100, 10**6)] * 4), max_size=3).map(tuple),
) | st.builds(Evidence, document=HASHES.map(DocumentId), quote=TEXTS, block=st.integers(0, 10**6))
JUDGEMENTS = st.builds(
    Judgement,
    criterion=st.text("ABC", min_size=1, max_size=3).map(CriterionId),
    rating=st.none() | st.sampled_from(Rating),
    comment=TEXTS,
    questions=st.lists(st.none() | st.sampled_from(Answer), max_size=5).map(tuple),
    evidence=st.lists(EVIDENCE, max_size=3).map(tuple),
)
ASSESSMENTS = st.builds(
    Assessment,
    assessment_id=st.uuids().map(str),
    application=st.just(ApplicationId("2026/00112")) | st.just(ApplicationId("en egen beteckning")),
    documents=st.lists(HASHES, max_size=3).map(tuple),
    revision=st.just(1),
    parents=st.just(()),
    framework_sha256=HASHES,
    conflict_of_interest=st.builds(
        ConflictOfInterest,
        answer=st.sampled_from([Declaration.NONE, Declaration.POSSIBLE]),
        declared_at=MOMENTS,
        reason=TEXTS,
    ),
    judgements=st.lists(JUDGEMENTS, max_size=3, unique_by=lambda judgement: judgement.criterion).map(tuple),
    main_area=st.none() | st.just(CriterionId("LAR")),
    overall=TEXTS,
    recommendation=st.none() | st.sampled_from(Recommendation),
    signed_off_at=MOMENTS,
)


def code(content: bytes) -> str:
    """What the reader answers: `accepted`, or why not."""
    try:
        read_bundle(content, file="f.esfbundle")
    except EsfError as error:
        return error.code
    return "accepted"


@settings(max_examples=80, deadline=None)
@given(st.lists(ASSESSMENTS, min_size=1, max_size=3, unique_by=identity), st.binary(max_size=50))
def test_what_is_written_is_read_again(assessments: list[Assessment], sheets: bytes) -> None:
    bundle = replace(samples.bundle(), assessments=tuple(assessments))
    content = bundles.write_bundle(bundle, sheets, KEY, at=samples.AT)
    read = read_bundle(content, file="f")
    assert (read.bundle, read.sheets) == (bundle, sheets)
    assert read.identities == tuple(map(identity, assessments))
    assert read.payload == canonical.encode(bundle)
    assert read.fingerprint == KEY.fingerprint


def first(edit: Callable[[Any], None]) -> bytes:
    """The sample with its assessment edited as plain JSON, and signed."""
    return forge.edited(samples.bundle_file(), lambda bundle: edit(bundle["assessments"][0]), KEY)


def judged(**changes: object) -> bytes:
    """The sample with its first judgement changed, and signed."""
    return first(lambda assessment: assessment["judgements"][0].update(changes))


def evidence(**changes: object) -> bytes:
    """The sample with one piece of evidence, and signed."""
    return judged(evidence=[{"document": digest(b"x"), "quote": "q", **changes}])


def without(key: str) -> bytes:
    """The sample with something missing from its assessment, and signed."""
    return first(lambda assessment: assessment.pop(key))


def bundled(**changes: object) -> bytes:
    """The sample changed on its outermost level, and signed."""
    return forge.edited(samples.bundle_file(), lambda bundle: bundle.update(changes), KEY)


def members(change: Callable[[list[Member]], list[Member]]) -> bytes:
    """The sample with other members, and signed."""
    return forge.signed(change(forge.members(samples.bundle_file())), KEY)


RECUSED = {"answer": "recused", "declared_at": "2026-11-23T14:32:08+01:00", "reason": ""}

FORGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing changed": (lambda: bundled(), "accepted"),
    "a later version": (lambda: bundled(version=2), "too_new"),
    "a later version with more in it": (
        lambda: members(
            lambda m: [
                m[0]._replace(content=b'{"type":"esf-desktop/bundle","version":9}'),
                *m[1:],
                m[1]._replace(name="x"),
            ]
        ),
        "too_new",
    ),
    "another kind": (lambda: samples.enrolment_file(), "wrong_kind"),
    "another type in the payload": (lambda: bundled(type="esf-desktop/call"), "bad_payload"),
    "signed by another than it says": (
        lambda: forge.signed(forge.members(samples.bundle_file()), samples.keys().secretariat),
        "wrong_person",
    ),
    "no sheets": (lambda: members(lambda m: m[:1]), "bad_container"),
    "one member more": (lambda: members(lambda m: [*m, Member("x.txt", "text/plain", b"")]), "bad_container"),
    "members in another order": (lambda: members(lambda m: [m[1], m[0]]), "bad_container"),
    "sheets of another type": (
        lambda: members(lambda m: [m[0], m[1]._replace(media_type="text/html")]),
        "bad_container",
    ),
    "no assessments": (lambda: bundled(assessments=[]), "bad_payload"),
    "one assessment twice": (
        lambda: forge.edited(samples.bundle_file(), lambda b: b["assessments"].append(b["assessments"][0]), KEY),
        "bad_payload",
    ),
    "a private note": (lambda: judged(note="hemligt"), "bad_payload"),
    "an identity that is none": (lambda: bundled(bundle_id="x"), "bad_payload"),
    "an assessor without identity": (
        lambda: forge.edited(samples.bundle_file(), lambda b: b["assessor"].update(id="ÅÖ"), KEY),
        "bad_payload",
    ),
    "a hash in capitals": (lambda: bundled(to="A" * 64), "bad_payload"),
    "a hash and a line feed": (lambda: bundled(to="a" * 64 + "\n"), "bad_payload"),
    "a time without zone": (lambda: bundled(claimed_at="2026-11-23T14:32:08"), "bad_payload"),
    "a time spelled otherwise": (lambda: bundled(claimed_at="2026-11-23T14:32:08+00:00"), "bad_payload"),
    "a time with needless fractions": (lambda: bundled(claimed_at="2026-11-23T14:32:08.000Z"), "bad_payload"),
    "a time before all calendars": (lambda: bundled(claimed_at="0001-01-01T00:00:00+23:00"), "bad_payload"),
    "a negative number of a journal": (
        lambda: bundled(journal={"sequence": -1, "head": "a" * 64}),
        "bad_payload",
    ),
    "a revision of nothing": (lambda: first(lambda a: a.update(revision=0)), "bad_payload"),
    "a first revision with parents": (lambda: first(lambda a: a.update(parents=["a" * 64])), "bad_payload"),
    "a second revision without": (lambda: first(lambda a: a.update(revision=2)), "bad_payload"),
    "one parent twice": (
        lambda: first(lambda a: a.update(revision=2, parents=["a" * 64, "a" * 64])),
        "bad_payload",
    ),
    "a second revision": (lambda: first(lambda a: a.update(revision=2, parents=["a" * 64])), "accepted"),
    "a comment too long": (lambda: judged(comment="å" * 20_001), "bad_text"),
    "a comment with hidden characters": (lambda: judged(comment="bra \u202edåd"), "bad_text"),
    "a comment not composed": (lambda: judged(comment="a\u030a"), "bad_payload"),
    "bad UTF-8": (
        lambda: forge.respelled(samples.bundle_file(), lambda p: p.replace(b"Tydligt", b"\xb6", 1), KEY),
        "bad_payload",
    ),
    "an application of two lines": (lambda: first(lambda a: a.update(application="a\nb")), "bad_payload"),
    "an application without end": (lambda: first(lambda a: a.update(application="9" * 201)), "bad_payload"),
    "a criterion without letters": (lambda: judged(criterion=""), "bad_payload"),
    "a rating outside the scale": (lambda: judged(rating="excellent"), "unknown_criterion"),
    "a rating that is a number": (lambda: judged(rating=5), "unknown_criterion"),
    "an answer to a question that is none": (lambda: judged(questions=["maybe"]), "bad_payload"),
    "one criterion twice": (lambda: first(lambda a: a["judgements"].append(a["judgements"][0])), "bad_payload"),
    "no declaration": (lambda: without("conflict_of_interest"), "no_declaration"),
    "an empty declaration": (lambda: first(lambda a: a.update(conflict_of_interest=None)), "no_declaration"),
    "a declaration without answer": (
        lambda: first(lambda a: a["conflict_of_interest"].pop("answer")),
        "no_declaration",
    ),
    "an unknown declaration": (
        lambda: first(lambda a: a["conflict_of_interest"].update(answer="perhaps")),
        "no_declaration",
    ),
    "recused, with ratings": (lambda: first(lambda a: a.update(conflict_of_interest=RECUSED)), "no_declaration"),
    "recused, with a recommendation": (
        lambda: first(lambda a: a.update(conflict_of_interest=RECUSED, judgements=[], main_area=None)),
        "no_declaration",
    ),
    "recused": (
        lambda: first(
            lambda a: a.update(conflict_of_interest=RECUSED, judgements=[], main_area=None, recommendation=None)
        ),
        "accepted",
    ),
    "no time of signing off": (lambda: without("signed_off_at"), "bad_payload"),
    "evidence on a page": (lambda: evidence(page=0), "accepted"),
    "evidence in a block": (lambda: evidence(block=0), "accepted"),
    "evidence nowhere": (lambda: evidence(), "bad_payload"),
    "evidence in both": (lambda: evidence(page=0, block=0), "bad_payload"),
    "evidence in a block with a label": (lambda: evidence(block=0, label="1"), "bad_payload"),
    "evidence in a block with rectangles": (lambda: evidence(block=0, rects=[[1, 2, 3, 4]]), "bad_payload"),
    "evidence on a page before the first": (lambda: evidence(page=-1), "bad_payload"),
    "evidence in a block before the first": (lambda: evidence(block=-1), "bad_payload"),
    "evidence on a page, the block said to be none": (lambda: evidence(page=0, block=None), "bad_payload"),
    "evidence on a page, with an empty label": (lambda: evidence(page=0, label=""), "bad_payload"),
    "evidence on a page, with no rectangles listed": (lambda: evidence(page=0, rects=[]), "bad_payload"),
    "evidence with half a rectangle": (lambda: evidence(page=0, rects=[[1, 2]]), "bad_payload"),
    "evidence with a fraction": (lambda: evidence(page=0, rects=[[1.5, 2, 3, 4]]), "bad_payload"),
    "evidence in no document": (lambda: evidence(page=0, document="../etc/passwd"), "bad_payload"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_bundle_is_refused_for_its_own_reason(name: str) -> None:
    make, expected = FORGED[name]
    assert code(make()) == expected


def test_a_bundle_over_its_limit_is_not_read() -> None:
    assert code(samples.bundle_file() + bytes(64 * 2**20)) == "too_large"


def test_nothing_is_parsed_that_an_unknown_key_signed() -> None:
    content = forge.respelled(samples.bundle_file(), lambda _: b"[" * 1000, KEY)
    with pytest.raises(EsfError) as refused:
        read_bundle(content, file="f", trusted=frozenset({samples.keys().secretariat.fingerprint}))
    assert refused.value.code == "unknown_signer"
    assert getattr(refused.value, "fingerprint", None) == KEY.fingerprint


def test_a_lacking_declaration_is_said_with_its_application() -> None:
    with pytest.raises(EsfError) as refused:
        read_bundle(without("conflict_of_interest"), file="f")
    assert "2026/00112" in refused.value.sentence()


def test_a_bundle_has_no_place_for_private_notes() -> None:
    assert b"note" not in canonical.encode(samples.bundle())
