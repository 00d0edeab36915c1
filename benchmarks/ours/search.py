"""Questions put to a desk of 40 applications of 60 pages each, all of them judged."""

import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pypdfium2

from benchmarks.material import AT, call
from benchmarks.rounds import say
from esf_desktop.assessor import assess, recuse
from esf_desktop.assessor.search import find
from esf_desktop.history import Kind
from esf_desktop.model import Declaration, Document, DocumentId, Rating, replace
from esf_desktop.workspace import Workspace

APPLICATIONS = 40
QUERIES = ("samverkan", "kommun", "och", '"åtta kommuner"', "arbetsgivare region", "metod*", "finnsinte")


def pages(material: Path) -> list[list[str]]:
    """The text of each page of each application's document."""
    document = pypdfium2.PdfDocument((material / "long.pdf").read_bytes())
    texts = [page.get_textpage().get_text_range() for page in document]
    return [[f"{text}\n{number}" for text in texts] for number in range(APPLICATIONS)]


def round_of(desk: Workspace, documents: Sequence[DocumentId], *, at: datetime) -> None:
    """Take a call on the desk with an application for each document."""
    made = call()
    applications = tuple(
        replace(application, documents=(Document(sha256, "ansokan.pdf", "application/pdf", 1),))
        for application, sha256 in zip(made.applications, documents, strict=False)
    )
    with desk.write(at=at, kind=Kind.SEAL) as work:
        work.put("", "current", made.id, round_="")
        work.put("", "call", replace(made, applications=applications), round_=made.id)


def judged(desk: Workspace, *, at: datetime) -> None:
    """Write a comment of usual length on every criterion of every application."""
    for application in desk.applications():
        recuse.declare(desk, application.id, Declaration.NONE, at=at)
        for criterion in desk.call().criteria:  # type: ignore[union-attr]
            assess.rate(desk, application.id, criterion.id, Rating.MET, at=at)
            words = f"Ansökan visar hur {criterion.title.sv.lower()} ska genomföras i kommunen. "
            assess.comment(desk, application.id, criterion.id, words * 3, at=at)


if __name__ == "__main__":
    desk = Workspace.open(Path(sys.argv[2]) / "desk")
    texts = pages(Path(sys.argv[1]))
    round_of(desk, [desk.store.put(f"{n}".encode(), document) for n, document in enumerate(texts)], at=AT)
    judged(desk, at=AT)
    seconds = []
    for number in range(12):
        for words in QUERIES:
            began = time.perf_counter()
            find(desk, words)
            if number:
                seconds.append(time.perf_counter() - began)
    desk.close()
    say("one_search", seconds)
