import { basename } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import type { Source } from './source.ts';

/** Shows on stderr how far a source is read: a bar on a terminal, a line every few seconds elsewhere. */
export class RowProgress {
  private readonly bar: SingleBar;

  constructor({ name, bytes }: Source) {
    const far = bytes === null ? '' : '{bar} {percentage}%  ';
    this.bar = new SingleBar(
      {
        format: `{file} ${far}{rows} rows`,
        hideCursor: true,
        noTTYOutput: true,
        notTTYSchedule: 5_000,
        stream: process.stderr,
      },
      Presets.shades_classic,
    );
    this.bar.start(Math.max(1, bytes ?? 1), 0, { file: basename(name), rows: 0 });
  }

  /** @param bytes read since the last time; @param rows done in all */
  show(bytes: number, rows: number): void {
    this.bar.increment(bytes, { rows });
  }

  stop(rows: number): void {
    this.bar.update({ rows });
    this.bar.stop();
  }
}
