#!/bin/sh
# engine.sh TCO: what `tco export-engine` writes, run by the engines themselves. DuckDB (from npm) and PostgreSQL (the
# Debian package's server, in a directory of its own, on a socket there) price the same scenarios; every total of
# both is compared with `tco batch`, and with what tests/engine/totals.py works out from the same tables with Python's
# decimal. The base's own totals are compared with `tco estimate` (check.csv). ClickHouse's form is only written.
set -eu
tco=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
duckdb=1.5.6-r.1
scratch=$(mktemp -d)
server=
stop() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || :
    # the server removes its socket and lock when it is down
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -n "$server" ] && kill -0 "$server" 2>/dev/null || break
        sleep 0.3
    done
    rm -rf "$scratch"
}
trap stop EXIT
chmod 755 "$scratch"
export TCO_DATA="$top/fixtures" TCO_CACHE="$scratch/cache" LC_ALL=C.UTF-8

# ---- the engines

.ci/need postgresql python3
node_dir=$scratch/node
mkdir "$node_dir"
echo '{ "private": true }' >"$node_dir/package.json"
has_duckdb() { # an engine that is fetched from elsewhere: where it cannot be had, that is said
    command -v npm >/dev/null && command -v node >/dev/null || .ci/need nodejs npm || return 1
    timeout 300 npm install --prefix "$node_dir" --no-audit --no-fund --no-package-lock --loglevel=error \
        "@duckdb/node-api@$duckdb" >"$scratch/npm" 2>&1 || return 1
    cp tests/engine/run.mjs tests/engine/divide.mjs "$node_dir"
}
duckdb_here=yes
has_duckdb || {
    tail -3 "$scratch/npm" || :
    duckdb_here=no
    echo "note: DuckDB cannot be had from npm: its form was not run here"
}

# PostgreSQL does not run as root: then it runs as the user its package made.
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as=
if [ "$(id -u)" = 0 ]; then
    as='runuser -u postgres --'
    install -d -o postgres "$scratch/pg"
else
    mkdir "$scratch/pg"
fi
$as "$bin/initdb" -D "$scratch/pg/data" -U postgres -A trust --no-sync -E UTF8 --locale=C >"$scratch/initdb" 2>&1 || {
    cat "$scratch/initdb"
    exit 1
}
$as "$bin/pg_ctl" -w -D "$scratch/pg/data" -l "$scratch/pg/log" -o "-k $scratch/pg -c listen_addresses='' -c fsync=off \
    -c jit=off -c work_mem=256MB -c max_parallel_workers_per_gather=2" start >"$scratch/start" 2>&1 || {
    cat "$scratch/start" "$scratch/pg/log"
    exit 1
}
server=$(head -1 "$scratch/pg/data/postmaster.pid")
export PGHOST="$scratch/pg" PGUSER=postgres PGOPTIONS='-c client_min_messages=warning -c enable_nestloop=off'

# ---- the comparison

columns=row_no,site,list_cost,net_cost,tax,tax_recoverable,withheld_tax,fees,other_cost,cost

same() { # WHAT OURS THEIRS
    if ! cmp -s "$2" "$3"; then
        echo "$1: not the same"
        diff "$2" "$3" | head -20
        exit 1
    fi
}

postgres() { # DIR TOTALS
    createdb "$(basename "$1")"
    (cd "$1" && psql -q -v ON_ERROR_STOP=1 -d "$(basename "$1")" -f schema.sql -f load.sql -c ANALYZE -f batch.sql)
    psql -q -v ON_ERROR_STOP=1 -d "$(basename "$1")" \
        -c "\\copy (SELECT $columns FROM tco_batch ORDER BY row_no, site COLLATE \"C\") TO '$2' WITH (FORMAT csv, HEADER)"
}

# The columns of `tco batch` that are ours, in our order.
batch() { # BASE SCENARIOS TOTALS
    sed '1s/row_no/number/' "$2" >"$scratch/rows.csv"
    "$tco" batch "$1" "$scratch/rows.csv" -o "$scratch/batch.csv" \
        --columns row,site,list_cost,net_cost,tax,tax_recoverable,withheld_tax,fees,other_cost,cost 2>"$scratch/said" || [ $? -eq 3 ]
    echo "$columns" >"$3"
    tail -n +2 "$scratch/batch.csv" | LC_ALL=C sort -t, -k1,1n -k2,2 >>"$3"
}

compare() { # NAME ROWS
    base=tests/engine/$1.ini
    for engine in duckdb postgres clickhouse; do
        "$tco" export-engine --engine $engine "$base" "$scratch/$1-$engine" 2>/dev/null
    done
    tests/engine/rows.py "$scratch/$1-duckdb/scenarios.csv" "$2" >"$scratch/$1.csv"
    tests/engine/totals.py "$scratch/$1-duckdb" "$scratch/$1.csv" >"$scratch/$1-python.csv" &
    python=$!
    for engine in duckdb postgres; do
        cp "$scratch/$1.csv" "$scratch/$1-$engine/scenarios.csv"
    done
    [ $duckdb_here = no ] || node "$node_dir/run.mjs" "$scratch/$1-duckdb" "$scratch/$1-duckdb.csv"
    postgres "$scratch/$1-postgres" "$scratch/$1-postgres.csv"
    batch "$base" "$scratch/$1.csv" "$scratch/$1-batch.csv"
    wait $python
    # the base itself is row 1
    LC_ALL=C sort "$scratch/$1-duckdb/check.csv" | grep -v ^site, >"$scratch/check"
    sed -n 's/^1,//p' "$scratch/$1-python.csv" | LC_ALL=C sort >"$scratch/first"
    same "$1: the base" "$scratch/check" "$scratch/first"
    same "$1: tco batch and Python" "$scratch/$1-batch.csv" "$scratch/$1-python.csv"
    [ $duckdb_here = no ] || same "$1: tco batch and DuckDB" "$scratch/$1-batch.csv" "$scratch/$1-duckdb.csv"
    same "$1: tco batch and PostgreSQL" "$scratch/$1-batch.csv" "$scratch/$1-postgres.csv"
    echo "$1: $2 scenarios, $(($(wc -l <"$scratch/$1-batch.csv") - 1)) totals: the same"
}

compare wide 100000
compare deep 300

grep -q 'not run here' "$scratch/wide-clickhouse/README.txt"
[ $duckdb_here = yes ] || exit 0

# DuckDB's form divides in a way of its own.
divided=$(node "$node_dir/divide.mjs" "$scratch/wide-duckdb/schema.sql")
echo "divisions tried, different: $divided"
[ "${divided#* }" = '0 0' ] || exit 1

# A number out of range is refused by the table itself.
sed '2s/.*/1,base,0,,/' "$scratch/wide.csv" | head -2 | cut -d, -f1-5 >"$scratch/wide-duckdb/scenarios.csv"
if node "$node_dir/run.mjs" "$scratch/wide-duckdb" "$scratch/refused.csv" >"$scratch/refused" 2>&1; then
    echo 'a count of 0 is taken'
    exit 1
fi
