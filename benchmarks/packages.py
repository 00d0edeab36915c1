"""A call package of 256 MiB, made in a process's own folder, which is removed with all that is in it."""

import hashlib
import os
from pathlib import Path

from benchmarks.material import AT
from esf_desktop.exchange.call_package import pack_call_package
from esf_desktop.framework import builtin
from esf_desktop.model import Application, ApplicationId, Call, CallId, Document, DocumentId
from esf_desktop.signing.keys import SigningKey, make_key

DOCUMENTS = 64
EACH = 4 * 2**20
"""Bytes of a document, as of an application with its annexes scanned."""


def large_package(folder: Path) -> tuple[Path, SigningKey]:
    """The package, on the disk and read once, and the key that signed it."""
    framework = builtin()
    applications, paths = [], {}
    for number in range(DOCUMENTS):
        path = folder / f"document{number:02}"
        path.write_bytes(os.urandom(EACH))
        sha256 = DocumentId(hashlib.sha256(path.read_bytes()).hexdigest())
        paths[sha256] = path
        document = Document(sha256, "ansokan.pdf", "application/pdf", EACH)
        applications.append(Application(ApplicationId(f"2026/{number:05}"), f"Projekt {number}", "Övning", (document,)))
    call = Call(
        id=CallId("2026-ON-1"),
        call_version=1,
        body="Partnerskapet",
        title="Stort paket",
        diary_number="2026/00042",
        deadline=None,
        framework=framework,
        selected_principles=tuple(principle.id for principle in framework.principles[:6]),
        applications=tuple(applications),
    )
    key = make_key("Sekretariatet", "Partnerskapet", at=AT)
    package = folder / "call.esfcall"
    pack_call_package(package, call, paths, key, at=AT)
    for path in paths.values():
        path.unlink()
    os.sync()
    return package, key
