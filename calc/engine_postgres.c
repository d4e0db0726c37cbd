/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PostgreSQL: NUMERIC is exact and as long as it takes; div() cuts. OFFSET 0 keeps the planner from
 * merging a step into the next, where each of its expressions would be computed wherever it is named.
 */
#include "calc/engine.h"

const struct engine engine_postgres = {
    .name = "postgres",
    .title = "PostgreSQL",
    .tried = true,
    .integer = "NUMERIC",
    .maybe = "NUMERIC",
    .id = "BIGINT",
    .text = "TEXT",
    .number = "NUMERIC",
    .tail = "",
    .fence = "OFFSET 0",
    .functions =
        "CREATE FUNCTION tco_half_up(a NUMERIC, b NUMERIC) RETURNS NUMERIC LANGUAGE SQL IMMUTABLE PARALLEL SAFE\n"
        "    AS 'SELECT div(a + div(b, 2), b)';\n"
        "CREATE FUNCTION tco_cut(a NUMERIC, b NUMERIC) RETURNS NUMERIC LANGUAGE SQL IMMUTABLE PARALLEL SAFE\n"
        "    AS 'SELECT div(a, b)';\n",
    .scaled = "trunc({value} * 1000000000000)",
    .shown = "round({value} * {unit}, {places})",
    .load = "\\copy tco_{table} FROM '{table}.csv' WITH (FORMAT csv, HEADER)\n",
    .run = "psql -v ON_ERROR_STOP=1 -f schema.sql -f load.sql -c ANALYZE -f batch.sql\n"
           "    PGOPTIONS='-c enable_nestloop=off -c work_mem=256MB' \\\n"
           "    psql -c \"\\copy (SELECT * FROM tco_batch) TO 'totals.csv' WITH (FORMAT csv, HEADER)\"\n",
};
