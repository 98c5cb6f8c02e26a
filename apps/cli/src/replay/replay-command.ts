import type { Client } from '@watchfloor/client';
import { connect } from '@watchfloor/client';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { Progress } from './progress.ts';
import { countLines } from './recording.ts';
import type { Sink } from './replay.ts';
import { replay } from './replay.ts';

interface Options {
  readonly url: string;
  readonly key: string;
  readonly speed: number;
  readonly loop: boolean;
  readonly freshIds: boolean;
  readonly truth: boolean;
  readonly truthAfter: number;
}

/** `replay FILE...`: plays recorded streams at a server, at their own rhythm times `--speed`, and sends the truth later. */
export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description('plays recorded streams (JSON lines) at a server')
    .argument('<file...>', 'recordings, played side by side')
    .requiredOption('--url <url>', 'the server, e.g. http://127.0.0.1:3000')
    .requiredOption('--key <key>', 'an ingest key', process.env.WATCHFLOOR_INGEST_KEY)
    .option('--speed <factor>', 'recorded seconds in one real second, or max', speed, 1)
    .option('--loop', 'start again at the end, with fresh ids, until stopped', false)
    .option(
      '--fresh-ids',
      'give every id a suffix of this run, so that nothing is a duplicate of an earlier run',
      false,
    )
    .option('--truth-after <seconds>', 'recorded seconds between a prediction and its truth', positive, 60)
    .option('--no-truth', 'send no truth')
    .action(async (files: string[], options: Options) => {
      process.exitCode = (await playAll(files, options)) ? 0 : 1;
    });
}

/** @returns whether all that was sent was taken */
async function playAll(files: readonly string[], options: Options): Promise<boolean> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const reasons = new Set<string>();
  const client = connect({
    url: options.url,
    key: options.key,
    giveUpAfterMs: 60_000,
    onRejected: (item, { pointer, reason }) => reasons.add(`refused ${item.stream}/${item.id} ${pointer} ${reason}`),
    onLost: (items, reason) => reasons.add(`lost ${items.length}: ${reason}`),
  });
  const sink: Sink = {
    predict: (prediction) => client.send(prediction),
    outcome: (outcome) => client.outcome(outcome),
  };
  const progress = new Progress();
  const playing = files.map(async (file) =>
    replay(file, sink, {
      speed: options.speed,
      loop: options.loop,
      freshIds: options.freshIds,
      truthAfterSeconds: options.truth ? options.truthAfter : null,
      signal: stop.signal,
      onProgress: progress.follow(file, await countLines(file)),
    }),
  );
  try {
    await Promise.all(playing);
    await client.flush();
  } finally {
    stop.abort();
    progress.stop();
  }
  report(client, reasons);
  return client.predictions().lost === 0 && client.predictions().rejected === 0;
}

const shownReasons = 10;

function report(client: Client, reasons: ReadonlySet<string>): void {
  const { accepted, duplicates, rejected, lost } = client.predictions();
  const truths = client.outcomes().accepted;
  process.stderr.write(
    `${accepted} predictions accepted, ${duplicates} duplicates, ${rejected} refused, ${lost} lost; ${truths} truths\n`,
  );
  for (const reason of [...reasons].slice(0, shownReasons)) process.stderr.write(`  ${reason}\n`);
}

function speed(text: string): number {
  return text === 'max' ? Infinity : positive(text);
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError('is not a number above 0');
  return number;
}
