"""Every file that we take is taken by tools that are not ours: unzip, openssl, pyHanko."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from esf_desktop.exchange.kinds import Kind
from esf_desktop.exchange.verify import examine
from esf_desktop.signing import container, zipped
from esf_desktop.signing.container import Member
from tests.exchange import samples
from tests.exchange.test_verify import FILES
from tests.signing.cards import issued
from tests.signing.test_cms import other_kind

RECIPE = Path(__file__).with_name("recipe.sh")

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None or shutil.which("unzip") is None, reason="openssl and unzip are not installed"
)


def judge(file: Path, fingerprint: str) -> subprocess.CompletedProcess[str]:
    """What the recipe of docs/format.md says of a file."""
    return subprocess.run(["sh", RECIPE, file, fingerprint], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("kind", FILES)
def test_the_recipe_takes_what_we_take(kind: Kind, tmp_path: Path) -> None:
    content = FILES[kind]()
    (tmp_path / "file").write_bytes(content)
    judged = judge(tmp_path / "file", examine(content, file="f").fingerprint)
    assert judged.returncode == 0, judged.stderr
    assert "CAdES Verification successful" in judged.stderr


def test_the_recipe_takes_what_an_rsa_card_signed(tmp_path: Path) -> None:
    card = other_kind("rsa3072")
    assert not isinstance(card, tuple)
    (tmp_path / "file").write_bytes(container.write([Member("a.txt", "text/plain", b"a")], card, at=samples.AT))
    assert judge(tmp_path / "file", card.fingerprint).returncode == 0


@pytest.mark.parametrize("kind", ["p256", "rsa2048"])
def test_the_recipe_takes_a_certificate_that_an_issuer_made_and_that_has_run_out(kind: str, tmp_path: Path) -> None:
    card = issued(kind)
    content = container.write([Member("a.txt", "text/plain", b"a")], card, at=samples.AT)
    assert container.read(content, file="f", limit=Kind.BUNDLE.limit).certificate == card.certificate
    (tmp_path / "file").write_bytes(content)
    assert judge(tmp_path / "file", card.fingerprint).returncode == 0


ALTERED: dict[str, Callable[[bytes], bytes]] = {
    "a payload": lambda content: content.replace(b'"program":"1.0.0"', b'"program":"1.0.1"'),
    "a digest": lambda content: content.replace(b"<ds:DigestValue>", b"<ds:DigestValue>A"),
}


@pytest.mark.parametrize("name", ALTERED)
def test_the_recipe_refuses_what_was_altered(name: str, tmp_path: Path) -> None:
    content = samples.bundle_file()
    changed = ALTERED[name](content)
    assert changed != content
    (tmp_path / "file").write_bytes(changed)
    assert judge(tmp_path / "file", samples.keys().assessor.fingerprint).returncode != 0


def test_the_recipe_refuses_another_key(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(samples.bundle_file())
    assert judge(tmp_path / "file", samples.keys().secretariat.fingerprint).returncode != 0


@pytest.mark.parametrize("kind", FILES)
def test_pyhanko_takes_our_signatures(kind: Kind) -> None:
    from asn1crypto.cms import ContentInfo  # type: ignore[import-untyped]
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    parts = dict(zipped.read(FILES[kind](), most=container.MOST_MEMBERS))
    signed_data = ContentInfo.load(parts[container.SIGNATURE.encode()], strict=True)["content"]
    intact, valid = validate_sig_integrity(
        signed_data["signer_infos"][0],
        signed_data["certificates"][0].chosen,
        expected_content_type="data",
        actual_digest=hashlib.sha256(parts[container.MANIFEST.encode()]).digest(),
    )
    assert intact
    assert valid
