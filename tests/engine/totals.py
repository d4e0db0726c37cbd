#!/usr/bin/env python3
"""totals.py DIR SCENARIOS.csv: the totals of every scenario, worked out month by month with Python's decimal from the
tables of an export, by the rules of README (money) and not by the SQL: terms are bought one after another, ladders
climbed, pools shared out, each month taxed by itself. Writes what the view tco_batch gives, ordered by row and site.
"""
import csv
import sys
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, getcontext
from functools import lru_cache

getcontext().prec = 80
D = Decimal
E12 = D(1).scaleb(-12)
ONE = D(1)


def read(name):
    with open(f"{sys.argv[1]}/{name}.csv", newline="") as f:
        rows = list(csv.DictReader(f))
    for row in rows:
        for key, text in row.items():
            if key.endswith("_e12"):
                row[key] = D(text).scaleb(-12).normalize() if text else None
            elif key.endswith("_no") or key in ("months", "first_month", "month_no", "sign", "takes_hours", "time_mul", "time_div", "merit"):
                row[key] = int(text)
    return rows


def half_up(x, unit):
    return x.quantize(unit, ROUND_HALF_UP)


sites, lines, offers, fees, costs = read("sites"), read("lines"), read("offers"), read("fees"), read("costs")
rates = {r["rate_no"]: r for r in read("rates")}
taxes = {t["tax_no"]: t for t in read("taxes")}
steps, tiers = read("steps"), read("tiers")
PLACES = {"JPY": 0, "KRW": 0, "KWD": 3, "BHD": 3, "OMR": 3}


def minor(code):
    return D(1).scaleb(-PLACES.get(code, 2))


BUDGET = minor(sites[0]["currency"])
LIST = min(minor(o["currency"]) for o in offers)
factors = {}
for m in read("months"):
    factors.setdefault(m["line_no"], {})[m["month_no"]] = m["factor_e12"]
ladders = {}
for t in tiers:
    ladders.setdefault(t["ladder_no"], []).append(t)
tax_at, horizon = {}, 0
for s in steps:
    for m in range(s["first_month"], s["first_month"] + s["months"]):
        tax_at[s["offer_no"], m] = taxes[s["tax_no"]]
        horizon = max(horizon, m + 1)
by_place = {}
for o in offers:
    by_place.setdefault((o["site_no"], o["line_no"]), []).append(o)


def ladder(no, quantity):
    """None past its end."""
    total, end = D(0), D(0)
    for t in ladders[no]:
        end = t["to_e12"]
        high = quantity if end is None else min(quantity, end)
        if high > t["from_e12"]:
            total += half_up((high - t["from_e12"]) * t["price_e12"], E12)
    return None if end is not None and quantity > end else total


def demand(line_no, count):
    f = factors[line_no]
    return [half_up(count * f[m if len(f) > 1 else 0], E12) for m in range(horizon)]


def begun(want, term):
    """Terms that begin in each month: what the running ones do not cover."""
    bought = []
    for m, w in enumerate(want):
        running = sum(bought[max(0, m - term + 1):m])
        bought.append(max(D(0), w - running))
    return bought


def convert(amount, rate, unit):
    return amount if rate["from_currency"] == rate["to_currency"] else half_up(amount * rate["rate_e12"], unit)


@lru_cache(maxsize=None)
def month_money(offer_at, tax_no, list_, contract):
    """A month from the contract price to what it costs, as tuple of list, net, tax, recoverable, withheld, fees, due."""
    o, t = offers[offer_at], taxes[tax_no]
    settle, fx = rates[o["settle_rate_no"]], rates[o["rate_no"]]
    there, back = rates[t["to_rate_no"]], rates[t["back_rate_no"]]
    bill = convert(contract, settle, minor(settle["to_currency"]))
    unit, v, w = minor(t["currency"]), t["rate_e12"], t["wht_e12"]
    own = convert(bill, there, unit)
    by_buyer, supplier = t["by_buyer"] == "1", t["supplier_bears"] == "1"
    incl = o["tax_basis"] == "incl"
    ex = half_up(own / (1 + v), unit) if incl else own
    if by_buyer:
        base = half_up(ex / (1 + v), unit) if supplier else half_up(ex / (1 - w), unit)
        tax = half_up(base * v, unit)
    else:
        base = ex if supplier else half_up(ex / (1 - w), unit)
        tax = own - ex if incl else half_up(ex * v, unit)
    withheld = half_up(base * w, unit)
    net = ex - (withheld + (tax if by_buyer else 0) if supplier else 0)
    net_b = convert(bill, fx, BUDGET) if net == own else convert(net, back, BUDGET)
    tax_b, withheld_b = convert(tax, back, BUDGET), convert(withheld, back, BUDGET)
    credit = half_up(tax_b * t["deductible_e12"], BUDGET)
    credit += half_up(credit * t["surcharge_e12"], BUDGET)
    due = net_b + (D(0) if by_buyer else tax_b)
    return list_, net_b, tax_b, credit, withheld_b, half_up(due * o["spread_e12"], BUDGET), due


def time_of(o, hours):
    return hours * o["time_mul"] if o["takes_hours"] else o["time_e12"]


def volumes(o, line_no, count, hours):
    return [half_up(half_up(n * o["size_e12"], E12) * time_of(o, hours) / o["time_div"], E12)
            for n in demand(line_no, count)]


def item_lists(o, line_no, count, hours):
    want = demand(line_no, count)
    term = int(o["term_months"]) if o["charge"] == "prepaid" else 1
    items = begun(want, term) if term > 1 else want
    return [half_up(half_up(n * o["one_e12"], E12) * time_of(o, hours) / o["time_div"], E12) for n in items]


