import type { WhatIfResult, WhatIfSide } from '@watchfloor/contracts';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { readRecording } from '../replay/recording.ts';
import { replayRecording } from './replay-recording.ts';
import { readSettings } from './settings-file.ts';

interface Options {
  readonly policy: string;
  readonly against?: string;
  readonly reviewers: number;
}

/** A line on the error stream every so many rows. */
const toldEvery = 100_000;

/** `what-if FILE --policy A.json [--against B.json]`: what another policy would have flagged in a recording, without a server. */
export function addWhatIfCommand(program: Command): void {
  program
    .command('what-if')
    .description('compares what two policies flag in a recorded stream (JSON lines); writes the result as JSON')
    .argument('<file>', 'the recording')
    .requiredOption('--policy <file>', 'the policy asked about (JSON, whole or in part)')
    .option('--against <file>', 'the policy to hold it against; default: that of a new stream')
    .option('--reviewers <count>', 'people who share the flags', wholeNumber, 1)
    .action(whatIf);
}

async function whatIf(file: string, { policy, against, reviewers }: Options): Promise<void> {
  const [settings, other] = [await readSettings(policy), await readSettings(against)];
  let rows = 0;
  const onRow = () => {
    rows += 1;
    if (rows % toldEvery === 0) process.stderr.write(`${rows} predictions\n`);
  };
  const question = { settings, against: other, reviewers, startMs: Date.parse('2026-01-05T00:00:00.000Z'), onRow };
  const result = await replayRecording(readRecording(file), question);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  process.stderr.write(inWords(result));
}

function inWords({ predictions, before, after, newlyFlagged, noLongerFlagged, remarks }: WhatIfResult): string {
  const side = (name: string, { flagged, grouped, windowFlags, passed, passedErrors }: WhatIfSide) =>
    `${name}: ${flagged} flags, ${grouped} grouped, ${windowFlags} on windows; ${passed} pass, ${errorsOf(passedErrors)}\n`;
  return [
    `${predictions} predictions; ${newlyFlagged} newly flagged, ${noLongerFlagged} no longer\n`,
    side('against', before),
    side('policy ', after),
    ...remarks.map((remark) => `${remark}\n`),
  ].join('');
}

function errorsOf({ rate, low, high }: WhatIfSide['passedErrors']): string {
  return rate === null ? 'errors unknown' : `errors ${percent(rate)} (${percent(low)} to ${percent(high)})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('is no whole number');
  return number;
}
