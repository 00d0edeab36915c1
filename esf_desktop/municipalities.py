"""The 29 municipalities of Övre Norrland, by their SCB codes."""

import csv
from functools import cache

from msgspec import Struct

from esf_desktop import paths


class Municipality(Struct, frozen=True):
    """A municipality: its SCB code, its name, its county and its middle point in degrees."""

    code: str
    name: str
    county: str
    latitude: float
    longitude: float


@cache
def all_municipalities() -> tuple[Municipality, ...]:
    """Every municipality of the region, by code."""
    with (paths.resources() / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Municipality(row["code"], row["name"], row["county"], float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(file)
        )


def by_code(code: str) -> Municipality | None:
    """The municipality of that SCB code; None when it lies outside the region or is unknown."""
    return _codes().get(code)


def by_name(name: str) -> Municipality | None:
    """The municipality of that name, whatever its case, with or without “kommun”; None when unknown."""
    plain = name.strip().casefold().removesuffix(" kommun")
    return _names().get(plain) or _names().get(plain.removesuffix("s"))


def counties(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The counties that the municipalities lie in, each once, in the order of their codes, unknown ones left out."""
    found = (by_code(code) for code in sorted(codes))
    return tuple(dict.fromkeys(municipality.county for municipality in found if municipality))


@cache
def _codes() -> dict[str, Municipality]:
    return {municipality.code: municipality for municipality in all_municipalities()}


@cache
def _names() -> dict[str, Municipality]:
    return {municipality.name.casefold(): municipality for municipality in all_municipalities()}
