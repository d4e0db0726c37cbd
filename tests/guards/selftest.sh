#!/bin/sh
# Plants a breach for every guard in a copy of the tree and sees that guard, and its words, catch it.
set -u
cd "$(dirname "$0")/../.." || exit 1
guards=$PWD/tests/guards/guards.sh
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
tree=$scratch/tree
bad=0
planted=

copy() { # the tree as it is; the large tables only when they are not there
    mkdir -p "$tree"
    find "$tree" -mindepth 1 -maxdepth 1 ! -name fixtures -exec rm -rf {} +
    cp -r calc fetchers models tests Makefile README.md README.zh.md LICENSE .ci .clang-format "$tree"
    [ -d "$tree/fixtures" ] || cp -r fixtures "$tree"
}

caught() { # GUARD WORDS: sees the guard refuse the tree with these words, and makes the tree good again
    planted="$planted $1"
    if "$guards" "$tree" "$1" >"$scratch/say" 2>&1; then
        echo "$1 did not see: $2"
        bad=1
    elif ! grep -qF -- "$2" "$scratch/say"; then
        echo "$1 did not say: $2"
        sed 's/^/    /' "$scratch/say"
        bad=1
    fi
    [ "$1" != price_pack ] || rm -rf "$tree/fixtures"
    copy
}

plant() { # FILE TEXT: appends a line
    printf '%s\n' "$2" >>"$tree/$1"
}

copy

for call in 'sprintf(b, c)' 'strcpy (a, b)' 'strcat(a, b)' 'strtok(a, b)' 'sscanf(a, b)' 'atoi(a)' 'atol(a)' \
    'strtod(a, 0)' 'localtime(&t)' 'gmtime(&t)' 'system(a)' 'popen(a, b)' 'exit(1)' 'abort()' 'gets(a)' 'alloca(4)'; do
    plant calc/err.c "static void planted(void) { $call; }"
    caught banned_calls "$call"
done
plant fetchers/planted.c 'int n = atoi(s); /* here */'
caught banned_calls fetchers/planted.c:1
plant models/planted.c 'int n = 1; exit(n);'
caught banned_calls models/planted.c:1
plant tests/support/planted.c 'void f(void) { abort(); }'
caught banned_calls tests/support/planted.c:1
plant tests/test_planted.c 'int n = atoi(s);'
caught banned_calls tests/test_planted.c:1
rm "$tree"/models/*.c "$tree"/models/*.h
caught banned_calls 'no file matches models/*.[ch]'
# What looks like one and is none.
plant calc/err.c '/* exit(1) */ char *p = "system(x)"; // atoi(y)'
plant calc/err.c 'int n = snprintf(b, 1, "%s", "\"sprintf(a)"); struct tm *t = gmtime_r(&c, &u); my_exit(2);'
"$guards" "$tree" banned_calls || {
    echo 'banned_calls sees comments, strings or longer names as calls'
    bad=1
}
copy

