#!/bin/sh
# selftest.sh TCO: plants a difference in each part of a good case and sees the runner refuse it.
set -u
tco=$1
runner=$(dirname "$0")/run.sh
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
bad=0

expect() { # good|bad WHAT CASE
    if "$runner" "$tco" "$scratch/$3" >"$scratch/say" 2>&1; then got=good; else got=bad; fi
    [ "$got" = "$1" ] || {
        echo "$2: runner says $got, not $1"
        cat "$scratch/say"
        bad=1
    }
}

cat >"$scratch/plain.test" <<'END'
# a plain case
=== file a/b.txt
one
two
$ cat a/b.txt; echo warn >&2; exit 3
=== stdout
one
two
=== stderr
warn
=== status 3
$ printf 'no end'; pwd >&2
=== stdout
no end
\ no newline at the end
=== stderr
$CWD
=== status 0
$ true
=== status 0
END
expect good 'a plain case' plain.test

plant() { # WHAT SED-SCRIPT
    sed "$2" "$scratch/plain.test" >"$scratch/planted.test"
    cmp -s "$scratch/plain.test" "$scratch/planted.test" && {
        echo "$1: nothing planted"
        bad=1
    }
    expect bad "$1" planted.test
}
plant 'another line on stdout' '7s/one/1/'
plant 'another line on stderr' 's/^warn$/warm/'
plant 'another status' 's/^=== status 3/=== status 0/'
plant 'a missing status' '/^=== status 3/d'
plant 'an output too much' 's/^\$ true/$ echo true/'
plant 'an output too little' 's/^\$ printf.*/$ true/'
plant 'a misspelt part' 's/^=== stderr/=== stdeer/'
plant 'text after a command' 's/^=== stdout$/stdout/'
plant 'no command at all' '/^\$ /d'
plant 'a line break that is there' '/^\\ no newline/d'

# What --accept writes must be what the next run sees.
sed '7s/one/1/' "$scratch/plain.test" >"$scratch/accepted.test"
"$runner" --accept "$tco" "$scratch/accepted.test" >/dev/null
cmp "$scratch/plain.test" "$scratch/accepted.test" || bad=1
[ $bad -eq 0 ]
