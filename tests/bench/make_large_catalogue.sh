#!/bin/sh
# make_large_catalogue.sh DIR: a data directory like fixtures/, with the bundled prices of 17 dates instead of
# one: as published, and the same a month earlier, two months earlier ... Prints how many rows it holds.
set -eu
dir=$1
dates=17
mkdir -p "$dir/packs"
cp -r fixtures/fx fixtures/rules "$dir"
cp -r fixtures/packs/bundled "$dir/packs"
cd "$dir/packs/bundled"
mv prices.csv once.csv

# Earlier prices differ a little, as they did: a digit behind the published ones says which month.
awk -F, -v OFS=, -v dates="$dates" '
    NR == 1 {
        for (i = 1; i <= NF; i++) column[$i] = i
        print
        next
    }
    {
        price = $column["price"]
        day = $column["as_of"]
        months = substr(day, 1, 4) * 12 + substr(day, 6, 2) - 1
        for (k = 0; k < dates; k++) {
            m = months - k
            $column["as_of"] = sprintf("%04d-%02d-%s", int(m / 12), m % 12 + 1, k && substr(day, 9) > 28 ? 28 : substr(day, 9))
            $column["price"] = k && price > 0 ? price (price ~ /\./ ? "" : ".") sprintf("%02d", k) : price
            print
        }
    }' once.csv >prices.csv
rm once.csv
sha256sum -- *.csv >SHA256SUMS
awk 'END { print NR - 1 }' prices.csv
