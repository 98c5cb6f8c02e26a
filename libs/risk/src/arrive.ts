import { expectAnswer, isFull } from './certificates/answer-queue.ts';
import { gridOf, gridSample, placeIn, sharesAbove } from './certificates/threshold-grid.ts';
import type { RiskControl } from './risk-control.ts';

/** A prediction on which the confidence alone decides: nothing else has flagged it. */
export interface Arrival {
  /** The model's confidence; what is no number reaches no threshold. */
  readonly confidence: number;
  /** The chance with which it was drawn, as the plan said, in [0, 1]. */
  readonly probability: number;
  /** The smallest probability in force, as the plan said; at most `probability`. */
  readonly least: number;
  /** Whether it was drawn: by a draw that nothing but chance has a part in. */
  readonly isDrawn: boolean;
  /** Whether it is released without a human, save for the audit. */
  readonly isReleased: boolean;
}

/** Stands for one drawn prediction until its answer is given; grows with the predictions of a stream. */
export type Ticket = number;

/**
 * Takes in the next prediction of a stream, in order.
 *
 * @returns the ticket under which its adjudicated answer is expected; null where none is: it was not drawn, or the
 *   thresholds are not fixed yet, or the queue of answers is full
 */
export function arrive(control: RiskControl, arrival: Arrival): Ticket | null {
  control.seen++;
  control.raisedFor = Math.max(0, control.raisedFor - 1);
  if (control.grid.length === 0) {
    learnGrid(control, arrival.confidence);
    return null;
  }
  const place = placeIn(control.grid, arrival.confidence);
  control.bands.arrived[place] = (control.bands.arrived[place] ?? 0) + 1;
  const probability = Math.min(1, arrival.probability);
  const least = Math.min(probability, arrival.least);
  if (!arrival.isDrawn || !(least > 0) || isFull(control.queue)) {
    return null;
  }
  expectAnswer(control.queue, {
    ticket: control.seen,
    place,
    probability,
    least,
    isReleased: arrival.isReleased,
    isCertified: place <= control.certified,
    isError: null,
    isForfeit: false,
  });
  return control.seen;
}

/** So many predictions more are audited at the raised rate after a change of the confidences. */
const raisedAfterDrift = 2_000;

/**
 * Audits more for a while, as far as the budget goes: for when the confidences or labels have changed. That is no reason to
 * revoke, since the risk may be what it was.
 */
export function raiseAudits(control: RiskControl): void {
  control.raisedFor = raisedAfterDrift;
}

function learnGrid(control: RiskControl, confidence: number): void {
  if (!Number.isNaN(confidence)) {
    control.sample.push(Math.min(1, Math.max(0, confidence)));
  }
  if (control.sample.length >= gridSample) {
    control.grid = gridOf(control.sample);
    control.expected = sharesAbove(control.grid, control.sample);
    control.sample = [];
  }
}
