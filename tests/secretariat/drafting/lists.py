"""Lists of applications as people keep them, made as files."""

import io
from collections.abc import Sequence

import openpyxl

HEADINGS = ("Diarienr", "Projektnamn", "Sökande", "Org.nr", "Sökt stöd (kr)", "Start", "Slut", "Kommuner", "Projekttyp")
ROWS = (
    ("2026/00112", "Kompetenskliv Inland", "Påhittade kommunförbundet", "402000-0107", "6 359 500 kr", "2027-01-01",
     "2029-12-31", "Arjeplog, Arvidsjaur", "Genomförande"),
    ("2026-00115", "Åtta kommuner, ett lärande", "Stiftelsen Exempel", "4020000206", "5.417.352,00", "1 mars 2027",
     "feb 2028", "Åsele", "Förstudie"),
    ("2026/00118", "Språk på jobbet – čállit", "Region Påhitt", "402000-0305", "2,5 mkr", "2027-02-01", "2028-12-31",
     "Umeå och Vännäs", "genomförandeprojekt"),
)  # fmt: skip


def csv(rows: Sequence[Sequence[str]] = (HEADINGS, *ROWS), *, separator: str = ";") -> str:
    """The rows as a CSV text."""
    quoted = (["“".join(cell.split('"')) for cell in row] for row in rows)
    return "\r\n".join(separator.join(f'"{c}"' if separator in c else c for c in row) for row in quoted) + "\r\n"


def xlsx(
    rows: Sequence[Sequence[object]] = (HEADINGS, *ROWS), *, merged: Sequence[str] = (), name: str = "Lista"
) -> bytes:
    """The rows as a spreadsheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
