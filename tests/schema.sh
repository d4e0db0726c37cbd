#!/bin/sh
# schema.sh TCO: the JSON estimate of every example, complete or not, keeps to fixtures/schema/estimate.schema.json;
# how it moved from the first example's, to fixtures/schema/bridge.schema.json; received quotes compared, and a bill
# repriced, to compare.schema.json and reprice.schema.json there.
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

# check SCHEMA ARGUMENT...: what a command writes.
check() {
    schema=$1
    shift
    status=0
    "$tco" "$@" --format json -o "$scratch/written.json" || status=$?
    case $status in 0 | 3 | 4) ;; *) echo "tco $*: status $status"; exit 1 ;; esac
    tests/support/validate_json.py "fixtures/schema/$schema.schema.json" "$scratch/written.json"
}

# A list price that came as a quote: one that fits, one that leaves lines open and is not used in full.
cat >"$scratch/good.csv" <<'EOF'
Product,SKU,Quantity,Unit price,Unit,Currency,Tax,Term
ECS machine,ecs.g7.xlarge,6,1.00,hour,CNY,6%,按量
EOF
cat >"$scratch/spare.csv" <<'EOF'
Product,SKU,Quantity,Unit price,Unit,Currency,Tax,Term
NAT gateway,nat,1,50,month,CNY,6%,按量
EOF
cat >"$scratch/quotes.ini" <<'EOF'
[project]
start = 2027-01
as_of = 2026-11-21
[compare]
sites = aliyun-cn, tencent-cn
city = Beijing
[compute web]
vcpu = 4
memory = 16 GiB
count = 6
[egress out]
volume = 1 TB
sites = aliyun-cn
[quote good]
file = good.csv
site = tencent-cn
tax_basis = incl
discount = 0%
valid_until = 2026-12-31
[quote spare]
file = spare.csv
site = aliyun-cn
tax_basis = incl
discount = 0%
valid_until = 2026-10-31
EOF
check compare compare fixtures/examples/demo.ini
check compare compare "$scratch/quotes.ini"
check compare compare "$scratch/quotes.ini" --target '20000 CNY' --all

bill=fixtures/examples/bill.csv
check reprice reprice "$bill" --site aliyun-cn --as-of 2026-11-21
check reprice reprice fixtures/examples/demo.ini "$bill" --site aliyun-cn --as cloud_essd_pl1=ssd
check reprice reprice "$bill" --site tencent-cn --sites aliyun-cn --as-of 2026-11-21

# Every way to buy: of an example whose price data hold several, and with a place that has none.
check commitments estimate tests/bench/twenty.ini --as-of 2026-11-21 --view commitments

# What-if: the base and each scenario.
check scenarios estimate fixtures/examples/what-if.ini --view scenarios

# A simulation: with rates of history, prices that step, values that are drawn; and of two paths.
check risk estimate fixtures/examples/what-if.ini --view risk
check risk estimate fixtures/examples/what-if.ini --view risk --set 'risk.fx=history 5 years' --set risk.paths=2
