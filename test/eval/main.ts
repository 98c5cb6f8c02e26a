import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { evalTable } from './eval-table.ts';
import { groups } from './groups.ts';

// `npm run eval -- [GROUP...] [--data DIR] [--short]`: prints the table of figures on stdout, progress on stderr.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, short: { type: 'boolean', default: false } },
});
const dataFolder = values.data ?? process.env.WATCHFLOOR_EVAL_DATA ?? null;
const unknown = positionals.filter((name) => !groups.some((group) => group.name === name));
if (unknown.length > 0) {
  fail(`no group ${unknown.join(', ')}; there are ${groups.map(({ name }) => name).join(', ')}`);
}
if (dataFolder !== null && !existsSync(dataFolder)) {
  fail(`there is no folder ${dataFolder}`);
}
if (dataFolder === null) {
  process.stderr.write('No data folder (--data DIR or WATCHFLOOR_EVAL_DATA): only the shipped sets are measured.\n');
}
for (const group of groups) {
  if (positionals.length === 0 || positionals.includes(group.name)) {
    const startedMs = performance.now();
    const rows = await group.measure({
      isShort: values.short,
      dataFolder,
      progress: (text) => process.stderr.write(`${group.name}: ${text}\n`),
    });
    process.stderr.write(`${group.name}: done in ${Math.round((performance.now() - startedMs) / 100) / 10} s\n`);
    process.stdout.write(evalTable(group, rows));
  }
}

function fail(reason: string): never {
  process.stderr.write(`eval: ${reason}\n`);
  process.exit(2);
}
