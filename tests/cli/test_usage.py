"""A command that is written wrongly is told of in the language chosen, with exit code 2 and the way to help."""

import os
import subprocess
import sys

import pytest

from esf_desktop import paths, settings
from esf_desktop.cli import usage
from esf_desktop.i18n import Language, use
from tests.cli.running import TREE

pytestmark = pytest.mark.xdist_group("esf")
WRONG = (
    ("nope", "”nope” är inget kommando", "is no command"),
    ("open", "saknas efter kommandot", "missing after the command"),
    ("open x --workspac y", "ingen växel", "is no option"),
    ("export --out x", "--workspace", "--workspace"),
    ("demo out --applications x", "måste vara ett heltal", "must be a whole number"),
    ("--language xx", "måste vara något av 'sv', 'en'", "must be one of 'sv', 'en'"),
)


def esf(words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "esf_desktop", *words.split()],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=TREE,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize(("words", "swedish", "english"), WRONG, ids=[words for words, *_ in WRONG])
def test_wrong_use_is_told_in_the_language_of_the_environment(words: str, swedish: str, english: str) -> None:
    for language, said in (("sv", swedish), ("en", english)):
        done = esf(words, ESF_LANGUAGE=language)
        assert done.returncode == 2
        assert said in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
        assert "--help" in done.stderr
        assert done.stdout == ""


def test_the_option_wins_over_the_environment_and_that_over_the_settings() -> None:
    settings.write(paths.settings_file(), settings.Settings(language=Language.ENGLISH))
    assert "is no command" in esf("nope").stderr
    assert "inget kommando" in esf("nope", ESF_LANGUAGE="sv").stderr
    assert "is no command" in esf("--language en nope", ESF_LANGUAGE="sv").stderr


def test_what_typer_says_and_we_do_not_know_is_said_as_it_is() -> None:
    use(Language.SWEDISH)
    assert usage.sentence("Something else.") == "Something else."
