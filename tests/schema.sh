#!/bin/sh
# schema.sh TCO: the JSON estimate of every example keeps to fixtures/schema/estimate.json.
set -eu
tco=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME="$scratch" TCO_CACHE="$scratch/cache"

for config in fixtures/examples/*.ini; do
    status=0
    "$tco" estimate "$config" --as-of 2026-11-21 --format json -o "$scratch/estimate.json" || status=$?
    # 3 and 4: written, but incomplete or stale.
    case $status in 0 | 3 | 4) ;; *) echo "$config: status $status"; exit 1 ;; esac
    python3 - fixtures/schema/estimate.json "$scratch/estimate.json" "$config" <<'END'
import json, sys
import jsonschema

schema, estimate = (json.load(open(name, encoding="utf-8"), parse_float=None) for name in sys.argv[1:3])
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
errors = sorted(validator(schema).iter_errors(estimate), key=lambda e: list(map(str, e.path)))
for e in errors[:20]:
    print(sys.argv[3], "/".join(map(str, e.path)), e.message[:300])
sys.exit(bool(errors))
END
done
