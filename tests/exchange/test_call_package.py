"""A call package says what the secretariat asks, with every document that it names and no other."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esf_desktop.errors import EsfError
from esf_desktop.exchange.call_package import read_call_package, write_call_package
from esf_desktop.exchange.canonical import digest
from esf_desktop.model import ApplicationId, Document, DocumentId, replace
from esf_desktop.signing.container import Member
from tests.exchange import forge, samples

KEY = samples.keys().secretariat


def code(content: bytes) -> str:
    """What the reader answers: `accepted`, or why not."""
    try:
        read_call_package(content, file="f.esfcall")
    except EsfError as error:
        return error.code
    return "accepted"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.binary(max_size=60), max_size=4, unique=True), max_size=4))
def test_what_is_written_is_read_again(files: list[list[bytes]]) -> None:
    content = {DocumentId(digest(inside)): inside for several in files for inside in several}
    application = samples.call().applications[0]
    applications = tuple(
        replace(
            application,
            id=ApplicationId(f"2026/{number}"),
            documents=tuple(Document(DocumentId(digest(one)), "ä.pdf", "application/pdf", len(one)) for one in several),
        )
        for number, several in enumerate(files)
    )
    call = replace(samples.call(), applications=applications, references=())
    kept: dict[DocumentId, bytes] = {}

    def keep(sha256: DocumentId, size: int, pieces: Iterator[bytes]) -> None:
        kept[sha256] = b"".join(pieces)
        assert len(kept[sha256]) == size

    written = write_call_package(call, content, KEY, at=samples.AT)
    read = read_call_package(written, file="f", decide=lambda _signed: keep)
    assert read.call == call
    assert kept == content
    assert read.sha256 == digest(read.payload)


def test_a_document_that_is_named_twice_travels_once() -> None:
    assert [member.name for member in forge.members(samples.call_package())] == [
        "call.json",
        *(f"documents/{sha256}" for sha256 in sorted(samples.documents())),
    ]


def called(edit: Callable[[Any], None]) -> bytes:
    """The sample with its call edited as plain JSON, and signed."""
    return forge.edited(samples.call_package(), edit, KEY)


def members(change: Callable[[list[Member]], list[Member]]) -> bytes:
    """The sample with other members, and signed."""
    return forge.signed(change(forge.members(samples.call_package())), KEY)


def of_first(**changes: object) -> Callable[[Any], None]:
    """The first document of the first application, changed."""
    return lambda call: call["applications"][0]["documents"][0].update(changes)


FORGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing changed": (lambda: called(lambda call: None), "accepted"),
    "a later version": (lambda: called(lambda call: call.update(version=2)), "too_new"),
    "a bundle": (samples.bundle_file, "wrong_kind"),
    "a document missing": (lambda: members(lambda m: m[:-1]), "bad_container"),
    "a document that nobody asked for": (
        lambda: members(lambda m: [*m, Member("documents/" + "f" * 64, "application/octet-stream", b"x")]),
        "bad_container",
    ),
    "documents in another order": (lambda: members(lambda m: [m[0], *reversed(m[1:])]), "bad_container"),
    "a document of another type": (
        lambda: members(lambda m: [m[0], m[1]._replace(media_type="text/html"), *m[2:]]),
        "bad_container",
    ),
    "a document that is another than it says": (
        lambda: members(lambda m: [m[0], m[1]._replace(content=b"x"), *m[2:]]),
        "bad_container",
    ),
    "a document of another size": (lambda: called(of_first(size=1)), "bad_payload"),
    "a document without a hash": (lambda: called(of_first(sha256="../x")), "bad_payload"),
    "one application twice": (
        lambda: called(lambda call: call["applications"].append(call["applications"][0])),
        "bad_payload",
    ),
    "an application without diary number": (
        lambda: called(lambda call: call["applications"][0].update(id=" ")),
        "bad_payload",
    ),
    "one criterion twice": (
        lambda: called(lambda call: call["framework"]["areas"].append(call["framework"]["principles"][0])),
        "bad_payload",
    ),
    "a principle that the framework lacks": (
        lambda: called(lambda call: call["selected_principles"].append("XXX")),
        "bad_payload",
    ),
    "a scale without its words": (lambda: called(lambda call: call["framework"]["steps"].pop()), "bad_payload"),
    "an unknown scale": (lambda: called(lambda call: call.update(scale="stars")), "bad_payload"),
    "an assessor without identity": (
        lambda: called(lambda call: call["assessors"][0].update(id="åsa")),
        "bad_payload",
    ),
    "an assessor who reads what is not there": (
        lambda: called(lambda call: call["assessors"][0].update(reads=["2026/00999"])),
        "bad_payload",
    ),
    "a call before the first": (lambda: called(lambda call: call.update(call_version=0)), "bad_payload"),
    "a day that does not exist": (lambda: called(lambda call: call.update(deadline="2026-02-30")), "bad_payload"),
    "a day with a time": (lambda: called(lambda call: call.update(deadline="2026-12-08T00:00:00Z")), "bad_payload"),
    "a body in hidden characters": (lambda: called(lambda call: call.update(body="\u202ex")), "bad_text"),
    "an unknown key": (lambda: called(lambda call: call.update(notes="x")), "bad_payload"),
    "a default left out": (lambda: called(lambda call: call.pop("practice")), "bad_payload"),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_call_package_is_refused_for_its_own_reason(name: str) -> None:
    make, expected = FORGED[name]
    assert code(make()) == expected


def test_a_package_from_an_unknown_key_is_not_parsed() -> None:
    with pytest.raises(EsfError) as refused:
        read_call_package(samples.call_package(), file="f", trusted=frozenset())
    assert refused.value.code == "unknown_signer"


def test_a_document_that_is_not_at_hand_cannot_be_packed() -> None:
    with pytest.raises(KeyError):
        write_call_package(samples.call(), {}, KEY, at=samples.AT)
