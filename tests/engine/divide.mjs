// divide.mjs SCHEMA: tco_cut and tco_half_up of an export for DuckDB against the engine's own division: random quotients of
// every length, whole ones, their neighbours, and ties. Prints how many were tried, and how many differ.
import { DuckDBInstance } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';

const db = await (await DuckDBInstance.create(':memory:')).connect();
const schema = readFileSync(process.argv[2], 'utf8');
await db.run(schema.slice(0, schema.indexOf('CREATE TABLE')));
await db.run('SELECT setseed(0.42)');
await db.run(`CREATE TABLE pair AS SELECT (random() * power(10, (random() * 36)::INT))::HUGEINT + (random() * 1e9)::HUGEINT AS a,
    greatest(1, (random() * power(10, (random() * 24)::INT))::HUGEINT) AS b, 100000000000000::HUGEINT AS most FROM range(100000)`);
const [row] = (await db.runAndReadAll(`SELECT count(*), sum((tco_cut(a, b) <> a // b)::INT), sum((tco_half_up(a, b) <> (a + b // 2) // b)::INT) FROM (
    SELECT a, b FROM pair
    UNION ALL SELECT least(a, most) * b, b FROM pair WHERE b < 1e20
    UNION ALL SELECT least(a, most) * b - 1, b FROM pair WHERE a > 0 AND b < 1e20
    UNION ALL SELECT (least(a, most) * 2 + 1) * b // 2, b FROM pair WHERE b < 1e20)`)).getRows();
console.log(row.map(String).join(' '));
