#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""validate_json.py SCHEMA FILE...: do the files keep to the schema (JSON Schema 2020-12)?

A file that says a key twice, or a number where the schema knows none, does not. Prints each
breach as file: place: what; ends with status 1 when there is one. python3-jsonschema of Debian.
"""
import json
import sys

import jsonschema


def no_repeats(pairs):
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"key {key!r} is there {keys.count(key)} times")
    return dict(pairs)


def load(name):
    with open(name, encoding="utf-8") as file:
        return json.load(file, object_pairs_hook=no_repeats)


def breaches(validator, name):
    try:
        document = load(name)
    except ValueError as error:
        return [f"{name}: {error}"]
    errors = sorted(validator.iter_errors(document), key=lambda e: [str(p) for p in e.absolute_path])
    return [f"{name}: {'/'.join(map(str, e.absolute_path)) or '(top)'}: {e.message[:300]}" for e in errors]


def main(schema_name, *names):
    schema = load(schema_name)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    found = [breach for name in names for breach in breaches(validator, name)]
    for breach in found[:20]:
        print(breach)
    return 1 if found or not names else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: validate_json.py SCHEMA FILE...")
    sys.exit(main(*sys.argv[1:]))
