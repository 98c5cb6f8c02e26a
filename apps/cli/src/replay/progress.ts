import { basename } from 'node:path';
import { MultiBar, Presets } from 'cli-progress';

/** Shows how far each file is, on stderr: bars on a terminal, a line every few seconds elsewhere. */
export class Progress {
  private readonly bars = new MultiBar(
    {
      format: '{file} {bar} {value}/{total} {percentage}%  {eta_formatted} left',
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: 5_000,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );

  /** @returns a function that takes how many lines of this round are sent */
  follow(file: string, lines: number): (sent: number) => void {
    const bar = this.bars.create(lines, 0, { file: basename(file).padEnd(28) });
    return (sent) => bar.update(sent);
  }

  stop(): void {
    this.bars.stop();
  }
}
