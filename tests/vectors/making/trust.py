"""Sound files that meet a reader who trusts, or a register that knows: what they are then, and what they are not."""

from typing import Any

from esf_desktop.exchange.canonical import digest, identity
from tests.vectors.making import material
from tests.vectors.making.keys import key
from tests.vectors.making.material import Vector, Vectors, assessment, bundle, call, call_package, enrolment

HEX = "a" * 64
CALL = ("call", "good/call.esfcall")
TRUST = ("trust", "good/assessor.esfenrol")
READY = (CALL, TRUST)


def put(**changes: object) -> bytes:
    """The bundle with something else on its outermost level."""
    return bundle(lambda plain: plain.update(changes))


def referring(**changes: object) -> bytes:
    """The bundle that refers to another call."""
    return bundle(lambda plain: plain["call"].update(changes))


def assessed(**changes: object) -> bytes:
    """The bundle with something else in its assessment."""
    return bundle(lambda plain: plain["assessments"][0].update(changes))


def judged(**changes: object) -> bytes:
    """The bundle with something else in its first judgement."""
    return bundle(lambda plain: plain["assessments"][0]["judgements"][0].update(changes))


def ticking(plain: Any) -> None:
    """The call asks for ticks alone."""
    plain.update(scale="tick")


def _tick_call() -> bytes:
    return call_package(ticking)


def studying(plain: Any) -> None:
    """The first application is a förstudie, which is asked less."""
    plain["applications"][0]["project_type"] = "feasibility_study"
    area = plain["framework"]["areas"][0]
    area["questions"][1]["for_feasibility_study"] = False
    plain["framework"]["principles"][0]["for_feasibility_study"] = False


def _study() -> bytes:
    return call_package(studying)


def answering(*, judgement: int) -> bytes:
    """A bundle of the förstudie with one of the sample's judgements alone."""
    from esf_desktop.exchange.call_package import read_call_package

    framework = identity(read_call_package(_study(), file="call.esfcall").call.framework)

    def edit(plain: Any) -> None:
        plain["call"].update(_of(_study()))
        assessment = plain["assessments"][0]
        assessment.update(judgements=assessment["judgements"][judgement:][:1], framework_sha256=framework)

    return bundle(edit)


def _of(package: bytes) -> dict[str, object]:
    """How a bundle refers to a call package."""
    from esf_desktop.exchange.call_package import read_call_package

    signed = read_call_package(package, file="call.esfcall")
    return {"id": signed.call.id, "sha256": signed.sha256, "version": signed.call.call_version}


def revised(number: int, *parents: str, overall: str = "Ändrad.") -> bytes:
    """A bundle of a revision with those parents."""

    def edit(plain: Any) -> None:
        plain["bundle_id"] = f"7c2a9c1e-{1000 + number}-4222-8333-{digest(overall.encode())[:12]}"
        plain["assessments"][0].update(revision=number, parents=list(parents), overall=overall)

    return bundle(edit)


