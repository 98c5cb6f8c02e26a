import { defaultRiskSettings, type RiskSettings } from '@watchfloor/risk';
import { dataPath, unmeasured } from './data-folder.ts';
import type { EvalContext, EvalGroup, EvalRow, UnmeasuredRow } from './eval-group.ts';
import { digitPredictions } from './risk/digits.ts';
import { pricePredictions } from './risk/electricity.ts';
import { above, cifar, cifarByOne, cifarByPeople, cifarItems, type CifarModel } from './risk/population.ts';
import { playFixed, playReleased, type KnownPrediction, type Released } from './risk/release-game.ts';
import { playTeam, type TeamResult } from './risk/team-game.ts';

/** What becomes of errors where the world changes, and where people and model decide together. */
export const reviewingEval: EvalGroup = {
  name: 'reviewing',
  title: 'a model that decays, and a model with people',
  notes: [
    'Digits: the shipped recording, rows 420 to 539 from a noisy scanner. The fixed threshold kept the target on the first 250 rows (Elec2: 2,000).',
    'Elec2: an online logistic regression (step 0.5; others beside it) on the first 30,208 rows, frozen after 10,000. The certificate assumes that the risk does not rise; here it does, and only the revocation holds the error down. How much more is drawn while a rise is suspected was chosen with these rows in view.',
    'CIFAR-10H: a look is one vote drawn at random from about 51 people. Temperature and confusion are learnt from the looks alone, from the first picture on; second looks are counted. How a look must pay was tried out on these pictures.',
    'In hindsight: the same number of looks, all spent on what turns out to be the least sure of the whole stream, the person replacing the model. No stream can know that.',
  ],
  measure: async (context) => [
    ...digitRows(context),
    ...priceRows(context),
    ...judgedRows(context),
    ...teamRows(context),
  ],
};

function digitRows({ isShort }: EvalContext): EvalRow[] {
  const settings = settingsFor(0.1, 200);
  return releasedRows('digits with a planted fault', digitPredictions(), settings, isShort ? 4 : 20, 250);
}

function priceRows(context: EvalContext): (EvalRow | UnmeasuredRow)[] {
  const { dataFolder, isShort, progress } = context;
  if (dataFolder === null || dataPath(context, 'elec2/elec_first30208.csv.gz') === null) {
    return [unmeasured('Elec2 with a frozen model', 'elec2')];
  }
  return [
    { name: 'frozen after 10,000', freezeAfter: 10_000, step: 0.5 },
    { name: 'frozen after 10,000, step 1', freezeAfter: 10_000, step: 1 },
    { name: 'frozen after 10,000, step 0.2', freezeAfter: 10_000, step: 0.2 },
    { name: 'frozen after 10,000, step 0.02', freezeAfter: 10_000, step: 0.02 },
    { name: 'frozen after 5,000, step 0.2', freezeAfter: 5_000, step: 0.2 },
    { name: 'never frozen', freezeAfter: Infinity, step: 0.5 },
  ].flatMap(({ name, freezeAfter, step }) => {
    progress(`Elec2, ${name}`);
    const predictions = pricePredictions(dataFolder, freezeAfter, step);
    return releasedRows(`Elec2, ${name}`, predictions, settingsFor(0.15, 1_000), isShort ? 2 : 10, 2_000);
  });
}

function settingsFor(target: number, reviewFirst: number): RiskSettings {
  return { ...defaultRiskSettings, target, reviewFirst, confidence: 0.9, reviewBudget: 1, auditProbability: 0.1 };
}

