"""What a person does that touches several files: killed before each call on one, and cut off from power after it.

Runs under the library of calls.c: `python -m tests.faults.acts FOLDER ACT KILLS STATES`, and prints its
counts as JSON. What is found must be as before the act or as after it, and the same act again must complete it.
"""

import ctypes
import json
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from esf_desktop.assessor import export, first_start, identity, intake, protection, purge
from esf_desktop.documents.client import Documents
from esf_desktop.errors import EsfError
from esf_desktop.exchange.bundle import read_bundle
from esf_desktop.formatting import groups
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.register import Register
from esf_desktop.workspace import Workspace, backup, key_file, mirror, restoring, turning
from esf_desktop.workspace.places import BACKUPS, KEY_FILE, WORK_FILE
from tests.packages import assess_fully, assessor_key, desk_with_call, package, secretariat_key
from tests.rounds import AT, FIRST, PERSON, later
from tests.secretariat import files

PHRASE, OTHER = "björk sten älv myr ripa", "en annan lång fras"
Look = Callable[[Path], object]


class Act(NamedTuple):
    """How the place is made ready, what is done, and what is looked at; doing again may find it done already."""

    prepare: Callable[[Path], None]
    do: Callable[[Path], None]
    look: Look


def _desk(place: Path, *, assessed: bool = False, phrase: str | None = None) -> None:
    with Documents() as documents:
        desk = desk_with_call(place, documents)
    if assessed:
        assess_fully(desk, FIRST)
    desk.close()
    if phrase:
        protection.encrypt(place / "desk", phrase, at=AT)


def _open(place: Path) -> "closing[Workspace]":
    folder = place / "desk"
    restoring.finish(folder)
    turning.finish(folder)
    return closing(Workspace.open(folder, PHRASE if (folder / KEY_FILE).exists() else None))


def _work(place: Path) -> object:
    """Everything that the work says, and whether the documents that it names are here."""
    with _open(place) as desk:
        named = {d.sha256 for a in desk.applications() for d in a.documents}
        return [desk.logical_hash(), named <= desk.store.known(), desk.encrypted]


def _prepare_intake(place: Path) -> None:
    with closing(Workspace.open(place / "desk")) as desk:
        identity.introduce(desk, PERSON, at=AT)
    package(place)


def _take(place: Path) -> None:
    with _open(place) as desk, Documents() as documents:
        fingerprint = groups(secretariat_key().fingerprint)
        intake.take_files(desk, documents, [place / "utlysning.esfcall"], at=AT, confirm=fingerprint)


def _export(place: Path) -> None:
    with _open(place) as desk:
        if export.leaving(desk, at=later(60)):
            export.export(desk, assessor_key(), place / "ut", at=later(60))


def _exported(place: Path) -> object:
    """How much is signed; every bundle that is there is whole, and there is one when something is signed."""
    bundles = [read_bundle(path.read_bytes(), file="f") for path in (place / "ut").glob("*.esfbundle")]
    with _open(place) as desk:
        signed = len(desk.signed(FIRST))
        return [signed, len(bundles) >= signed, len(desk.faults())]


def _prepare_register(place: Path) -> None:
    with Register.open(place / "register.esfdb") as register:
        trust.add_call(register, files.call_package(), file="a.esfcall", at=AT)
        trust.enrol(register, files.enrolment(0), file="a.esfenrol", at=AT)


def _merge(place: Path) -> None:
    with Register.open(place / "register.esfdb") as register:
        files.merged(register, BUNDLE)


def _merged(place: Path) -> object:
    with Register.open(place / "register.esfdb") as register:
        return register.logical_hash()


def _back_up(place: Path) -> None:
    with _open(place) as desk:
        if not backup.made_in(desk.folder / BACKUPS):
            backup.back_up(desk, at=later(60))


def _backed_up(place: Path) -> object:
    """How many backups count; each of them opens, is sound and says what the work says."""
    with _open(place) as desk:
        said = []
        for one in backup.made_in(desk.folder / BACKUPS):
            with backup.opened(one.place, desk):
                said.append(one.manifest.content == desk.content())
        return said


def _prepare_restore(place: Path) -> None:
    _desk(place)
    with _open(place) as desk:
        backup.back_up(desk, at=later(60))
        assess_fully(desk, FIRST, later(70))


def _restore(place: Path) -> None:
    restoring.finish(place / "desk")
    (kept,) = backup.made_in(place / "desk" / BACKUPS)[:1]
    backup.restore(kept.place, place / "desk", None, at=later(80))


def _careless_restore(place: Path) -> None:
    """File by file, as nobody should: the control that must be caught."""
    desk = place / "desk"
    (kept,) = backup.made_in(desk / BACKUPS)[:1]
    mirror.go_on(desk)
    for name in (WORK_FILE, f"{WORK_FILE}-wal"):
        (desk / name).unlink(missing_ok=True)
    (desk / WORK_FILE).write_bytes((kept.place / WORK_FILE).read_bytes())


def _prepare_purge(place: Path) -> None:
    _desk(place, assessed=True)
    _back_up(place)


def _purge(place: Path) -> None:
    with _open(place) as desk:
        begun = [one.round for one in purge.unfinished(desk)]
        for round_ in begun or [call.id for call in desk.rounds()]:
            purge.purge(desk, round_, at=later(90))


def _purged(place: Path) -> object:
    """Which rounds are there; a purge that was begun counts as made, and the same again completes it."""
    with _open(place) as desk:
        return [[call.id for call in desk.rounds()], len(desk.faults())]