def _refused() -> dict[str, tuple[bytes, str, str | None, str, dict[str, Any]]]:
    merged: dict[str, Any] = {"by": "merge", "given": READY, "outcome": "refused"}
    called: dict[str, Any] = {"by": "call", "given": (CALL,)}
    good, first = bundle(), identity(assessment())
    assert first
    return {
        "stranger.esfbundle": (
            bundle(by="stranger"), "unknown_signer", None, "A stranger signed it.", {"trust": ("assessor",)},
        ),
        "secretariat-is-not-the-assessor.esfbundle": (
            good, "unknown_signer", None, "Its signer is not the one who is trusted.", {"trust": ("secretariat",)},
        ),
        "second-certificate-of-the-same-person.esfbundle": (
            bundle(who="second-device"), "unknown_signer", None, "Its signer has another certificate of that name.",
            {"trust": ("assessor",)},
        ),
        "call-of-another-secretariat.esfcall": (
            call_package(by="other-secretariat"), "unknown_signer", None, "A secretariat of the same name signed it.",
            {"trust": ("secretariat",)},
        ),
        "receipt-of-the-assessor.esfreceipt": (
            material.receipt(by="assessor"), "unknown_signer", None, "The assessor signed the receipt.",
            {"trust": ("secretariat",)},
        ),
        "enrolment-of-a-stranger.esfenrol": (
            enrolment(by="stranger"), "unknown_signer", None, "A stranger introduces himself as somebody else.",
            {"trust": ("assessor",)},
        ),
        "unknown-signer-before-payload.esfbundle": (
            material.bundle_with(b"[" * 1000, by="stranger"), "unknown_signer", None,
            "Nothing of a payload is parsed that a stranger signed.", {"trust": ("assessor",)},
        ),
        "nobody-enrolled.esfbundle": (
            good, "unknown_signer", None, "The register has enrolled nobody.", merged | {"given": (CALL,)},
        ),
        "another-enrolled.esfbundle": (
            good, "unknown_signer", None, "The register has enrolled somebody else.",
            merged | {"given": (CALL, ("trust", "good/other-assessor.esfenrol"))},
        ),
        "revoked.esfbundle": (
            bundle(who="revoked"), "revoked_signer", None, "Its key was blocked before it came.",
            merged | {"given": (CALL, ("trust", "good/revoked.esfenrol"), ("revoke", "revoked"))},
        ),
        "signed-by-the-secretariat.esfbundle": (
            bundle(lambda p: p["assessor"].update(certificate_sha256=key("secretariat").fingerprint), by="secretariat"),
            "unknown_signer", None, "The secretariat signed a bundle.", merged,
        ),
        "wrong-person.esfbundle": (
            bundle(lambda p: p["assessor"].update(id=material.PEOPLE["other-assessor"].id)), "wrong_person", None,
            "It names another person than its key was enrolled for.", merged,
        ),
        "enrolment-instead-of-bundle.esfbundle": (
            enrolment(), "wrong_kind", None, "It is an enrolment, named as a bundle.", merged,
        ),
        "call-instead-of-bundle.esfbundle": (
            call_package(), "wrong_kind", None, "It is the call package, named as a bundle.", merged,
        ),
        "receipt-instead-of-bundle.esfbundle": (
            material.receipt(), "wrong_kind", None, "It is a receipt, named as a bundle.", merged,
        ),
        "to-another-secretariat.esfbundle": (
            put(to=key("other-secretariat").fingerprint), "wrong_addressee", None,
            "It is addressed to another.", merged,
        ),
        "of-another-call.esfbundle": (
            referring(id="2026-ON-2"), "wrong_call", "other_call", "It answers another call.", merged,
        ),
        "of-another-wording.esfbundle": (
            referring(sha256=HEX), "wrong_call", "other_call", "It answers a version of other wording.", merged,
        ),
        "of-an-unknown-version-of-another-call.esfbundle": (
            referring(id="2026-ON-2", version=7), "wrong_call", None, "It answers another call's version 7.", merged,
        ),
        "of-a-practice-round.esfbundle": (
            put(practice=True), "practice_data", None,
            "It is of a practice round.", merged,
        ),
        "real-in-a-practice-round.esfbundle": (
            good, "real_data", None, "It is real, the register is for practice.",
            merged | {"given": (("call", "good/call-practice.esfcall"), TRUST)},
        ),
        "application-unknown.esfbundle": (
            assessed(application="2026/00999"), "wrong_call", "other_application", "It assesses what is not called.",
            merged,
        ),
        "criterion-unknown.esfbundle": (
            judged(criterion="XYZ"), "unknown_criterion", "criterion",
            "It rates a criterion that does not exist.", merged,
        ),
        "criterion-not-selected.esfbundle": (
            judged(criterion="GEO"), "unknown_criterion", "criterion",
            "It rates a principle that is not selected.", merged,
        ),
        "rating-outside-the-scale.esfbundle": (
            bundle(lambda p: p["call"].update(_of(_tick_call()))), "unknown_criterion", "rating",
            "It rates partly where only ticks are asked for.",
            merged | {"given": (("call", "trust/call-with-ticks.esfcall"), TRUST)},
        ),
        "main-area-unknown.esfbundle": (
            assessed(main_area="SAM"), "unknown_criterion", "main_area", "Its main area is a principle.", merged,
        ),
        "questions-too-few.esfbundle": (
            judged(questions=["yes"]), "bad_payload", "questions", "It answers one question of two.", merged,
        ),
        "principle-not-asked-of-a-study.esfbundle": (
            answering(judgement=0), "unknown_criterion", "criterion", "It rates what a förstudie is not asked.",
            merged | {"given": (("call", "trust/call-with-study.esfcall"), TRUST)},
        ),
        "question-not-asked-of-a-study.esfbundle": (
            answering(judgement=1), "unknown_criterion", "question_not_asked",
            "It answers a question that a förstudie is not asked.",
            merged | {"given": (("call", "trust/call-with-study.esfcall"), TRUST)},
        ),
        "framework-of-other-wording.esfbundle": (
            assessed(framework_sha256=HEX), "bad_payload", "other_framework", "Its framework is another.", merged,
        ),
        "call-of-another-key.esfcall": (
            call_package(material.next_version, by="other-secretariat"), "other_secretariat", None,
            "Another key signed the second version.", called,
        ),
        "call-of-another-name.esfcall": (
            call_package(lambda p: p.update(id="2026-ON-2")), "wrong_call", None, "It is another call.", called,
        ),
        "call-changed-in-silence.esfcall": (
            call_package(lambda p: p.update(title="Annat")), "changed_call", None,
            "Version 1 has two wordings.", called,
        ),
        "call-of-a-practice-round.esfcall": (
            call_package(material.practise), "practice_data", None, "It is of a practice round.", called,
        ),
    }  # fmt: skip


