"""The published schemas are those of the types."""

import json

import pytest

from esf_desktop import paths
from esf_desktop.exchange.kinds import Kind
from esf_desktop.exchange.schemas import schemas


@pytest.mark.parametrize("kind", Kind)
def test_a_published_schema_is_that_of_its_type(kind: Kind) -> None:
    published = (paths.resources() / "schemas" / f"{kind}.json").read_bytes()
    assert published == schemas()[f"{kind}.json"], "run: python -m esf_desktop.exchange.schemas"
    assert kind.type in published.decode()


def test_there_is_no_schema_of_anything_else() -> None:
    assert {path.name for path in (paths.resources() / "schemas").iterdir()} == set(schemas())


@pytest.mark.parametrize("kind", Kind)
def test_no_type_takes_unknown_keys_or_private_notes(kind: Kind) -> None:
    schema = json.loads(schemas()[f"{kind}.json"])
    objects = [found for found in schema["$defs"].values() if found.get("type") == "object"]
    assert objects
    assert all(found["additionalProperties"] is False for found in objects)
    assert not any("note" in key for found in objects for key in found["properties"])
