"""The published schemas are those of the types."""

import json
from collections.abc import Iterator
from typing import Any

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


@pytest.mark.parametrize("kind", Kind)
def test_no_type_takes_an_integer_that_json_cannot_spell(kind: Kind) -> None:
    schema = json.loads(schemas()[f"{kind}.json"])
    integers = [found for found in every_object(schema) if found.get("type") == "integer"]
    assert integers or kind is Kind.ENROLMENT
    assert all(found["maximum"] <= 2**53 - 1 and found["minimum"] >= -(2**53) + 1 for found in integers)


def every_object(value: Any) -> Iterator[dict[str, Any]]:
    """The objects inside a JSON value, at every depth."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from every_object(inner)
