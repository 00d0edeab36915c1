"""`python -m tests.vectors.making` writes the vectors that are missing; what is frozen it only compares."""

import base64
import sys
from pathlib import Path

import msgspec

from tests.vectors.making import containers, material, payloads, signatures, trust
from tests.vectors.making.keys import WITH_CERTIFICATE, key
from tests.vectors.making.material import Vector, Vectors

FOLDER = Path(__file__).resolve().parent.parent


def all_vectors() -> Vectors:
    """Every vector by its path."""
    made: Vectors = {}
    for some in (material.sound(), *(part.vectors() for part in (containers, signatures, payloads, trust))):
        assert not made.keys() & some.keys()
        made |= some
    return made


def expectation(vector: Vector) -> bytes:
    """What stands in the `.expect` beside a file."""
    merged = vector.by == "merge"
    accepted = vector.code is None or vector.outcome not in (None, "refused")
    said: dict[str, object] = {
        "verdict": "accepted" if accepted else "refused",
        "code": vector.code,
        "fault": None if accepted else vector.fault or vector.code,
        "trusted": True if vector.trust and accepted else None,
        "sentence": vector.sentence,
    }
    if vector.trust:
        said["trust"] = [f"certificates/{who}.pem" for who in vector.trust]
    if vector.by != "verify":
        said |= {"by": vector.by, "given": [{"do": do, "file": _given(do, file)} for do, file in vector.given]}
    if merged:
        said |= {"outcome": vector.outcome, "states": list(vector.states)}
    return msgspec.json.format(msgspec.json.encode(said), indent=2) + b"\n"


def _given(do: str, file: str) -> str:
    return f"certificates/{file}.pem" if do == "revoke" else file


def certificates() -> dict[str, bytes]:
    """The certificates beside the vectors, in PEM."""
    return {f"certificates/{who}.pem": _pem(key(who).certificate) for who in WITH_CERTIFICATE}


def _pem(der: bytes) -> bytes:
    text = base64.b64encode(der).decode()
    lines = "".join(text[at : at + 64] + "\n" for at in range(0, len(text), 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\n".encode()


def files() -> dict[str, bytes]:
    """Every file of the folder by its path."""
    made = certificates()
    for name, vector in all_vectors().items():
        made |= {name: vector.content, f"{name}.expect": expectation(vector)}
    return made


def main() -> None:
    """Write what is missing; say what differs from what is frozen, and leave it alone."""
    different = 0
    for name, content in files().items():
        path = FOLDER / name
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        elif path.read_bytes() != content:
            print(f"{name} is frozen, and would now be made otherwise", file=sys.stderr)
            different += 1
    sys.exit(min(different, 1))


if __name__ == "__main__":
    main()
