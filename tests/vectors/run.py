"""The vectors, put before this program's reader, or before another: `python -m tests.vectors.run "COMMAND --json"`.

The command gets the options of `esf verify` (`--trust CERTIFICATE`) and files, and must print the same JSON. Where it
gives no `code` or no `fault` for a file, its verdict alone is compared.
"""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from esf_desktop.errors import FileError
from esf_desktop.exchange import verify
from esf_desktop.exchange.canonical import digest
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.merge import merge
from esf_desktop.secretariat.register import Register

FOLDER = Path(__file__).resolve().parent
AT = datetime(2026, 12, 9, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Expected:
    """A frozen file and what is expected of it."""

    name: str
    said: Mapping[str, Any]

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return FOLDER / self.name

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return self.path.read_bytes()

    @property
    def by(self) -> str:
        """What reads it: verify, merge or call."""
        return str(self.said.get("by", "verify"))

    @property
    def trust(self) -> tuple[str, ...]:
        """The certificates that are trusted."""
        return tuple(self.said.get("trust", ()))

    @property
    def verdict(self) -> tuple[str, str | None, str | None]:
        """Accepted or refused, with code and fault."""
        return self.said["verdict"], self.said["code"], self.said["fault"]


@cache
def frozen() -> tuple[Expected, ...]:
    """Every vector, in the order of their names."""
    found = sorted(FOLDER.glob("*/*.expect"))
    return tuple(
        Expected(str(path.relative_to(FOLDER).with_suffix("")), json.loads(path.read_bytes())) for path in found
    )


def fingerprint(certificate: str) -> str:
    """SHA-256 of a certificate of the folder."""
    pem = (FOLDER / certificate).read_bytes()
    return digest(x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER))


def examined(vector: Expected) -> tuple[str, str | None, str | None]:
    """The verdict of this program's reader."""
    trusted = frozenset(map(fingerprint, vector.trust)) if vector.trust else None
    try:
        verify.examine(vector.content, file=vector.path.name, trusted=trusted)
    except FileError as error:
        named = error.file == vector.path.name
        return "refused", error.code if named else "names another file", error.fault
    return "accepted", None, None


def prepared(register: Register, vector: Expected) -> None:
    """Let a register do what it has done before it meets the vector."""
    for step in vector.said["given"]:
        content, name = (FOLDER / step["file"]).read_bytes(), Path(step["file"]).name
        match step["do"]:
            case "call":
                trust.add_call(register, content, file=name, at=AT)
            case "trust":
                trust.enrol(register, content, file=name, at=AT)
            case "revoke":
                trust.revoke(register, fingerprint(step["file"]), at=AT)
            case "merge":
                (row,) = merge(register, [(name, content)], at=AT)
                assert row.outcome != "refused", row.sentence()
            case other:
                raise AssertionError(other)


def merged(register: Register, vector: Expected) -> tuple[str, str | None, tuple[str, ...]]:
    """Outcome, code and states of a vector that a register merges."""
    (row,) = merge(register, [(vector.path.name, vector.content)], at=AT)
    return row.outcome.value, row.code, tuple(standing.state.value for standing in row.assessments)


def driven(command: str) -> Iterator[str]:
    """What another reader answers otherwise than expected, as lines."""
    by_trust: dict[tuple[str, ...], list[Expected]] = {}
    for vector in frozen():
        if vector.by == "verify":
            by_trust.setdefault(vector.trust, []).append(vector)
    for trusted, vectors in by_trust.items():
        words = [*shlex.split(command), *(word for pem in trusted for word in ("--trust", str(FOLDER / pem)))]
        answer = subprocess.run(
            [*words, *(str(v.path) for v in vectors)], capture_output=True, check=False, timeout=600
        )
        rows = {row["file"]: row for row in json.loads(answer.stdout)["files"]}
        for vector in vectors:
            row = rows[str(vector.path)]
            got = (row["verdict"], row.get("code"), row.get("fault"))
            expected = tuple(None if a is None else b for a, b in zip(got, vector.verdict, strict=True))
            if got != expected:
                yield f"{vector.name}: {got}, expected {vector.verdict}: {vector.said['sentence']}"


def main() -> None:
    """Put all vectors that need no register before the command."""
    command = " ".join(sys.argv[1:]) or os.environ.get("ESF_VERIFY") or f"{sys.executable} -m esf_desktop verify --json"
    different = list(driven(command))
    print(*different, sep="\n", end="\n" if different else "")
    print(f"{sum(v.by == 'verify' for v in frozen())} vectors, {len(different)} answered otherwise", file=sys.stderr)
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
