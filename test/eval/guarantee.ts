import { defaultRiskSettings, type RiskSettings } from '@watchfloor/risk';
import { dataPath, unmeasured } from './data-folder.ts';
import type { EvalContext, EvalGroup, EvalRow, UnmeasuredRow } from './eval-group.ts';
import { errorsHidden, lateErrors, someMissing } from './risk/answering.ts';
import { playGuarantee, type Answering, type Game, type GameResult } from './risk/guarantee-game.ts';
import { cifar, cifarByPeople, falling, flat, snli, type Population } from './risk/population.ts';
import { playSkipping } from './risk/skipping.ts';

/** How often certificates are false, and how much they release. */
export const guaranteeEval: EvalGroup = {
  name: 'guarantee',
  title: 'certified thresholds: how often they are ever false, and what they release',
  notes: [
    'A run is violated when the deployed threshold is above the target at any moment: the adversary peeks at every event.',
    'Confidence 0.9, spent over all epochs together, so 0.061 of the 0.1 in the first. Streams are drawn with replacement.',
    'Beside it the naive way: the lowest threshold of the same grid with few enough errors counted, every label known, looked at every 50 of the first 3,000 events.',
    'Coverage is divided by that of the lowest threshold of the same grid that is truly within the target.',
    'Places and parts of the chains and the share kept back for later starts were chosen with the CIFAR-10 and SNLI streams in view; the guarantee rests on none of that.',
  ],
  measure: async (context) => {
    const shipped = madeUp(context);
    const { dataFolder } = context;
    if (dataFolder === null || dataPath(context, 'cifar10h/items.jsonl.gz') === null) {
      return [...shipped, unmeasured('guarantee on CIFAR-10 and SNLI', 'cifar10h and chaosnli')];
    }
    return [...shipped, ...onRealStreams(context, dataFolder)];
  },
};

const delta = 0.1;

function settingsFor(target: number, other: Partial<RiskSettings> = {}): RiskSettings {
  return {
    ...defaultRiskSettings,
    target,
    confidence: 1 - delta,
    reviewBudget: 1,
    auditProbability: 0.05,
    reviewFirst: 3_000,
    ...other,
  };
}

function madeUp(context: EvalContext): EvalRow[] {
  const boundary = flat(0.051);
  const restarts = { ...settingsFor(0.05), reviewFirst: 1_000 };
  return [
    ...rows(context, 'boundary', { population: boundary, settings: settingsFor(0.05) }),
    ...rows(context, 'boundary at 0.021', { population: flat(0.021), settings: settingsFor(0.02) }),
    ...rows(context, 'boundary, restarted when unlucky', {
      population: boundary,
      settings: restarts,
      restartAfter: 1_500,
    }),
    ...rows(context, 'boundary, errors hidden', answered(boundary, errorsHidden)),
    ...rows(context, 'boundary, errors late', answered(boundary, lateErrors)),
    ...rows(context, 'falling', { population: falling(0.4), settings: settingsFor(0.05) }),
    ...rows(context, 'falling, errors late', answered(falling(0.4), lateErrors)),
    ...rows(context, 'falling, 2 % missing', answered(falling(0.4), someMissing)),
    ...rows(context, 'falling, 10 % looked at', {
      population: falling(0.4),
      settings: settingsFor(0.05, { reviewBudget: 0.1, reviewFirst: 1_000 }),
    }),
    skippingRow(context),
  ];
}

function onRealStreams(context: EvalContext, data: string): (EvalRow | UnmeasuredRow)[] {
  const streams: readonly (readonly [Population, readonly number[]])[] = [
    [cifar(data, 'resnet110'), [0.01, 0.02, 0.05]],
    [cifar(data, 'r_low_acc'), [0.02, 0.05]],
    [snli(data, 'roberta'), [0.02, 0.05]],
    [snli(data, 'bert'), [0.02, 0.05]],
    [cifarByPeople(data, 'resnet110'), [0.02]],
    [cifarByPeople(data, 'r_low_acc'), [0.05]],
  ];
  const low = cifar(data, 'r_low_acc');
  return [
    ...streams.flatMap(([population, targets]) =>
      targets.flatMap((target) => rows(context, population.name, { population, settings: settingsFor(target) })),
    ),
    ...rows(context, 'r_low_acc, T0 1,000', { population: low, settings: settingsFor(0.05, { reviewFirst: 1_000 }) }),
    ...rows(context, 'r_low_acc, errors late', answered(low, lateErrors)),
    ...rows(context, 'r_low_acc, 2 % missing', answered(low, someMissing)),
    ...rows(context, 'r_low_acc, errors hidden', answered(low, errorsHidden)),
  ];
}

function answered(population: Population, answering: Answering): Omit<Game, 'events'> {
  return { population, settings: settingsFor(0.05), answering };
}

/** Violations, and where anything can be certified, what is released. */
function rows({ isShort, progress }: EvalContext, name: string, game: Omit<Game, 'events'>): EvalRow[] {
  const runs = isShort ? 20 : 500;
  const events = isShort ? 4_000 : 20_000;
  const { target, reviewFirst, reviewBudget } = game.settings;
  progress(`${name}, target ${target}: ${runs} runs of ${events} events`);
  const results = Array.from({ length: runs }, (_, run) => playGuarantee({ ...game, events }, 1_000 + run));
  const share = (test: (result: GameResult) => boolean) => results.filter(test).length / runs;
  const mean = (figure: (result: GameResult) => number) => results.reduce((sum, one) => sum + figure(one), 0) / runs;
  const bound = delta + (isShort ? 3 : 2) * Math.sqrt((delta * (1 - delta)) / runs);
  const setting = `${runs} runs of ${events} events, T0 ${reviewFirst}, looks ${reviewBudget * 100} %, audits 5 %, seeds from 1000`;
  const violations: EvalRow = {
    what: `${name}, target ${target}: ever false`,
    peer: `naive ${share(({ naiveViolated }) => naiveViolated).toFixed(2)}`,
    figure: share(({ isViolated }) => isViolated),
    aim: { atMost: Number(bound.toFixed(3)) },
    setting,
  };
  const best = mean((result) => result.best);
  if (best < 0.02) {
    return [violations];
  }
  const coverage = mean((result) => result.coverage);
  return [
    violations,
    {
      what: `${name}, target ${target}: released, of the possible`,
      peer: `possible ${best.toFixed(3)}`,
      figure: coverage / best,
      shown: `${(coverage / best).toFixed(3)} (${coverage.toFixed(3)})`,
      // What is late or missing, and a small budget, cost coverage; nothing is asked of that.
      ...(target === 0.05 && game.answering === undefined && reviewBudget === 1
        ? { aim: { atLeast: isShort ? 0.6 : 0.75 } }
        : {}),
      setting,
    },
  ];
}

function skippingRow({ isShort }: EvalContext): EvalRow {
  const predictions = isShort ? 20_000 : 1_000_000;
  const { skipped, found, accused } = playSkipping(predictions, 1);
  return {
    what: 'audits left out where the model was wrong: found',
    peer: '-',
    figure: accused > 0 ? 0 : found / skipped,
    shown: `${found} of ${skipped}, ${accused} falsely accused`,
    aim: { atLeast: 1 },
    setting: `${predictions} predictions, audits 5 %, one in ten audits of a wrong one left out, seed 1`,
  };
}
