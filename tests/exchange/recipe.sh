#!/bin/sh
# Checks a file of ours without a line of ours, as docs/format.md tells a stranger to: FILE, then the fingerprint that is known.
set -eu
file=$(realpath "$1"); known=$2
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
unzip -q "$file" -d x; cd x
openssl pkcs7 -inform DER -in META-INF/signature001.p7s -print_certs | openssl x509 > signer.pem
openssl x509 -in signer.pem -noout -fingerprint -sha256 | tr -d ':\n' | tr 'A-F' 'a-f' | grep -q "=$known\$"
openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s -content META-INF/ASiCManifest001.xml \
        -CAfile signer.pem -partial_chain -no_check_time -purpose any -out /dev/null
sed 's/<asic:DataObjectReference/\n&/g' META-INF/ASiCManifest001.xml |
    sed -nE 's/^<asic:DataObjectReference URI="([^"]+)".*<ds:DigestValue>([^<]+)<.*/\1 \2/p' |
    while read -r name digest; do
        test "$(openssl dgst -sha256 -binary "$name" | base64)" = "$digest" || { echo "$name is not what was signed"; exit 1; }
    done
