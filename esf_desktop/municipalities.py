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
    column: int
    """Of its tile on a map of equal tiles, from the west."""
    row: int
    """Of its tile, from the north; tiles and middle points are as near each other as 6 × 7 places allow."""


@cache
def all_municipalities() -> tuple[Municipality, ...]:
    """Every municipality of the region, by code."""
    with (paths.resources() / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Municipality(
                code=row["code"],
                name=row["name"],
                county=row["county"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                column=int(row["column"]),
                row=int(row["row"]),
            )
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
