import type { Command } from 'commander';
import { readSettings } from '../what-if/settings-file.ts';
import { readLines } from './read-lines.ts';
import { RowProgress } from './row-progress.ts';
import { scoreLines } from './score-rows.ts';
import { openSource } from './source.ts';
import { writeOut } from './write-out.ts';

/** `score FILE.csv`: how odd each row of a series is, judged by the rows before it. */
export function addScoreCommand(program: Command): void {
  program
    .command('score')
    .description('scores a series (CSV with timestamp,value) and writes timestamp,value,score')
    .argument('<file>', 'the series, - for standard input; times without a zone are UTC')
    .option(
      '--policy <file>',
      'a policy (JSON, whole or in part); its threshold for unusual values decides what is counted as odd',
    )
    .action(score);
}

async function score(file: string, { policy: policyFile }: { readonly policy?: string }): Promise<void> {
  const { threshold } = (await readSettings(policyFile)).detectors['unusual-value'];
  const source = await openSource(file);
  const progress = new RowProgress(source);
  const tally = { rows: 0, odd: 0 };
  try {
    const lines = readLines(source, (bytes) => progress.show(bytes, tally.rows));
    await writeOut(scoreLines(lines, source.name, threshold, tally), process.stdout);
  } finally {
    progress.stop(tally.rows);
  }
  process.stderr.write(`${tally.rows} rows scored, ${tally.odd} at ${threshold} or above\n`);
}
