"""The report holds nothing that anybody wrote or is called, whatever stands in the log and in the crash file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop import log
from esf_desktop.assessor import assess, error_report, notes, recuse
from esf_desktop.errors import EmptyFileError
from esf_desktop.i18n import Language, use
from esf_desktop.model import Declaration
from esf_desktop.workspace import backup
from tests.rounds import AT, FIRST, SAM, later, workspace

CANARY = "kanariefågel i motiveringen"


@pytest.mark.parametrize("language", list(Language))
def test_it_says_what_the_program_is_and_nothing_of_what_is_in_the_work(tmp_path: Path, language: Language) -> None:
    use(language)
    desk = workspace(tmp_path / "Anna Annasson" / "desk")
    recuse.declare(desk, FIRST, Declaration.NONE, CANARY, at=AT)
    assess.comment(desk, FIRST, SAM, CANARY, at=AT)
    notes.write(desk, FIRST, None, CANARY, at=AT)
    backup.back_up(desk, at=AT)
    logs = tmp_path / "log"
    log.start(logs)
    log.refusal(EmptyFileError(f"{CANARY}.pdf"))
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        log.bug(error)
    log.logger.error("something new: %s", CANARY)
    (logs / log.CRASH_FILE).write_text(
        f"Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f (most recent call first):\n"
        f'  File "/home/{CANARY}/ui/page.py", line 12 in paint\n  {CANARY}\n',
        encoding="utf-8",
    )
    text = error_report.report(desk, logs, at=later(5), ended=AT, more=("Qt 6",))
    desk.close()
    for secret in (CANARY, "Anna", str(tmp_path), FIRST, "Kompetenskliv", "Bedömare 1", "Övningsregionen"):
        assert secret not in text
    for told in ("refused: empty", "bug: ValueError at test_error_report.py", "Segmentation fault", "page.py:12 paint"):
        assert told in text


@given(st.text())
def test_a_line_that_the_program_does_not_spell_so_stays_out(words: str) -> None:
    line = f"2026-11-24 09:00:00,000 ERROR {words}"
    if error_report._LOGGED.fullmatch(line):
        assert words.split(":")[0] in ("refused", "bug", "rights mended", "started", "ended")
