import { detectionBench } from './detection.ts';
import { ingestBench } from './ingest.ts';
import { recordBench } from './record.ts';
import { printTable } from './table.ts';
import type { Row } from './table.ts';
import { whatIfBench } from './what-if.ts';

/** Every bench by its name: one line each. */
const benches: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  detection: detectionBench,
  ingest: ingestBench,
  record: recordBench,
  'what-if': whatIfBench,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} ...\n`);
  printTable(name, await bench());
}
