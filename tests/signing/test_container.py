"""The container: what is written is read, what was changed is refused, and each fault has its own reason."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esf_desktop.errors import EsfError
from esf_desktop.signing import cms, container, zipped
from esf_desktop.signing.container import Member, StreamMember
from esf_desktop.signing.keys import SigningKey, make_key
from tests.signing.forge import Part, archive, changed, parts_of, swapped

AT = datetime(2026, 11, 23, 14, 32, 8, tzinfo=UTC)
LIMIT = 64 * 2**20
NAMES = st.from_regex(r"[a-z0-9_]{1,9}(/[a-z0-9]{1,9})?(\.json|\.pdf)?", fullmatch=True).filter(
    lambda name: not name.startswith("META-INF")
)


@cache
def key() -> SigningKey:
    """One key for this module."""
    return make_key("Åsa Öberg", "Region Påhitt", at=AT)


@cache
def small() -> bytes:
    """A small sound file of two members."""
    members = (
        Member("bundle.json", "application/json", b'{"a":1}'),
        Member("sheets.pdf", "application/pdf", b"%PDF-1.7 PK"),
    )
    return container.write(members, key(), at=AT)


def code(content: bytes, *, limit: int = LIMIT) -> str:
    """What the reader answers: `accepted`, or why not; and never does it take what it would not write."""
    try:
        opened = container.read(content, file="f.esfbundle", limit=limit)
    except EsfError as error:
        return error.code
    assert rewritten(content, opened) == content
    return "accepted"


def rewritten(content: bytes, opened: container.Opened) -> bytes:
    """What the writer makes of the same members and the same signature."""
    parts = parts_of(content)
    members = [Member(name, opened.media_types[name], inside) for name, inside in opened.members.items()]
    fresh = parts_of(container.write(members, key(), at=opened.signed_at))
    return archive([*fresh[:2], parts[2], *fresh[3:]])


@settings(max_examples=60, deadline=None)
@given(
    members=st.lists(st.tuples(NAMES, st.binary(max_size=300)), min_size=1, max_size=6, unique_by=lambda m: m[0]),
    at=st.integers(-599_616_000, 5_680_281_600).map(lambda second: datetime.fromtimestamp(second, UTC)),
)
def test_what_is_written_is_read_again(members: list[tuple[str, bytes]], at: datetime) -> None:
    content = container.write([Member(name, "text/x", inside) for name, inside in members], key(), at=at)
    opened = container.read(content, file="f", limit=LIMIT)
    assert list(opened.members.items()) == members
    assert opened.signed_at == at
    assert opened.fingerprint == key().fingerprint
    assert opened.certificate == key().certificate
    assert code(content) == "accepted"


def test_the_time_of_signing_is_kept_in_universal_time() -> None:
    summer = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    content = container.write([Member("a", "text/x", b"")], key(), at=summer)
    assert container.read(content, file="f", limit=LIMIT).signed_at == datetime(2026, 6, 30, 23, 30, tzinfo=UTC)


def test_no_flipped_bit_is_accepted() -> None:
    file = small()
    codes = [code(file[:at] + bytes((file[at] ^ 1 << at % 8,)) + file[at + 1 :]) for at in range(len(file))]
    assert "accepted" not in codes
    assert codes.count("altered") > 0.95 * len(codes)


def test_every_truncation_is_called_one() -> None:
    codes = {code(small()[:size]) for size in range(1, len(small()))}
    assert codes == {"truncated"}


def test_no_inserted_and_no_deleted_byte_is_accepted() -> None:
    file = small()
    for at in range(len(file)):
        assert code(file[:at] + b"\0" + file[at:]) != "accepted"
        assert code(file[:at] + file[at + 1 :]) != "accepted"


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_other_bytes_are_accepted(data: st.DataObject) -> None:
    file = bytearray(small())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(file) - 1))
        file[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    if bytes(file) != small():
        assert code(bytes(file)) != "accepted"


def test_no_byte_is_accepted_that_was_changed_inside_an_archive_made_right_again() -> None:
    for number, part in enumerate(parts_of(small())):
        for at in range(len(part.content)):
            other = part.content[:at] + bytes((part.content[at] ^ 0x20,)) + part.content[at + 1 :]
            assert code(swapped(small(), number, other)) != "accepted"


def repacked(compression: int, *, folder: bool = False) -> bytes:
    """The file after another program packed it anew."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as other:
        if folder:
            other.writestr(zipfile.ZipInfo("META-INF/", (2026, 11, 23, 8, 0, 0)), b"")
        for part in sorted(parts_of(small()), key=lambda part: part.name):
            other.writestr(zipfile.ZipInfo(part.name.decode(), (2026, 11, 23, 8, 0, 0)), part.content, compression)
    return target.getvalue()


