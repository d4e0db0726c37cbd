#!/bin/sh
# fetch.sh BUILD: how fast a regional price list of AmazonEC2 (320 MB, 418,000 rows, make_aws_csv.c) is read
# and taken into the catalogue, against DuckDB on one core, in memory, over the same file, filter and
# columns. Both sides must find the same rows and the same exact sum before anything is compared. Medians of 5.
# DuckDB comes from npm into BUILD/bench/duckdb; without npm or network there is nothing to compare with.
set -eu
build=$(cd "$1" && pwd)
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
duckdb=1.5.6-r.1
runs=5
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

make -s B="$build" "$build/bench/aws_rows" "$build/bench/make_aws_csv"

list="$build/bench/AmazonEC2.csv"
"$build/bench/make_aws_csv" "$list"
cat "$list" >/dev/null # both sides read it from memory

folder="$build/bench/duckdb"
compare=no
if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    echo 'no npm: nothing to compare with'
else
    mkdir -p "$folder"
    [ -f "$folder/package.json" ] || echo '{ "private": true }' >"$folder/package.json"
    if npm install --prefix "$folder" --no-audit --no-fund --no-package-lock --loglevel=error "@duckdb/node-api@$duckdb" >"$scratch/npm" 2>&1; then
        cp tests/bench/fetch.mjs "$folder/fetch.mjs"
        compare=yes
    else
        echo 'npm cannot be reached: nothing to compare with'
        sed 's/^/    /' "$scratch/npm" | head -3
    fi
fi

same() { # both found the same rows and sum, or the script ends
    if ! awk 'NR == FNR { rows = $1; sum = $2; next } $1 != rows || $2 != sum { exit 1 }' "$scratch/ours" "$scratch/theirs"; then
        echo "not the same: $(tail -1 "$scratch/ours"); DuckDB: $(tail -1 "$scratch/theirs")"
        exit 1
    fi
}

i=0
while [ $i -lt $runs ]; do # in turn, so that both meet the same weather
    rm -rf "$scratch/cache"
    "$build/bench/aws_rows" "$list" "$scratch/cache" >>"$scratch/ours"
    if [ $compare = yes ]; then
        node "$folder/fetch.mjs" "$list" >>"$scratch/theirs"
        same
    fi
    i=$((i + 1))
done
rm -rf "$scratch/cache"
"$build/bench/aws_rows" "$list" "$scratch/cache" hash >"$scratch/hash"

median() { sort -n | sed -n "$((runs / 2 + 1))p"; }
rows=$(awk 'NR == 1 { print $1 }' "$scratch/ours")
sum=$(awk 'NR == 1 { print $2 }' "$scratch/ours")
read_ms=$(awk '{ print $3 }' "$scratch/ours" | median)
commit_ms=$(awk '{ print $3 + $4 }' "$scratch/ours" | median)

row() { # WHAT MS THEIR-MS TARGET
    ratio=$(echo "$3 $2" | awk 'NF == 2 { printf "%.1f", $1 / $2 }')
    printf '| %-52s | %8s | %8s | %6s | %-9s |\n' "$1" "$2" "$3" "$ratio" "$4"
}

theirs=
if [ $compare = yes ]; then
    theirs=$(awk '{ print $3 }' "$scratch/theirs" | median)
    echo "DuckDB $(awk 'NR == 1 { print $4 }' "$scratch/theirs"), threads = 1, in memory: the same $rows rows, the same sum $sum"
fi
echo
printf '| %-52s | %8s | %8s | %6s | %-9s |\n' "list of $(($(wc -c <"$list") / 1000000)) MB, $(($(wc -l <"$list") - 6)) rows" 'ms' 'DuckDB' 'ratio' 'to reach'
echo '|---|---|---|---|---|'
row 'scanned, filtered, decimals read' "$read_ms" "$theirs" '>= 8'
row 'committed to the catalogue' "$commit_ms" "$theirs" '>= 4'
row 'beside that: SHA-256 of the list, as it comes in' "$(awk '{ print $5 }' "$scratch/hash")" '' ''
row 'beside that: gzip of the list, after the commit' "$(awk '{ print $6 }' "$scratch/hash")" '' ''

# sqlite3 takes the whole list as text, without a filter or a decimal, into a table on disk: its rows are counted.
if .ci/need sqlite3 >"$scratch/need" 2>&1 && command -v sqlite3 >/dev/null; then
    tail -n +6 "$list" >"$scratch/plain.csv"
    start=$(date +%s%N)
    printf '.mode csv\n.import "%s" list\n' "$scratch/plain.csv" | sqlite3 "$scratch/import.db"
    import_ms=$((($(date +%s%N) - start) / 1000000))
    imported=$(sqlite3 "$scratch/import.db" 'SELECT count(*) FROM list')
    [ "$imported" = $(($(wc -l <"$list") - 6)) ] || {
        echo "sqlite3 imported $imported rows"
        exit 1
    }
    printf '| %-52s | %8s | %8s | %6s | %-9s |\n' 'sqlite3 .import of all rows, as text' "$import_ms" '' \
        "$(echo "$import_ms $commit_ms" | awk '{ printf "%.1f", $1 / $2 }')" 'to commit'
    rm -f "$scratch/plain.csv" "$scratch/import.db"
fi
echo
echo "most memory beside the mapped list: $(awk '{ if ($NF > m) m = $NF } END { printf "%.1f", m / 1024 }' "$scratch/ours") MiB (to reach: < 64)"
rm -f "$list"
