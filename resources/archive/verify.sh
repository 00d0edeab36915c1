#!/bin/sh
# Checks this package with sha256sum, openssl, unzip and what every Unix has: sh verify.sh
# It says what it has checked, and stops with "WRONG" and exit code 1 at the first thing that is not as it should be.
set -eu
cd "$(dirname "$0")"
tab=$(printf '\t')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

wrong() {
    echo "WRONG: $*"
    exit 1
}

# The members of a signed file that lies unpacked in folder $1 are what was signed by the key of certificate $2.
# What is named documents/ is left out of a call, and is known by its hash alone.
signed() {
    openssl cms -verify -cades -binary -inform DER -in "$1/META-INF/signature001.p7s" \
        -content "$1/META-INF/ASiCManifest001.xml" -CAfile "$2" -partial_chain -no_check_time -purpose any \
        -out /dev/null 2> "$work/said" || wrong "the signature of $3: $(tail -n 1 "$work/said")"
    sed 's/<asic:DataObjectReference/\
&/g' "$1/META-INF/ASiCManifest001.xml" |
        sed -nE 's/^<asic:DataObjectReference URI="([^"]+)".*<ds:DigestValue>([^<]+)<.*/\1 \2/p' > "$work/members"
    test -s "$work/members" || wrong "the manifest of $3 names nothing"
    while read -r member expected; do
        case $member in documents/*) continue ;; esac
        test "$(openssl dgst -sha256 -binary "$1/$member" | base64)" = "$expected" || wrong "$member of $3"
    done < "$work/members"
}

# 1. Every file is as the manifest lists it, and there is no other.
sha256sum --quiet --strict -c manifest.sha256 || wrong "a file is not as manifest.sha256 lists it"
sed 's/^[0-9a-f]*  //' manifest.sha256 | LC_ALL=C sort > "$work/listed"
find . -type f ! -path ./manifest.sha256 | sed 's,^\./,,' | LC_ALL=C sort > "$work/there"
cmp -s "$work/listed" "$work/there" || wrong "manifest.sha256 lists other files than there are"
echo "ok  $(wc -l < "$work/listed") files as listed in manifest.sha256"

# 2. Each event's hash is that of the one before it and of its own words.
previous=0000000000000000000000000000000000000000000000000000000000000000
count=0
while IFS= read -r line; do
    count=$((count + 1))
    hash=${line%%"$tab"*} rest=${line#*"$tab"}
    number=${rest%%"$tab"*} rest=${rest#*"$tab"}
    at=${rest%%"$tab"*} rest=${rest#*"$tab"}
    kind=${rest%%"$tab"*} rest=${rest#*"$tab"}
    subject=${rest%%"$tab"*} facts=${rest#*"$tab"}
    own=$(printf '%s\n%s\n%s\n%s\n%s\n%s' "$previous" "$number" "$at" "$kind" "$subject" "$facts" | sha256sum)
    test "$own" = "$hash  -" && test "$number" -eq "$count" || wrong "event $count"
    previous=$hash
done < events.tsv
echo "ok  $count events, each tied to the one before; the last is $previous"

# 3. Each certificate is named by its fingerprint.
for file in certificates/*.pem; do
    known=$(openssl x509 -in "$file" -outform DER | sha256sum)
    test "$known" = "$(basename "$file" .pem)  -" || wrong "$file"
done
echo "ok  $(ls certificates | wc -l) certificates named by their fingerprints"

# 4. Each signed file is told of by its event, and was signed by a key that was trusted at that moment.
event_of() {
    sed -nE "s/^[0-9a-f]{64}$tab([0-9]+)$tab[^$tab]*$tab$1$tab$2$tab.*/\1/p" events.tsv | tail -n 1
}

tail -n +2 checks.tsv > "$work/checks"
while IFS= read -r line; do
    kind=$(printf '%s' "$line" | cut -f 1)
    file=$(printf '%s' "$line" | cut -f 2)
    digest=$(printf '%s' "$line" | cut -f 3)
    key=$(printf '%s' "$line" | cut -f 4)
    event=$(printf '%s' "$line" | cut -f 5)
    case $kind in
    call)
        signed "$file" "certificates/$key.pem" "$file"
        test "$(sha256sum < "$file/call.json")" = "$digest  -" || wrong "$file/call.json"
        told=$(event_of call_added "$digest")
        ;;
    *)
        test "$(sha256sum < "$file")" = "$digest  -" || wrong "$file is not what checks.tsv says"
        rm -rf "$work/inside"
        unzip -q "$file" -d "$work/inside" || wrong "$file cannot be unpacked"
        signed "$work/inside" "certificates/$key.pem" "$file"
        case $kind in
        enrolment) told=$(event_of enrolled "$key") ;;
        receipt) told=$(event_of receipt_written "$digest") ;;
        bundle)
            told=$(event_of bundle_registered "$digest")
            trusted=$(event_of enrolled "$key") blocked=$(event_of revoked "$key")
            test -n "$trusted" && test "$trusted" -lt "$event" || wrong "the key of $file was not trusted yet"
            test -z "$blocked" || test "$blocked" -gt "$event" || wrong "the key of $file was blocked before"
            grep -q "\"sha256\":\"$digest\"" basis/basis.json || wrong "the basis does not name $file"
            ;;
        *) wrong "$file is of no kind" ;;
        esac
        ;;
    esac
    test "$told" = "$event" || wrong "no event $event tells of $file"
done < "$work/checks"
echo "ok  $(wc -l < "$work/checks") signed files, each with its event and a key that was trusted"

# 5. The PDF of the basis carries the JSON of the basis, where pdfdetach (poppler) can look.
if command -v pdfdetach > /dev/null; then
    pdfdetach -save 1 -o "$work/basis.json" basis/basis.pdf
    cmp -s "$work/basis.json" basis/basis.json || wrong "the PDF carries another JSON"
    echo "ok  basis.pdf carries basis.json"
fi

# 6. A second reader, which shares no line with ESF Desktop, reads each file strictly, where there is Python.
if command -v python3 > /dev/null; then
    cut -f 1,2 "$work/checks" | grep -v "^call$tab" | cut -f 2 | tr '\n' '\0' > "$work/files"
    xargs -0 -r python3 verify/esf_verify.py < "$work/files" > "$work/said" || wrong "$(grep -m 1 refused "$work/said")"
    echo "ok  $(wc -l < "$work/said") files read by verify/esf_verify.py"
fi
echo "ok  everything"