def rounded(o, lists):
    unit = o["minor_e12"]
    return [None if x is None else (half_up(x, unit), half_up(x * o["keep_e12"], unit)) for x in lists]


def priced(o, months):
    """The months of an offer, None when one of them has no price."""
    at = o["offer_no"] - 1
    out = []
    for m, pair in enumerate(months):
        if pair is None:
            return None
        out.append(month_money(at, tax_at[o["offer_no"], m]["tax_no"], *pair) if (o["offer_no"], m) in tax_at
                   else (D(0),) * 7)
    return out


def cost_of(months):
    return sum(n + t + w + f - r for _, n, t, r, w, f, _ in months)


@lru_cache(maxsize=None)
def line_at(site_no, line_no, count, hours):
    """(offer, its months) of the cheapest, each line by itself."""
    best = None
    for o in by_place[site_no, line_no]:
        lists = ([ladder(o["ladder_no"], q) for q in volumes(o, line_no, count, hours)] if o["pool_no"]
                 else item_lists(o, line_no, count, hours))
        months = priced(o, rounded(o, lists))
        if months is not None and (best is None or (cost_of(months), o["merit"]) < (cost_of(best[1]), best[0]["merit"])):
            best = (o, months)
    if best is None:
        return None
    kept = [tuple(sum(column) for column in zip(*best[1]))]
    return best[0], best[1], kept[0]


def shares(total, unit, weights):
    """By quantity, the rest to the largest remainders, ties to the first."""
    whole = sum(weights)
    exact = [(total * w / whole).quantize(E12, ROUND_DOWN) for w in weights]
    given = [x.quantize(unit, ROUND_DOWN) for x in exact]
    left = int((total - sum(given)) / unit)
    order = sorted(range(len(weights)), key=lambda k: (-(exact[k] - given[k]), k))
    for k in order[:left]:
        given[k] += unit
    return given


def pool_at(site_no, members, asked):
    """Lines (in the order of their numbers) that share a ladder: their months, None past its end."""
    o = by_place[site_no, members[0]][0]
    quantities = [volumes(by_place[site_no, n][0], n, *asked[n]) for n in members]
    out = {n: [] for n in members}
    for m in range(horizon):
        weights = [q[m] for q in quantities]
        total = ladder(o["ladder_no"], sum(weights))
        if total is None:
            return None
        list_, contract = rounded(o, [total])[0]
        pair = zip(shares(list_, o["minor_e12"], weights), shares(contract, o["minor_e12"], weights))
        for n, p in zip(members, pair):
            out[n].append(p)
    return {n: (by_place[site_no, n][0], priced(by_place[site_no, n][0], out[n])) for n in members}


pools = {}
for o in offers:
    if o["pool_no"]:
        pools.setdefault((o["site_no"], o["pool_no"]), []).append(o["line_no"])
pools = {place: sorted(n) for place, n in pools.items() if len(n) > 1}
pooled = {(site, n): place for place, members in pools.items() for n in members for site in [place[0]]}


def site_lines(site_no, asked):
    """(offer, months, sums or None) of each line; None where one has no price."""
    done, out = {}, []
    for n in sorted(asked):
        if (site_no, n) not in by_place:
            continue
        place = pooled.get((site_no, n))
        if place is None:
            got = line_at(site_no, n, *asked[n])
        else:
            if place not in done:
                done[place] = pool_at(site_no, pools[place], asked)
            got = done[place] and done[place][n]
            if got:
                got = (*got, tuple(sum(column) for column in zip(*got[1])))
        if got is None:
            return None
        out.append(got)
    return out


def paying(site_no, got):
    total = D(0)
    for f in fees:
        if f["site_no"] != site_no:
            continue
        there = rates[f["to_rate_no"]]
        for m in range(horizon):
            due = sum(months[m][6] for _, months, _ in got)
            if due == 0:
                continue
            part = half_up(convert(due, there, minor(there["to_currency"])) * f["percent_e12"], minor(there["to_currency"]))
            part = max(part, f["min_e12"])
            part = part if f["max_e12"] is None else min(part, f["max_e12"])
            back = D(f["back_num"]) / 10 ** 12
            total += half_up((part + f["fixed_e12"]) * back, BUDGET)
    return total


def totals(site, asked):
    got = site_lines(site["site_no"], asked)
    if got is None:
        return [""] * 8
    _, net, tax, credit, withheld, spread, _ = (sum(s[k] for _, _, s in got) for k in range(7))
    like = {(o["currency"], o["tax_basis"]) for o, _, _ in got}
    own = [c for c in costs if c["site_no"] == site["site_no"]]
    other = sum(D(c["other"]) for c in own) * BUDGET
    tax += sum(D(c["tax"]) for c in own) * BUDGET
    credit += sum(D(c["recoverable"]) for c in own) * BUDGET
    fee = spread + paying(site["site_no"], got)
    cost = net + tax + withheld + fee + other - credit
    list_ = f"{sum(s[0] for _, _, s in got).quantize(LIST)}" if len(like) == 1 else ""
    return [list_] + [f"{x.quantize(BUDGET)}" for x in (net, tax, credit, withheld, fee, other, cost)]


def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow("row_no,site,list_cost,net_cost,tax,tax_recoverable,withheld_tax,fees,other_cost,cost".split(","))
    order = sorted(sites, key=lambda s: s["site"])
    with open(sys.argv[2], newline="") as f:
        for row in csv.DictReader(f):
            asked = {}
            for line in lines:
                key = line["section"].replace(" ", ".", 1)
                count, hours = row.get(key + ".count"), row.get(key + ".hours")
                asked[line["line_no"]] = (D(count) if count else line["count_e12"], D(hours) if hours else line["hours_e12"])
            for site in order:
                out.writerow([row["row_no"], site["site"]] + totals(site, asked))


main()
