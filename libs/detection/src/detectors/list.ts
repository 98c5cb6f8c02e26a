import type { PredictionDetector, WatchedPredictionKind, WatchedWindowKind, WindowDetector } from '../detector.ts';
import { auditSample } from './audit-sample.ts';
import { burst } from './burst.ts';
import { confidenceShift } from './confidence-shift.ts';
import { disagreement } from './disagreement.ts';
import { disparity } from './disparity.ts';
import { labelShift } from './label-shift.ts';
import { latencyShift } from './latency-shift.ts';
import { lowConfidence } from './low-confidence.ts';
import { malformed } from './malformed.ts';
import { novelty } from './novelty.ts';
import { repeated } from './repeated.ts';
import { rule } from './rule.ts';
import { segmentShift } from './segment-shift.ts';
import { silence } from './silence.ts';
import { smallMargin } from './small-margin.ts';
import { unusualRate } from './unusual-rate.ts';
import { unusualValue } from './unusual-value.ts';
import { wideInterval } from './wide-interval.ts';

/** The detectors of predictions; signals come in this order. */
const ofPredictions = {
  malformed,
  rule,
  'low-confidence': lowConfidence,
  'small-margin': smallMargin,
  'wide-interval': wideInterval,
  'audit-sample': auditSample,
  novelty,
  disagreement,
} satisfies Record<WatchedPredictionKind, { readonly kind: WatchedPredictionKind }>;

/** The detectors of streams. `repeated` comes last: it looks at what was said of the prediction. */
const ofWindows = {
  'confidence-shift': confidenceShift,
  'label-shift': labelShift,
  'segment-shift': segmentShift,
  'latency-shift': latencyShift,
  silence,
  burst,
  disparity,
  'unusual-value': unusualValue,
  'unusual-rate': unusualRate,
  repeated,
} satisfies Record<WatchedWindowKind, { readonly kind: WatchedWindowKind }>;

/** The state of each detector by its kind. */
export type PredictionStates = {
  [Kind in keyof typeof ofPredictions]: ReturnType<(typeof ofPredictions)[Kind]['start']>;
};
export type WindowStates = { [Kind in keyof typeof ofWindows]: ReturnType<(typeof ofWindows)[Kind]['start']> };

export const predictionDetectors: {
  readonly [Kind in keyof PredictionStates]: PredictionDetector<PredictionStates[Kind]>;
} = ofPredictions;

export const windowDetectors: { readonly [Kind in keyof WindowStates]: WindowDetector<WindowStates[Kind]> } = ofWindows;

export const predictionKinds = Object.keys(ofPredictions) as readonly WatchedPredictionKind[];
export const windowKinds = Object.keys(ofWindows) as readonly WatchedWindowKind[];

/** Signals that doubt the prediction itself; a rule or an audit sample asks for a look at any. */
export const doubtingKinds: ReadonlySet<WatchedPredictionKind> = new Set([
  'malformed',
  'low-confidence',
  'small-margin',
  'wide-interval',
  'novelty',
  'disagreement',
]);

export function startPredictionStates(): PredictionStates {
  // Names and values come from the same table; only their pairing is lost on the way through entries.
  return Object.fromEntries(
    predictionKinds.map((kind) => [kind, predictionDetectors[kind].start()]),
  ) as PredictionStates;
}

export function startWindowStates(): WindowStates {
  return Object.fromEntries(windowKinds.map((kind) => [kind, windowDetectors[kind].start()])) as WindowStates;
}
