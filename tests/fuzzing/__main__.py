"""`python -m tests.fuzzing READER SECONDS [SEED]`: atheris where it is installed, else a seeded mutator of our own."""

import importlib.util
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

MEMORY = 512
"""Mebibytes that a reader may use."""
LONGEST = 1.0
"""Seconds of processor that one input may take."""
LARGEST = 20_000


def checked(reader: Callable[[bytes], bool]) -> Callable[[bytes], None]:
    """The reader with its time measured; whatever it raises is a finding."""

    def one(content: bytes) -> None:
        began = time.process_time()
        reader(content)
        taken = time.process_time() - began
        if taken > LONGEST:
            raise AssertionError(f"{taken:.1f} s for {len(content)} bytes")

    return one


def with_atheris(name: str, seconds: int, seed: int) -> None:
    """Fuzz by coverage; does not return."""
    import atheris

    with atheris.instrument_imports(
        include=["esf_desktop.signing", "esf_desktop.exchange"], enable_loader_override=False
    ):
        from tests.fuzzing import readers
    corpus = Path(tempfile.mkdtemp(prefix="esf-fuzz-"))
    for number, content in enumerate(readers.seeds(name)):
        (corpus / str(number)).write_bytes(content)
    limits = [f"-max_total_time={seconds}", f"-rss_limit_mb={MEMORY}", "-timeout=10", f"-max_len={LARGEST}"]
    rest = [
        f"-seed={seed}",
        f"-artifact_prefix={tempfile.gettempdir()}/esf-fuzz-",
        "-verbosity=0",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *limits, *rest, str(corpus)], checked(readers.READERS[name]))
    atheris.Fuzz()


def with_our_own(name: str, seconds: int, seed: int) -> None:
    """Fuzz by chance: pieces of the seeds changed, doubled, dropped and crossed."""
    from tests.fuzzing import readers

    print("fuzzing: atheris is not installed; a seeded mutator of our own stands in", file=sys.stderr)
    chance, one, seeds = random.Random(seed), checked(readers.READERS[name]), readers.seeds(name)
    until, tried = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        one(mutated(chance, seeds))
        tried += 1
    print(f"stat::number_of_executed_units: {tried}", file=sys.stderr)


def mutated(chance: random.Random, seeds: list[bytes]) -> bytes:
    """One of the seeds, changed in a few places."""
    content = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(content))
        end = min(len(content), at + chance.choice((0, 1, 2, 4, 16, 300)))
        piece = chance.choice((b"", chance.randbytes(end - at or 1), bytes(content[at:end]) * 2))
        if chance.random() < 0.1:
            other = chance.choice(seeds)
            piece = other[chance.randint(0, len(other)) :][: chance.choice((4, 40, 400))]
        content[at:end] = piece
    return bytes(content[:LARGEST])


def main() -> None:
    """Fuzz one reader for so many seconds."""
    name, seconds, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
    if importlib.util.find_spec("atheris") is None:
        resource.setrlimit(resource.RLIMIT_AS, (4 * MEMORY * 2**20,) * 2)
        with_our_own(name, seconds, seed)
    else:
        with_atheris(name, seconds, seed)


if __name__ == "__main__":
    main()
