#!/bin/sh
# batch.sh BUILD: how fast `tco batch` prices scenarios: a million rows x 12 offers (site@buyer), `--columns
# scenario,site,list_cost,net_cost` to /dev/null, against DuckDB on one core that does the same rounding of every
# month in SQL written for just these two columns (batch.mjs: 64-bit integers, months without growth folded, months
# with growth unrolled), and against pandas the same way (batch.py) on fewer rows. Before that both must find the same
# sums over all rows and the same text in a sample. Then the whole summary, two cores, the marginal cost of a row,
# and the most memory. Medians of 3, in turn. ROWS=100000 makes it short.
set -eu
build=$(cd "$1" && pwd)
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
rows=${ROWS:-1000000}
runs=${RUNS:-3}
duckdb=1.5.6-r.1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tco="$build/tco"
export TCO_CACHE="$scratch/cache"
growth="compute web.growth=2% / month"
few=scenario,site,list_cost,net_cost

make_rows() { # HOW-MANY: counts with two decimals, hours with one; the same every time
    awk -v n="$1" 'BEGIN {
        print "scenario,compute.web.count,compute.web.hours"
        x = 20261121
        for (i = 1; i <= n; i++) {
            x = (x * 16807) % 2147483647; c = 1 + x % 30000
            x = (x * 16807) % 2147483647; h = 80 + x % 7360
            printf "s%d,%d.%02d,%d.%d\n", i, c / 100, c % 100, h / 10, h % 10
        }
    }'
}

list="$scratch/rows.csv"
make_rows "$rows" >"$list"
cat "$list" >/dev/null # both sides read it from memory
batch() { "$tco" batch tests/bench/batch.ini "$@" --columns $few; }
ms() { # COMMAND...: its time
    start=$(date +%s%N)
    "$@"
    echo $((($(date +%s%N) - start) / 1000000))
}
median() { sort -n | sed -n "$((runs / 2 + 1))p"; }

head -2 "$list" >"$scratch/one.csv"
batch "$scratch/one.csv" -o /dev/null # the catalogue is loaded

folder="$build/bench/duckdb"
compare=no
mkdir -p "$folder"
[ -f "$folder/package.json" ] || echo '{ "private": true }' >"$folder/package.json"
if command -v npm >/dev/null && npm install --prefix "$folder" --no-audit --no-fund --no-package-lock --loglevel=error "@duckdb/node-api@$duckdb" >"$scratch/npm" 2>&1; then
    cp tests/bench/batch.mjs "$folder/batch.mjs"
    compare=yes
else
    echo 'DuckDB cannot be had from npm: nothing to compare with'
fi

# In minor units, by site; and every 1009th scenario as it is written.
sums() {
    awk -F, 'NR > 1 {
        list[$2] += int($3 * 100 + 0.5)
        net[$2] += int($4 * 100 + 0.5)
        if (substr($1, 2) % 1009 == 0) print > sample
    }
    END { for (s in list) printf "%s %.0f %.0f\n", s, list[s], net[s] }' sample="$1" | LC_ALL=C sort
}

row() { printf '| %-58s | %9s | %9s | %11s | %7s | %7s |\n' "$@"; }
rate() { echo "$1 $2" | awk '{ printf "%.0f", $1 * 1000 / $2 }'; }
throughput() { echo "$(wc -c <"$list") $1" | awk '{ printf "%.1f", $1 / $2 / 1000 }'; }
ratio() { [ -z "$1" ] || echo "$1 $2" | awk '{ printf "%.1f", $1 / $2 }'; }

echo "machine: $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg) before it began"
[ $compare = no ] || echo "DuckDB $duckdb, threads = 1, its query only; tco: whole processes"
echo
row "$rows scenarios x 12 offers, 36 months" 'ms' 'DuckDB ms' 'rows/s' 'MB/s in' 'ratio'
echo '|---|---|---|---|---|---|'

against() { # WHAT FORM EXTRA...: tco on one core against DuckDB
    what=$1
    form=$2
    shift 2
    "$tco" export-engine --engine duckdb tests/bench/batch.ini "$scratch/$form" "$@" 2>/dev/null
    rm -f "$scratch/ours" "$scratch/theirs"
    if [ $compare = yes ]; then
        batch "$list" "$@" -j 1 | sums "$scratch/sample" >"$scratch/sums"
        node "$folder/batch.mjs" check "$scratch/$form" "$list" "$scratch/their-sample" >"$scratch/their-sums"
        LC_ALL=C sort "$scratch/sample" >"$scratch/a"
        LC_ALL=C sort "$scratch/their-sample" >"$scratch/b"
        cmp "$scratch/sums" "$scratch/their-sums" && cmp "$scratch/a" "$scratch/b" || {
            echo "not the same: tco and DuckDB, $what"
            exit 1
        }
    fi
    i=0
    while [ $i -lt "$runs" ]; do
        ms batch "$list" "$@" -j 1 -o /dev/null >>"$scratch/ours"
        [ $compare = no ] || node "$folder/batch.mjs" time "$scratch/$form" "$list" >>"$scratch/theirs"
        i=$((i + 1))
    done
    ours=$(median <"$scratch/ours")
    theirs=
    [ $compare = no ] || theirs=$(median <"$scratch/theirs")
    row "$what" "$ours" "$theirs" "$(rate "$rows" "$ours")" "$(throughput "$ours")" "$(ratio "$theirs" "$ours")"
}

