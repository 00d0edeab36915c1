"""Files whose payload has one fault: how it is spelled, or what it says; all are soundly signed."""

from collections.abc import Callable
from typing import Any

from esf_desktop.exchange import canonical
from esf_desktop.exchange.canonical import digest
from tests.vectors.making import material
from tests.vectors.making.material import (
    Vector,
    Vectors,
    bundle,
    bundle_of,
    bundle_with,
    call_package,
    enrolment,
    receipt,
)

HEX = "a" * 64


def spelled(change: Callable[[bytes], bytes]) -> bytes:
    """The bundle with its payload spelled otherwise."""
    payload = canonical.encode(bundle_of())
    changed = change(payload)
    assert changed != payload
    return bundle_with(changed)


def swap(old: str, new: str | bytes) -> bytes:
    """The bundle with one piece of its payload replaced where it first stands."""
    return spelled(lambda payload: payload.replace(old.encode(), new if isinstance(new, bytes) else new.encode(), 1))


def put(**changes: object) -> bytes:
    """The bundle with something else on its outermost level."""
    return bundle(lambda plain: plain.update(changes))


def assessed(**changes: object) -> bytes:
    """The bundle with something else in its assessment."""
    return bundle(lambda plain: plain["assessments"][0].update(changes))


def judged(**changes: object) -> bytes:
    """The bundle with something else in its first judgement."""
    return bundle(lambda plain: plain["assessments"][0]["judgements"][0].update(changes))


def evidence(**changes: object) -> bytes:
    """The bundle with that one piece of evidence."""
    return judged(evidence=[{"document": digest(material.PDF), "quote": "q", **changes}])


def lacking(*path: str) -> bytes:
    """The bundle without a key of its assessment."""

    def drop(plain: Any) -> None:
        inside = plain["assessments"][0]
        for step in path[:-1]:
            inside = inside[step]
        del inside[path[-1]]

    return bundle(drop)


def doubled(plain: Any) -> None:
    """One assessment twice."""
    plain["assessments"] *= 2


def called(**changes: object) -> bytes:
    """The call package with something else on its outermost level."""
    return call_package(lambda plain: plain.update(changes))


def told(**changes: object) -> bytes:
    """The receipt with something else in it."""
    return receipt(lambda plain: plain.update(changes))


