"""What a meeting decides, from the command line: joint assessments from files, one more reader by name."""

import json
from pathlib import Path
from typing import Any

import pytest

from esf_desktop.model import Declaration, Rating, ThirdAssessor, replace
from esf_desktop.secretariat import trust
from tests.cli.running import TREE, run
from tests.secretariat import files
from tests.secretariat.samples import AT, application_id, person

SAMPLE = TREE / "docs" / "exempel-gemensam.toml"
FIRST = application_id(0)


def told(*words: object, code: int = 0) -> Any:
    """The one JSON document that `esf … --json` prints."""
    done = run(*words, "--json")
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two of three have assessed the first application and are far apart; the call wants one more reader then."""
    folder = tmp_path_factory.mktemp("meeting")
    with files.register(folder, people=4) as made:
        ruled = replace(files.CALL, call_version=2, third_assessor=ThirdAssessor(2, 2))
        trust.add_call(made, files.package(ruled), file="b.esfcall", at=AT)
        files.merged(
            made,
            files.bundle(0, [files.assessment(0, ratings={"SAM": Rating.NOT_MET})]),
            files.bundle(1, [files.assessment(0)]),
            files.bundle(2, [files.assessment(0, answer=Declaration.RECUSED)]),
        )
        return folder / "register.esfdb"


def sample(folder: Path, **changed: str) -> Path:
    """The sample of the docs, about our first application, with other words in it."""
    text = SAMPLE.read_text("utf-8").replace("2026/00115", FIRST)
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    path = folder / "gemensam.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_sample_of_the_docs_is_written_shown_and_restored(register: Path, tmp_path: Path) -> None:
    made = told("consensus", "write", sample(tmp_path), "-r", register)
    said = made["consensus"]
    assert [(one["criterion"], one["rating"]) for one in said["judgements"]] == [("SAM", "partly"), ("LAR", "met")]
    assert [(one["name"], one["assessor"], one["conflict"]) for one in said["present"]] == [
        (person(0).name, person(0).id, False),
        (person(1).name, person(1).id, False),
        ("Ordföranden", None, False),
        (person(2).name, person(2).id, True),
    ]
    assert len(made["remarks"]) == 1, "only what is not rated yet"
    short = tmp_path / "kort.toml"
    short.write_text(f'application = "{FIRST}"\nrecommendation = ""\n[judgements.SAM]\nrating = "met"\n', "utf-8")
    second = told("consensus", "write", short, "-r", register)["consensus"]
    assert (second["recommendation"], second["judgements"][0]["comment"]) == (
        None,
        "Bredden finns, förankringen är påbörjad.",
    )
    told("consensus", "restore", FIRST, said["number"], "-r", register)
    (now,) = told("consensus", "show", "-r", register)["consensus"]
    assert now == said | {"at": now["at"], "number": second["number"] + 1}
    words = run("consensus", "show", FIRST, "--history", "-r", register).stdout
    assert "Ordföranden" in words
    assert "Avstod på grund av jäv: Bedömare 3 (Sitter i" in words


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"partly"', '"nearly"', "rad 18"),
        ("[judgements.SAM]", "[judgements.GLO]", "rad 17"),
        ('main_area = "LAR"', 'main_area = "SAM"', "rad 6"),
        ("if_funds_allow", "if_funds", "if_funds_allow"),
        ("present =", "presnt =", "present"),
        (FIRST, "2026/99999", "2026/99999"),
    ],
)
def test_a_mistake_in_the_file_is_pointed_out_and_nothing_is_written(
    register: Path, tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    before = register.read_bytes()
    done = run("consensus", "write", sample(tmp_path, **{old: new}), "-r", register)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert register.read_bytes() == before


def test_one_more_reader_is_listed_appointed_and_released(register: Path) -> None:
    (row,) = told("readers", "list", "-r", register)["applications"]
    assert (row["application"], row["apart"], row["needs_one"]) == (FIRST, ["SAM"], True)
    (free,) = row["candidates"]
    assert free["name"] == person(3).name
    done = told("readers", "appoint", FIRST, "bedömare 4", "--reason", "Stor skillnad.", "-r", register)
    assert done["appointed"]["appointment"]["reason"] == "Stor skillnad."
    assert "Utsedd: Bedömare 4" in run("readers", "list", "-r", register).stdout
    assert told("readers", "appoint", FIRST, "Bedömare 3", "-r", register, code=1)["refused"]["code"] == "abstains"
    assert told("readers", "appoint", FIRST, "Ingen", "-r", register, code=1)["refused"]["code"] == "no_such_assessor"
    told("readers", "release", FIRST, person(3).id, "-r", register)
    assert told("readers", "list", "-r", register)["applications"][0]["needs_one"]


def test_a_writing_that_is_not_there_is_not_restored(register: Path) -> None:
    refused = told("consensus", "restore", FIRST, 9999, "-r", register, code=1)
    assert refused["refused"]["code"] == "no_such_writing"
