#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""formulas.py TCO CONFIG...: does every formula that `tco explain` prints give the figure beside it?

Each line of each site is explained; a remark such as `5,037.02 × 6 % = 302.2212, rounded half-up to
0.01` is worked out anew with Python's decimal and compared with the amount before it. Also: no
line is wider than 100 columns, in English and in Chinese. Ends with status 1 at a difference,
and when too few formulas were found to say anything.
"""
import csv
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from decimal import Decimal, ROUND_HALF_UP, getcontext

getcontext().prec = 60
ENOUGH = 100
NUMBER = r"\d[\d,]*(?:\.\d+)?"
FIGURE = re.compile(rf"^.*?\s({NUMBER}) ([A-Z]{{3}})  (.*)$")
# What stands before a formula or after it.
BEFORE = re.compile(r"^(discount [\d.]+ %|the bank's spread on what is paid|at the vendor's settlement rate"
                    r"|the (buyer|supplier) bears the taxes): ")
AFTER = re.compile(r" \(recoverable share.*$|, payment by .*$")
EXACT = re.compile(rf"^(.*?) = ({NUMBER})(…?), rounded half-up to [\d.]+$")
TOKEN = re.compile(rf"({NUMBER})( %)?|([-+×/()])|(\s+|[A-Za-z][\w-]*)")
NO_MINOR_UNITS = ("JPY", "KRW", "VND")


def tco(program, *words):
    return subprocess.run([program, *words], capture_output=True, text=True, check=False)


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def value(formula):
    """The value of a formula; None when the remark is not one. Units and currencies are passed over."""
    code, at = "", 0
    while at < len(formula):
        token = TOKEN.match(formula, at)
        if not token:
            return None
        number, percent, operator, word = token.groups()
        if word and not word.isspace() and word not in WORDS and not re.fullmatch("[A-Z]{3}", word):
            return None
        if number:
            code += f"Decimal('{number.replace(',', '')}')" + ("/100" if percent else "")
        code += {"×": "*"}.get(operator, operator) if operator else ""
        at = token.end()
    try:
        return eval(code) if "Decimal" in code else None  # only numbers, + - * / ( ) got here
    except (SyntaxError, TypeError):
        return None


WORDS = {"item", "items", "minute", "minutes", "hour", "hours", "day", "days", "month", "months", "term", "terms",
         "GiB", "GB", "Mbps", "LCU", "for", "one", "request", "requests", "disk-month", "disk-months"} | {
             f"{unit}-{time}{s}" for unit in ("GiB", "GB", "Mbps", "LCU") for time in ("minute", "hour", "day", "month")
             for s in ("", "s")}


def unbroken(text):
    """The nodes of the tree, each on one line."""
    nodes = []
    for line in text.splitlines():
        if nodes and not re.match(r"^[│ ]*[├└]─ ", line) and re.match(r"^[│ ]", line):
            nodes[-1] += " " + line.lstrip("│ ")
        else:
            nodes.append(re.sub(r"^[│ ]*[├└]─ ", "", line))
    return nodes


def check_node(node):
    """None when there is no formula, else whether it holds."""
    figure = FIGURE.match(node)
    if not figure:
        return None
    amount, remark = Decimal(figure[1].replace(",", "")), AFTER.sub("", BEFORE.sub("", figure[3]))
    exact = EXACT.match(remark)
    result = value(exact[1] if exact else remark)
    if result is None:
        return None
    if exact and not exact[3] and abs(result - Decimal(exact[2].replace(",", ""))) > Decimal("1e-11"):
        return False
    places = Decimal(1) if figure[2] in NO_MINOR_UNITS else Decimal("0.01")
    return result.quantize(places, ROUND_HALF_UP) == amount or abs(result - amount) < Decimal("1e-11")


def check_line(program, config, site, line):
    found = bad = 0
    for lang in ("en", "zh"):
        out = tco(program, "explain", config, "--site", site, "--line", line, "--lang", lang, "--all")
        if out.returncode not in (0, 3, 4):
            print(f"{config}: {site} {line}: status {out.returncode}: {out.stderr.strip()}")
            bad += 1
        for wide in (text for text in out.stdout.splitlines() if width(text) > 100):
            print(f"{config}: {site} {line}: {width(wide)} columns: {wide}")
            bad += 1
        if lang == "en":
            for node in unbroken(out.stdout):
                holds = check_node(node)
                found += holds is not None
                if holds is False:
                    print(f"{config}: {site} {line}: {node}")
                    bad += 1
    return found, bad


def main(program, *configs):
    found = bad = 0
    for config in configs:
        rows = csv.DictReader(tco(program, "estimate", config, "--view", "lines", "--format", "csv",
                                  "--all").stdout.splitlines())
        for site, line in sorted({(row["site"], row["line"]) for row in rows}):
            more = check_line(program, config, site, line)
            found, bad = found + more[0], bad + more[1]
    print(f"{found} formulas, {bad} wrong")
    return 1 if bad or found < ENOUGH else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: formulas.py TCO CONFIG...")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["TCO_CACHE"] = scratch
        sys.exit(main(*sys.argv[1:]))