def _bundles() -> dict[str, tuple[bytes, str, str | None, str]]:
    bad, text, none = "bad_payload", "bad_text", "no_declaration"
    time = "2026-11-23T14:32:08+01:00"
    recused = {"answer": "recused", "declared_at": time, "reason": ""}
    return {
        # spelling
        "white-space": (swap('":', '": '), bad, "json_spelling", "A blank stands after a colon."),
        "line-feed-after": (spelled(lambda p: p + b"\n"), bad, "json_spelling", "A line feed stands after it."),
        "byte-order-mark": (spelled(lambda p: b"\xef\xbb\xbf" + p), bad, "not_json", "It begins with a mark."),
        "second-value": (spelled(lambda p: p + b"{}"), bad, "not_json", "A second value stands after it."),
        "cut-short": (spelled(lambda p: p[:-1]), bad, "not_json", "Its last brace is missing."),
        "trailing-comma": (spelled(lambda p: p[:-1] + b",}"), bad, "not_json", "A comma stands before the brace."),
        "empty": (bundle_with(b""), bad, "not_json", "The payload is empty."),
        "list": (bundle_with(b"[]"), bad, "wrong_value", "The payload is a list."),
        "utf-16": (spelled(lambda p: p.decode().encode("utf-16")), bad, "bad_utf8", "The payload is UTF-16."),
        "latin-1": (swap("Påhitt", "Påhitt".encode("latin-1")), bad, "bad_utf8", "A letter is in Latin-1."),
        "surrogate": (swap("Påhitt", b"P\xed\xa0\x80hitt"), bad, "bad_utf8", "A surrogate stands in UTF-8."),
        "overlong": (swap("program", b"pro\xc1\xa7ram"), bad, "bad_utf8", "A letter has a byte too many in UTF-8."),
        "letters-by-escape": (swap("Påhitt", "P\\u00e5hitt"), bad, "json_spelling", "A letter is an escape."),
        "slash-by-escape": (swap("2026/00112", "2026\\/00112"), bad, "json_spelling", "A slash is an escape."),
        "half-a-pair-by-escape": (swap("Tydligt", "\\ud800"), bad, "not_json", "Half a pair is an escape."),
        "keys-in-another-order": (
            spelled(lambda p: b'{"version":1,' + p[1:].removesuffix(b',"version":1}') + b"}"), bad, "key_order",
            "A key stands before its place.",
        ),
        "key-twice": (
            swap('"practice":false', '"practice":true,"practice":false'), bad, "duplicate_key", "A key stands twice.",
        ),
        "key-unknown": (put(note="hemligt"), bad, "unknown_key", "There is a key that no version has."),
        "key-unknown-deep": (judged(note="hemligt"), bad, "unknown_key", "A judgement carries a note."),
        "key-missing": (bundle(lambda plain: plain.pop("program")), bad, "missing_key", "A key is missing."),
        "depth": (
            swap('"program":"1.0.0"', '"program":' + "[" * 2000 + "]" * 2000), bad, "too_deep",
            "Lists stand in lists, 2,000 deep.",
        ),
        "float": (swap('"page":13', '"page":13.5'), bad, "wrong_value", "A number has a fraction."),
        "float-of-a-whole": (swap('"page":13', '"page":13.0'), bad, "wrong_value", "13 is spelled 13.0."),
        "exponent": (swap('"page":13', '"page":1e1'), bad, "wrong_value", "10 is spelled 1e1."),
        "minus-zero": (swap('"page":13', '"page":-0'), bad, "json_spelling", "0 is spelled -0."),
        "zero-before": (swap('"page":13', '"page":013'), bad, "not_json", "A number begins with 0."),
        "plus": (swap('"page":13', '"page":+13'), bad, "not_json", "A number begins with a plus."),
        "not-a-number": (swap('"page":13', '"page":NaN'), bad, "not_json", "A number is NaN."),
        "giant-integer": (swap('"page":13', '"page":' + "9" * 400), bad, "wrong_value", "A number has 400 digits."),
        "integer-over-the-limit": (
            swap('"page":13', f'"page":{2**53}'), bad, "wrong_value", "A number is 2 to the power of 53.",
        ),
        "number-as-text": (swap('"page":13', '"page":"13"'), bad, "wrong_value", "A number is a text."),
        "null-for-a-text": (put(program=None), bad, "wrong_value", "A text is null."),
        "not-composed": (judged(comment="a\u030a"), bad, "not_nfc", "A letter and its ring stand apart."),
        "compatible-letter": (judged(comment="\u212b"), bad, "not_nfc", "An Ångström sign stands for Å."),
        # texts
        "text-too-long": (judged(comment="å" * 20_001), text, "too_long", "A comment has 20,001 characters."),
        "text-with-nul": (judged(comment="a\0b"), text, "hidden_character", "A comment has a NUL."),
        "text-with-tab": (judged(comment="a\tb"), text, "hidden_character", "A comment has a tab."),
        "text-with-carriage-return": (judged(comment="a\r\nb"), text, "hidden_character", "It has carriage returns."),
        "text-with-escape": (judged(comment="\x1b[31m"), text, "hidden_character", "A comment speaks to terminals."),
        "text-with-delete": (judged(comment="a\x7f"), text, "hidden_character", "A comment has a delete."),
        "text-with-c1": (judged(comment="a\x85"), text, "hidden_character", "A comment has a control of C1."),
        "text-turned": (judged(comment="\u202etxet"), text, "hidden_character", "A comment turns its direction."),
        "text-isolated": (judged(comment="\u2066x"), text, "hidden_character", "A comment isolates a direction."),
        "text-marked": (judged(comment="x\u200f"), text, "hidden_character", "A comment marks a direction."),
        "text-with-a-byte-order-mark": (judged(comment="\ufeffx"), text, "hidden_character", "It has a mark inside."),
        "text-turned-by-escape": (
            swap("Tydligt", "\\u202e"), text, "hidden_character", "A direction is turned by an escape.",
        ),
        # kind and version
        "later-version": (put(version=2), "too_new", None, "It is of version 2."),
        "later-version-with-more": (put(version=9, more={"a": 1}), "too_new", None, "It is of version 9, with more."),
        "version-zero": (put(version=0), bad, "payload_version", "It is of version 0."),
        "version-as-text": (put(version="1"), bad, "wrong_value", "Its version is a text."),
        "no-version": (bundle(lambda plain: plain.pop("version")), bad, "missing_key", "It has no version."),
        "type-of-another-kind": (put(type="esf-desktop/receipt"), bad, "payload_type", "It says to be a receipt."),
        "no-type": (bundle(lambda plain: plain.pop("type")), bad, "missing_key", "It does not say what it is."),
        # values
        "identity-of-no-uuid": (put(bundle_id="x"), bad, "wrong_value", "Its identity is no UUID."),
        "identity-in-capitals": (
            put(bundle_id="7C2A9C1E-1111-4222-8333-444455556666"), bad, "wrong_value", "Its UUID is in capitals.",
        ),
        "assessor-of-no-uuid": (
            bundle(lambda plain: plain["assessor"].update(id="Åsa")), bad, "identity", "The assessor has no UUID.",
        ),
        "assessor-without-name": (
            bundle(lambda plain: plain["assessor"].update(name=" ")), bad, "name", "The assessor's name is blank.",
        ),
        "assessor-of-two-lines": (
            bundle(lambda plain: plain["assessor"].update(name="Åsa\nÖberg")), bad, "name", "The name has two lines.",
        ),
        "hash-in-capitals": (put(to=HEX.upper()), bad, "wrong_value", "A hash is in capitals."),
        "hash-with-line-feed": (put(to=HEX + "\n"), bad, "wrong_value", "A hash ends with a line feed."),
        "time-without-zone": (put(claimed_at="2026-11-23T14:32:08"), bad, "wrong_value", "A time has no zone."),
        "time-in-another-spelling": (
            put(claimed_at="2026-11-23T14:32:08+00:00"), bad, "json_spelling", "Z is spelled +00:00.",
        ),
        "time-with-needless-fraction": (
            put(claimed_at="2026-11-23T14:32:08.000Z"), bad, "json_spelling", "A time has a fraction of zeros.",
        ),
        "time-of-the-first-year": (put(claimed_at="0001-01-01T00:00:00+23:00"), bad, "moment", "It is of year 1."),
        "time-of-the-last-year": (put(claimed_at="9999-12-31T23:59:59Z"), bad, "moment", "It is of year 9999."),
        "journal-below-zero": (put(journal={"sequence": -1, "head": HEX}), bad, "wrong_value", "A count is -1."),
        "no-assessments": (put(assessments=[]), bad, "no_assessments", "It carries nothing."),
        "assessment-twice": (bundle(doubled), bad, "stands_twice", "An assessment stands twice."),
        "application-of-two-lines": (assessed(application="a\nb"), bad, "name", "A diary number has two lines."),
        "application-too-long": (assessed(application="9" * 201), bad, "name", "A diary number has 201 characters."),
        "criterion-empty": (judged(criterion=""), bad, "name", "A criterion has no letters."),
        "criterion-twice": (
            bundle(lambda plain: plain["assessments"][0].update(
                judgements=plain["assessments"][0]["judgements"][:1] * 2)),
            bad, "stands_twice", "A criterion is judged twice.",
        ),
        "rating-of-no-scale": (judged(rating="excellent"), "unknown_criterion", "rating", "A rating is of no scale."),
        "rating-as-number": (judged(rating=5), "unknown_criterion", "rating", "A rating is a number."),
        "answer-of-no-kind": (judged(questions=["maybe"]), bad, "wrong_value", "A question is answered maybe."),
        "recommendation-of-no-kind": (
            assessed(recommendation="approve"), bad, "wrong_value", "A recommendation is of no kind.",
        ),
        "revision-zero": (assessed(revision=0), bad, "revision", "The revision is 0."),
        "revision-one-with-parent": (assessed(parents=[HEX]), bad, "revision", "The first revision has a parent."),
        "revision-two-without": (assessed(revision=2), bad, "revision", "The second revision has no parent."),
        "parent-twice": (assessed(revision=2, parents=[HEX, HEX]), bad, "stands_twice", "A parent stands twice."),
        "not-signed-off": (lacking("signed_off_at"), bad, "missing_key", "The time of signing off is missing."),
        "evidence-nowhere": (evidence(), bad, "evidence_place", "Evidence has no place."),
        "evidence-in-both": (evidence(page=0, block=0), bad, "evidence_place", "Evidence has two places."),
        "evidence-before-the-first-page": (evidence(page=-1), bad, "evidence_place", "Evidence is on page -1."),
        "evidence-before-the-first-block": (evidence(block=-1), bad, "evidence_place", "Evidence is in block -1."),
        "evidence-in-a-block-with-label": (
            evidence(block=0, label="1"), bad, "evidence_place", "Evidence in a block has a page's label.",
        ),
        "evidence-with-needless-null": (
            evidence(page=0, block=None), bad, "json_spelling", "Evidence says that it has no block.",
        ),
        "evidence-with-empty-label": (evidence(page=0, label=""), bad, "json_spelling", "It has an empty label."),
        "evidence-with-half-a-rectangle": (evidence(page=0, rects=[[1, 2]]), bad, "wrong_value", "Half a rectangle."),
        "evidence-in-no-document": (evidence(page=0, document="../x"), bad, "digest", "Its document is no hash."),
        # declarations
        "declaration-missing": (
            lacking("conflict_of_interest"), none, "declaration_missing", "There is no declaration.",
        ),
        "declaration-null": (
            assessed(conflict_of_interest=None), none, "declaration_missing", "The declaration is null.",
        ),
        "declaration-without-answer": (
            lacking("conflict_of_interest", "answer"), none, "declaration_missing", "The declaration has no answer.",
        ),
        "declaration-of-no-kind": (
            assessed(conflict_of_interest={**recused, "answer": "perhaps"}), none, "declaration_missing",
            "The declaration is neither yes nor no.",
        ),
        "recused-with-ratings": (
            assessed(conflict_of_interest=recused), none, "recused_but_assessed", "The assessor abstains and rates.",
        ),
        "recused-with-recommendation": (
            assessed(conflict_of_interest=recused, judgements=[], main_area=None), none, "recused_but_assessed",
            "The assessor abstains and recommends.",
        ),
        "signed-by-another-than-said": (
            bundle(by="stranger"), "wrong_person", None, "It names another certificate than it is signed with.",
        ),
    }  # fmt: skip


