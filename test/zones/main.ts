import { checkZone, rotationsToCheck } from './check-zone.ts';

// `npm run zones`: every shift in every zone that this machine knows, over three years, against what `Intl` says of the clocks.
const startsOn = '2025-01-01';
const untilMs = Date.parse('2028-01-01');
const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
const startedMs = performance.now();
const total = { shifts: 0, changes: 0, inGaps: 0, inFolds: 0, empty: 0, failures: 0 };

zones.forEach((zone, index) => {
  const report = checkZone(zone, rotationsToCheck(startsOn, true), untilMs);
  report.failures.forEach((failure) => process.stdout.write(`${failure}\n`));
  total.shifts += report.shifts;
  total.changes += report.changes;
  total.inGaps += report.inGaps;
  total.inFolds += report.inFolds;
  total.empty += report.empty;
  total.failures += report.failures.length;
  if (index % 50 === 49) {
    process.stderr.write(`${index + 1} of ${zones.length} zones\n`);
  }
});

process.stdout.write(
  `${zones.length} zones (tz ${process.versions.tz ?? 'unknown'}), ${total.changes} changes of a clock, ${total.shifts} shifts: ` +
    `${total.inGaps} hand-offs at a time that was jumped over, ${total.inFolds} at one that came twice, ` +
    `${total.empty} shifts jumped over, ${total.failures} failures, ` +
    `${Math.round((performance.now() - startedMs) / 1_000)} s\n`,
);
process.exitCode = total.failures === 0 ? 0 : 1;
