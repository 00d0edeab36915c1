"""The payloads as JSON Schema, made from the types; `python -m esf_desktop.exchange.schemas` writes them."""

from typing import Any

import msgspec

from esf_desktop import paths
from esf_desktop.exchange.bundle import Bundle
from esf_desktop.exchange.call_package import CallFile
from esf_desktop.exchange.enrolment import Enrolment
from esf_desktop.exchange.kinds import Kind
from esf_desktop.exchange.receipt import Receipt

_TYPES: dict[Kind, Any] = {
    Kind.ENROLMENT: Enrolment,
    Kind.CALL: CallFile,
    Kind.BUNDLE: Bundle,
    Kind.RECEIPT: Receipt,
}


def schemas() -> dict[str, bytes]:
    """File name and content of each schema."""
    return {f"{kind}.json": _schema(kind, type_) for kind, type_ in _TYPES.items()}


def _schema(kind: Kind, type_: Any) -> bytes:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{kind.type}, version 1"}
    return msgspec.json.format(msgspec.json.encode(head | msgspec.json.schema(type_)), indent=2) + b"\n"


def main() -> None:
    """Write the schemas to where they ship."""
    folder = paths.resources() / "schemas"
    for name, content in schemas().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
