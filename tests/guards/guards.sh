#!/bin/sh
# guards.sh ROOT [GUARD...]: rules of the house that a compiler does not know, read off the sources
# under ROOT. Prints each breach with file and line. A guard whose files are not there fails as
# well: one that looks at nothing would hold forever. selftest.sh plants a breach for each.
set -u

root=$1
shift
cd "$root" || exit 2
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

# The names of existing files among patterns; a pattern without any is a breach.
files() {
    for pattern do
        # shellcheck disable=SC2086 # the pattern is to be expanded
        set -- $pattern
        if [ -f "$1" ]; then
            printf '%s\n' "$@"
        else
            echo "no file matches $pattern" >>"$scratch/breaches"
        fi
    done
}

# C without comments and the insides of strings: "file:line:code".
code() {
    xargs awk '
        FNR == 1 { comment = 0 }
        {
            out = ""
            rest = $0
            while (rest != "") {
                if (comment) {
                    at = index(rest, "*/")
                    if (!at) break
                    rest = substr(rest, at + 2)
                    comment = 0
                } else if (match(rest, /"([^"\\]|\\.)*"|\047([^\047\\]|\\.)*\047|\/\*|\/\//)) {
                    token = substr(rest, RSTART, 2)
                    out = out substr(rest, 1, RSTART - 1)
                    if (token == "//") break
                    if (token == "/*") { comment = 1; rest = substr(rest, RSTART + 2); continue }
                    out = out "\"\""
                    rest = substr(rest, RSTART + RLENGTH)
                } else { out = out rest; break }
            }
            print FILENAME ":" FNR ":" out
        }'
}

includes() { # "file:line:what is included", with its brackets or quotes
    xargs grep -nE '^[[:space:]]*#[[:space:]]*include' /dev/null | sed 's/#[[:space:]]*include[[:space:]]*//'
}

breach() { # WHAT: every line read is one
    awk -v what="$1" '{ print $0 "  <- " what }' >>"$scratch/breaches"
}

# ---- the guards: each is a function that appends to $scratch/breaches -------------------------

sources='calc/*.[ch] fetchers/*.[ch] models/*.[ch]'

# Calls that cannot be used safely, read the clock's zone, leave the process, or parse numbers by
# locale and in binary. tests/ may end its own processes.
guard_banned_calls() {
    never='v?sprintf|strcpy|strcat|strtok|v?sscanf|atoi|atol|atoll|atof|strtod|strtof|strtold|localtime|gmtime|ctime|asctime|system|popen|gets|alloca|tmpnam|mktemp|setlocale|rand|srand'
    # shellcheck disable=SC2086
    files $sources 'tests/support/*.[ch]' | code |
        grep -E "(^|[^A-Za-z0-9_])($never|exit|_exit|quick_exit|abort)[[:space:]]*\\(" | breach 'banned call'
    files 'tests/*.c' | code | grep -E "(^|[^A-Za-z0-9_])($never)[[:space:]]*\\(" | breach 'banned call'
}

# models/: numbers in, numbers out. Of ours it knows the leaves decimal and err only; no I/O, no clock.
guard_models_layer() {
    files 'models/*.[ch]' | includes |
        grep -vE ':("calc/(decimal|err)\.h"|"models/[a-z0-9_]+\.(h|def)"|<gsl/gsl_[a-z0-9_]+\.h>|<(assert|errno|float|limits|math|pthread|stdarg|stdbool|stddef|stdint|stdlib|string)\.h>)[[:space:]]*(/\*.*)?$' |
        breach 'models/ may not include this'
}

# fetchers/: bytes in, offers out. Nothing of the store; and the files that speak to the world outside
# are these few, so that no fetcher opens a file, a connection or a clock by itself.
guard_fetchers_layer() {
    world='^fetchers/(answers|credentials|drive[a-z_]*|key_command|raw|transport[a-z_]*)\.[ch]:'
    files 'fetchers/*.[ch]' >"$scratch/fetchers"
    includes <"$scratch/fetchers" >"$scratch/includes"
    grep -E '[<"]sqlite3|"calc/(catalogue|store)[a-z_]*\.h"' "$scratch/includes" | breach 'fetchers/ may not include this'
    grep -vE '^fetchers/transport[a-z_]*\.[ch]:' "$scratch/includes" | grep -E '<(curl/|(sys/)?time\.h|sys/random\.h|sys/socket\.h|netdb\.h|netinet/|arpa/)' |
        breach 'only fetchers/transport*.[ch] may include this'
    grep -vE "$world" "$scratch/includes" | grep -E '"calc/file\.h"|<(dirent|fcntl|ftw|poll|pthread|signal|spawn|unistd|sys/[a-z]+)\.h>' |
        breach 'a fetcher does no input or output by itself'
}

