"""What may be on a disk after a power cut: built from the record of calls.c, call by call.

The model: what was written to a file is certain once that file was synced; names are certain, in their order, once the
folder was. Anything later is kept, dropped or torn at sectors of 512 bytes, each on its own. After a sync that failed,
what was waiting is as uncertain for ever: the system shows it, takes it for written, and never writes it again.
"""

import random
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_HEAD = struct.Struct("=cIqQ")


@dataclass(frozen=True)
class Call:
    """One call on a file: C created, T cut, W written, S synced, F not synced, N renamed, U removed."""

    op: str
    path: str
    offset: int
    data: bytes


@dataclass
class _Change:
    call: Call
    state: str = "waiting"
    """Until a sync makes it certain, or a failed one forgotten."""


@dataclass
class _File:
    certain: bytearray = field(default_factory=bytearray)
    changes: list[_Change] = field(default_factory=list)
    """What is not certain yet, and what came after that."""

    def sync(self, *, failed: bool) -> None:
        for change in self.changes:
            if change.state == "waiting":
                change.state = "forgotten" if failed else "certain"
        while self.changes and self.changes[0].state == "certain":
            call = self.changes.pop(0).call
            _apply(self.certain, call.op, call.offset, call.data)


class Disk:
    """The files as they are after the calls so far, certain and uncertain."""

    def __init__(self, chance: random.Random, there: Mapping[str, bytes] | None = None) -> None:
        self._chance = chance
        self._names = {path: _File(bytearray(content)) for path, content in (there or {}).items()}
        self._histories: list[dict[str, _File]] = [self._names]

    def take(self, call: Call) -> None:
        """Let the call happen."""
        if call.op == "C":
            self._name(self._names | {call.path: _File()})
        elif call.op == "U":
            self._name({name: file for name, file in self._names.items() if name != call.path})
        elif call.op == "N":
            self._rename(call.path, call.data.decode())
        elif call.op in "SF" and call.path not in self._names:
            self._histories = [self._names] if call.op == "S" else self._histories
        elif call.op in "SF":
            self._names[call.path].sync(failed=call.op == "F")
        else:
            self._names[call.path].changes.append(_Change(call))

    def after_a_cut(self, manner: str) -> dict[str, bytes]:
        """The files that may be found: with everything `kept`, everything unsynced `dropped`, or at `random`."""
        at = {"kept": -1, "dropped": 0}.get(manner, self._chance.randrange(len(self._histories)))
        return {name: self._content(file, manner) for name, file in self._histories[at].items()}

    def _name(self, names: dict[str, _File]) -> None:
        self._names = names
        self._histories.append(names)

    def _rename(self, old: str, new: str) -> None:
        """A file, or a folder with what is in it."""
        moved = {f"{new}{name.removeprefix(old)}": name for name in self._names if f"{name}/".startswith(f"{old}/")}
        stay = {name: file for name, file in self._names.items() if name not in moved.values()}
        self._name(stay | {name: self._names[before] for name, before in moved.items()})

    def _content(self, file: _File, manner: str) -> bytes:
        content = bytearray(file.certain)
        for change in file.changes:
            call = change.call
            if change.state == "certain" or manner == "kept":
                _apply(content, call.op, call.offset, call.data)
            elif manner == "random":
                self._perhaps(content, call)
        return bytes(content)

    def _perhaps(self, content: bytearray, call: Call) -> None:
        fate = self._chance.random()
        if fate < 0.4:
            _apply(content, call.op, call.offset, call.data)
        elif fate < 0.7 and call.op == "W":
            for start in range(0, len(call.data), SECTOR):
                if self._chance.random() < 0.5:
                    _apply(content, "W", call.offset + start, call.data[start : start + SECTOR])


def calls(record: Path) -> Iterator[Call]:
    """The calls of a record, in their order."""
    said, at = record.read_bytes(), 0
    while at < len(said):
        op, path_length, offset, length = _HEAD.unpack_from(said, at)
        at += _HEAD.size
        path = said[at : at + path_length].decode()
        at += path_length
        held = length if op in b"WN" else 0
        yield Call(op.decode(), path, offset, said[at : at + held])
        at += held


def _apply(content: bytearray, op: str, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    if op == "T":
        del content[offset:]
    else:
        content[offset : offset + len(data)] = data
