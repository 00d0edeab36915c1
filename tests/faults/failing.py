"""Each call on a file fails in its turn: what a person is told, what was acknowledged, and what is there afterwards.

Runs under the library of calls.c: `python -m tests.faults.failing FOLDER [deaf]`, and prints its counts as JSON.
"""

import ctypes
import errno
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TextIO

from esf_desktop import i18n
from esf_desktop.errors import EsfError
from tests.faults.deeds import do, held, open_desk, prepare

ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES)
DEEDS = 4
TRIES = 3
LONGEST_SENTENCE = 140
STATE = "-state"
"""What the folder of the mirror has at the end of its name; it fails like the workspace itself."""
_ENDED, _GAVE_UP, _CRASHED = 0, 3, 4


def every_fault(folder: Path, *, deaf: bool) -> dict[str, int]:
    """The counts over every call, error and length of the trouble; `deaf` acknowledges whatever the disk says."""
    template = folder / "template"
    desk = open_desk(template, encrypted=False)
    prepare(desk)
    desk.close()
    names = ("faults", "told", "clean", "gave_up", "crashed", "falsely_acknowledged", "corrupt", "without_sentence")
    counts = dict.fromkeys(names, 0)
    troubles = [(number, always) for number in ERRORS for always in (False, True)]
    for number, always in troubles[1:2] if deaf else troubles:
        at = 1
        while _one_fault(folder, at, number, counts, always=always, deaf=deaf):
            at += 1
    return counts


def _one_fault(folder: Path, at: int, number: int, counts: dict[str, int], *, always: bool, deaf: bool) -> bool:
    """Whether the scenario was long enough for the fault to strike."""
    place, said = folder / "case", folder.parent / f"{folder.name}-said"
    shutil.copytree(folder / "template", place)
    child = os.fork()
    if child == 0:
        code = _CRASHED
        try:
            with said.open("w", encoding="utf-8", buffering=1) as report:
                code = _scenario(place, at, number, report, always=always, deaf=deaf)
        finally:
            os._exit(code)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    lines = [json.loads(line) for line in said.read_text(encoding="utf-8").splitlines()]
    done = [line["done"] for line in lines if "done" in line]
    sentences = [line["sentence"] for line in lines if "sentence" in line]
    struck = not any("calls" in line and line["calls"] < at for line in lines)
    if struck:
        counts["faults"] += 1
        counts["told"] += bool(sentences)
        counts["clean"] += ended == _ENDED
        counts["gave_up"] += ended == _GAVE_UP
        counts["crashed"] += ended not in (_ENDED, _GAVE_UP)
        counts["without_sentence"] += sum(not 0 < len(sentence) <= LONGEST_SENTENCE for sentence in sentences)
        counts["without_sentence"] += ended == _GAVE_UP and not sentences
        last = max(done, default=0)
        try:
            desk = open_desk(place, encrypted=False)
            counts["corrupt"] += bool(desk.faults())
            there = held(desk)
            counts["falsely_acknowledged"] += there < last
            counts["corrupt"] += there > last + 1
            desk.close()
        except (EsfError, ValueError):
            counts["corrupt"] += 1
    shutil.rmtree(place)
    shutil.rmtree(place.with_name(place.name + STATE), ignore_errors=True)
    return struck


def _scenario(place: Path, at: int, number: int, report: TextIO, *, always: bool, deaf: bool) -> int:
    """Open, do some deeds with some tries each, and close; every outcome is reported as it comes."""
    library = ctypes.CDLL(None)
    library.faults_arm(ctypes.c_long(at), number, int(always))

    def tell(error: EsfError) -> None:
        for language in (i18n.Language.SWEDISH, i18n.Language.ENGLISH):
            i18n.use(language)
            report.write(json.dumps({"sentence": error.sentence(), "code": error.code}) + "\n")

    for _try in range(TRIES):
        try:
            desk = open_desk(place, encrypted=False)
            break
        except EsfError as error:
            tell(error)
    else:
        return _GAVE_UP
    for deed in range(1, DEEDS + 1):
        for _try in range(TRIES):
            try:
                do(desk, deed)
            except EsfError as error:
                tell(error)
                if not deaf:
                    continue
            report.write(json.dumps({"done": deed}) + "\n")
            break
        else:
            return _GAVE_UP
    desk.close()
    report.write(json.dumps({"calls": library.faults_calls()}) + "\n")
    return _ENDED


if __name__ == "__main__":
    print(json.dumps(every_fault(Path(sys.argv[1]), deaf="deaf" in sys.argv)))
