"""Make `.venv` with everything that the program and its checks need; run again, it does only what is missing.

Needs Python 3.11 or later with its venv module, and nothing else: `python3 .ci/set_up.py`, on Windows
`py -3.11 .ci\\set_up.py`. On Debian and its kin Qt's system libraries are installed too, or the command is named.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
VENV = TREE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "set-up-for.txt"
TRANSLATIONS = TREE / "resources" / "translations"

SYSTEM = [
    *["libgl1", "libegl1", "libxkbcommon0", "libfontconfig1", "libglib2.0-0", "libdbus-1-3", "libbrotli1", "libcups2"],
    *["libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-randr0", "libxcb-shape0", "libxcb-sync1"],
    *["libxcb-xfixes0", "libxcb-xkb1", "libxkbcommon-x11-0", "libx11-xcb1"],
    *["libenchant-2-2", "hunspell-sv", "hunspell-en-gb"],
    *[
        "age",
        "binutils",
        "gnutls-bin",
        "gpgsm",
        "libnss3-tools",
        "openssl",
        "poppler-utils",
        "softhsm2",
        "unzip",
        "xvfb",
    ],
]
"""Debian packages: what Qt loads, then what X11 needs, then what spells, then what freezes and checks."""


def main() -> None:
    """Set up whatever is missing, saying each thing before it is done."""
    system_libraries()
    environment()
    translations()


def system_libraries() -> None:
    """Qt's libraries and the programs of the checks are installed, or the command that does it is printed."""
    if shutil.which("dpkg-query") is None:
        return
    missing = [name for name in SYSTEM if not {name, f"{name}t64"} & installed()]
    if not missing:
        return
    root = os.name != "nt" and os.geteuid() == 0
    sudo = [] if root else ["sudo", "-n"]
    if not root and (shutil.which("sudo") is None or subprocess.run(["sudo", "-n", "true"]).returncode != 0):
        say(f"missing on this system; the window may not open before: sudo apt-get install {' '.join(missing)}")
        return
    say(f"installing system packages: {' '.join(missing)}")
    quiet = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run([*quiet, "update"], check=True, stdin=subprocess.DEVNULL)
    subprocess.run(
        [*quiet, "install", "-y", "--no-install-recommends", *missing],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def installed() -> set[str]:
    """The Debian packages among ours that are on this system."""
    names = [*SYSTEM, *(f"{name}t64" for name in SYSTEM)]
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names]
    lines = subprocess.run(query, capture_output=True, text=True).stdout.splitlines()
    return {line.split()[0] for line in lines if line.endswith(" installed")}


def environment() -> None:
    """`.venv` holds exactly what the lock names, and the program itself as it stands in this tree."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text() == wanted and PYTHON.exists():
        return
    if sys.version_info < (3, 11):  # noqa: UP036 - started by whatever python3 there is
        sys.exit("ESF Desktop needs Python 3.11 or later.")
    if not PYTHON.exists():
        say("making .venv")
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    say("installing the libraries of requirements.lock into .venv")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    subprocess.run(
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", "requirements.lock"], check=True, cwd=TREE
    )
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", "."], check=True, cwd=TREE)
    STAMP.write_text(wanted)


def fingerprint() -> str:
    """What `.venv` depends on: the lock, the project's own description and where the tree lies."""
    digest = hashlib.sha256(str(TREE).encode())
    for name in ("requirements.lock", "pyproject.toml"):
        digest.update((TREE / name).read_bytes())
    return digest.hexdigest()


def translations() -> None:
    """Every `.po` has its `.mo` beside it, newer than itself."""
    for source in TRANSLATIONS.glob("*.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        say(f"compiling {source.relative_to(TREE)}")
        command = ["-m", "babel.messages.frontend", "-q", "compile", "-l", source.stem, "-i", str(source)]
        subprocess.run([str(PYTHON), *command, "-o", str(compiled)], check=True)


def say(what: str) -> None:
    """Tell the person at the terminal what happens now."""
    print(f"set-up: {what}", flush=True)


if __name__ == "__main__":
    main()