# Each outside library has one door.
guard_library_doors() {
    # shellcheck disable=SC2086
    files $sources >"$scratch/sources"
    door() { # HEADER-PATTERN DOOR-PATTERN
        grep -E "$2" "$scratch/sources" >/dev/null || echo "no file matches $2" >>"$scratch/breaches"
        grep -vE "$2" "$scratch/sources" | includes | grep -E ":[<\"]($1)" | breach "only $2 may include this"
    }
    door 'sqlite3' '^calc/(store|catalogue)[a-z_]*\.[ch]$'
    door 'json-c/|json\.h|json_' '^(calc/[a-z_]*json[a-z_]*|fetchers/json_read)\.[ch]$'
    door 'curl/' '^fetchers/transport[a-z_]*\.[ch]$'
    door 'libxml/' '^fetchers/markup[a-z_]*\.[ch]$'
    door 'zip\.h|zipconf\.h' '^fetchers/xlsx_zip\.c$'
    door 'iconv\.h' '^fetchers/sheet_encoding\.c$'
    door 'zlib\.h|zconf\.h' '^fetchers/raw(_zip)?\.c$'
    door 'dlfcn\.h' '^calc/late\.c$'
    door 'openssl/' '^calc/hash\.c$'
    door 'gsl/' '^models/[a-z_]+\.[ch]$'
    door 'time\.h|sys/time\.h' '^(calc/main|fetchers/transport[a-z_]*)\.c$'
}

# Binary floating point only where tests/guards/double-files.txt says so; the list has no dead names.
guard_double() {
    # shellcheck disable=SC2086
    files $sources | code | grep -E '(^|[^A-Za-z0-9_])(double|float|_Decimal[0-9]+)([^A-Za-z0-9_]|$)' >"$scratch/double"
    files tests/guards/double-files.txt | xargs sed 's/#.*//; s/[[:space:]]//g; /^$/d' >"$scratch/allowed"
    [ -s "$scratch/allowed" ] || echo 'double-files.txt names no file' >>"$scratch/breaches"
    awk -F: 'NR == FNR { ok[$1] = 1; next } !($1 in ok)' "$scratch/allowed" "$scratch/double" | breach 'binary floating point'
    while read -r name; do
        grep -q "^$name:" "$scratch/double" || echo "tests/guards/double-files.txt: $name uses no double" >>"$scratch/breaches"
        case $name in
        models/* | calc/decimal.[ch]) ;;
        *) echo "tests/guards/double-files.txt: $name is not in models/" >>"$scratch/breaches" ;;
        esac
    done <"$scratch/allowed"
}

# What a plug-in file defines is listed in its .def, and what is listed exists. skel is a pattern to
# copy: compiled, not listed.
guard_plugins() {
    plugins() { # STRUCT MACRO DEF-FILE FILES: of `component_x`, `x_report`, `cmd_x`, `fetcher_x` the x is the name
        files "$4" | xargs sed -nE "s/^const struct $1 ([a-z0-9_]*) = .*/\1/p" | sed 's/^component_//; s/_report$//; s/^cmd_//; s/^fetcher_//' |
            grep -vx skel | sort >"$scratch/defined"
        files "$3" | xargs sed -nE "s/^$2\\(([a-z0-9_]*)\\).*/\\1/p" | sort >"$scratch/listed"
        [ -s "$scratch/listed" ] || echo "$3 lists nothing" >>"$scratch/breaches"
        comm -23 "$scratch/defined" "$scratch/listed" | breach "defined in $4, not listed in $3"
        comm -13 "$scratch/defined" "$scratch/listed" | breach "listed in $3, not defined in $4"
        uniq -d "$scratch/listed" | breach "listed twice in $3"
    }
    plugins component COMPONENT models/components.def 'models/*.c'
    plugins report REPORT calc/reports.def 'calc/report_*.c'
    plugins command COMMAND calc/commands.def 'calc/cmd_*.c'
    plugins fetcher FETCHER fetchers/fetchers.def 'fetchers/*.c'
    # One file each, of the same name.
    files 'calc/report_*.c' 'calc/cmd_*.c' | while read -r file; do
        name=$(basename "$file" .c | sed 's/^[a-z]*_//')
        grep -qE "^const struct (report ${name}_report|command cmd_$name) = " "$file" ||
            echo "$file: does not define a report or command of its name" >>"$scratch/breaches"
    done
}

