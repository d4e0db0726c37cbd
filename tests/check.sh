#!/bin/sh
# Everything the project promises of itself, as `make check` runs it: each step by name, what a
# step said only when it failed, and last one line "N passed, N failed". Passed are the cmocka
# tests; failed are those, and each other step that failed. Builds in folders of its own under
# build/check, which it empties first.
set -u
cd "$(dirname "$0")/.." || exit 1
unset TCO_DATA TCO_CACHE NO_COLOR

here=build/check
rm -rf "$here"
mkdir -p "$here" || exit 1
passed=0
failed=0
steps_failed=

step() { # NAME COMMAND...: a step that either holds or not
    step_name=$1
    shift
    step_log="$here/$(echo "$step_name" | tr -c 'a-zA-Z0-9\n' '-').log"
    printf '%-58s' "$step_name"
    step_start=$(date +%s)
    if "$@" >"$step_log" 2>&1 </dev/null; then
        printf 'ok %4d s\n' $(($(date +%s) - step_start))
        sed -n 's/^note: /    /p' "$step_log"
        return 0
    fi
    printf 'FAILED\n'
    tail -n 150 "$step_log" | sed 's/^/    /'
    failed=$((failed + 1))
    steps_failed="$steps_failed
    $step_name (whole log: $step_log)"
    return 1
}

close() {
    [ -z "$steps_failed" ] || printf 'failed:%s\n' "$steps_failed"
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
    exit
}

sources() { ls calc/*.[ch] fetchers/*.[ch] models/*.[ch] tests/*.[ch] tests/*/*.[ch] 2>/dev/null; }

build() { # FOLDER VARIABLE=VALUE... GOAL...
    build_folder=$1
    shift
    make B="$build_folder" WERROR=1 "$@"
}

formatted() { sources | xargs clang-format --dry-run -Werror; }

# Every .c file by itself; style opinions and what needs the whole program are left out.
cppchecked() {
    sources | grep '\.c$' | xargs cppcheck -q -j "$(nproc)" --std=c11 -I. -D_POSIX_C_SOURCE=200809L \
        -DTCO_SOURCE_DATA='""' -DTCO_SHARE='""' --enable=warning,performance,portability \
        --inline-suppr --suppress=missingIncludeSystem --error-exitcode=1
}

unit_tests() {
    tests_say=$(tests/run.sh "$here/asan/tests")
    tests_status=$?
    echo "$tests_say" | sed '$d'
    echo "$tests_say" | sed -n '$p' >"$here/counts"
    return $tests_status
}

replay() { # every fuzz target over its own corpus
    for target in "$here"/asan/replay/fuzz_*; do
        corpus=tests/fuzz/corpus/$(basename "$target" | sed 's/^fuzz_//')
        [ -d "$corpus" ] || { echo "$corpus is missing"; return 1; }
        "$target" "$corpus" || return 1
    done
}

# The main job, start to end: an empty cache, so that loading the bundled prices is looked at too.
valgrinded() {
    TCO_CACHE=$(mktemp -d) || return 1
    export TCO_CACHE
    valgrind -q --leak-check=full --show-leak-kinds=definite,indirect,possible --errors-for-leak-kinds=definite,indirect,possible \
        --track-fds=yes --error-exitcode=99 "$here/gcc/tco" estimate fixtures/examples/demo.ini
    valgrind_status=$?
    rm -rf "$TCO_CACHE"
    unset TCO_CACHE
    return $valgrind_status
}

step 'gcc, warnings are errors' build "$here/gcc" all || close
step 'clang with ASan and UBSan, warnings are errors' build "$here/asan" CC=clang SAN=asan all test-programs || close
step 'clang-format' formatted
step 'cppcheck' cppchecked
step 'the test runner counts what fails' tests/selftest.sh
step 'guards' tests/guards/guards.sh .
step 'guards see what is planted' tests/guards/selftest.sh
step 'tests (cmocka) under ASan and UBSan' unit_tests
if read -r good bad <"$here/counts"; then
    passed=$good
    # The step itself was counted once; its own count says it better.
    [ "$bad" -eq 0 ] || failed=$((failed - 1 + bad))
fi 2>/dev/null
step 'inputs that fuzzing found' replay
step 'golden cases' tests/golden/run.sh "$here/gcc/tco"
step 'golden cases under ASan and UBSan' tests/golden/run.sh "$here/asan/tco"
step 'the golden runner sees what is planted' tests/golden/selftest.sh "$here/gcc/tco"
step 'README shows what the program prints' tests/readme.sh "$here/gcc/tco"
step 'databases price an export to the last digit' tests/engine.sh "$here/gcc/tco"
step 'JSON estimate against its schema' tests/schema.sh "$here/gcc/tco"
step 'every formula of explain gives its figure' tests/formulas.py "$here/gcc/tco" fixtures/examples/demo.ini tests/bench/twenty.ini
step 'valgrind on the main job' valgrinded
step 'install' tests/install.sh "$here/gcc"
close
