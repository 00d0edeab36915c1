"""A row of numbered deeds, so that what a workspace holds tells exactly which of them it has."""

import re
from pathlib import Path

from esf_desktop.assessor import assess, notes, recuse
from esf_desktop.model import Declaration
from esf_desktop.workspace import Workspace
from tests.rounds import AT, FIRST, LAR, RUS, SAM, SECOND, later, take
from tests.rounds import call as small_call

RAW_KEY = bytes(range(32))
_PLACES = tuple((application, criterion) for application in (FIRST, SECOND) for criterion in (SAM, RUS, LAR))
SLOTS = len(_PLACES) + 2


def open_desk(folder: Path, *, encrypted: bool) -> Workspace:
    """The workspace in the folder; an encrypted one without the seconds that a passphrase costs."""
    folder.mkdir(parents=True, exist_ok=True)
    return Workspace.unlocked(folder, RAW_KEY if encrypted else None)


def prepare(desk: Workspace) -> None:
    """Take the round and answer the question on conflict of interest."""
    take(desk, small_call())
    for application in (FIRST, SECOND):
        recuse.declare(desk, application, Declaration.NONE, at=AT)


def do(desk: Workspace, number: int) -> None:
    """The deed of that number, through the real deeds: a comment or a note of some length."""
    text = f"Nr {number}. " + "Åtta kommuner. " * (number * 37 % 120)
    slot = number % SLOTS
    if slot < len(_PLACES):
        assess.comment(desk, *_PLACES[slot], text, at=later(number))
    elif slot == len(_PLACES):
        notes.write(desk, FIRST, None, text, at=later(number))
    else:
        notes.write(desk, SECOND, SAM, text, at=later(number))


def held(desk: Workspace) -> int:
    """The number of the last deed that the workspace holds; ValueError when an earlier one is not there."""
    drafts = desk.drafts()
    texts = [drafts[application].judgement(criterion).comment for application, criterion in _PLACES]
    texts += [desk.note(FIRST), desk.note(SECOND, SAM)]
    return newest(texts)


def newest(texts: list[str]) -> int:
    """The number of the last deed, from the text in every slot; ValueError when they do not fit together."""
    numbers = [int(found[1]) if (found := re.match(r"Nr (\d+)\.", text)) else 0 for text in texts]
    last = max(numbers)
    for slot, number in enumerate(numbers):
        due = last - (last - slot) % SLOTS
        if number != max(due, 0):
            raise ValueError(f"slot {slot} holds {number}, not {due}")
    return last
