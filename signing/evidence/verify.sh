#!/bin/sh
# Checks this bundle with openssl and nothing of ours: sh verify.sh (exit status 0: everything holds).
# Trust begins at root.pem: compare its SHA-256 fingerprint with one that you got another way.
set -eu
cd "$(dirname "$0")"
fail() { echo "FAILED: $*"; exit 1; }
sha256() { openssl dgst -sha256 "$@" | sed 's/.*= //'; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# 1. The list of digests is signed by the platform, and every file is the one it lists.
read -r made < made.txt
openssl cms -verify -binary -inform DER -in digests.p7s -content digests.txt -CAfile root.pem -certfile chain.pem \
    -purpose any -attime "$made" -out /dev/null 2> "$work/why" || fail "digests.txt: $(cat "$work/why")"
while read -r digest name; do
    [ "$(sha256 "$name")" = "$digest" ] || fail "$name was changed"
done < digests.txt
echo "files: as the platform signed them"

# 2. Every signature and timestamp in the PDFs, over exactly the bytes that it covers.
while read -r kind pdf file at length second rest; do
    { head -c "$length" "$pdf"; tail -c "+$((second + 1))" "$pdf" | head -c "$rest"; } > "$work/covered"
    tail -c "+$((length + 2))" "$pdf" | head -c "$((second - length - 2))" | tr A-F a-f > "$work/written"
    od -An -v -tx1 "$file" | tr -d ' \n' > "$work/given"
    head -c "$(wc -c < "$work/given")" "$work/written" | cmp -s - "$work/given" || fail "$file is not what $pdf holds"
    if [ "$kind" = signature ]; then
        openssl cms -verify -binary -inform DER -in "$file" -content "$work/covered" -CAfile root.pem \
            -certfile chain.pem -purpose any -attime "$at" -out /dev/null 2> "$work/why" || fail "$file: $(cat "$work/why")"
    else
        openssl ts -verify -token_in -in "$file" -data "$work/covered" -CAfile root.pem -untrusted chain.pem \
            -attime "$at" > "$work/why" 2>&1 || fail "$file: $(cat "$work/why")"
    fi
    echo "$pdf: $kind $file is good"
done < signatures.txt
for pdf in signed.pdf evidence.pdf; do
    last=$(grep " $pdf " signatures.txt | tail -n 1)
    set -- $last
    [ "$(wc -c < "$pdf")" -eq "$(($6 + $7))" ] || fail "$pdf goes on behind its last timestamp"
done

# 3. The trail of events: each line ends with the digest of the line before, the last is in the report, all is timestamped.
before=0000000000000000000000000000000000000000000000000000000000000000
while IFS= read -r line; do
    case $line in *", \"$before\"]") ;; *) fail "the trail is broken at: $line" ;; esac
    before=$(printf %s "$line" | sha256)
done < trail.txt
[ "$before" = "$(cat head.txt)" ] || fail "the trail does not end where the evidence says"
openssl ts -verify -token_in -in trail.tst -data trail.txt -CAfile root.pem -untrusted chain.pem -attime "$made" \
    > "$work/why" 2>&1 || fail "trail.tst: $(cat "$work/why")"
echo "trail: whole and timestamped"
echo "EVERYTHING HOLDS. Root: $(openssl x509 -in root.pem -noout -fingerprint -sha256)"
