"""Files whose archive, members or manifest have one fault."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence

from esf_desktop.exchange.canonical import digest
from esf_desktop.signing import cms, container
from esf_desktop.signing.container import Member
from tests.signing.forge import Part, archive, changed, parts_of, swapped
from tests.vectors.making import material
from tests.vectors.making.keys import AT, key
from tests.vectors.making.material import SHEET, Vector, Vectors

_LOCAL = {"needed": 4, "flags": 6, "method": 8, "time": 10, "date": 12, "crc": 14, "stored": 18, "size": 22}
_CENTRAL = {name: at + 2 for name, at in _LOCAL.items()} | {
    "made_by": 4, "comment": 32, "disk": 34, "internal": 36, "external": 38, "offset": 42,
}  # fmt: skip
_END = {"disk": 4, "start_disk": 6, "here": 8, "count": 10, "size": 12, "start": 16}
_WIDE = {"crc", "stored", "size", "external", "offset", "start"}


def _places(file: bytes) -> list[tuple[int, int]]:
    """Where the local header and the directory's record of each member stand."""
    parts = parts_of(file)
    local, found = 0, []
    central = sum(30 + len(part.name) + len(part.content) for part in parts)
    for part in parts:
        found.append((local, central))
        local += 30 + len(part.name) + len(part.content)
        central += 46 + len(part.name)
    return found


def _put(file: bytes, at: int, field: str, value: int) -> bytes:
    spelled = struct.pack("<I" if field in _WIDE else "<H", value)
    return file[:at] + spelled + file[at + len(spelled) :]


def local(field: str, value: int, member: int = 3) -> bytes:
    """The bundle with a field of one local header changed."""
    file = material.bundle()
    return _put(file, _places(file)[member][0] + _LOCAL[field], field, value)


def central(field: str, value: int, member: int = 3) -> bytes:
    """The bundle with a field of one record of the directory changed."""
    file = material.bundle()
    return _put(file, _places(file)[member][1] + _CENTRAL[field], field, value)


def end(field: str, value: int) -> bytes:
    """The bundle with a field of the end record changed."""
    file = material.bundle()
    return _put(file, len(file) - 22 + _END[field], field, value)


def _inserted(at: int, length_at: int, extra: bytes) -> bytes:
    """The bundle with an extra field, and its length said, in one header alone; the end record follows."""
    file = material.bundle()
    longer = file[:at] + extra + file[at:]
    longer = longer[:length_at] + struct.pack("<H", len(extra)) + longer[length_at + 2 :]
    for field, grows in (("start", at < _places(file)[0][1]), ("size", at >= _places(file)[0][1])):
        place = len(longer) - 22 + _END[field]
        value = struct.unpack_from("<I", longer, place)[0] + (len(extra) if grows else 0)
        longer = longer[:place] + struct.pack("<I", value) + longer[place + 4 :]
    return longer


def local_extra() -> bytes:
    """An extra field in the last member's local header alone."""
    file = material.bundle()
    at, _ = _places(file)[-1]
    return _inserted(at + 30 + len("sheets.pdf"), at + 28, b"\x01\x20\x00\x00")


def other_name() -> bytes:
    """Another name in one local header alone."""
    file = material.bundle()
    at = _places(file)[3][0] + 30
    return file[:at] + b"bundle.jsoN" + file[at + 11 :]


def central_extra() -> bytes:
    """An extra field in the last member's record of the directory alone."""
    file = material.bundle()
    _, at = _places(file)[-1]
    return _inserted(at + 46 + len("sheets.pdf"), at + 30, b"\x01\x20\x00\x00")


def part(**changes: object) -> bytes:
    """The bundle with `bundle.json` as both of its headers say otherwise."""
    return archive(changed(material.bundle(), 3, **changes))


def more(name: bytes, content: bytes = b"", at: int | None = None, **rest: object) -> bytes:
    """The bundle with one member more."""
    parts = parts_of(material.bundle())
    parts.insert(len(parts) if at is None else at, Part(name, content, **rest))  # type: ignore[arg-type]
    return archive(parts)


