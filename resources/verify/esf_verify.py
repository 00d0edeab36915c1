#!/usr/bin/env python3
"""A second reader of the files that travel, made from docs/format.md alone: Python's standard library and `openssl`.

    esf_verify.py [--json] [--trust CERTIFICATE.pem]... FILE...

It shares no line with ESF Desktop and never opens a file with a zip or XML library: it takes the parts out, renders
the archive and the manifest anew, and compares every byte. The schemas are those of `schemas/` beside its folder.
"""

import base64
import datetime
import hashlib
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zlib

MIME, MANIFEST, P7S = "mimetype", "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"
SCHEMAS = pathlib.Path(__file__).resolve().parents[1] / "schemas"
NAME, MEDIA = r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", r"[a-z0-9.+-]+/[a-z0-9.+-]+"
HIDDEN = "[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?(Z|[+-]\d\d:\d\d)"
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
OID = {k: bytes.fromhex(v) for k, v in {
    "data": "2a864886f70d010701", "signed": "2a864886f70d010702", "sha256": "608648016503040201",
    "type": "2a864886f70d010903", "digest": "2a864886f70d010904", "time": "2a864886f70d010905",
    "pointer": "2a864886f70d010910022f", "ecdsa": "2a8648ce3d040302", "rsa": "2a864886f70d01010b"}.items()}  # fmt: skip


def need(holds, what):
    if not holds:
        raise ValueError(what)


# -- archive and manifest -------------------------------------------------------------------------------------------


def members(file):
    found, at = [], 0
    while file[at : at + 4] == b"PK\3\4" and len(found) < 2000:
        size, length = struct.unpack_from("<IH", file, at + 22)
        name, inside = file[at + 30 : at + 30 + length], file[at + 30 + length : at + 30 + length + size]
        need(length <= 128 and len(inside) == size, "a member is cut short or its name is too long")
        found.append((name, inside))
        at += 30 + length + size
    need(file == archive(found), "the archive is not spelled as required")
    return [(name.decode("ascii"), inside) for name, inside in found]


def archive(parts):
    local, central, fixed = b"", b"", struct.pack("<5H", 20, 0, 0, 0, 33)
    for name, inside in parts:
        said = fixed + struct.pack("<3I2H", zlib.crc32(inside), len(inside), len(inside), len(name), 0)
        central += b"PK\1\2\x14\0" + said + struct.pack("<3H2I", 0, 0, 0, 0, len(local)) + name
        local += b"PK\3\4" + said + name + inside
    count = len(parts)
    return local + central + b"PK\5\6" + struct.pack("<4H2IH", 0, 0, count, count, len(central), len(local), 0)


def manifest(payload, types):
    head = ('<?xml version="1.0" encoding="UTF-8"?>\n<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"'
            ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><asic:SigReference URI="' + P7S
            + '" MimeType="application/pkcs7-signature"/>')  # fmt: skip
    one = ('<asic:DataObjectReference URI="{}" MimeType="{}"><ds:DigestMethod '
           'Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>{}</ds:DigestValue>'
           '</asic:DataObjectReference>')  # fmt: skip
    digests = [base64.b64encode(hashlib.sha256(inside).digest()).decode() for _, inside in payload]
    refs = [one.format(n, t, d) for (n, _), t, d in zip(payload, types, digests, strict=True)]
    return (head + "".join(refs) + "</asic:ASiCManifest>").encode()


# -- signature ------------------------------------------------------------------------------------------------------


def der(content):
    """The elements of some DER, each as (tag, content): bytes, or a list where the tag says that there are more."""
    found, at = [], 0
    while at < len(content):
        need(at + 2 <= len(content), "DER is cut short")
        tag, size, at = content[at], content[at + 1], at + 2
        if size & 0x80:
            width = size & 0x7F
            size, at = int.from_bytes(content[at : at + width], "big"), at + width
            need(1 <= width <= 4 and size >> (8 * (width - 1)) and size > 0x7F, "a length is not the shortest")
        need(at + size <= len(content), "DER is cut short")
        inside = content[at : at + size]
        found.append((tag, der(inside) if tag & 0x20 else inside))
        at += size
    return found


def whole(tag, content):
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    width = (size.bit_length() + 7) // 8
    return bytes([tag, 0x80 | width]) + size.to_bytes(width, "big") + content


def spelled(node):
    tag, inside = node
    return whole(tag, inside if isinstance(inside, bytes) else b"".join(map(spelled, inside)))


