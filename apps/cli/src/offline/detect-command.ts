import { instantSchema } from '@watchfloor/contracts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { readRecorded } from '../replay/recording.ts';
import { readSettings } from '../what-if/settings-file.ts';
import { detectLines, type RecordedLine } from './detect-rows.ts';
import { readLines, type Line } from './read-lines.ts';
import { RowProgress } from './row-progress.ts';
import { openSource, type Source } from './source.ts';
import { writeOut } from './write-out.ts';

interface Options {
  readonly policy?: string;
  readonly start: number;
}

const someMonday = '2026-01-05T00:00:00.000Z';

/** `detect FILE.jsonl`: what the detectors say of a recording, without a server. */
export function addDetectCommand(program: Command): void {
  program
    .command('detect')
    .description(
      'runs the detectors (but for the audit sample, whose draws are a secret of the server) over a recorded stream (JSON lines) and writes their signals as JSON lines',
    )
    .argument('<file>', 'the recording, - for standard input')
    .option('--policy <file>', 'a policy (JSON, whole or in part); default: that of a new stream')
    .addOption(
      new Option('--start <instant>', 'when the recording began; the hours of day and week follow from it')
        .argParser(instant)
        .default(Date.parse(someMonday), someMonday),
    )
    .action(detect);
}

async function detect(file: string, { policy: policyFile, start }: Options): Promise<void> {
  const settings = await readSettings(policyFile);
  const source = await openSource(file);
  const progress = new RowProgress(source);
  const tally = { predictions: 0, signals: 0, windows: 0 };
  try {
    const lines = readLines(source, (bytes) => progress.show(bytes, tally.predictions));
    await writeOut(detectLines(recordedLines(source, lines), settings, start, tally), process.stdout);
  } finally {
    progress.stop(tally.predictions);
  }
  const { predictions, signals, windows } = tally;
  process.stderr.write(`${predictions} predictions: ${signals} signals about them, ${windows} about their streams\n`);
}

async function* recordedLines({ name }: Source, lines: AsyncIterable<Line>): AsyncGenerator<RecordedLine> {
  for await (const { number, text } of lines) {
    yield { number, recorded: readRecorded(text, `${name}:${number}`) };
  }
}

function instant(text: string): number {
  const parsed = instantSchema.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('is not an instant like 2026-01-05T00:00:00.000Z');
  return Date.parse(parsed.data);
}
