"""An age key is made, a bundle is decrypted with it, and what cannot be decrypted leaves nothing behind."""

from pathlib import Path

import pytest

from esf_desktop.signing.encryption import encrypt
from tests.cli.test_esf import told
from tests.exchange import samples

pytestmark = pytest.mark.xdist_group("esf")


def test_what_is_encrypted_to_a_made_key_is_decrypted_with_it_alone(tmp_path: Path) -> None:
    recipient = told("identity", "age", "--out", tmp_path / "a.agekey")["recipient"]
    told("identity", "age", "--out", tmp_path / "b.agekey")
    file, out = tmp_path / "a.esfbundle", tmp_path / "ut.esfbundle"
    content = samples.bundle_file()
    file.write_bytes(encrypt(content, (recipient,)))
    refused = told("decrypt", file, "--with", tmp_path / "b.agekey", "--out", out, code=1)
    assert (refused["refused"]["code"], out.exists()) == ("wrong_age_key", False)
    told("decrypt", file, "--with", tmp_path / "a.agekey", "--out", out)
    assert out.read_bytes() == content
    (row,) = told("verify", file, "--decrypt-with", tmp_path / "a.agekey")["files"]
    assert row["verdict"] == "accepted"
