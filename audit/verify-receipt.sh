#!/usr/bin/env bash
# Checks one receipt of a public log with openssl, sha256sum and nothing of the registry's.
# Usage: verify-receipt.sh RECEIPT PUBLIC-KEY     e.g. verify-receipt.sh mine.tlog-proof registry.example/kz+0a1b2c3d+AQ...
# The formats: c2sp.org/tlog-proof, tlog-checkpoint, signed-note. The steps by hand: docs/trust.md.
set -euo pipefail
export LC_ALL=C

fail() { echo "NOT PROVEN: $1" >&2; exit 1; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
unhex() { local digits; digits=$(cat); printf "$(sed 's/../\\x&/g' <<<"$digits")"; }
# base64 -d takes letters that are no base64's only one spelling; encoding again finds them.
unbase64() {
    [[ $(printf %s "$1" | base64 -d 2>/dev/null | base64 -w0) == "$1" ]] || return 1
    printf %s "$1" | base64 -d
}
sha256() { sha256sum | cut -d' ' -f1; }
# HASH(0x01 || left || right), all in hexadecimal digits.
node() { { printf '\x01'; printf %s "$1$2" | unhex; } | sha256; }

(($# == 2)) || { echo "Usage: $0 RECEIPT PUBLIC-KEY" >&2; exit 2; }
receipt=$1 key=$2
[[ -f $receipt ]] || { echo "There is no file $receipt." >&2; exit 2; }
(($(stat -c %s "$receipt") <= 262144)) || fail "the receipt is longer than 256 KiB"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

# 1. The parts: the proof's lines, the checkpoint's text, the signatures.
awk -v d="$work" 'part == 0 && /^$/ {part = 1; next}
    part == 0 {print > (d "/proof")}
    part == 1 && /^$/ {part = 2; next}
    part == 1 {print > (d "/text")}
    part == 2 {print > (d "/signatures")}' "$receipt"
[[ -f $work/proof && -f $work/text && -f $work/signatures ]] || fail "the receipt is cut short or is none"
[[ $(tail -c1 "$receipt" | hex) == 0a ]] || fail "the receipt is cut short"
mapfile -t proof <"$work/proof"
mapfile -t checkpoint <"$work/text"
[[ ${proof[0]} == c2sp.org/tlog-proof@v1 ]] || fail "the first line is not c2sp.org/tlog-proof@v1"
[[ ${proof[1]:-} == 'extra '* ]] || fail "the receipt does not carry its entry"
unbase64 "${proof[1]#extra }" >"$work/entry" || fail "the entry is not base64"
[[ ${proof[2]:-} =~ ^index\ (0|[1-9][0-9]{0,17})$ ]] || fail "there is no line with the index"
index=${BASH_REMATCH[1]}
hashes=("${proof[@]:3}")
[[ ${checkpoint[1]:-} =~ ^(0|[1-9][0-9]{0,17})$ ]] || fail "the checkpoint has no size"
origin=${checkpoint[0]} size=${checkpoint[1]}
root=$(unbase64 "${checkpoint[2]:-}" | hex) || fail "the checkpoint has no root"

# 2. The key: name+id+base64, where id is the beginning of the hash of name, newline and key.
name=${key%%+*} rest=${key#*+}
id=${rest%%+*} encoded=${rest#*+}
[[ $name == "$origin" ]] || fail "the receipt is of another log: $origin, not $name"
unbase64 "$encoded" >"$work/key" || fail "the public key is not base64"
[[ $(head -c1 "$work/key" | hex) == 01 && $(stat -c %s "$work/key") == 33 ]] || fail "the public key is not Ed25519"
[[ $({ printf '%s\n' "$name"; cat "$work/key"; } | sha256 | cut -c1-8) == "$id" ]] || fail "the public key does not have the id $id"
{ printf 302a300506032b6570032100 | unhex; tail -c32 "$work/key"; } | openssl pkey -pubin -inform DER -out "$work/key.pem" 2>/dev/null ||
    fail "openssl does not take the public key"

# 3. The signature of that key below the checkpoint.
found=
while IFS= read -r line; do
    [[ $line == "— $name "* ]] || continue
    unbase64 "${line##* }" >"$work/signed" || fail "a signature is not base64"
    [[ $(head -c4 "$work/signed" | hex) == "$id" ]] || continue
    tail -c+5 "$work/signed" >"$work/signature"
    openssl pkeyutl -verify -pubin -inkey "$work/key.pem" -rawin -in "$work/text" -sigfile "$work/signature" >/dev/null 2>&1 ||
        fail "the log's signature is not genuine"
    found=yes
done <"$work/signatures"
[[ -n $found ]] || fail "the checkpoint bears no signature of the key"

# 4. From the leaf to the root (RFC 9162, section 2.1.3.2).
((index < size)) || fail "the checkpoint is of the time before the entry"
hash=$({ printf '\x00'; cat "$work/entry"; } | sha256)
fn=$index sn=$((size - 1))
for line in "${hashes[@]}"; do
    sibling=$(unbase64 "$line" | hex) || fail "a hash of the proof is not base64"
    ((${#sibling} == 64 && sn > 0)) || fail "the proof has a hash too many, or of another length"
    if ((fn & 1)) || ((fn == sn)); then
        hash=$(node "$sibling" "$hash")
        while ((!(fn & 1) && fn)); do fn=$((fn >> 1)) sn=$((sn >> 1)); done
    else
        hash=$(node "$hash" "$sibling")
    fi
    fn=$((fn >> 1)) sn=$((sn >> 1))
done
((sn == 0)) || fail "the proof has a hash too few"
[[ $hash == "$root" ]] || fail "the entry is not in the tree that the log signed"

echo "PROVEN: the entry below is number $index of the log $origin, which signed a tree of $size entries."
cat "$work/entry"; echo
