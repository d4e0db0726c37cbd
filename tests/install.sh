#!/bin/sh
# install.sh FOLDER: `make install` (built in FOLDER) gives a program that finds its own data, knows nothing of the
# source tree, prints what the built one prints; and a staged one for packagers.
set -eu
folder=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export HOME="$scratch" TCO_CACHE="$scratch/cache"
unset TCO_DATA

"$folder/tco" estimate fixtures/examples/demo.ini >"$scratch/built.txt"

# Into a place of its own: found there without being told.
make B="$folder" PREFIX="$scratch/there" install
if grep -qF "$PWD/fixtures" "$scratch/there/bin/tco"; then
    echo "the installed program names the source tree $PWD/fixtures"
    exit 1
fi
mkdir "$scratch/elsewhere"
(cd "$scratch/elsewhere" && "$scratch/there/bin/tco" estimate "$scratch/there/share/tco/examples/demo.ini") >"$scratch/installed.txt"
diff -u "$scratch/built.txt" "$scratch/installed.txt"

# Staged: nothing outside DESTDIR; the data named with --data until it is in its place.
make B="$folder" PREFIX=/usr DESTDIR="$scratch/stage" install
(cd "$scratch/stage" && find . -maxdepth 3 | sort) >"$scratch/stage.txt"
printf '%s\n' . ./usr ./usr/bin ./usr/bin/tco ./usr/share ./usr/share/man ./usr/share/tco | diff -u - "$scratch/stage.txt"
(cd "$scratch/elsewhere" && "$scratch/stage/usr/bin/tco" estimate --data "$scratch/stage/usr/share/tco" \
    "$scratch/stage/usr/share/tco/examples/demo.ini") >"$scratch/staged.txt"
diff -u "$scratch/built.txt" "$scratch/staged.txt"