def _begin(place: Path) -> None:
    folder = place / "desk"
    turning.finish(folder) if folder.exists() else None
    if not key_file.beginning(folder / WORK_FILE):
        first_start.begin(folder, PERSON, PHRASE, at=AT).workspace.close()


def _begun(place: Path) -> object:
    """Nothing at all, so that another passphrase may be chosen; or a workspace with its person and key."""
    folder = place / "desk"
    turning.finish(folder) if folder.exists() else None
    if not key_file.beginning(folder / WORK_FILE):
        return "nothing" if not (folder / KEY_FILE).exists() else "a key without work"
    with _open(place) as desk:
        who = desk.assessor()
        return [who.name if who else None, bool(identity.signing_key(desk, PHRASE, at=AT)), protection.has_code(folder)]


ACTS = {
    "first start": Act(lambda place: None, _begin, _begun),
    "call taken in": Act(_prepare_intake, _take, _work),
    "export": Act(lambda place: _desk(place, assessed=True), _export, _exported),
    "merge": Act(_prepare_register, _merge, _merged),
    "backup": Act(_desk, _back_up, _backed_up),
    "restore": Act(_prepare_restore, _restore, _work),
    "restore, control": Act(_prepare_restore, _careless_restore, _work),
    "purge": Act(_prepare_purge, _purge, _purged),
    "encrypt": Act(_desk, lambda place: _turn(place, encrypt=True), _work),
    "decrypt": Act(lambda place: _desk(place, phrase=PHRASE), lambda place: _turn(place, encrypt=False), _work),
}
KEYS = (secretariat_key(), assessor_key())
"""Made here, so that every child has the same."""
BUNDLE = files.bundle(0, [files.assessment(0), files.assessment(1)])


def _turn(place: Path, *, encrypt: bool) -> None:
    folder = place / "desk"
    turning.finish(folder)
    if (folder / KEY_FILE).exists() is not encrypt:
        protection.encrypt(folder, PHRASE, at=AT) if encrypt else protection.decrypt(folder, PHRASE)


def tried(folder: Path, act: Act, kills: int, states: int) -> Counter[str]:
    """The counts of so many kills and so many states after a power cut, spread over all calls of the act."""
    library, place, template, record = ctypes.CDLL(None), folder / "place", folder / "template", folder / "record"
    _in_child(lambda: act.prepare(place), place)
    shutil.copytree(place, template)
    before = act.look(place)
    _again(place, template)
    calls = _in_child(lambda: act.do(place), place, begin=lambda: library.faults_record(bytes(record)))
    after = act.look(place)
    if calls < 1 or before == after:
        raise RuntimeError("the act does nothing")
    counts: Counter[str] = Counter(calls=calls)
    spread = {1 + n * calls // kills for n in range(kills)} | {calls - 6, calls - 3, calls}
    for at in sorted(spread) if kills < calls else range(1, calls + 1):
        _again(place, template)
        _in_child(lambda: act.do(place), place, begin=lambda at=at: library.faults_kill(at))  # type: ignore[misc]
        counts["kills"] += 1
        counts[_verdict(act, place, before, after)] += 1
    _cut(folder, act, record, states, counts, before, after)
    return counts


def _cut(
    folder: Path, act: Act, record: Path, states: int, counts: Counter[str], before: object, after: object
) -> None:
    from tests.faults.power import Disk
    from tests.faults.power import calls as recorded

    place, template = folder / "place", folder / "template"
    there = {str(place / p.relative_to(template)): p.read_bytes() for p in template.rglob("*") if p.is_file()}
    chance, said = random.Random(29), list(recorded(record))
    disk, seen = Disk(chance, there), set()
    every = max(1, len(said) // max(states, 1))
    for number, call in enumerate(said):
        disk.take(call)
        if number % every or not states:
            continue
        found = disk.after_a_cut(chance.choice(("kept", "dropped", "random")))
        key = hash(frozenset(found.items()))
        if key in seen:
            continue
        seen.add(key)
        shutil.rmtree(place)
        for path, content in found.items():
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_bytes(content)
        counts["states"] += 1
        counts[_verdict(act, place, before, after)] += 1


def _verdict(act: Act, place: Path, before: object, after: object) -> str:
    try:
        found = act.look(place)
        if found not in (before, after):
            return f"between: {found}"
        code = _in_child(lambda: act.do(place), place)
        if code < 0 or act.look(place) != after:
            return "not completed by doing it again"
    except EsfError as error:
        return f"refused: {error.code}"
    return "before" if found == before else "after"


def _again(place: Path, template: Path) -> None:
    shutil.rmtree(place)
    shutil.copytree(template, place)


def _in_child(do: Callable[[], object], place: Path, *, begin: Callable[[], object] = lambda: None) -> int:
    """Do it in a process of its own, and answer how many calls it made; -1 when it ended otherwise."""
    place.mkdir(parents=True, exist_ok=True)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            library = ctypes.CDLL(None)
            library.faults_kill(ctypes.c_long(-1))
            begin()
            do()
            os.write(writing, str(library.faults_calls()).encode())
        except EsfError as error:
            print(error, file=sys.stderr)
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        return int(pipe.read() or -1)


if __name__ == "__main__":
    key_file.SCRYPT_COST = 2**10
    where, name, kills, states = sys.argv[1:]
    print(json.dumps(tried(Path(where), ACTS[name], int(kills), int(states))))
