#!/bin/sh
# simulate.sh BUILD: how fast a simulation is, 100,000 paths of 36 months, 12 offers and 20 resources, on one core
# against the same model in NumPy with OpenBLAS (simulated.c, simulate.py). First NumPy computes a small run from the
# draws of ours: every figure must agree to 1 in 10^9. Medians of 5, in turn. NumPy is written as whole arrays, and
# once more in parts of 10,000 paths that stay in its caches, which is the fastest it was found to be. Both sides
# simulate, and then say of cost and net present value what outcome.h says. python3-numpy and libopenblas0 are
# installed where that is possible; without them there is nothing to compare with.
set -eu
build=$(cd "$1" && pwd)
top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
paths=100000
runs=5
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export OPENBLAS_NUM_THREADS=1

make -s B="$build" "$build/bench/simulated"

python=/usr/bin/python3 # the one that Debian's package is for
compare=no
.ci/need python3-numpy libopenblas0 >"$scratch/need" 2>&1 || sed 's/^/    /' "$scratch/need" | tail -3
if "$python" -c 'import numpy' 2>/dev/null; then
    "$build/bench/simulated" dump 4096 "$scratch/draws" "$scratch/costs"
    "$python" tests/bench/simulate.py check 4096 "$scratch/draws" "$scratch/costs" >"$scratch/same" || {
        echo "not the same: $(cat "$scratch/same")"
        exit 1
    }
    compare=yes
else
    echo 'no NumPy: nothing to compare with'
fi

i=0
while [ $i -lt $runs ]; do # in turn, so that both meet the same weather
    "$build/bench/simulated" time linear random $paths 1 >>"$scratch/linear"
    if [ $compare = yes ]; then
        "$python" tests/bench/simulate.py time $paths $paths >>"$scratch/whole"
        "$python" tests/bench/simulate.py time $paths 10000 >>"$scratch/parts"
    fi
    "$build/bench/simulated" time linear random $paths 2 >>"$scratch/two"
    "$build/bench/simulated" time bent random $paths 1 >>"$scratch/bent"
    "$build/bench/simulated" time linear antithetic $paths 1 >>"$scratch/antithetic"
    "$build/bench/simulated" time linear sobol $paths 1 >>"$scratch/sobol"
    i=$((i + 1))
done

# The means of two runs on draws of their own, from lines "MS MS MEAN STANDARD-ERROR".
if [ $compare = yes ]; then
    echo "NumPy $(awk 'NR == 1 { print $5 }' "$scratch/whole"), on the same draws: $(cat "$scratch/same")"
    cat "$scratch/linear" "$scratch/whole" | awk -v n=$runs '
        NR == 1 { mean = $3; se = $4 }
        NR == n + 1 {
            far = ($3 - mean) / sqrt(se * se + $4 * $4)
            printf "on its own draws: the mean of the first offer %.1f against %.1f, %.1f standard errors away\n", mean, $3, far
            exit far * far > 16
        }' || exit 1
fi

median() { sort -n | sed -n "$((runs / 2 + 1))p"; }
sum_of() { [ ! -f "$1" ] || awk '{ print $1 + $2 }' "$1" | median; }
part_of() { [ ! -f "$2" ] || awk -v k="$1" '{ print $k }' "$2" | median; }

row() { # WHAT MS PATHS-MS OUTCOMES-MS RATIO TARGET
    printf '| %-62s | %8s | %8s | %8s | %6s | %-16s |\n' "$@"
}
ratio() { [ -z "$1" ] || echo "$1 $2" | awk '{ printf "%.1f", $1 / $2 }'; }

ours=$(sum_of "$scratch/linear")
echo
row "$paths paths, 36 months, 12 offers, 20 resources" 'ms' 'paths' 'outcomes' 'ratio' 'to reach'
echo '|---|---|---|---|---|---|'
row 'linear, one core' "$ours" "$(part_of 1 "$scratch/linear")" "$(part_of 2 "$scratch/linear")" '' '< 1000 ms'
if [ $compare = yes ]; then
    for how in whole parts; do
        case $how in
        whole) what='NumPy, whole arrays' target='>= 3' ;;
        parts) what='NumPy, 10,000 paths at a time' target='' ;;
        esac
        theirs=$(sum_of "$scratch/$how")
        row "$what" "$theirs" "$(part_of 1 "$scratch/$how")" "$(part_of 2 "$scratch/$how")" "$(ratio "$theirs" "$ours")" "$target"
    done
fi
row 'linear, two threads' "$(sum_of "$scratch/two")" "$(part_of 1 "$scratch/two")" "$(part_of 2 "$scratch/two")" '' ''
row 'with a ladder of prices and a shortfall for each offer, one core' "$(sum_of "$scratch/bent")" "$(part_of 1 "$scratch/bent")" "$(part_of 2 "$scratch/bent")" '' ''
echo
for method in linear antithetic sobol; do
    awk -v name="$method" 'NR == 1 { printf "%s: mean of the first offer %.1f, standard error %.2f\n", name == "linear" ? "random" : name, $3, $4 }' "$scratch/$method"
done
