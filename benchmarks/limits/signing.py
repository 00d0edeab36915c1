"""For each of a thousand bundles: SHA-256, CRC-32 and one ECDSA verification; the JSON decoded; one ECDSA signature.

And `openssl cms -verify` in a process of its own for each of a few, told as if for all.
"""

import hashlib
import subprocess
import sys
import time
import zlib
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from benchmarks.ours.signing import AT_OPENSSL, members

if __name__ == "__main__":
    material, own = map(Path, sys.argv[1:])
    files = [file.read_bytes() for file in sorted((material / "bundles").glob("*.esfbundle"))]
    key = ec.generate_private_key(ec.SECP256R1())
    public, message = key.public_key(), b"x" * 166
    signature = key.sign(message, ec.ECDSA(SHA256()))

    began = time.perf_counter()
    for file in files:
        hashlib.sha256(file).digest()
        zlib.crc32(file)
        public.verify(signature, message, ec.ECDSA(SHA256()))
    print("raw_container", time.perf_counter() - began)

    payloads = [members(file)["bundle.json"] for file in files]
    began = time.perf_counter()
    for payload in payloads:
        msgspec.json.decode(payload)
    print("raw_payload", time.perf_counter() - began)

    began = time.perf_counter()
    for _ in files:
        key.sign(message, ec.ECDSA(SHA256()))
    print("raw_signing", time.perf_counter() - began)

    few = files[:: len(files) // AT_OPENSSL]
    told = 0.0
    for file in few:
        inside = members(file)
        (own / "s").write_bytes(inside["META-INF/signature001.p7s"])
        (own / "m").write_bytes(inside["META-INF/ASiCManifest001.xml"])
        words = "openssl cms -verify -binary -noverify -inform DER -in s -content m -out /dev/null"
        began = time.perf_counter()
        subprocess.run(words.split(), cwd=own, check=True, capture_output=True)
        told += time.perf_counter() - began
    print("openssl_container", told / len(few) * len(files))
