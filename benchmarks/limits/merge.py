"""For each bundle: SHA-256 of the file, one ECDSA verification, the JSON decoded; then all rows in one transaction."""

import hashlib
import io
import sys
import time
import zipfile
from pathlib import Path

import msgspec
import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

if __name__ == "__main__":
    files = sorted((Path(sys.argv[1]) / "bundles").glob("*.esfbundle"))
    payloads = [zipfile.ZipFile(io.BytesIO(file.read_bytes())).read("bundle.json") for file in files]
    key = ec.generate_private_key(ec.SECP256R1())
    public, signature = key.public_key(), key.sign(b"x" * 400, ec.ECDSA(SHA256()))
    connection = sqlcipher.connect(str(Path(sys.argv[2]) / "raw.db"), isolation_level=None)
    for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE bundle (sha256 TEXT PRIMARY KEY, assessor TEXT, content BLOB)")
    connection.execute(
        "CREATE TABLE assessment (sha256 TEXT PRIMARY KEY, application TEXT, revision INTEGER, content BLOB)"
    )

    began = time.perf_counter()
    bundles, assessments = [], []
    for file, payload in zip(files, payloads, strict=True):
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        public.verify(signature, b"x" * 400, ec.ECDSA(SHA256()))
        bundle = msgspec.json.decode(payload)
        bundles.append((sha256, bundle["assessor"]["id"], payload))
        for number, assessment in enumerate(bundle["assessments"]):
            content = msgspec.json.encode(assessment)
            row = (f"{sha256}{number}", assessment["application"], assessment["revision"], content)
            assessments.append(row)
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO bundle VALUES (?, ?, ?)", bundles)
    connection.executemany("INSERT INTO assessment VALUES (?, ?, ?, ?)", assessments)
    connection.execute("COMMIT")
    print("raw_merge", time.perf_counter() - began)
