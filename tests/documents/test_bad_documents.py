"""A bad document gets its own sentence and code, and every other document goes on working."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from esf_desktop import i18n
from esf_desktop.documents.client import LARGEST, Documents
from esf_desktop.documents.errors import (
    DamagedDocumentError,
    HeavyDocumentError,
    ImpossiblePageError,
    LockedDocumentError,
    ProgramError,
    TooManyPagesError,
    UnknownDocumentError,
)
from esf_desktop.documents.media import DOCX, ODT, PDF, XLSX, media_type
from esf_desktop.documents.values import Notice
from esf_desktop.errors import EmptyFileError, EsfError, MailError, TooLargeError
from tests.documents import making

GOOD = making.pdf([[(72, 700, "Bred samverkan")]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504

BAD = [
    (b"", "tom.pdf", "empty"),
    (GOOD[:200], "halv.pdf", "damaged"),
    (b"%PDF-1.7\n" + b"skr\xe4p" * 200, "skräp.pdf", "damaged"),
    (making.pdf([[]], password="hemligt"), "låst.pdf", "locked"),
    (making.raw_pdf(kids="[]", count=0), "utan sidor.pdf", "damaged"),
    (making.raw_pdf(kids="[2 0 R]"), "slinga.pdf", "damaged"),
    (making.raw_pdf(media="[0 0 99999 99999]"), "jättelik.pdf", "impossible_page"),
    (making.raw_pdf(media="[0 0 0.1 0.1]"), "pytteliten.pdf", "impossible_page"),
    (b"Bara text, ingen PDF.", "text.pdf", "unknown_kind"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "bild.pdf", "unknown_kind"),
    (b"MZ" + b"\0" * 600, "ansökan.pdf", "is_program"),
    (b"\x7fELF" + b"\0" * 600, "ansökan.docx", "is_program"),
    (b"#!/bin/sh\nrm -rf /\n", "läsmig.pdf", "is_program"),
    (b"WScript.Echo 1", "bilaga.vbs", "is_program"),
    (b"Received: from a\r\nSubject: b\r\n\r\nhej", "mejl.pdf", "is_mail"),
    (OLE + "__substg1.0".encode("utf-16-le"), "mejl.msg", "is_mail"),
    (OLE, "gammal.doc", "unknown_kind"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "låst.docx", "locked"),
    (making.docx(making.paragraph("Hej"))[:400], "halv.docx", "damaged"),
    (making.docx("<w:p>"), "trasig.docx", "damaged"),
    (making.packed({"läsmig.txt": "hej"}), "arkiv.docx", "unknown_kind"),
]
"""Content, name and code of documents that cannot be shown."""


@pytest.mark.parametrize(
    ("content", "name", "code"),
    BAD,
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("language", list(i18n.Language))
def test_each_bad_document_has_its_code_and_one_short_sentence(
    documents: Documents, language: i18n.Language, content: bytes, name: str, code: str
) -> None:
    i18n.use(language)
    with pytest.raises(EsfError) as refused:
        documents.open(content, name)
    assert refused.value.code == code
    sentence = refused.value.sentence()
    assert name in sentence
    assert len(sentence.replace(name, "")) <= 140
    assert documents.open(GOOD, "bra.pdf").text(0).text == "Bred samverkan"


def test_a_document_over_the_limit_is_not_read(documents: Documents) -> None:
    with pytest.raises(TooLargeError) as refused:
        documents.open(bytes(LARGEST + 1), "stor.pdf")
    sentence = "”stor.pdf” är 257 MB, mer än de 256 MB som tillåts, och har inte lästs."
    assert refused.value.sentence().replace("\N{NO-BREAK SPACE}", " ") == sentence


def test_a_document_with_too_many_pages_is_refused(documents: Documents) -> None:
    with pytest.raises(TooManyPagesError) as refused:
        documents.open(making.raw_pdf(kids="[" + "3 0 R " * 6_000 + "]", count=6_000), "lång.pdf")
    assert refused.value.pages == 6_000


def test_a_count_that_lies_is_refused_or_harmless(documents: Documents) -> None:
    for count in (2**31 - 1, -5, 10**12):
        try:
            info = documents.open(making.raw_pdf(count=count), "lögn.pdf").info
        except (DamagedDocumentError, TooManyPagesError):
            continue
        assert len(info.pages) == 1


def test_one_impossible_page_does_not_take_the_others_with_it(documents: Documents) -> None:
    good = making.pdf([[(72, 700, "Ett")], [(72, 700, "Två")]])
    box = b"/MediaBox [ 0 0 595.2756 841.8898 ]"
    assert good.count(box) == 2
    document = documents.open(good.replace(box, b"/MediaBox [ 0 0 995.2756 9418898 ]", 1), "a.pdf")
    with pytest.raises(ImpossiblePageError) as refused:
        document.render(0, 1.0)
    assert refused.value.page == 0
    assert document.text(1).text == "Två"
    assert [hit.page for hit in document.search("två")] == [1]


@pytest.mark.parametrize("make", [making.heavy_pdf, making.bomb_pdf])
def test_a_document_that_is_too_heavy_costs_the_others_nothing(make: Callable[[], bytes]) -> None:
    with Documents() as documents:
        good = documents.open(GOOD, "bra.pdf")
        with pytest.raises(HeavyDocumentError):
            documents.open(make(), "tung.pdf").render(0, 1.0)
        assert good.text(0).text == "Bred samverkan"
        assert good.render(0, 1.0).width == 596


def test_what_was_too_heavy_once_is_not_tried_again() -> None:
    with Documents() as documents:
        document = documents.open(GOOD, "a.pdf")
        with pytest.raises(HeavyDocumentError) as first:
            document.render(0, 40.0)
        with pytest.raises(HeavyDocumentError) as second:
            document.render(0, 40.0)
        assert first.value.sentence() == second.value.sentence()


def test_the_kind_is_told_by_the_content(documents: Documents) -> None:
    for content, kind in (
        (GOOD, PDF),
        (b"\n\n" + GOOD, PDF),
        (making.docx(making.paragraph("Hej")), DOCX),
        (making.odt("<text:p>Hej</text:p>"), ODT),
        (making.xlsx(""), XLSX),
    ):
        assert media_type(content, "fil.bin") == kind
        assert documents.open(content, "fil.bin").info.media_type == kind


def test_what_is_no_document_says_what_it_is() -> None:
    for content, name, kind in (
        (b"", "a.pdf", EmptyFileError),
        (b"MZ\0\0", "a.pdf", ProgramError),
        (GOOD, "ansökan.pdf.exe", ProgramError),
        (b"MIME-Version: 1.0\r\n\r\n", "a.eml", MailError),
        (b"hej", "a.txt", UnknownDocumentError),
    ):
        with pytest.raises(kind):
            media_type(content, name)


def bomb_docx() -> bytes:
    """A DOCX whose text unpacks to 100 MiB."""
    return making.docx(making.paragraph("Hej"), more={"word/media/x.xml": "0" * (100 << 20)})


def lying_docx() -> bytes:
    """A DOCX whose text says that it unpacks to ten bytes."""
    content = bytearray(making.docx(making.paragraph("Hej " * 5_000)))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + offset : at + offset + 4] = struct.pack("<I", 10)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (bomb_docx(), HeavyDocumentError),
        (lying_docx(), DamagedDocumentError),
        (making.docx("", more={f"x{n}": "" for n in range(3_000)}), HeavyDocumentError),
    ],
)
def test_a_package_that_unpacks_to_too_much_is_refused(documents: Documents, content: bytes, error: type) -> None:
    with pytest.raises(error):
        documents.open(content, "bomb.docx")


def test_a_locked_odt_says_so(documents: Documents) -> None:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    with pytest.raises(LockedDocumentError):
        documents.open(making.odt("", more={"META-INF/manifest.xml": manifest}), "låst.odt")


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="http://exempel.invalid/" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("content", "notices"),
    [
        (making.docx(making.paragraph("Hej"), more={"word/vbaProject.bin": b"x"}), (Notice.MACROS,)),
        (
            making.docx(
                making.paragraph("Hej"),
                more={"word/_rels/settings.xml.rels": RELATIONS.format(kind="attachedTemplate")},
            ),
            (Notice.REMOTE,),
        ),
        (
            making.docx(
                making.paragraph("Hej"), more={"word/_rels/document.xml.rels": RELATIONS.format(kind="hyperlink")}
            ),
            (),
        ),
        (making.docx(making.paragraph("Hej"), prolog='<!DOCTYPE x [<!ENTITY a "b">]>'), (Notice.ENTITIES,)),
        (making.odt("<text:p>Hej</text:p>", more={"Basic/Standard/m.xml": "<x/>"}), (Notice.MACROS,)),
        (making.odt('<text:p>Hej<draw:image xlink:href="http://exempel.invalid/a.png"/></text:p>'), (Notice.REMOTE,)),
    ],
)
@pytest.mark.parametrize("language", list(i18n.Language))
def test_text_is_shown_with_a_notice_of_what_is_not(
    documents: Documents, language: i18n.Language, content: bytes, notices: tuple[Notice, ...]
) -> None:
    i18n.use(language)
    document = documents.open(content, "bilaga")
    assert [block.text for block in document.blocks()] == ["Hej"]
    assert document.info.notices == notices
    assert all(len(notice.sentence("")) <= 140 and "{" not in notice.sentence("") for notice in Notice)


def test_entities_are_never_written_out(documents: Documents, tmp_path: Path) -> None:
    secret = tmp_path / "hemligt.txt"
    secret.write_text("KANARIE")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    prolog = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    document = documents.open(making.docx(making.paragraph("a&l9;b&f;c"), prolog=prolog), "skratt.docx")
    assert [block.text for block in document.blocks()] == ["abc"]
