import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { learnOutcome, startOutcomeWatch, type OutcomeEvent } from '@watchfloor/detection';
import { dataPath, unmeasured } from './data-folder.ts';
import type { EvalContext, EvalGroup, EvalRow, UnmeasuredRow } from './eval-group.ts';
import { seededDraws } from './seeded-draws.ts';

/** How soon unequal errors are told, and how often where there are none. */
export const segmentsEval: EvalGroup = {
  name: 'segments',
  title: 'unequal errors by segment',
  notes: [
    'COMPAS: the two-year sample; "will reoffend" at a decile of 5 or more, against what came. Only people who did not reoffend count; a false positive is one of them who was called likely to. Six groups of `race` are compared, each with all others.',
    'The prior and the staking of the test were looked at on these rows before they were fixed; its level is a proven bound.',
  ],
  measure: (context) => Promise.resolve([invented(context), ...compasRows(context)]),
};

/** Without data of others: two groups, wrong in 40 and 20 of 100. */
function invented({ isShort }: EvalContext): EvalRow {
  const runs = isShort ? 100 : 400;
  const delays = Array.from({ length: runs }, (_, run) => {
    const draw = seededDraws(run + 1);
    const events = Array.from({ length: 3_000 }, () => {
      const race = draw() < 0.5 ? 'a' : 'b';
      return { segments: { race }, isDenied: draw() < (race === 'a' ? 0.4 : 0.2) };
    });
    return toldAfter(events) ?? Infinity;
  }).toSorted((a, b) => a - b);
  return {
    what: 'two even groups, refused in 40 and 20 of 100: told after so many people, median',
    peer: '-',
    figure: delays[runs >> 1] ?? NaN,
    aim: { atMost: 300 },
    setting: `${runs} invented streams, seeds 1 to ${runs}`,
  };
}

const compasFile = 'compas/compas_dev.csv.gz';

function compasRows(context: EvalContext): (EvalRow | UnmeasuredRow)[] {
  const path = dataPath(context, compasFile);
  if (path === null) {
    return [unmeasured('COMPAS: false positives by group', compasFile)];
  }
  const events = falsePositives(gunzipSync(readFileSync(path)).toString());
  const runs = context.isShort ? 40 : 400;
  const told = Array.from({ length: runs }, (_, run) => toldAfter(shuffled(events, seededDraws(run + 1))));
  const delays = told.map((at) => at ?? Infinity).toSorted((a, b) => a - b);
  context.progress('COMPAS: shuffled segments');
  const alarms = Array.from({ length: runs }, (_, run) => toldAfter(withSegmentsOf(events, seededDraws(run + 10_001))));
  const share = alarms.filter((at) => at !== null).length / runs;
  return [
    {
      what: 'COMPAS: unequal false positives told after so many people, median',
      peer: '195 (two groups, prototype of the same test)',
      figure: delays[runs >> 1] ?? NaN,
      shown: `${delays[runs >> 1]}; 90th percentile ${delays[Math.floor(runs * 0.9)]}; in the true order ${toldAfter(events)}`,
      aim: { atMost: context.isShort ? 300 : 250 },
      setting: `${runs} random orders, seeds 1 to ${runs}`,
    },
    {
      what: 'COMPAS: false alarms when segments are shuffled',
      peer: '0.030 (same prototype)',
      figure: share,
      aim: { atMost: context.isShort ? 0.1 : 0.05 },
      setting: `${runs} shuffles, seeds 10,001 on; level 0.05 over ${events.length} people`,
    },
  ];
}

/** One event for each person who did not reoffend, in the order of screening. */
function falsePositives(csv: string): OutcomeEvent[] {
  const [head = '', ...lines] = csv.trim().split('\n');
  const columns = head.trim().split(',');
  const column = (line: readonly string[], name: string): string => line[columns.indexOf(name)] ?? '';
  return lines
    .map((line) => line.trim().split(','))
    .filter((line) => column(line, 'two_year_recid') === '0')
    .map((line) => ({
      segments: { race: column(line, 'race') },
      isDenied: Number(column(line, 'decile_score')) >= 5,
    }));
}

/** A third of the level goes to each of errors, overrides and refusals; only the last are asked about here. */
const level = 0.15;

function toldAfter(events: readonly OutcomeEvent[]): number | null {
  const watch = startOutcomeWatch();
  const at = events.findIndex((event) => learnOutcome(watch, event, { level, policyVersion: 1 }).length > 0);
  return at < 0 ? null : at + 1;
}

function shuffled<Item>(items: readonly Item[], draw: () => number): Item[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(draw() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}

/** The same answers, in their order, with the segments of others. */
function withSegmentsOf(events: readonly OutcomeEvent[], draw: () => number): OutcomeEvent[] {
  const segments = shuffled(
    events.map((event) => event.segments),
    draw,
  );
  return events.map((event, index) => ({ ...event, segments: segments[index]! }));
}
