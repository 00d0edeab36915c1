"""A list, a folder and what the documents say, joined into applications to look at before they are taken."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from esf_desktop.documents.client import Documents
from esf_desktop.documents.metadata import Guess, guess
from esf_desktop.errors import EsfError
from esf_desktop.model import Value, replace
from esf_desktop.secretariat.drafting.draft import FACTS, CallDraft, DraftApplication, with_application
from esf_desktop.secretariat.drafting.folder import Found
from esf_desktop.secretariat.drafting.listing import Listed
from esf_desktop.signing.source import FileBytes

FIRST_PAGES = 4
"""Where the facts about an application are looked for in a document."""
MOST_READ = 3
"""Documents of an application that are looked into."""
_EMPTY: tuple[object, ...] = (None, "", ())


class Joined(Value, frozen=True):
    """An application that may be taken: from which row and files, what its documents say, and what the draft has."""

    application: DraftApplication
    row: int | None = None
    read: Guess | None = None
    before: DraftApplication | None = None

    @property
    def differing(self) -> tuple[str, ...]:
        """The facts of which the list and the documents tell differently."""
        return differing(self.application, self.read) if self.read else ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The facts, and the documents, that would be others in the draft; none for a new application."""
        if self.before is None:
            return ()
        return tuple(
            name for name in (*FACTS, "documents") if getattr(self.before, name) != getattr(self.application, name)
        )


def read_facts(documents: Documents, folder: Path, files: Iterable[str]) -> Guess | None:
    """What the first documents say about their application; None when none of them can be read."""
    texts: list[str] = []
    read = False
    for file in tuple(files)[:MOST_READ]:
        try:
            with FileBytes(folder / file) as source:
                content = source[:]
            with closing(documents.open(content, Path(file).name)) as opened:
                for number, text in enumerate(opened.texts()):
                    if number >= (FIRST_PAGES if opened.info.kind == "pages" else 200):
                        break
                    texts.append(text)
            read = True
        except EsfError:
            continue
    return guess("\n".join(texts)) if read else None


def join(
    listed: Iterable[Listed], found: Iterable[Found], read: Mapping[str, Guess], draft: CallDraft
) -> tuple[Joined, ...]:
    """The list's rows with the files that belong to them, then the files that stand in no row.

    Args:
        read: what the documents say, by the name of what was found.
    """
    files = {_key(_number(one, read)): one for one in found}
    joined: list[Joined] = []
    for row in listed:
        own = files.pop(_key(row.application.id), None)
        said = read.get(own.name) if own else None
        joined.append(Joined(_composed(row.application, own, said), row.row, said))
    for one in files.values():
        said = read.get(one.name)
        application = DraftApplication(id=_number(one, read))
        joined.append(Joined(_composed(application, one, said), None, said))
    return tuple(_beside(one, draft) for one in joined)


def take(draft: CallDraft, joined: Iterable[Joined]) -> CallDraft:
    """The draft with these applications, each in the place of the one with its number."""
    for one in joined:
        draft = with_application(draft, one.application)
    return draft


def differing(application: DraftApplication, read: Guess) -> tuple[str, ...]:
    """The facts that stand in the draft and are told otherwise by the documents."""
    return tuple(_differing(application, read))


def _differing(application: DraftApplication, read: Guess) -> Iterator[str]:
    if read.diary_number and _key(read.diary_number) != _key(application.id):
        yield "id"
    for name in FACTS:
        here, there = getattr(application, name), getattr(read, name, None)
        if here in _EMPTY or there in _EMPTY:
            continue
        if _alike(here) != _alike(there):
            yield name


def _composed(application: DraftApplication, found: Found | None, read: Guess | None) -> DraftApplication:
    """The list's facts, what it does not say taken from the documents, and the files."""
    gaps = {
        name: getattr(read, name)
        for name in FACTS
        if getattr(application, name) in _EMPTY and getattr(read, name, None) not in _EMPTY
    }
    if found is not None:
        gaps["documents"] = found.files
        if not (application.project_name or gaps.get("project_name")) and not found.number:
            gaps["project_name"] = found.name
    return replace(application, **gaps)


def _beside(one: Joined, draft: CallDraft) -> Joined:
    """The same beside what the draft has: what nothing new is said of stays as it is."""
    before = next((known for known in draft.applications if _key(known.id) == _key(one.application.id)), None)
    if before is None:
        return one
    kept = {name: getattr(before, name) for name in (*FACTS, "documents") if getattr(one.application, name) in _EMPTY}
    return replace(one, application=replace(one.application, id=before.id, **kept), before=before)


def _number(found: Found, read: Mapping[str, Guess]) -> str:
    said = read.get(found.name)
    return found.number or (said.diary_number if said and said.diary_number else found.name)


def _key(number: str) -> str:
    """The number without regard to how its parts are parted."""
    return re.sub(r"\W+", "-", number.casefold()).strip("-")


def _alike(value: object) -> object:
    """The value without what is no difference: case, blanks, the order of places."""
    match value:
        case str():
            return re.sub(r"\W+", "", value.casefold())
        case tuple():
            return frozenset(value)
        case _:
            return value
