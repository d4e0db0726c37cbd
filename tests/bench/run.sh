#!/bin/sh
# run.sh BUILD: the figures of `tco`, measured with the program in BUILD: whole processes, from fork
# to exit, median of so many runs, and the largest resident memory. The large catalogue is the
# bundled pack with 17 dates instead of one, about a million prices (make_large_catalogue.sh).
set -eu
build=$(cd "$1" && pwd)
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME="$scratch" LC_ALL=C.UTF-8
unset TCO_DATA TCO_CACHE

row() { # WHAT TARGET RUNS COMMAND...
    what=$1
    target=$2
    shift 2
    numbers=$("$build/bench/timer" "$@" 2>"$scratch/log") || {
        cat "$scratch/log" >&2
        exit 1
    }
    # shellcheck disable=SC2086 # five numbers
    set -- $numbers
    printf '| %-52s | %8s | %8s | %8s | %6s | %-17s |\n' "$what" "$1" "$2" "$3" "$(awk "BEGIN { printf \"%.1f\", $4 / 1024 }")" "$target"
    case $5 in 0 | 3 | 4) ;; *) echo "   status $5" ;; esac
}

echo "date      $(date -u +%Y-%m-%d)"
echo "machine   $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)"
echo "system    $(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r)"
echo "versions  $("$build/tco" --version | head -1); $(gcc --version | head -1); sqlite $(pkg-config --modversion sqlite3), libcrypto $(pkg-config --modversion libcrypto)"
echo
printf '| %-52s | %8s | %8s | %8s | %6s | %-17s |\n' 'whole process' 'ms' 'least' 'most' 'MiB' 'to reach'
echo '|---|---|---|---|---|---|'

row 'tco --version (loading program and libraries)' '' 20 "$build/tco" --version

export TCO_CACHE="$scratch/bundled"
row 'empty cache: the bundled pack loaded, one rate asked' '< 1000 ms' 5 \
    sh -c 'rm -rf "$TCO_CACHE"; exec "$0" rates USD/CNY --on 2026-03-18' "$build/tco"
row 'the demo: 4 lines, 6 sites, bundled pack' '' 20 "$build/tco" estimate fixtures/examples/demo.ini
row '20 resources, all sites, bundled pack' '' 20 "$build/tco" estimate tests/bench/twenty.ini

row 'one month of one line explained' '' 20 "$build/tco" explain fixtures/examples/demo.ini --site aliyun-intl --line web --month 1

prices=$(tests/bench/make_large_catalogue.sh "$scratch/data")
export TCO_DATA="$scratch/data" TCO_CACHE="$scratch/large"
row "empty cache: $prices prices loaded, one rate asked" '' 1 "$build/tco" rates USD/CNY --on 2026-03-18
row "20 resources, all sites, $prices prices" '< 15 ms, < 32 MiB' 20 "$build/tco" estimate tests/bench/twenty.ini
row 'the same as JSON' '' 20 "$build/tco" estimate tests/bench/twenty.ini --format json

unset TCO_DATA TCO_CACHE
echo
tests/bench/fetch.sh "$build"
echo
tests/bench/simulate.sh "$build"
echo
tests/bench/batch.sh "$build"
