#!/usr/bin/env python3
"""rows.py SCENARIOS.csv ROWS >FILLED: so many rows under the header of an exported scenarios.csv, the base first.

Whole counts and counts with up to twelve decimals, hours of a few kinds, empty cells, and the ends of the ranges.
"""
import csv
import random
import sys

random.seed(20261121)
with open(sys.argv[1], newline="") as f:
    header = next(csv.reader(f))
COUNTS = [str(n) for n in range(1, 120)] + ["0.000000000001", "0.003", "0.5", "1.333333333333", "17.25", "999999.999999999999", "1000000"]
COUNTS += [f"{random.uniform(0.01, 3000):.{random.choice((1, 2, 6, 12))}f}" for _ in range(120)]
HOURS = ["", "1", "168", "240", "365.25", "730", "744", "0.000000000001", "123.456789012345"]


def cell(name):
    if random.random() < 0.1:
        return ""
    return random.choice(HOURS if name.endswith(".hours") else COUNTS)


out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(header)
out.writerow(["1", "base"] + [""] * (len(header) - 2))
for row in range(2, int(sys.argv[2]) + 1):
    out.writerow([row, f"s{row}"] + [cell(name) for name in header[2:]])
