#!/bin/sh
# schema.sh TCO: the JSON estimate of every example, complete or not, keeps to fixtures/schema/estimate.schema.json;
# how it moved from the first example's, to fixtures/schema/bridge.schema.json.
set -eu
tco=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME="$scratch" TCO_CACHE="$scratch/cache"

# The last is incomplete on purpose: no city has everything.
for config in fixtures/examples/*.ini tests/bench/twenty.ini; do
    status=0
    "$tco" estimate "$config" --as-of 2026-11-21 --format json -o "$scratch/estimate.json" || status=$?
    # 3 and 4: written, but incomplete or stale.
    case $status in 0 | 3 | 4) ;; *) echo "$config: status $status"; exit 1 ;; esac
    tests/support/validate_json.py fixtures/schema/estimate.schema.json "$scratch/estimate.json"
    [ -f "$scratch/first.json" ] || cp "$scratch/estimate.json" "$scratch/first.json"
    status=0
    "$tco" diff "$scratch/first.json" "$scratch/estimate.json" --format json -o "$scratch/bridge.json" || status=$?
    case $status in 0 | 3 | 4) ;; *) echo "$config, compared: status $status"; exit 1 ;; esac
    tests/support/validate_json.py fixtures/schema/bridge.schema.json "$scratch/bridge.json"
done
