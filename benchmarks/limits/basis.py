"""As many plain A4 pages with the text of the basis by reportlab: one column, the same font, no tags, no tables."""

import io
import shutil
import sys
import time
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from esf_desktop.i18n import Language
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.reports import contents
from esf_desktop.secretariat.reports.basis import basis
from esf_desktop.sheets import fonts
from esf_desktop.sheets.layout import BODY

if __name__ == "__main__":
    material, own = map(Path, sys.argv[1:])
    shutil.copy(material / "compared.esfdb", own)
    with Register.open(own / "compared.esfdb") as register:
        made = contents(basis(register), Language.SWEDISH, ("pdf",))["pdf"]
    document = pypdfium2.PdfDocument(made)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    fonts.load(fonts.REGULAR)
    style = ParagraphStyle("body", fontName=fonts.REGULAR, fontSize=BODY, leading=BODY)

    began = time.perf_counter()
    pages = io.BytesIO()
    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 12)
    lines = [[Paragraph(escape(line), style) for line in text.split("\n")] for text in texts]
    SimpleDocTemplate(pages, pagesize=A4, **margins).build([part for page in lines for part in (*page, PageBreak())])
    print("raw_basis", time.perf_counter() - began)
    with pypdfium2.PdfDocument(pages.getvalue()) as drawn:
        assert len(texts) <= len(drawn) <= 1.1 * len(texts)
