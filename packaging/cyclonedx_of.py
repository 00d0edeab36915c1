"""The parts of a frozen folder as a CycloneDX bill of materials, the same bytes for the same folder."""

import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.spdx import is_expression, is_supported_id
from packageurl import PackageURL

if TYPE_CHECKING:
    from inside import Held

TIME = datetime(1980, 1, 1, tzinfo=UTC)
"""No clock is asked: the folder alone decides the bytes."""
TYPES = {"font": ComponentType.DATA, "file": ComponentType.FILE}


def bill(folder: Path, parts: Iterable["Held"], version: str) -> str:
    """The bill as JSON, with every binary file and its SHA-256 under the part that it belongs to."""
    program = Component(name="esf-desktop", version=version, type=ComponentType.APPLICATION, bom_ref="esf-desktop")
    bom = Bom(components=[_component(folder, part) for part in parts])
    bom.metadata = BomMetaData(component=program, timestamp=TIME)
    bom.register_dependency(program, bom.components)
    bom.serial_number = uuid.UUID(int=0)
    content = JsonV1Dot6(bom).output_as_string()
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, content)
    return json.dumps(json.loads(JsonV1Dot6(bom).output_as_string()), indent=1, sort_keys=True) + "\n"


def _component(folder: Path, part: "Held") -> Component:
    from inside import sha256

    ref = "/".join(filter(None, (part.origin, part.name, part.version)))
    files = [
        Component(
            name=file.relative_to(folder).as_posix(),
            type=ComponentType.FILE,
            bom_ref=f"file/{file.relative_to(folder).as_posix()}",
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sha256(file))],
        )
        for file in part.files
    ]
    return Component(
        name=part.name,
        version=part.version or None,
        type=TYPES.get(part.origin, ComponentType.LIBRARY),
        bom_ref=ref,
        purl=_purl(part),
        licenses=[_licence(part.licence)] if part.licence else None,
        components=files,
        properties=[Property(name="esf-desktop:origin", value=part.origin)],
    )


def _purl(part: "Held") -> PackageURL | None:
    match part.origin:
        case "pypi" if part.name != "PyInstaller bootloader":
            return PackageURL("pypi", name=part.name.lower().replace("_", "-"), version=part.version)
        case "deb":
            return PackageURL("deb", "debian", part.name, part.version)
        case "generic":
            return PackageURL("generic", name=part.name.lower(), version=part.version)
    return None


def _licence(words: str) -> DisjunctiveLicense | LicenseExpression:
    """An SPDX identifier or expression where the part says one, and otherwise its own word for it."""
    if is_supported_id(words):
        return DisjunctiveLicense(id=words)
    return LicenseExpression(words) if is_expression(words) else DisjunctiveLicense(name=words)