def _registered() -> dict[str, tuple[bytes, str, tuple[str, ...], str, dict[str, Any]]]:
    ready: dict[str, Any] = {"by": "merge", "given": READY}
    first = identity(assessment())
    before = ("merge", "good/assessor.esfbundle")
    second = ("merge", "good/second-revision.esfbundle")
    return {
        "trusted.esfbundle": (bundle(), "registered", ("head",), "Everything is as it should be.", ready),
        "second-device.esfbundle": (
            bundle(who="second-device"), "registered", ("head",), "A second computer of the same person signed it.",
            ready | {"given": (*READY, ("trust", "good/second-device.esfenrol"))},
        ),
        "card.esfbundle": (
            bundle(who="card"), "registered", ("head",), "A card signed it.",
            ready | {"given": (CALL, ("trust", "good/card.esfenrol"))},
        ),
        "recused.esfbundle": (bundle(material.recuse), "registered", ("head",), "The assessor abstains.", ready),
        "newer-revision.esfbundle": (
            revised(2, first), "registered", ("head",), "The second revision comes after the first.",
            ready | {"given": (*READY, before)},
        ),
        "older-revision-last.esfbundle": (
            bundle(), "registered", ("superseded",), "The first revision comes after the second.",
            ready | {"given": (*READY, second)},
        ),
        "parent-unknown.esfbundle": (
            revised(2, HEX), "waiting", ("waiting",), "The first revision has not come yet.", ready,
        ),
        "jump.esfbundle": (
            revised(3, first), "registered", ("jump",), "The third revision names the first as its parent.",
            ready | {"given": (*READY, before)},
        ),
        "fork.esfbundle": (
            revised(2, first, overall="Ändrad på ett annat sätt."), "registered", ("fork",),
            "A second revision comes beside another.", ready | {"given": (*READY, before, second)},
        ),
        "two-assessments.esfbundle": (
            bundle(material.second_application), "registered", ("head", "head"),
            "Two applications are assessed.", ready,
        ),
        "call-unknown.esfbundle": (
            bundle(), "waiting", ("waiting",), "The register does not know the call yet.", ready | {"given": (TRUST,)},
        ),
        "call-version-unknown.esfbundle": (
            referring(version=2, sha256=HEX), "waiting", ("waiting",),
            "The call's second version has not come yet.", ready,
        ),
        "again.esfbundle": (
            bundle(), "duplicate", ("head",), "It comes a second time.", ready | {"given": (*READY, before)},
        ),
        "again-after-revocation.esfbundle": (
            bundle(), "duplicate", ("head",), "It came before its key was blocked, and stays.",
            ready | {"given": (*READY, before, ("revoke", "assessor"))},
        ),
    }  # fmt: skip


def vectors() -> Vectors:
    """All of them, by name."""
    made = {
        f"trust/{name}": Vector(content, code, sentence, fault, **more)
        for name, (content, code, fault, sentence, more) in _refused().items()
    }
    for name, (content, outcome, states, sentence, more) in _registered().items():
        code = {"duplicate": "duplicate", "waiting": "waiting"}.get(outcome)
        code = "call_unknown" if name.startswith("call-") else code
        made[f"revision/{name}"] = Vector(content, code, sentence, outcome=outcome, states=states, **more)
    trusting = material.good(bundle(), "Its signer is trusted.", trust=("assessor", "card"))
    made["trust/signer-among-the-trusted.esfbundle"] = trusting
    made["trust/call-with-ticks.esfcall"] = material.good(_tick_call(), "A call that asks for ticks alone.")
    made["trust/call-with-study.esfcall"] = material.good(_study(), "A call with a förstudie that is asked less.")
    made["trust/next-version.esfcall"] = material.good(
        call_package(material.next_version), "The second version of the register's call.", by="call", given=(CALL,)
    )
    assert call().call_version == 1
    return made
