"""A PDF document that archives accept: what PDF/A-2a, PDF/A-3a and PDF/UA-1 ask of the file around its pages.

The one place that knows where open-source reportlab falls short, and mends it on the objects of one document, never on
reportlab's own classes.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFStream, PDFString

from esf_desktop import __version__, paths


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a document: the same content for programs."""

    name: str
    media_type: str
    content: bytes
    description: str


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself; `language` is a BCP 47 tag. With an attachment it is PDF/A-3a, else PDF/A-2a."""

    title: str
    author: str
    subject: str
    language: str
    attachment: Attachment | None = None


class ArchiveDocument(pdfdoc.PDFDocument):  # type: ignore[misc]  # reportlab has no types
    """A document whose bytes depend on its content alone."""

    Catalog: Any
    Pages: Any

    def __init__(self, about: About) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7), lang=about.language)
        self.about = about
        self.info = _Info(about)

    def Reference(self, object: PDFObject, name: str | None = None) -> Any:
        """A reference to the object, mended first."""
        if type(object) is PDFStream:
            stream: Any = object
            stream.__class__ = _Stream
            if name and name.startswith("toUnicodeCMap:"):
                # An unused place in a font's subset says U+0000, which PDF/A forbids.
                stream.content = stream.content.replace("> <0000>", "> <FFFD>")
        return super().Reference(object, name)

    def addPage(self, page: Any) -> None:
        """Take the page, as the next of the structure tree."""
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self.Pages.pages)
        page.Tabs = PDFName("S")
        page.Trans = None
        super().addPage(page)

    def close(self, structure: PDFObject) -> None:
        """Put in the catalog what archives and screen readers look for."""
        catalog = self.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.StructTreeRoot = structure
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        catalog.OutputIntents = PDFArray([PDFDictionary(self._output_intent())])
        catalog.Metadata = PDFStream(
            dictionary=PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}),
            content=_metadata(self.about),
        )
        if self.about.attachment:
            self._attach(self.about.attachment)

    def _attach(self, file: Attachment) -> None:
        """Put the file in; the catalog names it as the data that the pages were made from (ISO 32000-2, 14.13)."""
        stream = PDFStream(
            dictionary=PDFDictionary(
                {
                    "Type": PDFName("EmbeddedFile"),
                    "Subtype": "/" + file.media_type.replace("/", "#2F"),
                    "Params": PDFDictionary({"Size": len(file.content)}),
                }
            ),
            content=file.content,
            filters=[pdfdoc.PDFZCompress],
        )
        inside = self.Reference(stream)
        named = PDFString(file.name)
        about = {
            "Type": PDFName("Filespec"),
            "F": named,
            "UF": named,
            "Desc": PDFString(file.description),
            "AFRelationship": PDFName("Data"),
            "EF": PDFDictionary({"F": inside, "UF": inside}),
        }
        catalog, reference = self.Catalog, self.Reference(PDFDictionary(about))
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF", "Names"]
        catalog.AF = PDFArray([reference])
        catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray([named, reference])})})

    def _output_intent(self) -> dict[str, object]:
        profile = PDFStream(
            dictionary=PDFDictionary({"N": 3}), content=_colour_profile(), filters=[pdfdoc.PDFZCompress]
        )
        return {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB"),
            "Info": PDFString("sRGB"),
            "DestOutputProfile": self.Reference(profile),
        }


class _Stream(PDFStream):  # type: ignore[misc]  # reportlab has no types
    """A stream as PDF/A wants it: plain Flate, and an end of line before `endstream`.

    That is CR LF, since after content that ends in CR a lone LF would pass for the second half of one.
    """

    filters: Any

    def format(self, document: ArchiveDocument) -> bytes:
        if self.filters and pdfdoc.PDFBase85Encode in self.filters:
            self.filters = [pdfdoc.PDFZCompress]
        written: bytes = super().format(document)
        return written.removesuffix(b"endstream\n") + b"\r\nendstream\n"


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]  # reportlab has no types
    """The information dictionary, without the dates: an invariant document has no true one to tell."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self.title, self.author, self.subject = about.title, about.author, about.subject
        self.creator = self.producer = f"ESF Desktop {__version__}"

    def format(self, document: ArchiveDocument) -> bytes:
        facts = {"Title": self.title, "Author": self.author, "Subject": self.subject, "Creator": self.creator}
        told = {key: PDFString(value) for key, value in facts.items() if value}
        written: bytes = PDFDictionary({**told, "Producer": PDFString(self.producer)}).format(document)
        return written


@cache
def _colour_profile() -> bytes:
    return (paths.resources() / "sheets" / "sRGB.icc").read_bytes()


def _metadata(about: About) -> bytes:
    creator = f"<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>"
    return _XMP.format(
        title=escape(about.title),
        creator=creator if about.author else "",
        subject=escape(about.subject),
        language=about.language,
        part=3 if about.attachment else 2,
        program=f"ESF Desktop {__version__}",
    ).encode()


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{creator}
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{program}</pdf:Producer><xmp:CreatorTool>{program}</xmp:CreatorTool>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
