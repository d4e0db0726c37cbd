// run.mjs DIR TOTALS: an export for DuckDB, run as its README.txt says; the view tco_batch goes to TOTALS as CSV.
import { DuckDBInstance } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';

const [dir, totals] = process.argv.slice(2);
process.chdir(dir);
const db = await (await DuckDBInstance.create(':memory:')).connect();
if (process.env.THREADS) await db.run(`SET threads = ${Number(process.env.THREADS)}`);
for (const file of ['schema.sql', 'load.sql', 'batch.sql']) await db.run(readFileSync(file, 'utf8'));
const start = performance.now();
await db.run(`COPY (SELECT row_no, site, list_cost, net_cost, tax, tax_recoverable, withheld_tax, fees, other_cost, cost
    FROM tco_batch ORDER BY row_no, site) TO '${totals}' (HEADER)`);
console.log(`${(performance.now() - start).toFixed(0)} ms`);
