#!/bin/sh
# run.sh DIR: runs every test program DIR/test_* from the top of the source tree and adds up what
# cmocka says of itself. A program that crashes, hangs or runs no test counts as one failure.
# Prints what failing programs said, and last "PASSED FAILED", two numbers.
set -u
dir=$1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

export HOME="$scratch" TCO_CACHE="$scratch/cache" CMOCKA_MESSAGE_OUTPUT=STDOUT
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1:detect_stack_use_after_return=1
export UBSAN_OPTIONS=print_stacktrace=1
unset TCO_DATA NO_COLOR

# PROGRAM SCRATCH: leaves NAME.log and NAME.status in SCRATCH
one='timeout 600 "$1" >"$2/$(basename "$1").log" 2>&1 </dev/null
echo $? >"$2/$(basename "$1").status"'

programs=
for program in "$dir"/test_*; do
    [ ! -x "$program" ] || programs="$programs $program"
done
[ -n "$programs" ] || {
    echo "no test program in $dir"
    echo "0 1"
    exit 1
}

# As many at a time as the machine has hands; those that take longest are begun first.
long_first() {
    for program in $programs; do
        case $program in
        */test_nomem*) echo "0 $program" ;;
        *) echo "1 $program" ;;
        esac
    done | sort -s -n -k1,1 | cut -d' ' -f2-
}
long_first | xargs -P "$(nproc)" -I{} sh -c "$one" sh {} "$scratch"

sum() { # PATTERN LOG: adds the numbers of cmocka's lines "[  PATTERN  ] N test(s)"
    sed -n "s/^\[  $1  \] \([0-9][0-9]*\) test(s).*/\1/p" "$2" | awk '{ n += $1 } END { print n + 0 }'
}

passed=0
failed=0
for program in $programs; do
    name=$(basename "$program")
    good=$(sum PASSED "$scratch/$name.log")
    bad=$(sum FAILED "$scratch/$name.log")
    status=$(cat "$scratch/$name.status")
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; }; then
        bad=1
    fi
    if [ "$bad" -ne 0 ]; then
        echo "---- $name (status $status)"
        grep -av '^\[ *\(RUN\|OK\) *\]' "$scratch/$name.log" | tail -60
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
done
echo "$passed $failed"
[ "$failed" -eq 0 ]
