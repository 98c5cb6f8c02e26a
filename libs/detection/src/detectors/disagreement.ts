import type { Prediction } from '@watchfloor/contracts';
import type { Observation, PredictionDetector } from '../detector.ts';
import { grown, notYet } from '../saving/grown.ts';
import { earn, noAllowance, spend, type Allowance } from '../statistics/allowance.ts';
import {
  countLabel,
  forgetLabels,
  noLabels,
  placeAgain,
  placeOf,
  type LabelCounts,
} from '../statistics/label-counts.ts';
import { murmurHash3 } from '../statistics/murmur-hash.ts';
import { figure, finite, percent, quoted, sevenDigits } from '../wording.ts';

export interface DisagreementState {
  /** Models by name and version. */
  readonly models: LabelCounts;
  /** The place of the model that answered last, and when another one than before last did, by position; 0 for never. */
  current: number;
  otherAt: number;
  /** The labels that remembered answers gave. */
  readonly labels: LabelCounts;
  /** Remembered answers, at a place drawn from what they answer to: its hash, the model counted from 1, label or value, when. */
  keys: Uint32Array;
  askedOf: Uint8Array;
  answers: Float32Array;
  /** In steps of 1/254, from 1; 0 for none. */
  confidences: Uint8Array;
  atSeconds: Uint32Array;
  readonly allowance: Allowance;
  /** The places of models met since the load: to find one again needs no text to be put together. */
  readonly derived: { readonly met: { readonly model: Model; readonly place: number }[] };
}

type Model = NonNullable<Prediction['model']>;

/** Answers remembered. */
const places = 128;
const mostModels = 6;
const mostModelBytes = 300;
const mostLabels = 40;
const mostLabelBytes = 500;

/** With one model only for so many predictions, nothing is remembered. */
const aloneAfter = 2_000;

/** So much of the input's text tells inputs apart. */
const longestText = 256;

/**
 * Two models, or two versions, gave different answers to the same question: a challenger beside its champion, or a new
 * version beside the old one. The same question is the same `subjectId`, with the same text where the input is or has a
 * `text`; without a `subjectId`, the same text. Labels differ when they are not equal, values when they are further apart
 * than `valueTolerance` of the larger.
 *
 * The last answers are remembered, at most 128 of them and for `withinSeconds`, while more than one model answers. The
 * second of two different answers is told, for at most `share` of the predictions.
 *
 * Settings: `share`, in [0, 1]; `valueTolerance`, in [0, 1]; `withinSeconds`.
 */
export const disagreement: PredictionDetector<DisagreementState> = {
  kind: 'disagreement',
  start: () => ({
    models: noLabels(mostModels),
    current: -1,
    otherAt: 0,
    labels: noLabels(mostLabels),
    keys: notYet.uint32,
    askedOf: notYet.uint8,
    answers: notYet.float32,
    confidences: notYet.uint8,
    atSeconds: notYet.uint32,
    allowance: noAllowance(),
    derived: { met: [] },
  }),
  rebuild({ models, labels, derived }) {
    derived.met.length = 0;
    placeAgain(models);
    placeAgain(labels);
  },
  look(state, { observed, confidence }, settings) {
    const { prediction, position, receivedAtMs } = observed;
    const { share, valueTolerance, withinSeconds } = settings.detectors.disagreement;
    earn(state.allowance, share);
    if (prediction.model === undefined || !isOneOfSeveral(state, prediction.model, position)) {
      return null;
    }
    const question = questionOf(prediction);
    const answer = answerOf(state, prediction);
    if (question === null || answer === null) {
      return null;
    }
    makeRoom(state);
    const place = question % places;
    const second = Math.floor(receivedAtMs / 1_000) >>> 0;
    const ago = second - (state.atSeconds[place] ?? 0);
    const asked = state.askedOf[place] ?? 0;
    const isSame = asked !== 0 && state.keys[place] === question && ago >= 0 && ago <= withinSeconds;
    const earlier = {
      model: asked - 1,
      answer: state.answers[place] ?? 0,
      confidence: ((state.confidences[place] ?? 0) - 1) / 254,
      ago,
    };
    state.keys[place] = question;
    state.askedOf[place] = state.current + 1;
    state.answers[place] = answer;
    state.confidences[place] = confidence >= 0 && confidence <= 1 ? 1 + Math.round(confidence * 254) : 0;
    state.atSeconds[place] = second;
    if (!isSame || earlier.model === state.current) {
      return null;
    }
    const difference =
      prediction.label === undefined ? relative(earlier.answer, answer) : earlier.answer === answer ? 0 : 1;
    const threshold = prediction.label === undefined ? valueTolerance : 0;
    return difference > threshold && spend(state.allowance)
      ? describe(state, prediction, confidence, earlier, { difference, threshold })
      : null;
  },
};