def renamed(member: int, name: bytes) -> bytes:
    """The bundle with a member named otherwise."""
    return archive(changed(material.bundle(), member, name=name))


def ordered(order: Sequence[int]) -> bytes:
    """The bundle with its members in another order, or fewer of them."""
    parts = parts_of(material.bundle())
    return archive([parts[number] for number in order])


def directory_ordered() -> bytes:
    """The bundle with the records of its directory in another order."""
    file = material.bundle()
    places = [place for _, place in _places(file)]
    records = [file[start:stop] for start, stop in zip(places, [*places[1:], len(file) - 22], strict=True)]
    return file[: places[0]] + b"".join([*records[:3], records[4], records[3]]) + file[-22:]


def ghost() -> bytes:
    """The bundle with a record in its directory of a member that is not there."""
    file = material.bundle()
    places = [place for _, place in _places(file)]
    again = file[places[-1] : len(file) - 22].replace(b"sheets.pdf", b"sheets.pdg")
    longer = file[:-22] + again + file[-22:]
    for field, value in (("here", 6), ("count", 6)):
        longer = _put(longer, len(longer) - 22 + _END[field], field, value)
    at = len(longer) - 22 + _END["size"]
    return longer[:at] + struct.pack("<I", len(longer) - 22 - places[0]) + longer[at + 4 :]


def _recorded(file: bytes, *records: bytes) -> bytes:
    """The file with more records at the end of its directory."""
    count, size = struct.unpack_from("<HI", file, len(file) - 12)
    count, size = count + len(records), size + sum(map(len, records))
    longer = file[:-22] + b"".join(records) + file[-22:]
    return longer[:-14] + struct.pack("<HHI", count, count, size) + longer[-6:]


def bomb() -> bytes:
    """The bundle whose payload four records lead to."""
    file = material.bundle()
    start, stop = (_places(file)[number][1] for number in (3, 4))
    return _recorded(file, *[file[start:stop]] * 3)


def nested() -> bytes:
    """The bundle with a member that lies within another one."""
    inner = archive([Part(b"inner.txt", b"inner")])
    record = inner[30 + 9 + 5 : -22]
    outer = archive([*parts_of(material.bundle()), Part(b"outer.bin", inner[: 30 + 9 + 5])])
    offset = outer.index(b"inner.txt") - 30
    return _recorded(outer, record[:42] + struct.pack("<I", offset) + record[46:])


def overlapping() -> bytes:
    """The bundle with two records that lead to the same bytes."""
    parts = parts_of(material.bundle())
    inner = parts[4].content
    outer = Part(b"outer.bin", Part(b"x", inner).name + inner)
    file = archive([*parts, outer])
    return file.replace(
        struct.pack("<HHHII", 0, 0, 0, 0, _offset(file, b"outer.bin")),
        struct.pack("<HHHII", 0, 0, 0, 0, _offset(file, b"sheets.pdf")),
    )


def _offset(file: bytes, name: bytes) -> int:
    return file.index(name) - 30


def signed_manifest(change: Callable[[bytes], bytes]) -> bytes:
    """The bundle with a manifest that is signed, but is not the one that we render."""
    parts = parts_of(material.bundle())
    manifest = change(parts[1].content)
    parts[1] = Part(parts[1].name, manifest)
    parts[2] = Part(parts[2].name, cms.sign(manifest, key("assessor"), at=AT))
    return archive(parts)


def loose(manifest: bytes, at: int) -> bytes:
    """The manifest with the sign at that place, the last of a digest, as another one that means the same."""
    signs = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return manifest[:at] + bytes((signs[signs.index(manifest[at]) + 1],)) + manifest[at + 1 :]


