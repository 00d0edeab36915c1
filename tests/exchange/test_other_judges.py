"""GnuTLS, GnuPG and NSS take our signatures, of P-256 and of RSA, and none of them takes an altered manifest."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from esf_desktop.exchange.kinds import Kind
from esf_desktop.signing import container, zipped
from esf_desktop.signing.container import Member
from tests.exchange import samples
from tests.exchange.test_verify import FILES
from tests.signing.test_cms import other_kind

SIGNERS = ("p256", "rsa3072")


def signed(kind: str) -> bytes:
    """A file of ours, signed by a key of that kind."""
    if kind == "p256":
        return FILES[Kind.BUNDLE]()
    card = other_kind(kind)
    assert not isinstance(card, tuple)
    return container.write([Member("a.txt", "text/plain", b"a")], card, at=samples.AT)


def run(*words: str | Path, folder: Path, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What a judge says of the files in a folder."""
    environment = os.environ | ({"GNUPGHOME": str(home)} if home else {})
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(params=SIGNERS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A signature, the manifest that it is over, another manifest, and the signer's certificate."""
    content = signed(request.param)
    members = dict(zipped.read(content, most=container.MOST_MEMBERS))
    manifest = members[container.MANIFEST.encode()]
    (tmp_path / "signature").write_bytes(members[container.SIGNATURE.encode()])
    (tmp_path / "manifest").write_bytes(manifest)
    (tmp_path / "altered").write_bytes(manifest + b"\n")
    certificate = container.read(content, file="f", limit=Kind.BUNDLE.limit).certificate
    (tmp_path / "signer.der").write_bytes(certificate)
    made = run("openssl", "x509", "-inform", "DER", "-in", "signer.der", "-out", "signer.pem", folder=tmp_path)
    assert made.returncode == 0
    return tmp_path


def need(*names: str) -> None:
    """Say which judges are absent instead of passing without them."""
    absent = [name for name in names if shutil.which(name) is None]
    if absent:
        pytest.skip(f"judges absent: {', '.join(absent)} (Debian: gnutls-bin gpgsm libnss3-tools)")


def test_gnutls_takes_the_signature_and_no_other_manifest(folder: Path) -> None:
    need("certtool")
    words = ("certtool", "--p7-verify", "--inder", "--infile", "signature", "--load-certificate", "signer.pem")
    assert run(*words, "--load-data", "manifest", folder=folder).returncode == 0
    assert run(*words, "--load-data", "altered", folder=folder).returncode != 0


def test_gnupg_takes_the_signature_and_no_other_manifest(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    need("gpgsm")
    home = tmp_path_factory.mktemp("gpg", numbered=True)
    home.chmod(0o700)
    said = run("openssl", "x509", "-in", "signer.pem", "-noout", "-fingerprint", "-sha1", folder=folder).stdout
    (home / "trustlist.txt").write_text(said.partition("=")[2].strip() + " S relax\n")
    words = ("gpgsm", "--batch", "--disable-crl-checks", "--disable-dirmngr")
    try:
        assert run(*words, "--import", "signer.der", folder=folder, home=home).returncode == 0
        good = run(*words, "--verify", "signature", "manifest", folder=folder, home=home)
        assert "Good signature" in good.stderr
        assert run(*words, "--verify", "signature", "altered", folder=folder, home=home).returncode != 0
    finally:
        run("gpgconf", "--kill", "all", folder=folder, home=home)


def test_nss_takes_the_signature_and_no_other_manifest(folder: Path) -> None:
    need("cmsutil", "certutil")
    (folder / "nss").mkdir()
    run("certutil", "-N", "-d", "nss", "--empty-password", folder=folder)
    run("certutil", "-A", "-d", "nss", "-n", "signer", "-t", "P,P,P", "-i", "signer.pem", folder=folder)
    words = ("cmsutil", "-D", "-d", "nss", "-i", "signature", "-h", "0", "-u", "4", "-n")
    assert "GoodSignature" in run(*words, "-c", "manifest", folder=folder).stdout
    assert "DigestMismatch" in run(*words, "-c", "altered", folder=folder).stdout
