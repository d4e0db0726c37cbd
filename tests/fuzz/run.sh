#!/bin/sh
# run.sh DIR SECONDS: every fuzz target in DIR for so long, from its corpus. What is new goes to a
# scratch directory; an input that breaks the target is left in the current directory and is to be
# mended, then added to the corpus.
set -u
dir=$1
seconds=$2
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
bad=0
for target in "$dir"/fuzz_*; do
    name=$(basename "$target" | sed 's/^fuzz_//')
    mkdir "$scratch/$name"
    echo "fuzzing $name for $seconds s"
    "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
        -artifact_prefix="fuzz-$name-" "$scratch/$name" "tests/fuzz/corpus/$name" 2>"$scratch/$name.log" || {
        bad=1
        tail -40 "$scratch/$name.log"
    }
    grep number_of_executed_units "$scratch/$name.log"
done
exit $bad
