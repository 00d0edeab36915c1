"""docs/format.md says what the program does: its codes, faults, sentences, limits and the worked example."""

import re
from collections import defaultdict

import pytest

from esf_desktop.exchange.canonical import LONGEST_TEXT, digest
from esf_desktop.exchange.kinds import Kind
from esf_desktop.i18n import Language
from esf_desktop.signing import container, zipped
from esf_desktop.signing.faults import Fault
from tests.exchange.refusals import DOCUMENT, of_files, sentence, table
from tests.vectors.run import FOLDER, frozen

TEXT = DOCUMENT.read_text("utf-8")
EXAMPLE = (FOLDER / "good" / "assessor.esfenrol").read_bytes()


def section(title: str) -> str:
    """What stands under a title."""
    return TEXT.partition(f"# {title}\n")[2].partition("\n## ")[0]


def listed() -> dict[str, str]:
    """The code of every fault, as the document lists them."""
    found: dict[str, str] = {}
    code = ""
    for line in section("Refusals").partition("<!-- /codes -->")[2].splitlines()[4:]:
        if not line.startswith("|"):
            break
        _, first, faults, _meaning, _ = line.split("|")
        code = first.strip(" `") or code
        for fault in re.findall(r"`(\w+)`", faults):
            assert fault not in found, f"{fault} is listed twice"
            found[fault] = code
    return found


def test_every_code_stands_there_with_both_sentences() -> None:
    assert table() in TEXT, "run python -m tests.exchange.refusals"


def test_every_fault_stands_there_once_under_the_code_that_it_comes_with() -> None:
    assert set(listed()) == set(Fault)
    seen = defaultdict(set)
    for vector in frozen():
        if vector.said["fault"] in set(Fault):
            seen[vector.said["fault"]].add(vector.said["code"])
    for fault, codes in seen.items():
        assert codes == {listed()[fault]}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", of_files(), ids=lambda kind: kind.code)
def test_a_sentence_is_short_enough_to_be_read(kind: type, language: Language) -> None:
    facts = re.sub(r"\{\w+\}", "", sentence(kind, language))
    assert len(facts) <= 140


def test_the_limits_are_those_of_the_program() -> None:
    limits = TEXT.partition("| Limit | |")[2].partition("\n\n")[0]
    for kind in Kind:
        assert f"{kind.limit // 2**20} MiB" in limits or f"{kind.limit // 2**30} GiB" in limits
    assert f"| {container.MOST_MEMBERS:,} with the first three" in limits
    assert f"a member {container.LARGEST_MEMBER // 2**20} MiB; a name {zipped.LONGEST_NAME} |" in limits
    assert f"`{container.SIGNATURE}` | {container.LARGEST_SIGNATURE // 2**10} KiB |" in limits
    assert f"`{container.MANIFEST}` | {container.LARGEST_MANIFEST:,} |" in limits
    assert f"| {LONGEST_TEXT:,} characters |" in limits


def test_the_example_is_the_file_that_it_says() -> None:
    told = TEXT.partition("### A worked example\n")[2].partition("\n## ")[0]
    assert f"{len(EXAMPLE):,} bytes" in told
    assert digest(EXAMPLE) in told
    places = [(int(at), int(size)) for at, size in re.findall(r"^\| (\d+) \| (\d+) \|", told, re.MULTILINE)]
    assert places[0][0] == 0
    assert [at + size for at, size in places] == [*(at for at, _ in places[1:]), len(EXAMPLE)]
    members = dict(zipped.read(EXAMPLE, most=9))
    assert members[b"enrolment.json"].decode() in told


def test_every_byte_of_the_example_that_is_shown_is_there() -> None:
    signature = dict(zipped.read(EXAMPLE, most=9))[container.SIGNATURE.encode()]
    shown, whole = 0, 0
    for at, hexadecimal in re.findall(r"^([0-9a-f]{3,4})[ *]+((?:[0-9a-f]{2}\b ?)+)", TEXT, re.MULTILINE):
        content = EXAMPLE if len(at) == 4 else signature
        expected = bytes.fromhex(hexadecimal)
        assert content[int(at, 16) :].startswith(expected), at
        shown, whole = shown + 1, whole + len(expected)
    assert shown > 25
    assert whole > 250


def test_the_number_of_vectors_is_told() -> None:
    assert f"holds {len(frozen())} frozen files" in TEXT
