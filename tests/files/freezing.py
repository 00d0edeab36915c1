"""`python -m tests.files.freezing` makes the databases of the present schemas that are not frozen yet.

What is there is never touched: those files are opened by every later program. Beside each stands what it says, as JSON.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from esf_desktop.assessor import assess, export, identity, notes
from esf_desktop.documents.client import Documents
from esf_desktop.model import Rating
from esf_desktop.secretariat import tables, trust
from esf_desktop.secretariat.receipts import write_receipts
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.server import Address
from esf_desktop.secretariat.view import view_sha256
from esf_desktop.workspace import Workspace
from esf_desktop.workspace.tables import WORK_SCHEMA
from tests import postgres
from tests.packages import assess_fully, desk_with_call
from tests.rounds import AT, FIRST, SAM, SECOND, later
from tests.secretariat import files

HERE = Path(__file__).resolve().parent
PASSPHRASE = "gran björk tall lind"


def furnish(register: Register, folder: Path) -> None:
    """Let everything happen to the register: waiting, a refusal by the call, revisions, receipts, a blocked key."""
    first = files.assessment()
    files.furnished(register, call=False)
    files.merged(register, files.bundle(1, [first], call_id="2025-ON-9"), files.bundle(0, [first]))
    trust.add_call(register, files.call_package(), file="a.esfcall", at=AT)
    files.merged(register, files.bundle(0, [files.revised(first), files.assessment(1)]), files.bundle(2, [first]))
    write_receipts(register, files.secretariat_key(), folder / "ut", at=AT)
    trust.revoke(register, files.key(2).fingerprint, reason="Borttappad", at=AT)


def told_of_register(register: Register) -> dict[str, object]:
    """What any later program must still find there."""
    return {
        "view": view_sha256(register),
        "events": len(register.events()),
        "newest": register.events()[-1].hash,
        "bundles": [bundle.sha256 for bundle in register.bundles()],
        "trusted": sorted(trust.trusted(register)),
    }


def told_of_workspace(desk: Workspace) -> dict[str, object]:
    """The same of a workspace."""
    draft = desk.draft(FIRST)
    return {
        "round": desk.round,
        "rating": draft.judgement(SAM).rating,
        "comment": draft.judgement(SAM).comment,
        "note": desk.note(SECOND),
        "signed": desk.logical_hash(),
    }


def freeze_register(folder: Path) -> None:
    """A register in a file, and the same kind of register on a server, as the statements that make it again."""
    target = HERE / f"register-{tables.SCHEMA}.esfdb"
    if not target.exists():
        with Register.open(folder / "register.esfdb") as register:
            furnish(register, folder)
            _tell(target, told_of_register(register))
        shutil.copyfile(folder / "register.esfdb", target)
    script = HERE / f"register-{tables.SCHEMA}.sql"
    if not script.exists():
        with postgres.started() as server:
            address = server.new("template0")
            with Register.open(address) as register:
                furnish(register, folder)
                _tell(script, told_of_register(register))
            script.write_text(_dumped(address), "utf-8")


def freeze_workspace(folder: Path) -> None:
    """A workspace that has a call with documents, ratings, notes and something signed; and an encrypted one."""
    for passphrase, name in ((None, "workspace"), (PASSPHRASE, "encrypted")):
        target = HERE / f"{name}-{WORK_SCHEMA}"
        if target.exists():
            continue
        with Documents() as documents:
            desk = desk_with_call(folder, documents)
        assess_fully(desk, FIRST)
        assess.rate(desk, FIRST, SAM, Rating.PARTLY, at=later(1))
        assess.comment(desk, FIRST, SAM, "Åtta kommuner.", at=later(2))
        notes.write(desk, SECOND, None, "Ring om budgeten.", at=later(3))
        export.export(desk, identity.signing_key(desk, None, at=AT), folder / "ut", at=later(4))
        told = told_of_workspace(desk)
        place = desk.folder
        desk.close()
        if passphrase:
            from esf_desktop.workspace import turning

            turning.encrypt(place, passphrase)
        shutil.copytree(place, target, ignore=shutil.ignore_patterns("open.lock", "reserve.bin", "*-journal", "*-wal"))
        shutil.rmtree(place)
        _tell(target, told)


def _dumped(address: Address) -> str:
    programs = postgres.programs()
    assert programs is not None
    host = str(address.url.query["host"])
    command = [str(programs / "pg_dump"), "-h", host, "-U", postgres.USER, "--inserts", "--no-owner", "--no-comments"]
    environment = {"PGPASSWORD": postgres.PASSWORD}
    said = subprocess.run(
        [*command, str(address.url.database)], check=True, capture_output=True, text=True, env=environment
    )
    passed_over = ("--", "SET ", "SELECT pg_", "\\")
    lines = [line for line in said.stdout.splitlines() if line and not line.startswith(passed_over)]
    return "\n".join(lines) + "\n"


def _tell(target: Path, facts: dict[str, object]) -> None:
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    target.with_name(f"{target.name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        freeze_register(Path(temporary))
        freeze_workspace(Path(temporary))
