#!/bin/sh
# The test runner counts what passes and what fails: programs that fail, crash and test nothing are planted.
set -u
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
bad=0

plant() { # NAME STATUS LINES
    printf '#!/bin/sh\nprintf "%s"\nexit %s\n' "$3" "$2" >"$scratch/$1"
    chmod +x "$scratch/$1"
}

expect() { # COUNTS STATUS
    say=$(tests/run.sh "$scratch")
    status=$?
    [ "$(echo "$say" | tail -n 1)" = "$1" ] && [ "$status" = "$2" ] || {
        echo "expected $1 and status $2, got status $status and:"
        echo "$say"
        bad=1
    }
}

expect '0 1' 1 # no program at all
plant test_good 0 '[  PASSED  ] 3 test(s).\n[  PASSED  ] 12 test(s).\n'
expect '15 0' 0
plant test_bad 2 '[  PASSED  ] 1 test(s).\n[  FAILED  ] 2 test(s), listed below:\n[  FAILED  ] x\n[  FAILED  ] y\n'
expect '16 2' 1
plant test_crash 139 ''
expect '16 3' 1
plant test_leak 1 '[  PASSED  ] 4 test(s).\n'
expect '20 4' 1
plant test_nothing 0 ''
expect '20 5' 1
exit $bad
