"""For each bundle: SHA-256 of the file, one ECDSA verification, the JSON decoded; then the rows that merging writes.

The rows are those of a register that took the same bundles, put into the same tables in one transaction.
"""

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

TABLES = ("event", "bundle", "assessment", "content")

if __name__ == "__main__":
    material, own = map(Path, sys.argv[1:])
    files = sorted((material / "bundles").glob("*.esfbundle"))
    payloads = [zipfile.ZipFile(io.BytesIO(file.read_bytes())).read("bundle.json") for file in files]
    key = ec.generate_private_key(ec.SECP256R1())
    public, signature = key.public_key(), key.sign(b"x" * 400, ec.ECDSA(SHA256()))
    merged = sqlcipher.connect(str(material / "merged.esfdb"))
    rows = {table: merged.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    connection = sqlcipher.connect(str(own / "raw.db"), isolation_level=None)
    for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    for (statement,) in merged.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"):
        connection.execute(statement)
    merged.close()

    began = time.perf_counter()
    for file, payload in zip(files, payloads, strict=True):
        hashlib.sha256(file.read_bytes()).hexdigest()
        public.verify(signature, b"x" * 400, ec.ECDSA(SHA256()))
        msgspec.json.decode(payload)
    connection.execute("BEGIN IMMEDIATE")
    for table, found in rows.items():
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(found[0]))})", found)
    connection.execute("COMMIT")
    print("raw_merge", time.perf_counter() - began)