against 'two columns, one core' flat
against 'two columns, growth of 2 % a month, one core' growth --set "$growth"

# The export's own SQL is exact for any scenario: integers of 128 bits, all totals. On a tenth of the rows.
exported() {
    all=row,site,list_cost,net_cost,tax,tax_recoverable,withheld_tax,fees,other_cost,cost
    head -$((rows / 10 + 1)) "$list" >"$scratch/tenth.csv"
    awk -F, 'NR == 1 { print "row_no," $0; next } { print NR - 1 "," $0 }' "$scratch/tenth.csv" >"$scratch/flat/scenarios.csv"
    cp tests/engine/run.mjs "$folder/run.mjs"
    theirs=$(THREADS=1 node "$folder/run.mjs" "$scratch/flat" "$scratch/their.csv" | cut -d' ' -f1)
    ours=$(ms "$tco" batch tests/bench/batch.ini "$scratch/tenth.csv" -j 1 --columns $all -o "$scratch/our.csv")
    tail -n +2 "$scratch/our.csv" | LC_ALL=C sort -t, -k1,1n -k2,2 >"$scratch/a"
    tail -n +2 "$scratch/their.csv" >"$scratch/b"
    cmp "$scratch/a" "$scratch/b" || {
        echo 'not the same: tco and the exported SQL'
        exit 1
    }
    row "all totals of $((rows / 10)) scenarios, against the exported SQL" "$ours" "$theirs" "$(rate $((rows / 10)) "$ours")" '' "$(ratio "$theirs" "$ours")"
}
[ $compare = no ] || exported

several() { # WHAT COMMAND...
    what=$1
    shift
    i=0
    rm -f "$scratch/ours"
    while [ $i -lt "$runs" ]; do
        ms "$@" >>"$scratch/ours"
        i=$((i + 1))
    done
    ours=$(median <"$scratch/ours")
    row "$what" "$ours" '' "$(rate "$rows" "$ours")" "$(throughput "$ours")" ''
}
several 'two columns, two cores' batch "$list" -j 2 -o /dev/null
several 'whole summary, one core' "$tco" batch tests/bench/batch.ini "$list" -j 1 -o /dev/null
several 'whole summary, two cores' "$tco" batch tests/bench/batch.ini "$list" -j 2 -o /dev/null

python=/usr/bin/python3
.ci/need python3-pandas >"$scratch/need" 2>&1 || sed 's/^/    /' "$scratch/need" | tail -3
if "$python" -c 'import pandas' 2>/dev/null; then
    head -$((rows / 10 + 1)) "$list" >"$scratch/tenth.csv"
    batch "$scratch/tenth.csv" -j 1 | sums "$scratch/sample" >"$scratch/sums"
    "$python" tests/bench/batch.py "$scratch/flat" "$scratch/tenth.csv" >"$scratch/pandas"
    sed '$d' "$scratch/pandas" | LC_ALL=C sort | cmp - "$scratch/sums" || {
        echo 'not the same: tco and pandas'
        exit 1
    }
    rm -f "$scratch/ours"
    for _ in 1 2 3; do ms batch "$scratch/tenth.csv" -j 1 -o /dev/null >>"$scratch/ours"; done
    ours=$(sort -n "$scratch/ours" | sed -n 2p)
    theirs=$(tail -1 "$scratch/pandas")
    echo
    echo "pandas, $((rows / 10)) scenarios: $theirs ms against $ours ms, ratio $(ratio "$theirs" "$ours")"
else
    echo 'no pandas: nothing to compare with'
fi

echo
row 'rows' 'ms' 'ns a row' '' '' ''
echo '|---|---|---|---|---|---|'
last=0
last_ms=0
for n in 1000 10000 100000 1000000 10000000; do
    [ "$n" -le $((rows * 10)) ] || continue
    make_rows "$n" >"$scratch/n.csv"
    took=$(ms batch "$scratch/n.csv" -j 1 -o /dev/null)
    row "$n, beyond those before" "$took" "$(echo "$took $last_ms $n $last" | awk '{ printf "%.0f", ($1 - $2) * 1e6 / ($3 - $4) }')" '' '' ''
    last=$n
    last_ms=$took
done
echo
peak() { # COMMAND...: the most resident memory, in KiB
    "$python" -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"
}
echo "most memory: $(peak "$tco" batch tests/bench/batch.ini "$scratch/one.csv" -o /dev/null --columns $few | awk '{ printf "%.1f", $1 / 1024 }') MiB for a row," \
    "$(peak "$tco" batch tests/bench/batch.ini "$scratch/n.csv" -o /dev/null --columns $few | awk '{ printf "%.1f", $1 / 1024 }') MiB for $last rows, two cores"
