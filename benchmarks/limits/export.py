"""As many plain A4 pages with as much text by reportlab, untagged, and one ECDSA signature over them."""

import hashlib
import io
import sys
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

if __name__ == "__main__":
    texts = (Path(sys.argv[1]) / "sheets.txt").read_text("utf-8").split("\f")
    key = ec.generate_private_key(ec.SECP256R1())
    style = getSampleStyleSheet()["BodyText"]

    began = time.perf_counter()
    pages = io.BytesIO()
    story = [part for text in texts for part in (*(Paragraph(line, style) for line in text.split("\n")), PageBreak())]
    SimpleDocTemplate(pages).build(story)
    digest = hashlib.sha256(pages.getvalue()).digest()
    signature = key.sign(digest, ec.ECDSA(SHA256()))
    (Path(sys.argv[2]) / "sheets.pdf").write_bytes(pages.getvalue() + signature)
    print("raw_export", time.perf_counter() - began)
