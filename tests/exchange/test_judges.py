"""A thousand random bundles that we take are taken by `openssl cms -verify -cades`, too."""

import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from esf_desktop.exchange.bundle import read_bundle
from esf_desktop.exchange.canonical import tidy
from esf_desktop.signing import container, zipped
from tests.vectors.making import material
from tests.vectors.making.keys import key

WORDS = ["åäö", "čđŋšŧž", "”belägg”", "§4", "\\", "/", "<", ">", "&", "😀", "Ångström", ""]


def random_bundle(chance: random.Random) -> tuple[bytes, str]:
    """A bundle with words by chance, of one of two assessors, and who signed it."""
    who = chance.choice(("assessor", "card"))

    def edit(plain: Any) -> None:
        for judgement in plain["assessments"][0]["judgements"]:
            judgement["comment"] = tidy(" ".join(chance.choices(WORDS, k=chance.randint(0, 300))))

    return material.bundle(edit, who=who), who


@pytest.mark.judges
def test_openssl_takes_a_thousand_random_bundles_that_we_take(tmp_path: Path) -> None:
    chance = random.Random(1)
    for who in ("assessor", "card"):
        convert = ["openssl", "x509", "-inform", "DER", "-out", str(tmp_path / f"{who}.pem")]
        subprocess.run(convert, input=key(who).certificate, check=True, timeout=60)
    for _ in range(1000):
        content, who = random_bundle(chance)
        assert read_bundle(content, file="f").fingerprint == key(who).fingerprint
        members = dict(zipped.read(content, most=9))
        (tmp_path / "s").write_bytes(members[container.SIGNATURE.encode()])
        (tmp_path / "m").write_bytes(members[container.MANIFEST.encode()])
        given = ["-inform", "DER", "-in", "s", "-content", "m", "-CAfile", f"{who}.pem", "-out", "/dev/null"]
        judged_by = ["-partial_chain", "-no_check_time", "-purpose", "any"]
        words = ["openssl", "cms", "-verify", "-cades", "-binary", *given, *judged_by]
        subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, timeout=60)
