"""The proposal and its balance, from the command line alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from esf_desktop.model import BudgetPart, replace
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.register import Register
from tests.cli.running import run
from tests.secretariat import files
from tests.secretariat.samples import AT, application_id

A, B, C = (application_id(n) for n in range(3))


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register of a call with money for two of its three applications."""
    path = tmp_path / "register.esfdb"
    applications = tuple(
        replace(one, requested_support=5_000_000, municipalities=("2480",)) for one in files.CALL.applications
    )
    call = replace(files.CALL, applications=applications, budget=(BudgetPart("Allt", 10_000_000),))
    with Register.open(path) as opened:
        trust.add_call(opened, files.package(call), file="a.esfcall", at=AT)
    return path


def told(*words: object, code: int = 0) -> Any:
    done = run(*words, "--json")
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    return json.loads(done.stdout)


def test_an_order_is_made_by_moves_and_told_with_sums_and_line(register: Path) -> None:
    told("proposal", "move", C, "--to", 1, "--reason", "Behovet", "-r", register)
    told("proposal", "move", A, "--up", "-r", register)
    told("proposal", "move", A, "--equal", C, "-r", register)
    told("proposal", "move", A, "--before", C, "-r", register)
    told("proposal", "move", C, "--after", B, "-r", register)
    assert told("proposal", "show", "-r", register)["order"] == [[A], [B], [C]]
    shown = told("proposal", "show", "-r", register)
    assert [(row["place"], row["running"], row["reach"]) for row in shown["applications"]] == [
        (1, 5_000_000, "within"),
        (2, 10_000_000, "within"),
        (3, 15_000_000, "beyond"),
    ]
    (line,) = shown["budget_lines"]
    assert (line["rank"], line["left"], line["enough"]) == (2, 0, False)
    words = run("proposal", "show", "-r", register).stdout
    assert words.index(B) < words.index("Budgetlinje") < words.index(C)


def test_outcomes_follow_the_line_or_all_fit_and_undo_says_so(register: Path) -> None:
    for one in (A, B):
        told("proposal", "move", one, "--up", "-r", register)
    done = told("proposal", "follow-line", "-r", register)
    assert done["outcomes"] == {A: "prioritised", B: "prioritised", C: "if_funds_allow"}
    assert len(told("proposal", "everything-fits", "-r", register)["moves"]) == 1
    done = told("proposal", "outcome", "not_prioritised", C, B, "-r", register)
    assert done["moves"][0]["sentence"] == "2 ansökningar: ej prioriterad"
    assert told("proposal", "outcome", "none", A, "-r", register)["outcomes"] == {
        B: "not_prioritised",
        C: "not_prioritised",
    }
    undone = told("proposal", "undo", "--reason", "Fel rad", "-r", register)
    assert undone["moves"][0]["act"] == "undone"
    assert A in undone["outcomes"]
    assert A not in told("proposal", "redo", "-r", register)["outcomes"]
    moves = told("proposal", "moves", "-r", register)["moves"]
    assert [move["undone"] for move in moves] == [False] * len(moves)
    number = moves[0]["number"]
    assert told("proposal", "reason", number, "I efterhand", "-r", register)["moves"][0]["reason"] == "I efterhand"
    assert "I efterhand" in run("proposal", "moves", "-r", register).stdout


def test_the_order_goes_out_to_a_file_and_comes_back(register: Path, tmp_path: Path) -> None:
    file = tmp_path / "ordning.txt"
    told("proposal", "write", file, "-r", register)
    text = file.read_text("utf-8")
    assert f"  {A}\tProjekt 1\n= {B}\tProjekt 2\n= {C}" in text
    file.write_text(text.replace(f"  {A}", f"  {B}", 1).replace(f"= {B}", f"  {A}", 1), "utf-8")
    assert told("proposal", "read", file, "-r", register)["order"] == [[B], [A, C]]
    assert told("proposal", "read", file, "-r", register)["moves"] == []


def test_a_wrong_line_is_told_and_nothing_is_taken(register: Path, tmp_path: Path) -> None:
    file = tmp_path / "ordning.txt"
    file.write_text(f"{A}\n= {B}\n2026/0103\n", "utf-8")
    refused = told("proposal", "read", file, "-r", register, code=1)["refused"]
    assert refused["code"] == "bad_order"
    assert "rad 3" in refused["sentence"]
    assert C in refused["sentence"]
    assert told("proposal", "moves", "-r", register)["moves"] == []


def test_a_move_without_a_direction_or_of_nothing_known_is_refused(register: Path) -> None:
    for words in ([], ["--up", "--down"], ["--to", 1, "--equal", B]):
        assert run("proposal", "move", A, *words, "-r", register).returncode == 2
    refused = told("proposal", "move", "2026/99999", "--up", "-r", register, code=1)["refused"]
    assert refused["code"] == "no_such_application"
    assert told("proposal", "undo", "-r", register, code=1)["refused"]["code"] == "nothing_to_undo"


def test_the_balance_is_told_in_numbers_and_in_words(register: Path) -> None:
    told("proposal", "outcome", "prioritised", A, "-r", register)
    found = told("balance", "-r", register)
    assert found["total"]["applied"] == {"count": 3, "support": 15_000_000}
    assert found["total"]["prioritised"] == {"count": 1, "support": 5_000_000}
    assert len(found["tiles"]) == 29
    (county,) = (group for group in found["breakdowns"][0]["groups"] if group["applied"]["count"])
    assert county["name"] == "Västerbottens län"
    words = run("balance", "-r", register).stdout
    assert "Umeå" in words
    assert "budget: 10\u00a0000\u00a0000\u00a0kr" in words


def test_a_register_without_a_call_says_so(tmp_path: Path) -> None:
    Register.open(tmp_path / "empty.esfdb").close()
    for words in (("proposal", "show"), ("balance",), ("proposal", "everything-fits")):
        assert told(*words, "-r", tmp_path / "empty.esfdb", code=1)["refused"]["code"] == "no_call"