function releasedRows(
  name: string,
  predictions: readonly KnownPrediction[],
  settings: RiskSettings,
  seeds: number,
  fixedFrom: number,
): EvalRow[] {
  const { target, reviewFirst } = settings;
  const fixed = playFixed(predictions, target, fixedFrom);
  const played = Array.from({ length: seeds }, (_, seed) => playReleased(predictions, settings, seed + 1));
  const mean = (figure: (result: Released) => number) => played.reduce((sum, one) => sum + figure(one), 0) / seeds;
  const setting = `target ${target}, T0 ${reviewFirst}, audits 10 %, ${seeds} seeds; released ${mean(({ share }) => share).toFixed(2)} of all, fixed ${fixed.share.toFixed(2)}`;
  const rate = mean((result) => result.rate);
  const worst = Math.max(...played.map((result) => result.worst));
  return [
    {
      what: `${name}: error of the released`,
      peer: `fixed threshold ${fixed.rate.toFixed(3)}`,
      figure: rate,
      shown: rate.toFixed(3),
      aim: { atMost: target },
      setting,
    },
    {
      what: `${name}: worst 1,000 in a row (or all)`,
      peer: `fixed threshold ${fixed.worst.toFixed(3)}`,
      figure: worst,
      shown: worst.toFixed(3),
      setting: `${setting}; the worst seed`,
    },
  ];
}

/** How far what two people call an error is from what is one. */
function judgedRows(context: EvalContext): (EvalRow | UnmeasuredRow)[] {
  const { dataFolder } = context;
  if (dataFolder === null || dataPath(context, 'cifar10h/items.jsonl.gz') === null) {
    return [unmeasured('adjudicated against true errors', 'cifar10h')];
  }
  const coverage = 0.8;
  const models: readonly CifarModel[] = ['resnet110', 'r_low_acc'];
  return models.map((model) => {
    const truth = cifar(dataFolder, model);
    const falling = truth.confidence.toSorted().reverse();
    const threshold = falling[Math.floor(coverage * falling.length)] ?? 0;
    const rate = 100 * above(truth, threshold).risk;
    const judged = 100 * above(cifarByPeople(dataFolder, model), threshold).risk;
    return {
      what: `${model} at coverage 0.8: adjudicated less true error, points`,
      peer: `one person: ${(100 * above(cifarByOne(dataFolder, model), threshold).risk - rate).toFixed(2)}`,
      figure: judged - rate,
      shown: (judged - rate).toFixed(2),
      aim: { atLeast: -0.5, atMost: 0.5 },
      setting: `true error ${rate.toFixed(2)} %, adjudicated ${judged.toFixed(2)} %; two independent votes, exact`,
    };
  });
}

function teamRows(context: EvalContext): (EvalRow | UnmeasuredRow)[] {
  const { dataFolder, isShort, progress } = context;
  if (dataFolder === null || dataPath(context, 'cifar10h/items.jsonl.gz') === null) {
    return [unmeasured('team of model and people', 'cifar10h')];
  }
  const items = cifarItems(dataFolder);
  const runs = isShort ? 3 : 30;
  const games: readonly (readonly [CifarModel, number, number?])[] = [
    ['resnet110', 0.05],
    ['resnet110', 0.1, 96.4],
    ['resnet110', 0.2],
    ['r_low_acc', 0.1],
    ['r_low_acc', 0.2],
  ];
  return games.map(([model, budget, aim]) => {
    progress(`CIFAR-10H, ${model}, ${budget * 100} % looks`);
    const played = Array.from({ length: runs }, (_, run) => playTeam(items, model, budget, 1 + run));
    const percent = (figure: (result: TeamResult) => number) =>
      (100 * played.reduce((sum, one) => sum + figure(one), 0)) / runs;
    const team = percent((result) => result.team);
    return {
      what: `team of ${model} and people, ${budget * 100} % looks, % right`,
      peer: `model ${percent((one) => one.model).toFixed(1)}, person ${percent((one) => one.person).toFixed(1)}, in hindsight ${percent((one) => one.replaced).toFixed(2)}`,
      figure: team,
      shown: team.toFixed(2),
      ...(aim === undefined ? {} : { aim: { atLeast: isShort ? aim - 0.3 : aim } }),
      setting: `${items.length} pictures in ${runs} random orders, looks ${percent((one) => one.looks).toFixed(2)} % in all`,
    };
  });
}