def repacked(compression: int, *, folder: bool = False) -> bytes:
    """The bundle after another program packed it anew."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as other:
        if folder:
            other.writestr(zipfile.ZipInfo("META-INF/", (2026, 11, 23, 8, 0, 0)), b"")
        for one in sorted(parts_of(material.bundle()), key=lambda one: one.name):
            other.writestr(zipfile.ZipInfo(one.name.decode(), (2026, 11, 23, 8, 0, 0)), one.content, compression)
    return target.getvalue()


def other_archive(name: str, content: bytes) -> bytes:
    """An archive of somebody else's with one member."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as other:
        other.writestr(zipfile.ZipInfo(name, (2026, 11, 23, 8, 0, 0)), content)
    return target.getvalue()


def described() -> bytes:
    """The bundle with the sizes of `bundle.json` after it instead of before."""
    parts = parts_of(material.bundle())
    content = parts[3].content
    sizes = struct.pack("<III", zlib.crc32(content), len(content), len(content))
    return archive(changed(material.bundle(), 3, flags=8), between=b"PK\x07\x08" + sizes)


def sealed(*members: Member) -> bytes:
    """Those members, soundly signed."""
    return container.write(members, key("assessor"), at=AT)


def _payload() -> list[Member]:
    opened = container.read(material.bundle(), file="f", limit=2**26)
    return [Member(name, opened.media_types[name], inside) for name, inside in opened.members.items()]


