/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ClickHouse: Int256 and intDiv(); an Int256 wraps past 5.7e76, which no amount within the ranges of a
 * configuration comes near.
 */
#include "calc/engine.h"

const struct engine engine_clickhouse = {
    .name = "clickhouse",
    .title = "ClickHouse",
    .tried = false,
    .integer = "Int256",
    .maybe = "Nullable(Int256)",
    .id = "Int64",
    .text = "String",
    .number = "Nullable(Decimal(38, 12))",
    .tail = " ENGINE = MergeTree ORDER BY tuple()",
    .fence = "",
    .functions = "CREATE FUNCTION tco_half_up AS (a, b) -> intDiv(a + intDiv(b, 2), b);\n"
                 "CREATE FUNCTION tco_cut AS (a, b) -> intDiv(a, b);\n",
    .scaled = "toInt256(toDecimal256({value}, 12) * toDecimal256(1000000000000, 0))",
    .shown = "(toDecimal256({value}, 0) * toDecimal256('{unit}', {places}))",
    .load = "INSERT INTO tco_{table} FROM INFILE '{table}.csv' FORMAT CSVWithNames;\n",
    .run = "clickhouse-client --multiquery --queries-file schema.sql load.sql batch.sql\n"
           "    clickhouse-client --query 'SELECT * FROM tco_batch FORMAT CSVWithNames' > totals.csv\n",
};