interface Earlier {
  readonly model: number;
  readonly answer: number;
  /** Below 0 for none. */
  readonly confidence: number;
  readonly ago: number;
}

/** Notes which model answers, and whether another one did so lately. */
function isOneOfSeveral(state: DisagreementState, model: Model, position: number): boolean {
  const place = placeOfModel(state, model);
  if (place !== state.current) {
    state.otherAt = state.current < 0 ? 0 : position;
    state.current = place;
  }
  return place >= 0 && state.otherAt > 0 && position - state.otherAt <= aloneAfter;
}

function placeOfModel(state: DisagreementState, model: Model): number {
  const { models, derived } = state;
  for (const met of derived.met) {
    if (met.model.name === model.name && met.model.version === model.version) {
      return met.place;
    }
  }
  const name = model.version === undefined ? model.name : `${model.name} ${model.version}`;
  if (placeOf(models, name) < 0) {
    countLabel(models, name, mostModelBytes);
  }
  if (placeOf(models, name) < 0) {
    // No room: of so many models, those seen before are forgotten.
    forgetAll(state);
    countLabel(models, name, mostModelBytes);
  }
  const place = placeOf(models, name);
  if (place >= 0 && derived.met.length < mostModels) {
    derived.met.push({ model: { ...model }, place });
  }
  return place;
}

function forgetAll(state: DisagreementState): void {
  forgetLabels(state.models);
  state.current = -1;
  state.otherAt = 0;
  state.askedOf.fill(0);
  state.derived.met.length = 0;
}

/** Only streams of several models need it. */
function makeRoom(state: DisagreementState): void {
  state.keys = grown(state.keys, places);
  state.askedOf = grown(state.askedOf, places);
  state.answers = grown(state.answers, places);
  state.confidences = grown(state.confidences, places);
  state.atSeconds = grown(state.atSeconds, places);
}

/** A hash of what was asked; null where it cannot be told. */
function questionOf({ subjectId, input }: Prediction): number | null {
  const text = textOf(input);
  if (subjectId === undefined && text === null) {
    return null;
  }
  const asked = text === null ? '' : `${text.length} ${text.slice(0, longestText)}`;
  return murmurHash3(asked, subjectId === undefined ? 0 : murmurHash3(subjectId));
}

function textOf(input: Prediction['input']): string | null {
  if (typeof input === 'string') {
    return input;
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return null;
  }
  return typeof input.text === 'string' ? input.text : null;
}

/** The value, or the place of the label; null for a label without one. */
function answerOf(state: DisagreementState, { label, value }: Prediction): number | null {
  if (label === undefined) {
    return value === undefined ? null : Math.fround(value);
  }
  if (placeOf(state.labels, label) < 0) {
    countLabel(state.labels, label, mostLabelBytes);
  }
  if (placeOf(state.labels, label) < 0) {
    // No room: labels seen before are forgotten, with the answers that named them.
    forgetLabels(state.labels);
    state.askedOf.fill(0);
    countLabel(state.labels, label, mostLabelBytes);
  }
  const place = placeOf(state.labels, label);
  return place < 0 ? null : place;
}

function relative(a: number, b: number): number {
  const larger = Math.max(Math.abs(a), Math.abs(b));
  return larger === 0 ? 0 : Math.min(2, Math.abs(a / larger - b / larger));
}

function describe(
  { models, labels, current }: DisagreementState,
  prediction: Prediction,
  confidence: number,
  earlier: Earlier,
  { difference, threshold }: { difference: number; threshold: number },
): Observation {
  const isLabel = prediction.label !== undefined;
  const now = told(models, current, prediction.label ?? prediction.value ?? 0, confidence);
  const before = told(
    models,
    earlier.model,
    isLabel ? (labels.names[earlier.answer] ?? '') : sevenDigits(finite(earlier.answer)),
    earlier.confidence,
  );
  return {
    score: sevenDigits(difference),
    threshold,
    reason: `Two models differ on the same question: ${before.words}, ${now.words}.`,
    evidence: { earlier: { ...before.evidence, secondsAgo: earlier.ago }, later: now.evidence },
  };
}

function told(models: LabelCounts, model: number, answer: string | number, confidence: number) {
  const name = models.names[model] ?? '';
  const isSure = confidence >= 0 && confidence <= 1;
  const said = typeof answer === 'string' ? quoted(answer) : figure(answer);
  return {
    words: `${quoted(name)} says ${said}${isSure ? ` (${percent(confidence)} sure)` : ''}`,
    evidence: {
      model: name,
      ...(typeof answer === 'string' ? { label: answer } : { value: finite(answer) }),
      ...(isSure && { confidence: sevenDigits(confidence) }),
    },
  };
}
