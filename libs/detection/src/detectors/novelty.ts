import type { Prediction } from '@watchfloor/contracts';
import type { PredictionDetector } from '../detector.ts';
import { describeNovelty } from '../novelty/describe-novelty.ts';
import { labelPlace, shapePlace, type NoveltyState, type Rarest } from '../novelty/novelty-state.ts';
import { distanceOf, noCovariance } from '../statistics/running-covariance.ts';
import { earn, noAllowance, spend } from '../statistics/allowance.ts';
import { noFieldNames, mostFields, placeFieldsAgain, placeOfField } from '../statistics/field-names.ts';
import { evenMass, massAt, noTrees, sumAgain } from '../statistics/half-space-trees.ts';
import { avalanche } from '../statistics/murmur-hash.ts';
import { noRareEvents, noteChance } from '../statistics/rare-events.ts';
import { countScore, noScores, shareUpTo, type RareScores } from '../statistics/rare-scores.ts';
import {
  beyondBy,
  bounded,
  excessOf,
  learnValue,
  makeRangesAgain,
  mostNumbers,
  noRanges,
  placeAmong,
} from '../statistics/running-ranges.ts';
import { freeBlock, meet, noSeenValues, printOf, takeBlock } from '../statistics/seen-values.ts';

/** Fields beyond are not looked at. */
const mostLookedAt = 64;

const mostOfFewValues = 10;
const manyValues = 255;

/** Four to each doubling of the mass or the squared distance. */
const bins = 80;
const farthest = 2 ** 19;

/** Only what is so many times as far out as the average is told, in squared distance. */
const farFactor = 2;

/** Only what lies in less than a tenth of the even density is told, however rare. */
const sparseMass = evenMass / 10;

const kindBits = { number: 1, text: 2, yes: 4, no: 8, nothing: 16 } as const;

/**
 * The prediction is unlike all that the stream has shown: an answer, or a value of a feature or segment, that was never
 * seen; a number a quarter of the range beyond what was seen; another kind of value, or another set of fields, than ever;
 * or numbers that together lie where next to nothing was. Often a new source, another unit, a broken field.
 *
 * How often such a thing comes is told by the stream itself: by the rule of succession for events, by rank for numbers
 * together. It speaks when that is no more than `share`, so that fields in which new values are usual are left alone and
 * the first few hundred predictions are learning; and of no more than `share` of the predictions in the long run.
 *
 * Looks at the first 64 features and segments; knows 32 by name, 10 of few values (40 at most) and 16 of numbers.
 *
 * Setting: `share`, in [0, 1].
 *
 * @see Tan, Ting and Liu, Fast anomaly detection for streaming data (2011); Hotelling, The generalization of Student's
 *   ratio (1931), for the numbers together
 */
export const novelty: PredictionDetector<NoveltyState> = {
  kind: 'novelty',
  start: () => ({
    fields: noFieldNames(),
    kinds: new Uint8Array(mostFields),
    blocks: new Uint8Array(mostFields + 2),
    slots: new Uint8Array(mostFields),
    numbers: 0,
    seen: noSeenValues(mostOfFewValues),
    rare: noRareEvents(mostFields + 2),
    ranges: noRanges(),
    trees: noTrees(),
    masses: noScores(bins),
    covariance: noCovariance(),
    distances: noScores(bins),
    allowance: noAllowance(),
    derived: {
      places: new Float64Array(mostNumbers),
      rarest: { chance: 1, what: 'label', place: 0, value: 0, low: 0, high: 0 },
    },
  }),
  rebuild(state) {
    placeFieldsAgain(state.fields);
    sumAgain(state.trees);
    makeRangesAgain(state.ranges);
  },
  look(state, sighting, settings) {
    const { share } = settings.detectors.novelty;
    const { rarest } = state.derived;
    const { prediction } = sighting.observed;
    earn(state.allowance, share);
    rarest.chance = 1;
    if (prediction.label !== undefined && !settings.labels.includes(prediction.label)) {
      note(state, labelPlace, isNewText(state, labelPlace, prediction.label), 'label');
    }
    lookAtFields(state, prediction);
    lookAtNumbers(state, share / 2);
    return rarest.chance <= share && spend(state.allowance) ? describeNovelty(state, prediction, share) : null;
  },
};

function lookAtFields(state: NoveltyState, { features, segments }: Prediction): void {
  const { places } = state.derived;
  places.fill(0.5, 0, state.numbers);
  let shape = 0;
  let index = 0;
  for (const name in features) {
    if (index === mostLookedAt) {
      break;
    }
    const place = placeOfField(state.fields, 'feature', name, index++);
    if (place >= 0) {
      shape ^= shapeOf[place] ?? 0;
      lookAtFeature(state, place, features[name] ?? null);
    }
  }
  index = 0;
  for (const name in segments) {
    if (index === mostLookedAt) {
      break;
    }
    const place = placeOfField(state.fields, 'segment', name, index++);
    if (place >= 0) {
      shape ^= shapeOf[place] ?? 0;
      note(state, place, isNewText(state, place, segments[name] ?? ''), 'value');
    }
  }
  const print = (shape & 0xffff) === 0 ? 1 : shape & 0xffff;
  note(state, shapePlace, isNew(state, shapePlace, print), 'fields');
}

