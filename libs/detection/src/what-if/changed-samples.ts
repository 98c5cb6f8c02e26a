import {
  instantOf,
  mostSamples,
  type ChangedPrediction,
  type ObservedPrediction,
  type SignalKind,
} from '@watchfloor/contracts';
import { murmurHash3 } from '../statistics/murmur-hash.ts';

interface Drawn {
  readonly lot: number;
  readonly sample: ChangedPrediction;
}

/** The same number from both directions, each drawn by the hash of its id: fair, and the same again. */
export interface ChangedSamples {
  readonly newlyFlagged: Drawn[];
  readonly noLongerFlagged: Drawn[];
}

export function noSamples(): ChangedSamples {
  return { newlyFlagged: [], noLongerFlagged: [] };
}

export function drawChanged(
  samples: ChangedSamples,
  observed: ObservedPrediction,
  before: readonly SignalKind[],
  after: readonly SignalKind[],
  isFlaggedAfter: boolean,
): void {
  const drawn = isFlaggedAfter ? samples.newlyFlagged : samples.noLongerFlagged;
  const lot = murmurHash3(observed.prediction.id);
  const last = drawn.at(-1);
  if (last !== undefined && drawn.length >= mostSamples && lot >= last.lot) {
    return;
  }
  drawn.push({ lot, sample: sampleOf(observed, before, after) });
  drawn.sort((a, b) => a.lot - b.lot || a.sample.position - b.sample.position);
  drawn.splice(mostSamples);
}

/** At most {@link mostSamples}, in order of position; what one direction lacks the other fills up. */
export function drawnSamples({ newlyFlagged, noLongerFlagged }: ChangedSamples): ChangedPrediction[] {
  const half = mostSamples / 2;
  const fromNew = Math.min(newlyFlagged.length, Math.max(half, mostSamples - noLongerFlagged.length));
  const chosen = [...newlyFlagged.slice(0, fromNew), ...noLongerFlagged.slice(0, mostSamples - fromNew)];
  return chosen.map(({ sample }) => sample).sort((a, b) => a.position - b.position);
}

function sampleOf(
  { prediction, position, receivedAtMs }: ObservedPrediction,
  before: readonly SignalKind[],
  after: readonly SignalKind[],
): ChangedPrediction {
  const { id, label, value, confidence } = prediction;
  return {
    id,
    position,
    at: instantOf(receivedAtMs),
    ...(label !== undefined && { label }),
    ...(value !== undefined && { value }),
    ...(confidence !== undefined && { confidence }),
    before: [...before],
    after: [...after],
  };
}