def signature(p7s, signed):
    """The signer's certificate, after the signature was held against the template and given to openssl."""
    need(len(p7s) <= 32768, "the signature is too large")
    sha256, one = (0x30, [(6, OID["sha256"])]), (2, b"\1")
    match der(p7s):
        case [(0x30, [(6, kind), (0xA0, [(0x30, [version, digests, content, certificates, signers])])])]:
            (tag, [certificate]), (too, [signer]) = certificates, signers
            need((tag, too) == (0xA0, 0x31), "the certificate or the signer stands elsewhere")
            need(kind == OID["signed"] and version == one and digests == (0x31, [sha256]), "the head is another")
            need(content == (0x30, [(6, OID["data"])]), "the content is another, or inside")
        case _:
            raise ValueError("the signature is not built as the template")
    _, [version, who, digest, (tag, attributes), algorithm, (octets, value)] = signer
    _, [(_, [v3, serial, made_by, issuer, *_]), made_with, _] = certificate
    need(
        v3 == (0xA0, [(2, b"\2")]) and made_by == made_with,
        "the certificate is of another version, or contradicts itself",
    )
    need(made_by != (0x30, [(6, OID["ecdsa"]), (5, b"")]), "the certificate has parameters for ECDSA")
    need(version == one and who == (0x30, [issuer, serial]) and digest == sha256, "the signer is described otherwise")
    need(tag == 0xA0 and octets == 4, "the signer has other parts")
    need(int.from_bytes(serial[1], "big", signed=True) > 0, "the certificate's serial number is not positive")
    der_of = spelled(certificate)
    values = {kind: inner for _, [(_, kind), (_, [inner])] in attributes}
    in_order = list(map(spelled, attributes)) == sorted(map(spelled, attributes))
    need(len(attributes) == len(values) == 4 and in_order, "the attributes are others, or out of order")
    need(values[OID["type"]] == (6, OID["data"]), "the content type is another")
    need(values[OID["digest"]] == (4, hashlib.sha256(signed).digest()), "another manifest was signed")
    pointer = (0x30, [(0x30, [(0x30, [(4, hashlib.sha256(der_of).digest())])])])
    need(values[OID["pointer"]] == pointer, "the pointer to the certificate is another")
    tag, digits = values[OID["time"]]
    text = digits.decode("ascii") if tag == 24 else ("19" if digits[:2] >= b"50" else "20") + digits.decode("ascii")
    need(re.fullmatch(r"\d{14}Z", text) and (tag == 23) == ("1950" <= text[:4] < "2050") and tag in (23, 24), "time")
    datetime.datetime.strptime(text + "+0000", "%Y%m%d%H%M%SZ%z")
    check_key(der_of, algorithm, value)
    with tempfile.TemporaryDirectory() as folder:
        at = pathlib.Path(folder)
        for name, inside in (("c.der", der_of), ("s", p7s), ("m", signed)):
            (at / name).write_bytes(inside)
        openssl("x509", "-inform", "DER", "-in", at / "c.der", "-out", at / "c.pem")
        given = ("-inform", "DER", "-in", at / "s", "-content", at / "m", "-CAfile", at / "c.pem")
        judged_by = ("-partial_chain", "-no_check_time", "-purpose", "any", "-out", "/dev/null")
        openssl("cms", "-verify", "-cades", "-binary", *given, *judged_by)
    return der_of


