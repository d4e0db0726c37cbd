/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * DuckDB: HUGEINT has 127 bits and its overflow is an error.
 */
#include "calc/engine.h"

const struct engine engine_duckdb = {
    .name = "duckdb",
    .title = "DuckDB",
    .tried = true,
    .integer = "HUGEINT",
    .maybe = "HUGEINT",
    .id = "BIGINT",
    .text = "VARCHAR",
    .number = "DECIMAL(38,12)",
    .tail = "",
    .fence = "",
    .functions =
        "-- `//` of a HUGEINT goes bit by bit. So a quotient is guessed twice in floating point, each time from the "
        "rest that\n"
        "-- is left, and put right by that rest: exact for every quotient below 2^96, and ten times as fast. Others: "
        "`//`.\n"
        "CREATE MACRO tco_guess(a, b) AS CAST(floor(CAST(a AS DOUBLE) / CAST(b AS DOUBLE)) AS HUGEINT);\n"
        "CREATE MACRO tco_right(q, r, b) AS (q + CASE WHEN r < 0 THEN -1 WHEN r >= b THEN 1 ELSE 0 END);\n"
        "CREATE MACRO tco_again(a, b, q) AS tco_right(q + tco_guess(a - q * b, b), a - (q + tco_guess(a - q * b, b)) * "
        "b, b);\n"
        "CREATE MACRO tco_cut(a, b) AS CASE WHEN b = 1 THEN a WHEN CAST(a AS DOUBLE) / CAST(b AS DOUBLE) < 1e28\n"
        "    THEN tco_again(a, b, tco_guess(a, b)) ELSE a // b END;\n"
        "CREATE MACRO tco_half_up(a, b) AS CASE WHEN b = 1 THEN a ELSE tco_cut(a + (b >> 1), b) END;\n",
    .scaled =
        "CAST(trunc({value}) AS HUGEINT) * 1000000000000 + "
        "CAST(CAST({value} - trunc({value}) AS DECIMAL(25,12)) * CAST(1000000000000 AS DECIMAL(13,0)) AS HUGEINT)",
    .shown = "(CAST({value} AS DECIMAL(32,0)) * CAST({unit} AS DECIMAL(6,{places})))",
    .load = "COPY tco_{table} FROM '{table}.csv' (HEADER, DELIMITER ',');\n",
    .run = "duckdb batch.duckdb '.read schema.sql' '.read load.sql' '.read batch.sql'\n"
           "    duckdb batch.duckdb \"COPY (SELECT * FROM tco_batch) TO 'totals.csv' (HEADER)\"\n",
};