def packed_inside() -> bytes:
    """The file in an archive of somebody else's."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as other:
        other.writestr("till sekretariatet.esfbundle", small())
    return target.getvalue()


def docx() -> bytes:
    """An archive that has nothing to do with us."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as other:
        other.writestr("[Content_Types].xml", "<Types/>")
        other.writestr("word/document.xml", "<w:document/>")
    return target.getvalue()


def with_part(part: Part, at: int | None = None) -> bytes:
    """The file with one more member."""
    parts = parts_of(small())
    parts.insert(len(parts) if at is None else at, part)
    return archive(parts)


def without(number: int) -> bytes:
    """The file with one member less."""
    parts = parts_of(small())
    del parts[number]
    return archive(parts)


def reordered() -> bytes:
    """The file with its payload members in another order."""
    parts = parts_of(small())
    return archive([*parts[:3], parts[4], parts[3]])


def signed_manifest(change: Callable[[bytes], bytes]) -> bytes:
    """A file whose manifest is signed but not as we write it."""
    parts = parts_of(small())
    manifest = change(parts[1].content)
    parts[1] = Part(parts[1].name, manifest)
    parts[2] = Part(parts[2].name, cms.sign(manifest, key(), at=AT))
    return archive(parts)


def mail(start: str) -> bytes:
    """A mail with the file attached."""
    return (start + "Subject: Bundle\r\nMIME-Version: 1.0\r\n\r\n").encode() + small()


OUTLOOK = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "__substg1.0_0037001F".encode("utf-16-le")

FORGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "first byte alone": (lambda: small()[:1], "truncated"),
    "data before": (lambda: b"#!/bin/sh\n" + small(), "extra_data"),
    "an archive before": (lambda: docx() + small(), "extra_data"),
    "data after": (lambda: small() + b"\n", "extra_data"),
    "itself after": (lambda: small() + small(), "extra_data"),
    "an archive after": (lambda: small() + docx(), "extra_data"),
    "data between members": (lambda: archive(parts_of(small()), between=b"hidden"), "extra_data"),
    "a pdf": (lambda: b"%PDF-1.7\n%%EOF", "not_ours"),
    "a word document": (docx, "not_ours"),
    "an empty archive": (lambda: archive([]), "not_ours"),
    "an archive of other members, written as we write": (lambda: archive([Part(b"a.txt", b"a")]), "not_ours"),
    "noise": (lambda: bytes(range(256)) * 4, "not_ours"),
    "packed again, stored": (lambda: repacked(zipfile.ZIP_STORED), "repacked"),
    "packed again, compressed": (lambda: repacked(zipfile.ZIP_DEFLATED), "repacked"),
    "packed again with folders": (lambda: repacked(zipfile.ZIP_DEFLATED, folder=True), "repacked"),
    "packed inside an archive": (packed_inside, "repacked"),
    "a mail": (lambda: mail("Return-Path: <a@example.se>\r\nReceived: by x\r\n with y\r\n"), "is_mail"),
    "a mail that begins with its subject": (lambda: mail(""), "is_mail"),
    "a mail from Outlook": (lambda: OUTLOOK, "is_mail"),
    "one member compressed": (lambda: archive(changed(small(), 3, method=8)), "bad_container"),
    "one member of an unknown method": (lambda: archive(changed(small(), 3, method=99)), "bad_container"),
    "one member encrypted": (lambda: archive(changed(small(), 3, flags=1)), "bad_container"),
    "one member with UTF-8 flag": (lambda: archive(changed(small(), 3, flags=0x800)), "bad_container"),
    "one member of another time": (lambda: archive(changed(small(), 3, time=1)), "bad_container"),
    "one member of another date": (lambda: archive(changed(small(), 3, date=34)), "bad_container"),
    "one member with an extra field": (lambda: archive(changed(small(), 3, extra=b"\1\2\0\0")), "bad_container"),
    "one member with a comment": (lambda: archive(changed(small(), 3, comment=b"hi")), "bad_container"),
    "one member a link": (
        lambda: archive(changed(small(), 3, made_by=0x314, attributes=0o120777 << 16)),
        "bad_container",
    ),
    "a comment on the archive": (lambda: archive(parts_of(small()), comment=b"hi"), "bad_container"),
    "zip64": (lambda: archive(parts_of(small()), zip64=True), "bad_container"),
    "one name twice": (lambda: with_part(Part(b"bundle.json", b'{"a":1}')), "bad_container"),
    "one name in capitals": (lambda: with_part(Part(b"Bundle.json", b'{"a":1}')), "bad_container"),
    "a member outside the manifest": (lambda: with_part(Part(b"more.txt", b"more")), "bad_container"),
    "a member outside the directory": (lambda: with_part(Part(b"x", b"", hidden=True), 4), "bad_container"),
    "a name that climbs": (lambda: with_part(Part(b"../../x", b"")), "bad_container"),
    "a name from the root": (lambda: with_part(Part(b"/etc/x", b"")), "bad_container"),
    "a name with a backslash": (lambda: with_part(Part(b"a\\b", b"")), "bad_container"),
    "a name that is no text": (lambda: with_part(Part(b"\xff\xfe", b"")), "bad_container"),
    "a name with markup": (lambda: with_part(Part(b'a"b<c', b"")), "bad_container"),
    "a folder": (lambda: with_part(Part(b"documents/", b"")), "bad_container"),
    "a second manifest": (lambda: with_part(Part(b"META-INF/ASiCManifest002.xml", b"")), "bad_container"),
    "too many members": (
        lambda: archive([*parts_of(small()), *(Part(b"%d" % n, b"") for n in range(2000))]),
        "bad_container",
    ),
    "a payload member missing": (lambda: without(4), "bad_container"),
    "all payload members missing": (lambda: archive(parts_of(small())[:3]), "bad_container"),
    "the media type of another container": (
        lambda: swapped(small(), 0, b"application/vnd.etsi.asic-s+zip"),
        "bad_container",
    ),
    "payload members in another order": (reordered, "bad_container"),
    "a signed manifest with white space": (lambda: signed_manifest(lambda m: m + b"\n"), "bad_container"),
    "a signed manifest with a document type": (
        lambda: signed_manifest(lambda m: m.replace(b"<asic:ASiC", b"<!DOCTYPE a><asic:ASiC", 1)),
        "bad_container",
    ),
    "a signed manifest with a member twice": (
        lambda: signed_manifest(lambda m: m.replace(b"sheets.pdf", b"bundle.json")),
        "bad_container",
    ),
    "a signed manifest with SHA-1": (
        lambda: signed_manifest(lambda m: m.replace(b"xmlenc#sha256", b"xmldsig#sha1")),
        "bad_container",
    ),
    "a signed manifest with another digest": (
        lambda: signed_manifest(lambda m: m.replace(m[m.index(b"Value>") + 6 :][:43], b"A" * 43)),
        "altered",
    ),
    "a signed manifest with a digest spelled otherwise": (
        lambda: signed_manifest(lambda m: m.replace(b"=</ds", b"</ds", 1)),
        "bad_container",
    ),
    "another payload": (lambda: swapped(small(), 3, b'{"a":2}'), "altered"),
    "another manifest": (lambda: swapped(small(), 1, parts_of(small())[1].content + b" "), "altered"),
    "a signature over something else": (lambda: swapped(small(), 2, cms.sign(b"else", key(), at=AT)), "altered"),
    "no signature": (lambda: without(2), "bad_signature"),
    "an empty signature": (lambda: swapped(small(), 2, b""), "bad_signature"),
    "two signatures": (
        lambda: with_part(Part(b"META-INF/signature002.p7s", parts_of(small())[2].content), 3),
        "bad_signature",
    ),
    "one size too large": (
        lambda: small()[:18] + struct.pack("<II", 2**31, 2**31) + small()[26:],
        "altered",
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_file_is_refused_for_its_own_reason(name: str) -> None:
    make, expected = FORGED[name]
    assert code(make()) == expected


def test_a_file_over_its_limit_is_not_read() -> None:
    assert code(small(), limit=len(small())) == "accepted"
    assert code(small(), limit=len(small()) - 1) == "too_large"


@pytest.mark.parametrize("name", ["../x", "a b", "å", "", "a//b", ".x"])
def test_a_member_of_an_unsound_name_is_never_written(name: str) -> None:
    with pytest.raises(ValueError, match=r"^" + (name.replace(".", r"\.") or "$")):
        container.write([Member(name, "text/x", b"")], key(), at=AT)


def test_two_thousand_members_are_taken_and_one_more_is_refused() -> None:
    def with_payload(count: int) -> bytes:
        return container.write([Member(f"m{number}", "text/x", b"") for number in range(count)], key(), at=AT)

    assert code(with_payload(1997)) == "accepted"
    with pytest.raises(EsfError) as refused:
        container.read(with_payload(1998), file="f", limit=LIMIT)
    assert refused.value.fault == "too_many_members"


def test_a_name_of_128_letters_is_written_and_read_and_one_of_129_is_not() -> None:
    assert code(container.write([Member("x" * 128, "text/x", b"")], key(), at=AT)) == "accepted"
    with pytest.raises(ValueError, match="xxx"):
        container.write([Member("x" * 129, "text/x", b"")], key(), at=AT)


def test_a_manifest_over_its_limit_is_refused_before_anything_is_computed_on_it() -> None:
    manifest = swapped(small(), 1, bytes(container.LARGEST_MANIFEST + 1))
    with pytest.raises(EsfError) as refused:
        container.read(manifest, file="f", limit=LIMIT)
    assert refused.value.fault == "manifest_too_large"
    assert "”f”" in refused.value.sentence()


def test_sizes_that_a_file_cannot_have_are_refused_by_name() -> None:
    with pytest.raises(EsfError) as refused:
        container.read(bytes(11 * 10**6), file="f", limit=10**7)
    assert "11\N{NO-BREAK SPACE}MB" in refused.value.sentence()
    assert "9\N{NO-BREAK SPACE}MB" in refused.value.sentence()
    assert (refused.value.code, refused.value.fault, str(getattr(refused.value, "file", ""))) == (
        "too_large",
        "file_size",
        "f",
    )


def test_a_member_of_several_pieces_is_read_whole() -> None:
    inside = bytes(range(256)) * 2**13 + b"end"
    assert zipped.read(zipped.render([("a", inside)]), most=9) == [(b"a", inside)]


def test_a_member_that_comes_in_pieces_is_sealed_and_read_whole_and_a_stranger_reads_the_same() -> None:
    inside = bytes(range(256)) * 2**13 + b"end"
    members: list[Member | StreamMember] = [
        StreamMember("a", "text/x", lambda: iter((inside[:5], inside[5:]))),
        Member("b", "text/x", inside),
    ]
    sealed = b"".join(container.parts(members, key(), at=AT))
    assert dict(container.read(sealed, file="f", limit=LIMIT).members) == {"a": inside, "b": inside}
    with zipfile.ZipFile(io.BytesIO(sealed)) as archive:
        assert archive.testzip() is None
        assert archive.read("a") == inside
