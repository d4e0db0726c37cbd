#!/bin/sh
# Golden cases: whole-program runs with everything they show. One case is one file NAME.test here:
#
#     # what the case is about; comments stand before the first part
#     === file config.ini
#     [project]
#     ...
#     $ tco estimate config.ini --as-of 2026-11-21
#     === stdout
#     ...
#     === stderr
#     tco: ...
#     === status 3
#
# A `=== file NAME` part is written into a fresh directory, where the commands run. A line that
# begins with `$ ` is a command for sh (so `tco ... | head -3`, `printf '...' > odd.ini` work); a
# case may hold several files and commands, done in their order. After each command stands what it
# wrote and its status; an empty stdout or stderr is left out. Text without a last line break is
# followed by the line `\ no newline at the end`. Three names stand for paths that differ between
# machines: $DATA (fixtures/), $CACHE (the catalogue's directory) and $CWD (the fresh directory).
#
# The environment is empty but for PATH, HOME, LC_ALL=C.UTF-8, TCO_DATA and TCO_CACHE; one cache
# serves all cases, loaded before the first. A case that harms its catalogue sets a TCO_CACHE of
# its own (`$ TCO_CACHE=cache tco ...`). Give --as-of or [project] as_of: no case may read the clock.
#
# run.sh [--accept] TCO [CASE.test...]: runs the cases (all of them) with the program TCO and shows
# how what happened differs from the file; with --accept the file is written anew instead.
set -u

accept=
if [ "${1-}" = --accept ]; then
    accept=yes
    shift
fi
[ $# -ge 1 ] || {
    echo "usage: run.sh [--accept] TCO [CASE.test...]" >&2
    exit 2
}
top=$(cd "$(dirname "$0")/../.." && pwd)
tco=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
[ -x "$tco" ] || {
    echo "$tco: no such program" >&2
    exit 2
}
[ $# -gt 0 ] || set -- "$top"/tests/golden/*.test
[ -f "$1" ] || {
    echo "no case: $1" >&2
    exit 2
}

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/cache" "$work/home"
ln -s "$tco" "$work/bin/tco"

run() { # DIRECTORY COMMAND: in the small environment every command sees
    (cd "$1" && exec env -i PATH="$work/bin:/usr/bin:/bin" HOME="$work/home" LC_ALL=C.UTF-8 \
        TCO_DATA="$top/fixtures" TCO_CACHE="$work/cache" \
        ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1 \
        timeout 120 sh -c "$2") </dev/null
}

# Prints a part's text as cases show it: "=== NAME", the text, all or nothing.
part() { # NAME FILE CWD
    [ -s "$2" ] || return 0
    echo "=== $1"
    sed -e "s|$3|\$CWD|g" -e "s|$work/cache|\$CACHE|g" -e "s|$top/fixtures|\$DATA|g" "$2"
    [ "$(tail -c 1 "$2" | od -An -tx1)" = ' 0a' ] || printf '\n\\ no newline at the end\n'
}

# Cuts a case into numbered pieces: N.text (goes to the output as it is), N.file with its name in
# N.name, N.cmd. What commands showed last time is left out.
cut_case() { # CASE DIRECTORY
    awk -v dir="$2/" '
        function piece(kind) { if (out) close(out); out = sprintf("%s%04d.%s", dir, ++n, kind); printf "" > out }
        /^\$ / { piece("cmd"); print substr($0, 3) > out; kind = "cmd"; next }
        /^=== file / { piece("name"); print substr($0, 10) > out; piece("file"); kind = "file"; next }
        /^=== (stdout|stderr)$/ || /^=== status [0-9]+$/ { kind = "result"; next }
        /^=== / { piece("bad"); print > out; exit }
        kind == "result" { next }
        kind == "cmd" { piece("bad"); print > out; exit }
        kind == "" { piece("text"); kind = "text" }
        { print > out }
    ' "$1"
}

one() { # CASE: what the case shows now goes to WORK/NAME.now
    name=$(basename "$1" .test)
    cwd="$work/case/$name"
    pieces="$work/pieces/$name"
    mkdir -p "$cwd" "$pieces"
    cut_case "$1" "$pieces"
    for piece in "$pieces"/*; do
        case $piece in
        *.text) cat "$piece" ;;
        *.name) file_name=$(cat "$piece") ;;
        *.file)
            echo "=== file $file_name"
            cat "$piece"
            mkdir -p "$(dirname "$cwd/$file_name")"
            cp "$piece" "$cwd/$file_name"
            ;;
        *.cmd)
            printf '$ %s\n' "$(cat "$piece")"
            run "$cwd" "$(cat "$piece")" >"$pieces/stdout" 2>"$pieces/stderr"
            status=$?
            part stdout "$pieces/stdout" "$cwd"
            part stderr "$pieces/stderr" "$cwd"
            echo "=== status $status"
            ;;
        *.bad) echo "not a part of a case: $(cat "$piece")" ;;
        esac
    done >"$work/$name.now"
    chmod -R u+rwX "$cwd"
}

judge() { # CASE
    now="$work/$(basename "$1" .test).now"
    if ! grep -q '^=== status ' "$now" || grep -q '^not a part of a case' "$now"; then
        echo "$1: no command, or not a part of a case:"
        grep '^not a part of a case' "$now"
        return 1
    fi
    cmp -s "$1" "$now" && return 0
    if [ -n "$accept" ]; then
        cp "$now" "$1"
        echo "accepted $1"
        return 0
    fi
    diff -u --label "$1" --label "$1 (now)" "$1" "$now"
    return 1
}

# Loads the catalogue once, so that no case shows its loading.
run "$work/home" 'tco rates USD/CNY --on 2026-03-18' >"$work/load" 2>&1 || cat "$work/load" >&2

hands=$(nproc)
running=0
for case do
    one "$case" &
    running=$((running + 1))
    [ $((running % hands)) -ne 0 ] || wait
done
wait

bad=0
for case do
    judge "$case" || bad=$((bad + 1))
done
echo "$# golden cases, $bad differ"
[ "$bad" -eq 0 ]