def vectors() -> Vectors:
    """All of them, by name."""
    good = material.bundle()
    json, sheets = _payload()
    mail = "Return-Path: <a@example.se>\r\nSubject: Paket\r\nMIME-Version: 1.0\r\n\r\n"
    outlook = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64) + "__substg1.0_0037001F".encode("utf-16-le")
    digest_at = parts_of(good)[1].content.index(b"Value>") + 6
    manifest = len(parts_of(good)[1].content)
    signature = parts_of(good)[2].content
    flaws: dict[str, tuple[bytes, str, str | None, str]] = {
        # the file as a whole
        "empty": (b"", "empty", None, "There are no bytes."),
        "first-byte-alone": (good[:1], "truncated", None, "All bytes but the first are missing."),
        "cut-in-the-first-member": (good[:50], "truncated", None, "It ends within its first member."),
        "cut-in-the-middle": (good[: len(good) // 2], "truncated", None, "Its second half is missing."),
        "cut-before-the-directory": (good[: _places(good)[0][1]], "truncated", None, "Its directory is missing."),
        "cut-by-one-byte": (good[:-1], "truncated", None, "Its last byte is missing."),
        "data-before": (b"#!/bin/sh\n" + good, "extra_data", "data_before", "Ten bytes stand before it."),
        "an-archive-before": (other_archive("a", b"a") + good, "extra_data", "data_before", "A zip stands before it."),
        "data-after": (good + b"\n", "extra_data", "data_after", "A line feed stands after it."),
        "itself-after": (good + good, "extra_data", "data_after", "It stands there twice."),
        "an-archive-after": (good + other_archive("a", b"a"), "extra_data", "data_after", "A zip stands after it."),
        "data-between-members": (
            archive(parts_of(good), between=b"hidden"), "extra_data", "data_between", "Six bytes hide between members.",
        ),
        "a-pdf": (b"%PDF-1.7\n%%EOF", "not_ours", None, "It is a PDF."),
        "another-archive": (other_archive("word/document.xml", b"<w/>"), "not_ours", None, "It is some other zip."),
        "an-empty-archive": (archive([]), "not_ours", None, "It is a zip without members."),
        "noise": (bytes(range(256)), "not_ours", None, "It is noise."),
        "a-mail": (mail.encode() + good, "is_mail", None, "It is a saved mail."),
        "a-mail-from-outlook": (outlook, "is_mail", None, "It is a mail saved by Outlook."),
        "repacked-stored": (repacked(0), "repacked", None, "Another program packed it anew."),
        "repacked-compressed": (repacked(8), "repacked", None, "Another program packed and compressed it anew."),
        "repacked-with-folders": (repacked(8, folder=True), "repacked", None, "It was packed anew, with folders."),
        "wrapped": (other_archive("x.esfbundle", good), "repacked", None, "It lies within another zip."),
        # one header
        "local-header-version": (local("needed", 45), "altered", "headers_disagree", "One local header asks for 4.5."),
        "local-header-flags": (local("flags", 0x800), "altered", "headers_disagree", "One local header sets a flag."),
        "local-header-method": (local("method", 8), "altered", "headers_disagree", "One local header says deflated."),
        "local-header-time": (local("time", 1), "altered", "headers_disagree", "One local header has another time."),
        "local-header-date": (local("date", 34), "altered", "headers_disagree", "One local header has another date."),
        "local-header-checksum": (local("crc", 1), "altered", "headers_disagree", "One local header has another CRC."),
        "local-header-stored-size": (
            local("stored", 1), "altered", "headers_disagree", "One local header has another stored size.",
        ),
        "local-header-size": (local("size", 1), "altered", "headers_disagree", "One local header has another size."),
        "local-header-giant-size": (
            local("size", 2**32 - 1), "altered", "headers_disagree", "One local header claims 4 GiB.",
        ),
        "local-header-extra-field": (
            local_extra(), "bad_container", "extra_field", "One local header has an extra field.",
        ),
        "local-header-name": (
            other_name(), "altered", "headers_disagree",
            "One local header has another name.",
        ),
        "directory-made-by-unix": (central("made_by", 0x314), "bad_container", "versions", "A record is from Unix."),
        "directory-version": (central("needed", 45), "altered", "headers_disagree", "A record asks for 4.5."),
        "directory-flags": (central("flags", 1), "altered", "headers_disagree", "A record says encrypted."),
        "directory-time": (central("time", 1), "altered", "headers_disagree", "A record has another time."),
        "directory-checksum": (central("crc", 1), "altered", "headers_disagree", "A record has another CRC."),
        "directory-size": (central("size", 1), "altered", "headers_disagree", "A record has another size."),
        "directory-offset": (central("offset", 1), "altered", "headers_disagree", "A record leads elsewhere."),
        "directory-extra-field": (central_extra(), "bad_container", "extra_field", "A record has an extra field."),
        "directory-disk": (central("disk", 1), "bad_container", "disks", "A record is of another disk."),
        "directory-internal-attributes": (
            central("internal", 1), "bad_container", "attributes", "A record calls its member a text.",
        ),
        "directory-external-attributes": (
            central("external", 0o100755 << 16), "bad_container", "attributes", "A record makes its member a program.",
        ),
        "directory-in-another-order": (
            directory_ordered(), "bad_container", "directory_order", "The records stand in another order.",
        ),
        "directory-with-a-ghost": (ghost(), "altered", "headers_disagree", "A record has no member."),
        "end-count-low": (end("count", 4), "altered", "no_directory", "The end record counts one member too few."),
        "end-disk": (end("disk", 1), "bad_container", "disks", "The end record is of another disk."),
        "end-directory-size": (end("size", 1), "altered", "no_directory", "The end record misses the directory."),
        "end-directory-start": (end("start", 1), "altered", "no_directory", "The end record leads elsewhere."),
        "comment-on-the-archive": (
            archive(parts_of(good), comment=b"hi"), "bad_container", "archive_comment", "The archive has a comment.",
        ),
        "comment-of-an-end-record": (
            archive(parts_of(good), comment=b"PK\x05\x06" + bytes(18)), "bad_container", "archive_comment",
            "The comment looks like an end record.",
        ),
        "zip64": (archive(parts_of(good), zip64=True), "bad_container", "zip64", "It has ZIP64 records."),
        # both headers of a member
        "member-compressed": (part(method=8), "bad_container", "compressed", "A member is deflated."),
        "member-of-an-unknown-method": (part(method=99), "bad_container", "compressed", "A member's method is 99."),
        "member-encrypted": (part(flags=1), "bad_container", "encrypted_member", "A member is said to be encrypted."),
        "member-with-utf8-flag": (part(flags=0x800), "bad_container", "flags", "A member has the flag of UTF-8."),
        "member-with-sizes-after": (described(), "extra_data", "data_between", "A member's sizes stand after it."),
        "member-time": (part(time=1), "bad_container", "member_time", "A member has a time of day."),
        "member-date": (part(date=34), "bad_container", "member_time", "A member is of 2 January 1980."),
        "member-version": (part(needed=45), "bad_container", "versions", "A member asks for version 4.5."),
        "member-checksum": (
            _put(local("crc", 1), _places(good)[3][1] + 16, "crc", 1), "altered", "checksum",
            "Both CRC of a member are wrong.",
        ),
        "member-extra-field": (part(extra=b"\1\2\0\0"), "bad_container", "extra_field", "A member has an extra field."),
        "member-comment": (part(comment=b"hi"), "bad_container", "member_comment", "A member has a comment."),
        "member-a-link": (
            part(made_by=0x314, attributes=0o120777 << 16), "bad_container", "link", "A member is a symbolic link.",
        ),
        "member-altered": (
            good.replace(b"Region", b"region", 1), "altered", "checksum", "A letter of a member was altered.",
        ),
        # members
        "member-hidden": (more(b"x", at=4, hidden=True), "bad_container", "hidden_member", "The directory skips one."),
        "members-overlapping": (
            overlapping(), "altered", "headers_disagree", "Two records lead to the same member.",
        ),
        "members-within-another": (
            nested(), "bad_container", "overlapping_members", "A member lies within another one.",
        ),
        "members-four-times-over": (
            bomb(), "bad_container", "overlapping_members", "Four records lead to the same member.",
        ),
        "name-twice": (more(b"bundle.json", json.content), "bad_container", "same_name", "A name stands twice."),
        "name-twin-in-capitals": (more(b"Bundle.json"), "bad_container", "case_twin", "Two names differ in case."),
        "name-climbs": (more(b"../../x"), "bad_container", "climbing_name", "A name climbs out of its folder."),
        "name-from-the-root": (more(b"/etc/x"), "bad_container", "climbing_name", "A name begins at the root."),
        "name-with-backslash": (more(b"a\\b"), "bad_container", "climbing_name", "A name has a backslash."),
        "name-with-a-drive": (more(b"C:x"), "bad_container", "climbing_name", "A name has a drive letter."),
        "name-of-no-text": (more(b"\xff\xfe"), "bad_container", "unsound_name", "A name is not text."),
        "name-with-a-nul": (more(b"a\0b"), "bad_container", "unsound_name", "A name has a NUL."),
        "name-with-space": (more(b"a b"), "bad_container", "unsound_name", "A name has a space."),
        "name-with-markup": (more(b'a"b<c'), "bad_container", "unsound_name", "A name has markup."),
        "name-hidden": (more(b".x"), "bad_container", "unsound_name", "A name begins with a dot."),
        "name-empty": (more(b""), "bad_container", "unsound_name", "A name is empty."),
        "name-of-a-folder": (more(b"documents/"), "bad_container", "unsound_name", "A member is a folder."),
        "name-too-long": (more(b"x" * 129), "bad_container", "name_too_long", "A name has 129 bytes."),
        "name-reserved": (more(b"META-INF/x"), "bad_container", "reserved_name", "A payload lies in META-INF."),
        "second-manifest": (
            more(b"META-INF/ASiCManifest002.xml"), "bad_container", "reserved_name", "There are two manifests.",
        ),
        "no-manifest": (ordered((0, 2, 3, 4)), "bad_container", "no_manifest", "The manifest is missing."),
        "no-mimetype": (ordered((1, 2, 3, 4)), "bad_container", "member_order", "The mimetype is missing."),
        "mimetype-second": (ordered((1, 0, 2, 3, 4)), "bad_container", "member_order", "The mimetype is not first."),
        "signature-before-manifest": (
            ordered((0, 2, 1, 3, 4)), "bad_container", "member_order", "The signature stands before the manifest.",
        ),
        "payload-before-manifest": (
            ordered((0, 3, 1, 2, 4)), "bad_container", "member_order", "The payload stands before the manifest.",
        ),
        "no-payload": (ordered((0, 1, 2)), "bad_container", "no_payload", "There is no payload."),
        "mimetype-of-asic-s": (
            swapped(good, 0, b"application/vnd.etsi.asic-s+zip"), "bad_container", "mimetype", "It says ASiC-S.",
        ),
        "mimetype-with-line-feed": (
            swapped(good, 0, container.MEDIA_TYPE + b"\n"), "bad_container", "mimetype",
            "The mimetype has a line feed.",
        ),
        "member-not-in-the-manifest": (
            more(b"more.txt", b"more"), "bad_container", "manifest_members", "The manifest does not know a member.",
        ),
        "member-of-the-manifest-missing": (
            ordered((0, 1, 2, 3)), "bad_container", "manifest_members", "A member of the manifest is missing.",
        ),
        "members-in-another-order-than-the-manifest": (
            ordered((0, 1, 2, 4, 3)), "bad_container", "manifest_members", "Manifest and members differ in order.",
        ),
        "member-renamed": (
            renamed(4, b"sheets.pdg"), "bad_container", "manifest_members", "A member has another name than signed.",
        ),
        "payload-replaced": (
            swapped(good, 3, json.content.replace(b"Region", b"region")), "altered", "member_digest",
            "The payload was replaced and the archive made right again.",
        ),
        "sheets-replaced": (
            swapped(good, 4, SHEET + b" "), "altered", "member_digest", "The sheets were replaced.",
        ),
        "manifest-replaced": (
            swapped(good, 1, parts_of(good)[1].content + b" "), "altered", "message_digest",
            "The manifest was changed after it was signed.",
        ),
        # the manifest, soundly signed
        "manifest-empty": (
            signed_manifest(lambda m: b""), "bad_container", "manifest_members", "The manifest is empty.",
        ),
        "manifest-with-white-space": (
            signed_manifest(lambda m: m + b"\n"), "bad_container", "manifest_spelling",
            "The manifest ends with a line feed.",
        ),
        "manifest-with-carriage-returns": (
            signed_manifest(lambda m: m.replace(b"\n", b"\r\n")), "bad_container", "manifest_spelling",
            "The manifest has a carriage return.",
        ),
        "manifest-with-a-byte-order-mark": (
            signed_manifest(lambda m: b"\xef\xbb\xbf" + m), "bad_container", "manifest_spelling",
            "The manifest begins with a byte order mark.",
        ),
        "manifest-without-declaration": (
            signed_manifest(lambda m: m.partition(b"\n")[2]), "bad_container", "manifest_spelling",
            "The manifest lacks its XML declaration.",
        ),
        "manifest-with-a-document-type": (
            signed_manifest(lambda m: m.replace(b"<asic:ASiC", b'<!DOCTYPE a [<!ENTITY b "c">]><asic:ASiC', 1)),
            "bad_container", "manifest_spelling", "The manifest has a document type.",
        ),
        "manifest-with-a-comment": (
            signed_manifest(lambda m: m.replace(b"</asic:ASiCM", b"<!-- x --></asic:ASiCM")), "bad_container",
            "manifest_spelling", "The manifest has a comment.",
        ),
        "manifest-with-single-quotes": (
            signed_manifest(lambda m: m.replace(b'version="1.0"', b"version='1.0'")), "bad_container",
            "manifest_spelling", "The manifest has single quotation marks.",
        ),
        "manifest-with-sha1": (
            signed_manifest(lambda m: m.replace(b"xmlenc#sha256", b"xmldsig#sha1")), "bad_container",
            "manifest_spelling", "The manifest speaks of SHA-1.",
        ),
        "manifest-with-another-signature": (
            signed_manifest(lambda m: m.replace(b"signature001", b"signature002")), "bad_container",
            "manifest_members", "The manifest points to another signature.",
        ),
        "manifest-with-another-digest": (
            signed_manifest(lambda m: m[:digest_at] + b"A" * 43 + m[digest_at + 43 :]), "altered", "member_digest",
            "The manifest was signed with a digest of something else.",
        ),
        "manifest-with-an-unpadded-digest": (
            signed_manifest(lambda m: m.replace(b"=</ds", b"</ds", 1)), "bad_container", "manifest_spelling",
            "A digest lacks its padding.",
        ),
        "manifest-with-a-loose-digest": (
            signed_manifest(lambda m: loose(m, digest_at + 42)), "bad_container", "manifest_spelling",
            "The last sign of a digest has bits that mean nothing.",
        ),
        "manifest-with-a-member-twice": (
            signed_manifest(lambda m: m.replace(b"sheets.pdf", b"bundle.json")), "bad_container",
            "manifest_members", "The manifest names a member twice.",
        ),
        "manifest-with-a-media-type-in-capitals": (
            signed_manifest(lambda m: m.replace(b"application/json", b"Application/JSON")), "bad_container",
            "manifest_media_type", "A media type is in capitals.",
        ),
        "manifest-with-parameters": (
            signed_manifest(lambda m: m.replace(b"application/json", b"application/json;charset=utf-8")),
            "bad_container", "manifest_media_type", "A media type has a parameter.",
        ),
        # members of a kind
        "of-no-kind": (
            sealed(Member("other.json", "application/json", b"{}"), sheets), "bad_container", "unknown_kind",
            "Its first payload is of no kind.",
        ),
        "bundle-without-sheets": (
            sealed(json), "bad_container", "members_of_kind", "The bundle has no sheets.",
        ),
        "bundle-with-a-member-more": (
            sealed(json, sheets, Member("notes.txt", "text/plain", b"")), "bad_container", "members_of_kind",
            "The bundle has a third payload.",
        ),
        "bundle-with-sheets-of-another-type": (
            sealed(json, sheets._replace(media_type="text/html")), "bad_container", "members_of_kind",
            "The sheets are said to be HTML.",
        ),
        "bundle-with-sheets-first": (
            sealed(sheets, json), "bad_container", "unknown_kind", "The sheets stand before the payload.",
        ),
        "call-with-a-document-of-another-name": (
            material.call_package(documents={digest(material.PDF): b"%PDF-1.7 another",
                                             digest(material.PLAN): material.PLAN}),
            "bad_container", "document_name", "A document is not what its name says.",
        ),
        "call-with-a-document-missing": (
            material.call_package(documents={digest(material.PDF): material.PDF}), "bad_container",
            "members_of_kind", "A document that the call names is missing.",
        ),
        "call-with-a-document-more": (
            material.call_package(documents={digest(c): c for c in (b"x", material.PDF, material.PLAN)}),
            "bad_container", "members_of_kind", "A document is there that the call does not name.",
        ),
        # signatures as members
        "no-signature": (ordered((0, 1, 3, 4)), "bad_signature", "no_signature", "It is not signed."),
        "second-signature": (
            more(b"META-INF/signature002.p7s", signature, 3), "bad_signature", "second_signature",
            "It is signed twice.",
        ),
        "signature-too-large": (
            swapped(good, 2, signature + bytes(32 * 2**10)), "bad_signature", "signature_too_large",
            "The signature has more than 32 KiB.",
        ),
    }  # fmt: skip
    assert manifest < container.LARGEST_MANIFEST
    return {
        f"container/{name}.esf{'call' if name.startswith('call-') else 'bundle'}": Vector(
            content, code, sentence, fault
        )
        for name, (content, code, fault, sentence) in flaws.items()
    }
