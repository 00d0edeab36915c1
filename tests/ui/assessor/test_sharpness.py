"""A page on the screen is the page that pdfium draws, pixel for pixel, at every zoom and on every kind of screen."""

import os
import subprocess
import sys

import pytest

from tests.ui.assessor.sharp import ZOOMS

LETTERS_AT_A_TILES_EDGE = 1e-3
"""Of all pixels; a letter that two tiles share may be smoothed a little otherwise than in one piece."""


@pytest.mark.parametrize("ratio", ["1", "1.25", "2"])
def test_text_is_as_sharp_as_it_can_be(ratio: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": ratio}
    said = subprocess.run(
        [sys.executable, "-m", "tests.ui.assessor.sharp"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    shares = dict(line.split() for line in said.stdout.splitlines())
    assert [float(zoom) for zoom in shares] == list(ZOOMS)
    assert {zoom: share for zoom, share in shares.items() if float(share) > LETTERS_AT_A_TILES_EDGE} == {}
