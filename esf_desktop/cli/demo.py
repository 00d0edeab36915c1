"""`esf demo`: the whole job on the fictional round, by the same deeds as a person's."""

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from esf_desktop.assessor import export, identity, intake
from esf_desktop.assessor.print_sheets import write_sheets
from esf_desktop.cli.output import now, refusals, say, show
from esf_desktop.documents.client import Documents
from esf_desktop.exchange.receipt import read_receipt
from esf_desktop.files import safe_name, write_whole
from esf_desktop.i18n import _, language
from esf_desktop.model import ApplicationId, Assessor, DocumentId, Reader
from esf_desktop.practice import round as practice
from esf_desktop.practice.agreeing import agree, enrol_substitute
from esf_desktop.practice.assessors import Finder, assess_application
from esf_desktop.practice.proposing import propose
from esf_desktop.practice.round import PracticeRound
from esf_desktop.secretariat import merge, trust
from esf_desktop.secretariat.archive import archive
from esf_desktop.secretariat.drafting import draft_file
from esf_desktop.secretariat.drafting.draft import draft_of
from esf_desktop.secretariat.drafting.draft_file import Drafted
from esf_desktop.secretariat.receipts import write_receipts
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.reports import FORMATS, write_basis
from esf_desktop.secretariat.view import view_sha256
from esf_desktop.workspace import Workspace

STRATEGIES = "strategier.pdf"
MADE = (
    "CALL.toml",
    "ramverk.toml",
    STRATEGIES,
    "call.esfcall",
    "documents",
    "enrolments",
    "bundles",
    "sheets",
    "receipts",
    "archive",
    "register.esfdb",
)


def demo(out: Path, *, applications: int = 12, assessors: int = 3, as_json: bool = False) -> None:
    """Do the whole job on a fictional round, into a folder that is emptied of an earlier demo."""
    at = now()
    with refusals(as_json=as_json), Documents() as documents, tempfile.TemporaryDirectory() as desks:
        _empty(out)
        say(_("Making the call and its applications…"))
        made = practice.make(applications=applications, assessors=assessors, at=at)
        write_whole(out / "call.esfcall", made.package, mode=0o644)
        _write_documents(out / "documents", made)
        _write_draft(out, made)
        finder = Finder(documents)
        enrolments, bundles, opened = [], [], []
        try:
            for number, reader in enumerate(made.call.assessors, start=1):
                say(_("{name} assesses…").format(name=reader.name))
                desk = _desk(Path(desks) / reader.id, out, made, documents, reader, at)
                opened.append(desk)
                enrolment, bundle = _assess(desk, out, finder, number, applications, at + timedelta(minutes=number))
                enrolments.append(enrolment)
                bundles.append(bundle)
            say(_("The secretariat checks and merges…"))
            digest = _merge(out, made, enrolments, bundles, at + timedelta(hours=1))
            answers: dict[str, list[Path]] = {}
            for path in sorted((out / "receipts").iterdir()):
                answers.setdefault(read_receipt(path.read_bytes(), file=path.name).value.assessor, []).append(path)
            for desk, reader in zip(opened, made.call.assessors, strict=True):
                intake.take_files(desk, documents, answers[reader.id], at=at + timedelta(hours=2))
        finally:
            for desk in opened:
                desk.close()
    show(
        {"folder": str(out), "view_sha256": digest},
        [_("Everything lies in {folder}.").format(folder=out)],
        as_json=as_json,
    )


def _empty(out: Path) -> None:
    """Take away what an earlier demo made, and nothing else."""
    out.mkdir(parents=True, exist_ok=True)
    for name in (*MADE, *(f"basis.{kind}" for kind in FORMATS)):
        path = out / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for name in ("enrolments", "bundles", "sheets", "receipts"):
        (out / name).mkdir()


def _write_documents(folder: Path, made: PracticeRound) -> None:
    for application in made.call.applications:
        own = folder / safe_name(application.id)
        own.mkdir(parents=True)
        for document in application.documents:
            write_whole(own / document.name, made.documents[document.sha256], mode=0o644)


def _write_draft(out: Path, made: PracticeRound) -> None:
    """The call as it is drafted, for `esf call pack` and the call editor."""
    names = {document.sha256: document.name for one in made.call.applications for document in one.documents}

    def path(application: ApplicationId | None, sha256: DocumentId) -> str:
        return STRATEGIES if application is None else f"documents/{safe_name(application)}/{names[sha256]}"

    for reference in made.call.references:
        if reference.document is not None:
            write_whole(out / STRATEGIES, made.documents[reference.document], mode=0o644)
    draft_file.write(Drafted(out / draft_file.NAME, draft_of(made.call, path), made.call.framework))


def _desk(
    folder: Path, out: Path, made: PracticeRound, documents: Documents, reader: Reader, at: datetime
) -> Workspace:
    desk = Workspace.open(folder)
    identity.introduce(desk, Assessor(reader.id, reader.name, "Övning"), at=at)
    (taken,) = intake.take_files(desk, documents, [out / "call.esfcall"], at=at, confirm=made.key.fingerprint).taken
    if taken.error:
        raise taken.error
    return desk


def _assess(
    desk: Workspace, out: Path, finder: Finder, number: int, applications: int, at: datetime
) -> tuple[Path, Path]:
    person = identity.known_assessor(desk)
    key = identity.signing_key(desk, None, at=at)
    enrolment = out / "enrolments" / f"{safe_name(person.name)}.esfenrol"
    identity.enrolment(desk, key, enrolment, device="demo", at=at)
    for content in practice.contents(applications):
        assess_application(desk, finder, content, number, at=at)
    bundle = export.export(desk, key, out / "bundles", at=at).path
    export.mark_sent(desk, at=at)
    for sheet in write_sheets(desk, out / "sheets" / safe_name(person.name)):
        sheet.rename(out / "sheets" / f"{sheet.stem} {safe_name(person.name)}.pdf")
    (out / "sheets" / safe_name(person.name)).rmdir()
    return enrolment, bundle


def _merge(out: Path, made: PracticeRound, enrolments: list[Path], bundles: list[Path], at: datetime) -> str:
    with Register.open(out / "register.esfdb") as register:
        trust.add_call(register, made.package, file="call.esfcall", at=at)
        for path in enrolments:
            trust.enrol(register, path.read_bytes(), file=path.name, at=at)
        rows = merge.merge(register, ((path.name, path.read_bytes()) for path in bundles), at=at)
        for row in rows:
            if row.problem:
                raise row.problem
        write_receipts(register, made.key, out / "receipts", at=at)
        enrol_substitute(register, at=at)
        agree(register, at=at + timedelta(minutes=30))
        propose(register, at=at + timedelta(hours=1))
        write_basis(register, out, language=language())
        archive(register, out / "archive", language=language())
        return view_sha256(register)
