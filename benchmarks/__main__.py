"""`make bench`: the table of ratios, each with its target and verdict; the exit code is 0 whatever they are."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import frozen
from benchmarks.rounds import interleaved, once

MATERIAL = Path("build/bench")
ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a figure, the limit that it is a multiple of, and the target in such multiples, if any."""

    title: str
    figure: str
    limit: str
    target: float | None = None
    most: tuple[str, float] | None = None
    """A figure with its own target in seconds."""
    unit: str = "ms"

    def written(self, said: Mapping[str, float]) -> str:
        """The line in columns."""
        ours, bare = said[self.figure], said[self.limit]
        shown = [value * {"ms": 1e3, "MB": 1e-6}.get(self.unit, 1) for value in (ours, bare)]
        parts = [f"{self.title:40}", *(f"{value:9.2f} {self.unit:3}" for value in shown), f"{ours / bare:7.2f} x"]
        targets, met = [], True
        if self.target is not None:
            targets, met = [f"<= {self.target:g} x"], ours / bare <= self.target
        if self.most is not None:
            name, seconds = self.most
            targets.append(f"{name.rpartition('_')[2]} {1000 * said[name]:.1f} <= {1000 * seconds:g} ms")
            met = met and said[name] <= seconds
        verdict = ("ok" if met else "MISSED") if targets else ""
        return "  ".join([*parts, f"{', '.join(targets):32}", verdict]).rstrip()


GROUPS = (
    ("window", "window"),
    ("commit", "rating"),
    ("typing", "typing"),
    ("first_page", "first_page"),
    ("scroll", "scroll"),
    ("first_page", "switch"),
    ("indexing", "indexing"),
    ("search", "search"),
    ("export", "export"),
    ("merge", "merge"),
    ("basis", "basis"),
    ("compare", "compare"),
    ("signed_sheet", "signed_sheet"),
    ("signing", "signing"),
    ("call_package", "call_package"),
    ("frozen", "frozen"),
)
"""Pairs of processes that are measured in turns: of the limits, of ours."""

NATIONAL = ("benchmarks.limits.forms", "benchmarks.ours.national")
"""What takes minutes and is run once, on material of its own."""

TABLE = (
    Line("cold start to first paint", "first_paint", "bare_window", 1.25),
    Line("cold start to a round of 40, clickable", "usable", "bare_window", 3),
    Line("rating from click to disk", "rating", "raw_commit", 6, ("rating_p99", 0.016)),
    Line("rating from click to all views", "rating_shown", "raw_commit"),
    Line("key typed with 12 criteria on the page", "typing", "raw_key", None, ("typing_p99", 0.016)),
    Line("first page of a PDF of 60 pages", "first_page", "raw_first_page", 1.5),
    Line("a page of 300 drawn and shown, p95", "page_p95", "raw_page_p95", 1.2),
    Line("a frame while 300 pages are scrolled, p95", "frame_p95", "raw_page_p95", most=("frame_p95", 0.016)),
    Line("next application to its first page", "switch", "raw_first_page", most=("switch_p99", 0.1)),
    Line("memory after 40 applications, to one", "memory_after_all", "memory_after_one", 1.5, unit="MiB"),
    Line("10 PDFs of 60 pages made searchable", "indexing", "raw_text", 1.3),
    Line("search of 40 applications of 60 pages", "one_search", "raw_search", None, ("one_search_p99", 0.05)),
    Line("export of 12 assessments with sheets", "export", "raw_export"),
    Line("verify and merge 1,000 bundles", "merge", "raw_merge", 2.5),
    Line("1,000 bundles, to as many forms by openpyxl", "merge", "forms", 1 / 20),
    Line("100,000 bundles merged, to 10,000", "merged_100k", "merged_10k", 11),
    Line("memory for 100,000 bundles, to 10,000", "memory_merged_100k", "memory_merged_10k", 1.5, unit="MiB"),
    Line("5,000 verified on two cores, to one", "verified_together", "verified_alone", 0.65),
    Line("compare page of 40 x 25, disk to paint", "compare_shown", "raw_compare", most=("compare_shown", 0.3)),
    Line("compare page of 40 x 25, sorted", "compare_sorted", "raw_compare", most=("compare_sorted", 0.05)),
    Line("a sheet signed, against not signed", "signed_sheet", "unsigned_sheet", 1.1),
    Line("container and signature of 1,000 bundles", "container", "raw_container", 2),
    Line("payload of 1,000 bundles, checked", "payload", "raw_payload", 6),
    Line("1,000 signatures", "signing", "raw_signing", 2),
    Line("the same against openssl for each file", "container", "openssl_container", 1 / 3),
    Line("a basis of 40 applications, 25 assessors", "basis", "raw_basis", 1.5),
    Line("a call package of 256 MiB taken in", "call_package", "raw_call_package", 2),
    Line("frozen, to first paint, against source", "frozen_first_paint", "source_first_paint", 1.2),
    Line("frozen, to first page, against source", "frozen_first_page", "source_first_page", 1.2),
    Line("frozen, against a frozen bare window", "frozen_first_paint", "frozen_bare_window", 1.5),
    Line("frozen folder, same libraries", "frozen_size", "loaded_size", 1.4, unit="MB"),
    Line("10,000 bundles on two cores, by 1,000", "ten_thousand", "thousand", 11),
)


def main() -> None:
    """Make the material, measure, print the table."""
    shutil.rmtree(MATERIAL, ignore_errors=True)
    MATERIAL.mkdir(parents=True)
    tell("making the practice round and a thousand bundles")
    subprocess.run([sys.executable, "-m", "benchmarks.material", str(MATERIAL)], check=True)
    said: dict[str, float] = {}
    if frozen.there():
        tell("freezing two bare windows")
        frozen.make()
    else:
        tell("there is no frozen program, so it is not measured; make freeze makes it")
    for limit, ours in GROUPS:
        if limit == "frozen" and not frozen.there():
            continue
        said |= interleaved(
            (f"benchmarks.limits.{limit}", f"benchmarks.ours.{ours}"), MATERIAL, rounds=ROUNDS, tell=tell
        )
    tell("making a national round of 100,000 bundles")
    subprocess.run([sys.executable, "-m", "benchmarks.national", str(MATERIAL / "national")], check=True)
    said |= once(NATIONAL, MATERIAL / "national", tell=tell)
    print(f"{'':40}  {'ours':>12}  {'bare limit':>12}  {'ratio':>9}  target")
    for line in TABLE:
        if line.figure in said:
            print(line.written(said))


def tell(what: str) -> None:
    """Say on the other stream what happens now, so that the table can be kept alone."""
    print(f"bench: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
