// fetch.mjs LIST: what DuckDB makes of a regional list of AmazonEC2 on one core, in memory: the rows that
// count, by the same filter and from the same columns as `tco fetch aws`. Prints "ROWS SUM MEDIAN-ms".
import { DuckDBInstance } from '@duckdb/node-api';
import { openSync, readSync } from 'node:fs';

const file = process.argv[2];
const runs = 3;

function header() { // line 6
    const bytes = Buffer.alloc(1 << 16);
    const text = bytes.toString('utf8', 0, readSync(openSync(file), bytes, 0, bytes.length, 0));
    return text.split('\n')[5].slice(1, -1).split('","');
}

const columns = header().map((name) => `'${name}': 'VARCHAR'`).join(', ');
const query = `
    SELECT count(*), sum(price)::VARCHAR FROM (
        SELECT PricePerUnit::DECIMAL(38,12) AS price FROM read_csv('${file}', skip = 5, header = true, delim = ',',
            quote = '"', escape = '"', new_line = '\\n', auto_detect = false, columns = {${columns}})
        WHERE "Region Code" = 'ap-southeast-1' AND Currency = 'USD' AND TermType IN ('OnDemand', 'Reserved') AND (
            ("Product Family" IN ('Compute Instance', 'Compute Instance (bare metal)') AND Tenancy = 'Shared'
                AND CapacityStatus = 'Used' AND "Pre Installed S/W" = 'NA' AND "Operating System" IN ('Linux', 'Windows')
                AND "License Model" = 'No License required' AND MarketOption = 'OnDemand'
                AND operation IN ('RunInstances', 'RunInstances:0002')
                AND usageType = 'APS1-BoxUsage:' || "Instance Type" AND Unit IN ('Hrs', 'Quantity'))
            OR ("Product Family" = 'Storage' AND Unit = 'GB-Mo'
                AND "Volume API Name" IN ('gp3', 'gp2', 'io1', 'io2', 'st1', 'sc1', 'standard'))))
    WHERE price > 0`;

const db = await (await DuckDBInstance.create(':memory:')).connect();
await db.run('SET threads = 1');
const times = [];
let row;
for (let i = 0; i < runs; i++) {
    const start = performance.now();
    row = (await db.runAndReadAll(query)).getRows()[0];
    times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const version = (await db.runAndReadAll('SELECT version()')).getRows()[0][0];
console.log(`${row[0]} ${row[1]} ${times[runs >> 1].toFixed(1)} ${version}`);
