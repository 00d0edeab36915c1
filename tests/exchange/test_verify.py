"""Any file is known by its content, trusted by its fingerprint, and a bundle is held against its call."""

from collections.abc import Callable
from typing import Any

import pytest

from esf_desktop import i18n
from esf_desktop.errors import EsfError
from esf_desktop.exchange.bundle import Bundle, CallReference
from esf_desktop.exchange.call_package import SignedCall
from esf_desktop.exchange.errors import WrongKindError
from esf_desktop.exchange.kinds import Kind
from esf_desktop.exchange.verify import check_bundle_against_call, examine, looks_like_ours
from esf_desktop.model import (
    ApplicationId,
    Call,
    ConflictOfInterest,
    CriterionId,
    Declaration,
    Judgement,
    Rating,
    Scale,
    replace,
)
from tests.exchange import forge, samples

FILES: dict[Kind, Callable[[], bytes]] = {
    Kind.ENROLMENT: samples.enrolment_file,
    Kind.CALL: samples.call_package,
    Kind.BUNDLE: samples.bundle_file,
    Kind.RECEIPT: samples.receipt_file,
}


@pytest.mark.parametrize("kind", Kind)
def test_a_file_is_known_by_its_content(kind: Kind) -> None:
    content = FILES[kind]()
    examined = examine(content, file="renamed.pdf")
    key = samples.keys().assessor if kind in (Kind.ENROLMENT, Kind.BUNDLE) else samples.keys().secretariat
    assert (examined.kind, examined.signer, examined.fingerprint) == (kind, key.name, key.fingerprint)
    assert examined.trusted is None
    assert len(examined.assessments) == (kind is Kind.BUNDLE)
    assert examine(content, file="f", trusted=frozenset({key.fingerprint})).trusted is True


@pytest.mark.parametrize("kind", Kind)
def test_a_file_of_an_unknown_key_is_refused_when_it_matters(kind: Kind) -> None:
    with pytest.raises(EsfError) as refused:
        examine(FILES[kind](), file="f", trusted=frozenset({"0" * 64}))
    assert refused.value.code == "unknown_signer"


@pytest.mark.parametrize("kind", Kind)
def test_no_flipped_bit_of_any_file_is_accepted(kind: Kind) -> None:
    content = FILES[kind]()
    for at in range(0, len(content), 1 if len(content) < 4096 else 7):
        changed = content[:at] + bytes((content[at] ^ 1 << at % 8,)) + content[at + 1 :]
        with pytest.raises(EsfError):
            examine(changed, file="f")


def test_a_payload_that_none_of_us_writes_is_refused() -> None:
    members = [member._replace(name="other.json") for member in forge.members(samples.enrolment_file())]
    with pytest.raises(EsfError) as refused:
        examine(forge.signed(members, samples.keys().assessor), file="f")
    assert refused.value.code == "bad_container"


def test_a_file_was_meant_to_be_ours_by_its_beginning_or_its_name() -> None:
    assert looks_like_ours(samples.bundle_file(), "a.zip")
    assert looks_like_ours(b"", "a.ESFBUNDLE")
    assert not looks_like_ours(b"%PDF", "a.pdf")


def test_the_wrong_kind_is_named_in_both_languages() -> None:
    error = WrongKindError("f.esfenrol", Kind.ENROLMENT, Kind.BUNDLE)
    assert "anmälan" in error.sentence()
    assert "bedömningspaket" in error.sentence()
    i18n.use(i18n.Language.ENGLISH)
    assert "“bundle”" in error.sentence()


def answer(bundle: Bundle, call: Call | None = None, *, to: str | None = None) -> str:
    """What holding the bundle against the call says: `accepted`, or why not."""
    try:
        check_bundle_against_call(
            bundle,
            call or samples.call(),
            call_sha256=samples.call_sha256(),
            secretariat_fingerprint=to or samples.keys().secretariat.fingerprint,
            file="f",
        )
    except EsfError as error:
        return error.code
    return "accepted"


def judging(**changes: Any) -> Bundle:
    """The sample with its first judgement changed."""
    assessment = samples.assessment()
    first, *rest = assessment.judgements
    changed = replace(assessment, judgements=(replace(first, **changes), *rest))
    return replace(samples.bundle(), assessments=(changed,))


def assessing(**changes: Any) -> Bundle:
    """The sample with its assessment changed."""
    return replace(samples.bundle(), assessments=(replace(samples.assessment(), **changes),))


RECUSED = ConflictOfInterest(Declaration.RECUSED, samples.LOCAL)

AGAINST: dict[str, tuple[Callable[[], str], str]] = {
    "nothing changed": (lambda: answer(samples.bundle()), "accepted"),
    "for another secretariat": (lambda: answer(samples.bundle(), to="0" * 64), "wrong_addressee"),
    "of another call": (
        lambda: answer(replace(samples.bundle(), call=CallReference(samples.call().id, 1, "0" * 64))),
        "wrong_call",
    ),
    "of another version of the call": (
        lambda: answer(replace(samples.bundle(), call=replace(samples.bundle().call, version=2))),
        "wrong_call",
    ),
    "of practice": (lambda: answer(replace(samples.bundle(), practice=True)), "wrong_call"),
    "of an application that was not sent": (
        lambda: answer(assessing(application=ApplicationId("2026/00999"))),
        "wrong_call",
    ),
    "of another framework": (lambda: answer(assessing(framework_sha256="0" * 64)), "bad_payload"),
    "of a criterion that is not asked about": (
        lambda: answer(judging(criterion=CriterionId("XXX"))),
        "unknown_criterion",
    ),
    "of a principle that was not selected": (
        lambda: answer(samples.bundle(), replace(samples.call(), selected_principles=())),
        "unknown_criterion",
    ),
    "with a rating outside the scale": (
        lambda: answer(judging(rating=Rating.PARTLY), replace(samples.call(), scale=Scale.TICK)),
        "unknown_criterion",
    ),
    "with a main area that is a principle": (
        lambda: answer(assessing(main_area=samples.call().principles[0].id)),
        "unknown_criterion",
    ),
    "with one answer too few": (lambda: answer(judging(questions=(None,))), "bad_payload"),
    "with no answers": (lambda: answer(judging(questions=())), "accepted"),
    "recused": (
        lambda: answer(assessing(conflict_of_interest=RECUSED, judgements=(), main_area=None, recommendation=None)),
        "accepted",
    ),
    "recused, with a rating": (
        lambda: answer(assessing(conflict_of_interest=RECUSED, judgements=(Judgement(CriterionId("SAM")),))),
        "no_declaration",
    ),
}


@pytest.mark.parametrize("name", AGAINST)
def test_a_bundle_is_held_against_its_call(name: str) -> None:
    make, expected = AGAINST[name]
    assert make() == expected


def test_a_package_and_the_bundles_that_answer_it_belong_together() -> None:
    package = examine(samples.call_package(), file="c").value
    assert isinstance(package, SignedCall)
    check_bundle_against_call(
        samples.bundle(),
        package.call,
        call_sha256=package.sha256,
        secretariat_fingerprint=package.fingerprint,
        file="f",
    )