def _others() -> dict[str, tuple[bytes, str, str | None, str]]:
    bad = "bad_payload"

    def principles(edit: Callable[[Any], object]) -> bytes:
        return call_package(lambda plain: edit(plain["framework"]))

    def document(plain: Any) -> None:
        plain["applications"][0]["documents"][0]["size"] += 1

    def twice(of: str) -> bytes:
        return call_package(lambda plain: plain.update({of: plain[of] * 2}))

    reader = {"id": "0b1c2d3e-4f50-4162-8374-95a6b7c8d9e0", "name": "Åsa Öberg", "reads": ["2026/00999"]}
    return {
        "call-version-zero.esfcall": (called(call_version=0), bad, "call_version", "The call's version is 0."),
        "call-recipient-of-no-key.esfcall": (
            called(recipients=["age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"]), bad, "recipients",
            "The call's recipient is not the public half of an age key.",
        ),
        "call-without-name.esfcall": (called(id=""), bad, "name", "The call has no name."),
        "call-principle-unknown.esfcall": (
            called(selected_principles=["XYZ"]), bad, "unknown_principle", "A principle is chosen that does not exist.",
        ),
        "call-principle-twice.esfcall": (
            twice("selected_principles"), bad, "stands_twice",
            "A principle is chosen twice.",
        ),
        "call-application-twice.esfcall": (twice("applications"), bad, "stands_twice", "An application stands twice."),
        "call-criterion-twice.esfcall": (
            principles(lambda f: f.update(areas=f["principles"])), bad, "stands_twice", "A criterion stands twice.",
        ),
        "call-scale-without-step.esfcall": (
            principles(lambda f: f.update(steps=f["steps"][:3])), bad, "scale_steps", "A step of the scale is missing.",
        ),
        "call-reader-of-nothing-known.esfcall": (
            called(assessors=[reader]), bad, "unknown_reading", "A reader is to read what does not exist.",
        ),
        "call-rule-on-recommendations-null.esfcall": (
            called(third_assessor={"recommendations_apart": None, "steps_apart": 2}), bad, "wrong_value",
            "A rule that is left out when there is none is null.",
        ),
        "call-document-size.esfcall": (call_package(document), bad, "document_size", "A document is larger than said."),
        "call-deadline-of-no-day.esfcall": (
            called(deadline="2026-02-30"), bad, "wrong_value",
            "It ends on 30 February.",
        ),
        "call-key-unknown.esfcall": (called(weights=[1]), bad, "unknown_key", "There is a key that no version has."),
        "call-later-version.esfcall": (called(version=2), "too_new", None, "It is of version 2."),
        "enrolment-of-no-uuid.esfenrol": (
            enrolment(lambda plain: plain["assessor"].update(id="1")), bad, "identity", "The person has no UUID.",
        ),
        "enrolment-without-name.esfenrol": (
            enrolment(lambda plain: plain["assessor"].update(name="")), bad, "name", "The person has no name.",
        ),
        "enrolment-of-the-first-year.esfenrol": (
            enrolment(lambda plain: plain.update(created_at="0001-01-01T00:00:00Z")), bad, "moment", "It is of year 1.",
        ),
        "enrolment-key-unknown.esfenrol": (
            enrolment(lambda plain: plain.update(personnummer="x")), bad, "unknown_key", "There is a key too many.",
        ),
        "enrolment-turned.esfenrol": (
            enrolment(lambda plain: plain.update(device="\u202epotpal")), "bad_text", "hidden_character",
            "The device's name turns its direction.",
        ),
        "receipt-number-zero.esfreceipt": (told(number=0), bad, "receipt_number", "Its number is 0."),
        "receipt-first-with-previous.esfreceipt": (
            told(previous=HEX), bad, "receipt_number", "The first one names one before it.",
        ),
        "receipt-second-without-previous.esfreceipt": (
            told(number=2), bad, "receipt_number", "The second one names none before it.",
        ),
        "receipt-refused-without-code.esfreceipt": (
            told(outcome="refused"), bad, "receipt_code", "A refusal says no code.",
        ),
        "receipt-registered-with-code.esfreceipt": (
            told(code="altered"), bad, "receipt_code",
            "A code, but no refusal.",
        ),
        "receipt-of-no-outcome.esfreceipt": (told(outcome="lost"), bad, "wrong_value", "Its outcome is of no kind."),
        "receipt-of-no-state.esfreceipt": (
            receipt(lambda plain: plain["assessments"][0].update(state="lost")), bad, "wrong_value",
            "A state is of no kind.",
        ),
    }  # fmt: skip


def vectors() -> Vectors:
    """All of them, by name."""
    named = {f"{name}.esfbundle": made for name, made in _bundles().items()} | _others()
    return {
        f"payload/{name}": Vector(content, code, sentence, fault)
        for name, (content, code, fault, sentence) in named.items()
    } | {
        "good/longest-comment.esfbundle": material.good(
            judged(comment="å" * 20_000), "A comment of 20,000 characters is taken."
        ),
        "good/every-letter.esfbundle": material.good(
            judged(comment='á č đ ŋ š ŧ ž ï 😀 ”§” \\ " \u0301'), "A comment with letters of many kinds."
        ),
        "good/evidence-without-rectangles.esfbundle": material.good(
            evidence(page=0), "Evidence on a page without rectangles."
        ),
        "good/possible-conflict.esfbundle": material.good(
            bundle(lambda plain: plain["assessments"][0]["conflict_of_interest"].update(answer="possible")),
            "The assessor asks the secretariat about a conflict of interest.",
        ),
        "good/time-with-fraction.esfbundle": material.good(
            put(claimed_at="2026-11-23T14:32:08.250000+01:00"), "A time with microseconds."
        ),
    }
