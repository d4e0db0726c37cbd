#!/bin/sh
# readme.sh [--accept] TCO: the READMEs show what the program prints. Of README.md and README.zh.md
#   ```ini      blocks are written to the file their first line names ("; storefront.ini"),
#   ```console  blocks hold commands ("$ build/tco ...") and what they print: run, and compared,
# in a directory that looks like the top of the source tree. --accept writes what is printed now.
set -u

accept=
if [ "${1-}" = --accept ]; then
    accept=yes
    shift
fi
top=$(cd "$(dirname "$0")/.." && pwd)
tco=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/tree/build"
ln -s "$tco" "$scratch/tree/build/tco"
ln -s "$top/fixtures" "$scratch/tree/fixtures"
cd "$scratch/tree" || exit 1

run() {
    env -i PATH=/usr/bin:/bin HOME="$scratch" LC_ALL=C.UTF-8 TCO_CACHE="$scratch/cache" sh -c "$1" 2>&1 </dev/null
}
run 'build/tco rates USD/CNY --on 2026-03-18' >/dev/null

again() { # README: prints it with what its commands print now
    block=
    while IFS= read -r line; do
        case $block:$line in
        :'```console') block=console ;;
        :'```ini') block=name ;;
        ?*:'```') block= ;;
        name:'; '*.ini)
            block=ini
            file=${line#; }
            : >"$file"
            ;;
        ini:*) printf '%s\n' "$line" >>"$file" ;;
        console:'$ '*)
            printf '%s\n' "$line"
            run "${line#??}"
            commands=$((commands + 1))
            continue
            ;;
        console:*) continue ;;
        esac
        printf '%s\n' "$line"
    done <"$1"
}

bad=0
for readme in README.md README.zh.md; do
    commands=0
    again "$top/$readme" >"$scratch/$readme"
    if [ "$commands" -eq 0 ]; then
        echo "$readme: no command is shown"
        bad=1
    elif cmp -s "$top/$readme" "$scratch/$readme"; then
        :
    elif [ -n "$accept" ]; then
        cp "$scratch/$readme" "$top/$readme"
        echo "accepted $readme"
    else
        diff -u --label "$readme" --label "$readme (now)" "$top/$readme" "$scratch/$readme"
        bad=1
    fi
done
exit $bad