plant models/charge.h '#include "calc/rules.h"'
caught models_layer calc/rules.h
plant models/charge.h '# include <stdio.h>'
caught models_layer stdio.h
plant models/charge.h '#include <time.h>'
caught models_layer time.h
plant models/charge.h '#include "calc/decimal.hh"'
caught models_layer decimal.hh
rm "$tree"/models/*.[ch]
caught models_layer 'no file matches'

for header in '<sqlite3.h>' '<curl/curl.h>' '"calc/catalogue.h"' '"calc/store.h"' '"calc/file.h"' '<time.h>' '<sys/time.h>' \
    '<sys/socket.h>' '<netdb.h>' '<fcntl.h>' '<unistd.h>' '<sys/mman.h>'; do
    plant fetchers/planted.c "#include $header"
    caught fetchers_layer "planted.c:1:$header"
done
plant fetchers/transport.c '#include <sqlite3.h>'
caught fetchers_layer '<sqlite3.h>  <- fetchers/ may not'
plant fetchers/raw.c '#include <time.h>'
caught fetchers_layer '<time.h>  <- only fetchers/transport'
rm -f "$tree"/fetchers/*.[ch]
caught fetchers_layer 'no file matches'

plant calc/err.c '#include <sqlite3.h>'
caught library_doors sqlite3.h
plant calc/err.c '#  include <json-c/json.h>'
caught library_doors json-c/json.h
plant calc/err.c '#include <json.h>'
caught library_doors json.h
plant calc/err.c '#include <gsl/gsl_math.h>'
caught library_doors gsl_math.h
plant calc/err.c '#include <openssl/evp.h>'
caught library_doors openssl/evp.h
plant calc/err.c '#include <time.h>'
caught library_doors time.h
for header in '<curl/curl.h>' '<libxml/tree.h>' '<zlib.h>' '<zip.h>' '<iconv.h>' '<json-c/json.h>' '<openssl/evp.h>' \
    '<dlfcn.h>' '<time.h>'; do
    plant fetchers/planted.c "#include $header"
    caught library_doors "fetchers/planted.c:1:$header  <- only"
done
plant calc/late.h '#include <curl/curl.h>'
caught library_doors '<curl/curl.h>  <- only'
plant models/planted.c '#include <zlib.h>'
caught library_doors '<zlib.h>  <- only'
plant fetchers/transport.c '#include <zlib.h>'
caught library_doors '<zlib.h>  <- only ^fetchers/raw'
plant fetchers/raw.c '#include <curl/curl.h>'
caught library_doors '<curl/curl.h>  <- only ^fetchers/transport'
rm -f "$tree"/calc/*json*.[ch] "$tree"/fetchers/json_read.[ch]
caught library_doors 'no file matches ^(calc/[a-z_]*json'
for door in fetchers/transport fetchers/markup fetchers/raw fetchers/xlsx_zip fetchers/sheet_encoding calc/late; do
    rm -f "$tree/$door"*.[ch]
done
caught library_doors 'no file matches ^fetchers/transport'

plant calc/err.c 'static double planted;'
caught double calc/err.c
plant calc/err.c 'static float planted;'
caught double calc/err.c
plant tests/guards/double-files.txt calc/err.c
caught double 'calc/err.c uses no double'
plant calc/err.c 'static double planted;'
plant tests/guards/double-files.txt calc/err.c
caught double 'calc/err.c is not in models/'
: >"$tree/tests/guards/double-files.txt"
caught double 'names no file'

plant models/planted.c 'const struct component component_planted = {'
caught plugins 'planted  <- defined in models/*.c, not listed'
plant models/components.def 'COMPONENT(planted)'
caught plugins 'planted  <- listed in models/components.def, not defined'
plant calc/report_planted.c 'const struct report planted_report = {'
caught plugins 'planted  <- defined in calc/report_*.c, not listed'
plant calc/report_planted.c '/* nothing */'
caught plugins 'calc/report_planted.c: does not define a report'
plant calc/reports.def 'REPORT(planted)'
caught plugins 'planted  <- listed in calc/reports.def, not defined'
plant calc/cmd_planted.c 'const struct command cmd_planted = {'
caught plugins 'planted  <- defined in calc/cmd_*.c, not listed'
plant calc/commands.def 'COMMAND(planted)'
caught plugins 'planted  <- listed in calc/commands.def, not defined'
plant fetchers/planted.c 'const struct fetcher fetcher_planted = {'
caught plugins 'planted  <- defined in fetchers/*.c, not listed'
plant fetchers/fetchers.def 'FETCHER(planted)'
caught plugins 'planted  <- listed in fetchers/fetchers.def, not defined'
cat "$tree/calc/commands.def" "$tree/calc/commands.def" >"$scratch/twice" && cp "$scratch/twice" "$tree/calc/commands.def"
caught plugins 'listed twice'
rm "$tree/models/components.def"
caught plugins 'no file matches models/components.def'

for file in calc/planted.c models/planted.c fetchers/planted.c; do
    plant $file '/* nothing */'
    caught tests_exist "$file: tests/test_planted.c is missing"
done
plant calc/cmd_planted.c '/* nothing */'
caught tests_exist 'calc/cmd_planted.c: no golden case runs it'
plant tests/guards/untested.txt 'calc/gone.c  a reason that is long enough'
caught tests_exist 'calc/gone.c is not there'
plant calc/planted.c '/* nothing */'
plant tests/guards/untested.txt 'calc/planted.c  by test_planted: all of it'
caught tests_exist 'calc/planted.c: tests/test_planted'
plant tests/guards/untested.txt 'calc/err.c  because'
caught tests_exist 'not "file  reason"'
rm "$tree"/models/*.c
caught tests_exist 'no file matches models/*.c'

plant notes.txt 'x'
caught top_level notes.txt
rm "$tree/LICENSE"
caught top_level 'LICENSE is missing'

for name in "/$(printf home)/x" "see /$(printf work)/x" "deb.$(printf example).org" "registry.$(printf example).org"; do
    plant tests/golden/planted.test "$name"
    caught outside_names tests/golden/planted.test
done

for file in calc/planted.c models/planted.h tests/test_planted.c tests/support/planted.h; do
    plant $file 'int x;'
    caught licence_line $file:1
done

pack=fixtures/packs/bundled
plant $pack/planted.csv 'a,b'
caught price_pack 'planted.csv  <- not in'
cp "$tree/$pack/prices.csv" "$scratch/prices" && rm "$tree/$pack/prices.csv" && sed '2s/1/2/' "$scratch/prices" >"$tree/$pack/prices.csv"
caught price_pack 'prices.csv: FAILED'
rm "$tree/$pack/SHA256SUMS"
caught price_pack 'no file matches'

plant calc/commands.def 'COMMAND(planted)'
caught documented 'README.zh.md: does not show `tco planted`'
plant calc/commands.def 'COMMAND(planted)'
caught documented 'calc/man/tco.1: does not show `tco planted`'
rm -f "$tree/calc/man/tco.1"
caught documented 'no file matches calc/man/tco.1'

# No guard without a planting.
for guard in $("$guards" . --list); do
    case "$planted " in
    *" $guard "*) ;;
    *)
        echo "nothing is planted for $guard"
        bad=1
        ;;
    esac
done
exit $bad