function lookAtFeature(state: NoveltyState, place: number, value: number | string | boolean | null): void {
  const bit = kindOf(value);
  const before = state.kinds[place] ?? 0;
  state.kinds[place] = before | bit;
  const isOtherKind = before !== 0 && (before & bit) === 0;
  if (typeof value === 'number') {
    lookAtNumber(state, place, bounded(value), isOtherKind);
    return;
  }
  const isNewValue = typeof value === 'string' && isNewText(state, place, value);
  note(state, place, isOtherKind || isNewValue, isOtherKind && typeof value !== 'boolean' ? 'kind' : 'value');
}

function lookAtNumber(state: NoveltyState, place: number, value: number, isOtherKind: boolean): void {
  const { ranges, derived } = state;
  if (state.slots[place] === 0 && state.numbers < mostNumbers) {
    state.slots[place] = ++state.numbers;
  }
  const slot = (state.slots[place] ?? 0) - 1;
  if (slot < 0) {
    note(state, place, isOtherKind, 'kind');
    return;
  }
  const isBeyond = excessOf(ranges, slot, value) > beyondBy;
  if (note(state, place, isOtherKind || isBeyond, isOtherKind ? 'kind' : 'beyond')) {
    derived.rarest.value = value;
    derived.rarest.low = ranges.low[slot] ?? 0;
    derived.rarest.high = ranges.high[slot] ?? 0;
  }
  derived.places[slot] = placeAmong(ranges, slot, value);
  learnValue(ranges, slot, value);
}

/** The numbers together; at most `share` of the predictions lie as far out in one of the two views. */
function lookAtNumbers(state: NoveltyState, share: number): void {
  const { numbers, trees, covariance, derived } = state;
  if (numbers < 2) {
    return;
  }
  const mass = massAt(trees, derived.places, numbers);
  if (mass >= 0) {
    noteFarOut(state, state.masses, binOf(mass), mass <= sparseMass, share);
  }
  const distance = distanceOf(covariance, derived.places, numbers);
  if (distance >= 0) {
    const bin = bins - 1 - binOf(Math.min(farthest, Math.round(distance)));
    noteFarOut(state, state.distances, bin, distance >= farFactor * numbers, share);
  }
}

/** @param isFar whether it is worth telling at all */
function noteFarOut({ derived }: NoveltyState, scores: RareScores, bin: number, isFar: boolean, share: number): void {
  const { rarest } = derived;
  const chance = isFar ? shareUpTo(scores, bin) : 1;
  countScore(scores, bin);
  // What is told of one field says more than that it does not fit to the others.
  if (chance <= share && (rarest.what === 'together' ? chance < rarest.chance : rarest.chance > 2 * share)) {
    rarest.chance = chance;
    rarest.what = 'together';
    rarest.place = scores.total;
  }
}

/** @returns whether this is the rarest so far */
function note({ rare, derived }: NoveltyState, place: number, hasHappened: boolean, what: Rarest['what']): boolean {
  const chance = noteChance(rare, place, hasHappened);
  if (chance >= derived.rarest.chance) {
    return false;
  }
  derived.rarest.chance = chance;
  derived.rarest.what = what;
  derived.rarest.place = place;
  return true;
}

function isNewText(state: NoveltyState, place: number, text: string): boolean {
  return state.blocks[place] !== manyValues && isNew(state, place, printOf(text));
}

function isNew({ blocks, seen }: NoveltyState, place: number, print: number): boolean {
  let block = blocks[place] ?? 0;
  if (block === manyValues) {
    return false;
  }
  if (block === 0) {
    block = takeBlock(seen) + 1;
    blocks[place] = block === 0 ? manyValues : block;
    if (block === 0) {
      return false;
    }
  }
  const meeting = meet(seen, block - 1, print);
  if (meeting === 'full') {
    freeBlock(seen, block - 1);
    blocks[place] = manyValues;
  }
  return meeting === 'new';
}

function kindOf(value: number | string | boolean | null): number {
  if (typeof value === 'number') {
    return kindBits.number;
  }
  if (typeof value === 'string') {
    return kindBits.text;
  }
  return value === null ? kindBits.nothing : value ? kindBits.yes : kindBits.no;
}

/** @param mass a whole number, 0 or more */
function binOf(mass: number): number {
  if (mass < 4) {
    return mass;
  }
  const octave = 31 - Math.clz32(mass);
  return 4 * (octave - 1) + ((mass >>> (octave - 2)) & 3);
}

/** A set of fields is known by the sum, bit by bit, of one draw for each. */
const shapeOf = Int32Array.from({ length: mostFields }, (_, place) => avalanche(place + 1));
