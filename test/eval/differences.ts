import { readFileSync } from 'node:fs';
import type { Prediction } from '@watchfloor/contracts';
import { whatDiffers } from '@watchfloor/detection';
import type { EvalGroup, EvalRow } from './eval-group.ts';
import { seededDraws } from './seeded-draws.ts';

const fault = { from: 420, to: 540 };

/** Whether "what differs?" names what is wrong, and how often it names something where nothing is. */
export const differencesEval: EvalGroup = {
  name: 'differences',
  title: 'what differs in a window',
  notes: [
    'Digits: the shipped recording; rows 420 to 539 come from a noisy scanner, B. The baseline is all that came before.',
  ],
  measure: async ({ isShort }) => {
    const predictions = digits();
    return [
      ...[20, 40, 120].map((count) => rankOfScanner(predictions, count)),
      falselySure(predictions, isShort ? 200 : 5_000),
    ];
  },
};

function rankOfScanner(predictions: readonly Prediction[], count: number): EvalRow {
  const window = predictions.slice(fault.from, fault.from + count);
  const found = whatDiffers(window, predictions.slice(0, fault.from));
  const rank = found.findIndex(
    ({ kind, name, leading }) => kind === 'segment' && name === 'scanner' && leading.value === 'B',
  );
  return {
    what: `the differing scanner's rank after ${count} predictions of the fault`,
    peer: '-',
    figure: rank + 1,
    aim: { atLeast: 1, atMost: 1 },
    setting: `rows ${fault.from} to ${fault.from + count - 1} against 0 to ${fault.from - 1}`,
  };
}

function falselySure(predictions: readonly Prediction[], runs: number): EvalRow {
  const draw = seededDraws(7);
  let sure = 0;
  for (let run = 0; run < runs; run += 1) {
    const rows = predictions
      .slice(0, fault.from)
      .map((row) => ({ row, at: draw() }))
      .sort((one, other) => one.at - other.at)
      .map(({ row }) => row);
    if (whatDiffers(rows.slice(0, 60), rows.slice(60)).some(({ isSure }) => isSure)) sure += 1;
  }
  return {
    what: 'windows without a difference in which something is called sure',
    peer: '-',
    figure: sure / runs,
    // The level is .01, and a count of runs is uncertain by its own.
    aim: { atMost: 0.01 + 2 * Math.sqrt((0.01 * 0.99) / runs) },
    setting: `60 of the rows before the fault, shuffled, against the rest; ${runs} runs, seed 7`,
  };
}

function digits(): Prediction[] {
  return readFileSync(new URL('../streams/digits.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { prediction: Prediction }).prediction);
}
