// batch.mjs time|check DIR ROWS.csv [SAMPLE]: what DuckDB makes of the rows of the bench on one core: list and net of
// every scenario at 12 offers, every month rounded as `tco batch` rounds it. DIR is an export: it holds the prices,
// discounts, rates, tax and growth as numbers. The bench's counts have two decimals, hours one, prices six and
// discounts three at most, so that 64-bit integers hold every product: no division of wide integers, no decimals.
// time: milliseconds of writing all rows as CSV to /dev/null. check: the sums by site, and the sample, to compare.
import { DuckDBInstance } from '@duckdb/node-api';

const [how, dir, rows, sample] = process.argv.slice(2);
const db = await (await DuckDBInstance.create(':memory:')).connect();
await db.run('SET threads = 1');
await db.run('SET preserve_insertion_order = false');
const read = async (sql) => (await db.runAndReadAll(sql)).getRowObjects();

// price 10^-6, keep 10^-3, and net = contract x num / den: the tax taken out, or the exchange
await db.run(`CREATE TABLE offer AS SELECT s.site AS site, (o.one_e12 // 1000000)::BIGINT AS price, (o.keep_e12 // 1000000000)::BIGINT AS keep,
    (CASE WHEN o.tax_basis = 'incl' THEN 1000 ELSE r.num // 10000000000 END)::BIGINT AS num,
    (CASE WHEN o.tax_basis = 'incl' THEN 1000 + t.rate_e12 // 1000000000 ELSE r.den // 10000000000 END)::BIGINT AS den
    FROM (FROM read_csv('${dir}/offers.csv')) o JOIN read_csv('${dir}/sites.csv') s USING (site_no)
    JOIN read_csv('${dir}/taxes.csv') t ON t.site_no = s.site_no
    JOIN read_csv('${dir}/rates.csv', types = {'num': 'HUGEINT', 'den': 'HUGEINT'}) r ON r.rate_no = o.rate_no`);
const [{ n }] = await read('SELECT count(*)::INTEGER AS n FROM offer');
if (n !== 12) throw new Error(`${n} offers, not 12`);
await db.run(`UPDATE offer SET num = 1, den = 1 WHERE num = den`);
const months = await read(`SELECT factor_e12::BIGINT AS f FROM read_csv('${dir}/months.csv') ORDER BY month_no`);

const input = `(SELECT scenario, (count * 100)::BIGINT AS c, (hours * 10)::BIGINT AS h FROM read_csv('${rows}', header = true,
    auto_detect = false, delim = ',', columns = {'scenario': 'VARCHAR', 'count': 'DECIMAL(9,2)', 'hours': 'DECIMAL(9,1)'}))`;
const net = (contract) => `((${contract} * num + den // 2) // den)`;

let query;
if (months.length === 1) {
    // count 10^-2 x price 10^-6 x hours 10^-1 = 10^-9: exact; every month is the same
    query = `SELECT scenario, site, 36 * list AS list, 36 * ${net('contract')} AS net FROM (
        SELECT scenario, site, num, den, (x + 5000000) // 10000000 AS list, (x // 10 * keep + x % 10 * keep // 10 + 500000000) // 1000000000 AS contract
        FROM (SELECT scenario, site, keep, num, den, c * price * h AS x FROM ${input} CROSS JOIN offer))`;
} else {
    // items of each month to 12 decimals, once for all offers; price x items without leaving 64 bits; hours; cents
    const items = months.map(({ f }, m) => `(c * ${f} + 50) // 100 AS i${m}`).join(', ');
    const exact = (m) => `(((i${m} // 1000000) * price + ((i${m} % 1000000) * price + 500000) // 1000000) * h + 5) // 10`;
    const each = months.map((_, m) => `${exact(m)} AS x${m}`).join(', ');
    const list = months.map((_, m) => `(x${m} + 5000000000) // 10000000000`).join(' + ');
    // x keep / 1000 / 10^10, in two parts that fit
    const contract = (m) => `CASE WHEN keep = 1000 THEN (x${m} + 5000000000) // 10000000000
        ELSE ((x${m} // 10000) * keep + ((x${m} % 10000) * keep) // 10000 + 500000000) // 1000000000 END`;
    const kept = months.map((_, m) => `${contract(m)} AS k${m}`).join(', ');
    const nets = months.map((_, m) => net(`k${m}`)).join(' + ');
    query = `SELECT scenario, site, list, ${nets} AS net FROM (SELECT scenario, site, num, den, ${list} AS list, ${kept} FROM (
        SELECT scenario, site, keep, num, den, ${each} FROM (SELECT scenario, h, ${items} FROM ${input}) CROSS JOIN offer))`;
}
const written = `SELECT scenario, site, list::DECIMAL(18,0) * 0.01::DECIMAL(2,2) AS list_cost, net::DECIMAL(18,0) * 0.01::DECIMAL(2,2) AS net_cost FROM (${query})`;

if (how === 'time') {
    const start = performance.now();
    await db.run(`COPY (${written}) TO '/dev/null' (FORMAT csv, HEADER)`);
    console.log((performance.now() - start).toFixed(0));
} else {
    await db.run(`COPY (SELECT * FROM (${written}) WHERE substr(scenario, 2)::BIGINT % 1009 = 0) TO '${sample}' (FORMAT csv, HEADER false)`);
    for (const r of await read(`SELECT site, sum(list)::VARCHAR AS l, sum(net)::VARCHAR AS n FROM (${query}) GROUP BY site ORDER BY site COLLATE "C"`))
        console.log(`${r.site} ${r.l} ${r.n}`);
}