def check_key(certificate, algorithm, value):
    said = openssl("x509", "-inform", "DER", "-noout", "-text", stdin=certificate)
    if algorithm == (0x30, [(6, OID["rsa"]), (5, b"")]):
        bits = int(re.search(r"rsaEncryption\s+Public-Key: \((\d+) bit\)", said)[1])
        need(2048 <= bits <= 8192 and len(value) == (bits + 7) // 8, "the RSA key or value has another size")
    else:
        allowed = algorithm == (0x30, [(6, OID["ecdsa"])]) and "ASN1 OID: prime256v1" in said
        need(allowed, "the kind of key is not allowed")
        [(_, [(two, r), (too, s)])] = der(value)
        for number in (r, s):
            size = int.from_bytes(number, "big").bit_length() // 8 + 1
            need(two == too == 2 and len(number) == size and number[0] < 0x80, "r or s is misspelled")
        need(0 < int.from_bytes(s, "big") <= ORDER // 2, "it has the high s")


def openssl(*words, stdin=b""):
    run = subprocess.run(["openssl", *map(str, words)], input=stdin, capture_output=True, check=False)
    need(run.returncode == 0, "openssl: " + run.stderr.decode(errors="replace").strip().rpartition("\n")[2])
    return run.stdout.decode(errors="replace")


# -- payload --------------------------------------------------------------------------------------------------------


def parsed(content):
    """The JSON, if it has its one spelling and hides nothing."""
    text = content.decode("utf-8")
    value = json.loads(text)
    again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    need(again == text, "the JSON is not spelled as RFC 8785 has it")
    need(unicodedata.is_normalized("NFC", text), "a text is not in NFC")
    for one in texts(value):
        need(len(one) <= 20000 and not re.search(HIDDEN, one), "a text is too long or has hidden characters")
    return value


def texts(value):
    if isinstance(value, str):
        yield value
    for inside in [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from texts(inside)


def fits(value, schema, defs):
    """Whether a value is of a schema, in the few words of JSON Schema that ours use."""
    if "$ref" in schema:
        return fits(value, defs[schema["$ref"].rpartition("/")[2]], defs)
    if "anyOf" in schema:
        return any(fits(value, one, defs) for one in schema["anyOf"])
    if "enum" in schema:
        return any(value == one and type(value) is type(one) for one in schema["enum"])
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    if type(value) is not kinds[schema["type"]]:
        return False
    match value:
        case dict():
            known = schema["properties"]
            absent = [key for key in known if key not in value]
            sparse = schema.get("title") == "Evidence"
            ok = (not sparse and not absent) or (sparse and all("default" in known[k] for k in absent))
            ok = ok and not (sparse and any(k in known and v == known[k].get("default", ...) for k, v in value.items()))
            return ok and set(value) <= set(known) and all(fits(v, known[k], defs) for k, v in value.items())
        case list():
            size = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
            of = schema.get("prefixItems") or [schema["items"]] * len(value)
            return size and all(map(fits, value, of, [defs] * len(value)))
        case str():
            form = {"date-time": TIME, "date": r"\d{4}-\d\d-\d\d"}.get(schema.get("format"), ".*")
            ok = re.fullmatch(form, value, re.DOTALL) and re.search(schema.get("pattern", "") + r"\Z", value)
            return bool(ok) and len(value) <= schema.get("maxLength", len(value)) and (form == ".*" or is_time(value))
        case int():
            return schema.get("minimum", value) <= value <= schema.get("maximum", value)
    return True


def is_time(text):
    need(not text.endswith(("+00:00", "-00:00")) and ".000000" not in text, "a time is spelled otherwise")
    return 1900 <= datetime.datetime.fromisoformat(text).year <= 9998


def once(values):
    need(len(list(values)) == len(set(values)), "something stands twice")


def named(values):
    need(all(v.strip() and len(v) <= 200 and "\n" not in v for v in values), "a name is blank, long or of two lines")


def bundle(said, rest, signer):
    named([said["assessor"]["name"]])
    need(re.fullmatch(UUID, said["assessor"]["id"]), "the assessor has no UUID")
    need(said["assessor"]["certificate_sha256"] == signer, "it names another certificate")
    once([json.dumps(a, sort_keys=True) for a in said["assessments"]])
    need(said["assessments"], "it carries nothing")
    for one in said["assessments"]:
        named([one["application"], *(j["criterion"] for j in one["judgements"])])
        recused = one["conflict_of_interest"]["answer"] == "recused"
        need(not (recused and (one["judgements"] or one["main_area"] or one["recommendation"])), "recused, but rated")
        once([j["criterion"] for j in one["judgements"]])
        once(one["parents"])
        need(one["revision"] >= 1 and (one["revision"] == 1) == (not one["parents"]), "the revision has other parents")
        for e in [e for j in one["judgements"] for e in j["evidence"]]:
            on_page = "page" in e and "block" not in e and e["page"] >= 0
            in_block = "block" in e and not {"page", "label", "rects"} & set(e) and e["block"] >= 0
            need((on_page or in_block) and re.fullmatch("[0-9a-f]{64}", e["document"]), "evidence has no one place")
    return {"sheets.pdf": "application/pdf"}


def is_age_key(text):
    """Whether a text is the public half of an age key: Bech32 (BIP 173) of 32 bytes."""
    signs, check = "qpzry9x8gf2tvdw0s3jn54khce6mua7l", 1
    if not re.fullmatch(f"age1[{signs}]{{58}}", text):
        return False
    for value in [3, 3, 3, 0, 1, 7, 5, *map(signs.index, text[4:])]:  # "age" spread out, then the rest
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for bit, factor in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= factor if top >> bit & 1 else 0
    return check == 1


def call(said, rest, _signer):
    criteria = said["framework"]["principles"] + said["framework"]["areas"]
    applications = [a["id"] for a in said["applications"]]
    principles = {c["id"] for c in said["framework"]["principles"]}
    letters, readers = [c["id"] for c in criteria], said["assessors"]
    for some in (letters, applications, said["selected_principles"], said["withdrawn"], [a["id"] for a in readers]):
        once(some)
    named([said["id"], said["body"], *applications, *letters, *(a["name"] for a in readers)])
    need(all(re.fullmatch(UUID, a["id"]) for a in readers), "a reader has no UUID")
    need(set(said["selected_principles"]) <= principles and said["call_version"] >= 1, "principles or version")
    need(all(set(a["reads"]) <= {*applications, *said["withdrawn"]} for a in readers), "a reader of nothing known")
    scale = {"met", "not_met"} | ({"partly", "cannot_assess"} if said["scale"] == "anchored" else set())
    need(scale <= {s["rating"] for s in said["framework"]["steps"]}, "a step of the scale is missing")
    once(said["recipients"])
    need(len(said["recipients"]) <= 2 and all(map(is_age_key, said["recipients"])), "a recipient is no age key")
    documents = [d for a in said["applications"] for d in a["documents"]]
    sizes = {name.removeprefix("documents/"): len(inside) for name, inside in rest.items()}
    need(all(d["size"] == sizes.get(d["sha256"]) for d in documents), "a document has another size, or is missing")
    names = {d["sha256"] for d in documents} | {r["document"] for r in said["references"] if r["document"]}
    need(all(hashlib.sha256(i).hexdigest() == n[10:] for n, i in rest.items()), "a document is not what it is named")
    return {"documents/" + name: "application/octet-stream" for name in sorted(names)}


def receipt(said, rest, _signer):
    need(said["number"] >= 1 and (said["number"] == 1) == (said["previous"] is None), "the number does not follow")
    need((said["outcome"] == "refused") == (said["code"] is not None), "a code without refusal, or a refusal without")
    return {}


def enrolment(said, rest, _signer):
    named([said["assessor"]["name"]])
    need(re.fullmatch(UUID, said["assessor"]["id"]), "the person has no UUID")
    return {}


KINDS = {"bundle.json": bundle, "call.json": call, "receipt.json": receipt, "enrolment.json": enrolment}


# -- the whole ------------------------------------------------------------------------------------------------------


def verify(path, trusted):
    file = pathlib.Path(path).read_bytes()
    names, contents = zip(*members(file), strict=True)
    need(names[:3] == (MIME, MANIFEST, P7S) and len(names) > 3, "the members are others")
    need(contents[0] == b"application/vnd.etsi.asic-e+zip", "the mimetype is another")
    need(len({n.lower() for n in names}) == len(names), "two names are alike")
    need(all(re.fullmatch(NAME, n) and not n.startswith("META-INF/") for n in names[3:]), "a name is not allowed")
    types = re.findall(r' MimeType="([^"]*)"', contents[1].decode("ascii"))[1:]
    need(len(types) == len(names) - 3 and all(re.fullmatch(MEDIA, t) for t in types), "the manifest has other types")
    need(manifest(list(zip(names[3:], contents[3:], strict=True)), types) == contents[1], "the manifest is another")
    signer = hashlib.sha256(signature(contents[2], contents[1])).hexdigest()
    need(not trusted or signer in trusted, "the signer is not among the trusted")
    kind, rest = names[3].removesuffix(".json"), dict(zip(names[4:], contents[4:], strict=True))
    need(names[3] in KINDS and len(file) <= (2048 if kind == "call" else 64) * 2**20, "it is of no kind, or too large")
    said, schema = parsed(contents[3]), json.loads((SCHEMAS / names[3]).read_bytes())
    need(said["type"] == f"esf-desktop/{kind}" and said["version"] == 1, "it is of another kind or version")
    need(fits(said, schema, schema["$defs"]), "it does not say what its kind must")
    expected = {names[3]: "application/json"} | KINDS[names[3]](said, rest, signer)
    need(list(zip(names[3:], types, strict=True)) == list(expected.items()), "the members are not those of its kind")
    return kind, signer


def main():
    words, trusted, as_json = sys.argv[1:], set(), False
    files = []
    while words:
        match words.pop(0):
            case "--json":
                as_json = True
            case "--trust":
                pem = pathlib.Path(words.pop(0)).read_text()
                trusted.add(hashlib.sha256(base64.b64decode("".join(pem.split("-----")[2].split()))).hexdigest())
            case path:
                files.append(path)
    rows = []
    for path in files:
        row = {"file": path, "verdict": "accepted", "code": None, "sentence": "", "kind": None, "fingerprint": None}
        try:
            row["kind"], row["fingerprint"] = verify(path, trusted)
        except (ValueError, LookupError, TypeError, struct.error, RecursionError, AttributeError) as fault:
            row |= {"verdict": "refused", "sentence": str(fault) or type(fault).__name__}
        rows.append(row)
        if not as_json:
            print(path, row["verdict"], row["kind"] or row["sentence"], row["fingerprint"] or "", sep="  ")
    if as_json:
        print(json.dumps({"files": rows}, indent=2))
    sys.exit(any(row["verdict"] == "refused" for row in rows))


if __name__ == "__main__":
    main()