# A source file has a test beside it, a command a golden case; else tests/guards/untested.txt says why not.
guard_tests_exist() {
    files tests/guards/untested.txt | xargs sed '/^#/d; /^$/d' >"$scratch/untested"
    sed -n '/^[a-z]*\/[a-z0-9_]*\.c  *[a-z].\{9,\}/!p' "$scratch/untested" | breach 'not "file  reason"'
    files 'calc/*.c' 'models/*.c' 'fetchers/*.c' >"$scratch/sources"
    while read -r file; do
        name=$(basename "$file" .c)
        grep -q "^$file " "$scratch/untested" && continue
        case $name in
        cmd_*) grep -qE "^\\$ (.*[ |;])?tco $(echo "${name#cmd_}" | tr _ -)( |\$)" tests/golden/*.test || echo "$file: no golden case runs it" ;;
        *) [ -f "tests/test_$name.c" ] || echo "$file: tests/test_$name.c is missing" ;;
        esac
    done <"$scratch/sources" >>"$scratch/breaches"
    while read -r file how by _; do
        [ -f "$file" ] || echo "tests/guards/untested.txt: $file is not there"
        [ ! -f "tests/test_$(basename "$file")" ] || echo "tests/guards/untested.txt: $file has a test"
        [ "$how" != by ] || [ -f "tests/${by%[,:]}.c" ] || echo "tests/guards/untested.txt: $file: tests/$by.c is missing"
    done <"$scratch/untested" >>"$scratch/breaches"
}

everything() { find . \( -name .git -o -path ./build \) -prune -o -type f -print | sed 's|^\./||'; }

guard_top_level() {
    find . -maxdepth 1 -mindepth 1 | sed 's|^\./||' | grep -vxE 'calc|fetchers|models|fixtures|tests|build|Makefile|README\.md|README\.zh\.md|LICENSE|\..*' |
        breach 'not a thing of the top level'
    for needed in calc fetchers models fixtures tests Makefile README.md LICENSE .ci/run .clang-format; do
        [ -e "$needed" ] || echo "$needed is missing" >>"$scratch/breaches"
    done
}

# Nothing in the project speaks of the machine it was written on, or of where packages come from.
# The brackets keep this file from being its own breach.
guard_outside_names() {
    [ "$(everything | wc -l)" -gt 20 ] || echo 'fewer than 20 files' >>"$scratch/breaches"
    everything | tr '\n' '\0' |
        xargs -0 grep -nIE '(^|[^a-zA-Z0-9_.$}])/(home|root|work|Users)/[a-z]|(deb|registry)\.[a-z]+\.org' /dev/null |
        cut -c 1-200 | breach 'names a path or a package host of one machine'
}

guard_licence_line() {
    # shellcheck disable=SC2086
    files $sources 'tests/*.[ch]' 'tests/*/*.[ch]' | while read -r file; do
        head -n 1 "$file" | grep -q '^/\* SPDX-License-Identifier: GPL-3\.0-or-later' || echo "$file:1: no SPDX line"
    done >>"$scratch/breaches"
}

# The bundled prices are the ones that were checked in, and every table is under the seal.
guard_price_pack() {
    pack=fixtures/packs/bundled
    files "$pack/*.csv" | sed "s|^$pack/||" | sort >"$scratch/tables"
    files "$pack/SHA256SUMS" | xargs sed 's/^[0-9a-f]*  *\**//' | sort >"$scratch/sealed"
    comm -23 "$scratch/tables" "$scratch/sealed" | breach "not in $pack/SHA256SUMS"
    [ ! -f "$pack/SHA256SUMS" ] || (cd "$pack" && sha256sum --check --strict --quiet SHA256SUMS 2>&1) |
        sed "s|^|$pack/|" | breach 'does not match its checksum'
}

# What can be called is written down: each command in the manual page and in both READMEs.
guard_documented() {
    files calc/commands.def | xargs sed -nE 's/^COMMAND\(([a-z0-9_]*)\).*/\1/p' | tr _ - >"$scratch/listed"
    [ -s "$scratch/listed" ] || echo 'calc/commands.def lists nothing' >>"$scratch/breaches"
    for text in calc/man/tco.1 README.md README.zh.md; do
        files "$text" >/dev/null
        while read -r name; do
            grep -qE "(^|[^a-z])tco $name([^a-z]|\$)" "$text" || echo "$text: does not show \`tco $name\`"
        done <"$scratch/listed" >>"$scratch/breaches"
    done
}

# ---- run them ---------------------------------------------------------------------------------

all='banned_calls models_layer fetchers_layer library_doors double plugins tests_exist top_level outside_names licence_line price_pack documented'
# shellcheck disable=SC2086
[ $# -gt 0 ] || set -- $all
if [ "$1" = --list ]; then
    echo "$all"
    exit 0
fi

bad=0
for guard do
    : >"$scratch/breaches"
    "guard_$guard"
    [ -s "$scratch/breaches" ] || continue
    bad=1
    sed "s/^/$guard: /" "$scratch/breaches"
done
exit $bad
