"""A thousand bundles opened, their payloads checked, as many signatures made; and ten thousand on two cores."""

import sys
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from esf_desktop.exchange import bundle as bundles
from esf_desktop.exchange.kinds import Kind
from esf_desktop.signing import cms, container
from esf_desktop.signing.container import Member
from esf_desktop.signing.keys import make_key

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
AT_OPENSSL = 20
"""How many files openssl is given."""
AT_ONCE = 50


def members(file: bytes) -> Mapping[str, bytes]:
    """What a bundle holds, with manifest and signature."""
    from esf_desktop.signing import zipped

    return {name.decode(): content for name, content in zipped.read(file, most=container.MOST_MEMBERS)}


def distinct(files: list[bytes], count: int) -> list[bytes]:
    """So many bundles that differ from each other, by their sheets."""
    key = make_key("Bedömare", "Region", at=AT)
    found: list[bytes] = []
    for number in range(count):
        opened = container.read(files[number % len(files)], file="f", limit=Kind.BUNDLE.limit)
        parts = [Member(name, opened.media_types[name], content) for name, content in opened.members.items()]
        parts[1] = parts[1]._replace(content=parts[1].content + b"%d" % number)
        found.append(container.write(parts, key, at=AT))
    return found


def open_all(files: list[bytes]) -> int:
    """Check container and signature of each."""
    return sum(len(container.read(file, file="f", limit=Kind.BUNDLE.limit).members) for file in files)


def in_two(pool: ProcessPoolExecutor, files: list[bytes]) -> float:
    """The seconds that two processes take over the files."""
    began = time.perf_counter()
    parts = [files[start : start + AT_ONCE] for start in range(0, len(files), AT_ONCE)]
    assert sum(pool.map(open_all, parts)) == 2 * len(files)
    return time.perf_counter() - began


if __name__ == "__main__":
    material = Path(sys.argv[1])
    files = [file.read_bytes() for file in sorted((material / "bundles").glob("*.esfbundle"))]

    began = time.perf_counter()
    open_all(files)
    print("container", time.perf_counter() - began)

    opened = [container.read(file, file="f", limit=Kind.BUNDLE.limit) for file in files]
    began = time.perf_counter()
    for one in opened:
        bundles.parse(one, file="f")
    print("payload", time.perf_counter() - began)

    key = make_key("Bedömare", "Region", at=AT)
    manifests = [members(file)[container.MANIFEST] for file in files]
    began = time.perf_counter()
    for manifest in manifests:
        cms.sign(manifest, key, at=AT)
    print("signing", time.perf_counter() - began)

    many = distinct(files, 10_000)
    with ProcessPoolExecutor(2) as pool:
        in_two(pool, many[:AT_ONCE])
        thousands = [in_two(pool, many[start : start + 1000]) for start in range(0, len(many), 1000)]
        print("thousand", sum(thousands) / len(thousands))
        print("ten_thousand", in_two(pool, many))
