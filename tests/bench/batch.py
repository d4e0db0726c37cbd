#!/usr/bin/env python3
"""batch.py DIR ROWS.csv: the rows of the bench priced with pandas: whole columns of 64-bit integers, an offer at a time,
each month rounded as `tco batch` rounds it, written as CSV to /dev/null. DIR is an export, without growth. Prints the
sums by site in minor units, and last the milliseconds.
"""
import csv
import sys
import time

import pandas

folder, rows = sys.argv[1:]


def table(name):
    with open(f"{folder}/{name}.csv", newline="") as f:
        return list(csv.DictReader(f))


sites = {s["site_no"]: s["site"] for s in table("sites")}
rates = {r["rate_no"]: r for r in table("rates")}
taxes = {t["site_no"]: t for t in table("taxes")}
start = time.perf_counter()
asked = pandas.read_csv(rows)
count = (asked["compute.web.count"] * 100).round().astype("int64")
hours = (asked["compute.web.hours"] * 10).round().astype("int64")
parts, sums = [], []
for o in table("offers"):
    x = count * (int(o["one_e12"]) // 10**6) * hours
    keep = int(o["keep_e12"]) // 10**9
    contract = (x // 10 * keep + x % 10 * keep // 10 + 500000000) // 1000000000
    if o["tax_basis"] == "incl":
        num, den = 1000, 1000 + int(taxes[o["site_no"]]["rate_e12"]) // 10**9
    else:
        num, den = int(rates[o["rate_no"]]["num"]) // 10**10 or 1, int(rates[o["rate_no"]]["den"]) // 10**10 or 1
    list_, net = 36 * ((x + 5000000) // 10000000), 36 * ((contract * num + den // 2) // den)
    site = sites[o["site_no"]]
    sums.append(f"{site} {list_.sum()} {net.sum()}")
    parts.append(pandas.DataFrame({"scenario": asked["scenario"], "site": site, "list_cost": list_ / 100, "net_cost": net / 100}))
pandas.concat(parts).to_csv("/dev/null", index=False, float_format="%.2f")
took = (time.perf_counter() - start) * 1000
print("\n".join(sums))
print(f"{took:.0f}")
