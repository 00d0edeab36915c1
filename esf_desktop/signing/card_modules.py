"""Where card software (PKCS#11 modules) usually lies on Linux, Windows and macOS."""

import sys
from collections.abc import Iterator
from pathlib import Path

_LINUX = tuple(
    Path(root) / name
    for root in ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib")
    for name in (
        "libiidp11.so",  # Net iD
        "opensc-pkcs11.so",
        "pkcs11/opensc-pkcs11.so",
        "libykcs11.so",
        "libeToken.so",
        "softhsm/libsofthsm2.so",
        "softhsm/libsofthsm2.so.2",
        "p11-kit-proxy.so",  # whatever else the system has been told of
    )
)
_WINDOWS = tuple(
    map(
        Path,
        (
            r"C:\Windows\System32\iidp11.dll",
            r"C:\Program Files\Net iD\iid.dll",
            r"C:\Program Files\OpenSC Project\OpenSC\pkcs11\opensc-pkcs11.dll",
            r"C:\Windows\System32\opensc-pkcs11.dll",
            r"C:\Program Files\Yubico\Yubico PIV Tool\bin\libykcs11.dll",
            r"C:\Windows\System32\eTPKCS11.dll",
            r"C:\SoftHSM2\lib\softhsm2-x64.dll",
        ),
    )
)
_MACOS = tuple(
    map(
        Path,
        (
            "/Library/iid/libiidp11.dylib",
            "/usr/local/lib/libiidp11.dylib",
            "/Library/OpenSC/lib/opensc-pkcs11.so",
            "/usr/local/lib/libykcs11.dylib",
            "/opt/homebrew/lib/libykcs11.dylib",
            "/usr/local/lib/libeTPkcs11.dylib",
            "/usr/local/lib/softhsm/libsofthsm2.so",
            "/opt/homebrew/lib/softhsm/libsofthsm2.so",
        ),
    )
)


def usual_places(platform: str = sys.platform) -> tuple[Path, ...]:
    """Where modules lie on that platform, the likeliest first."""
    return {"win32": _WINDOWS, "darwin": _MACOS}.get(platform, _LINUX)


def found(places: tuple[Path, ...] | None = None) -> tuple[Path, ...]:
    """The modules that are there, each once whatever its names."""
    return tuple(_each_once(usual_places() if places is None else places))


def _each_once(places: tuple[Path, ...]) -> Iterator[Path]:
    seen: set[Path] = set()
    for place in places:
        if place.is_file() and (true := place.resolve()) not in seen:
            seen.add(true)
            yield place
