import { startQueue, type AnswerQueue } from './certificates/answer-queue.ts';
import { startDriftAlarm, type DriftAlarm } from './certificates/drift-alarm.ts';
import { gridSize } from './certificates/threshold-grid.ts';
import { startWealth, type Wealth } from './certificates/wealth.ts';
import { deltaOfEpoch, targetOf, type RiskSettings } from './risk-settings.ts';

/**
 * All that is remembered of a stream's risk; at most 32 KB when saved. It is changed in place, and what is in it is no
 * business of its holder.
 *
 * An *epoch* is a stretch in which the risk is taken not to rise: it begins with a stream, with a new model or target, and
 * when certificates are revoked. Nothing is carried from one to the next but the count.
 */
export interface RiskControl {
  /** Counts from 1. */
  epoch: number;
  /** The error rate that this epoch certifies against. */
  target: number;
  /** The chance of a false certificate that this epoch spends. */
  delta: number;
  /** Predictions that arrived in all; also the last ticket. */
  seen: number;
  /** Confidences gathered for the grid; empty once it is fixed. */
  sample: number[];
  /** Falling thresholds; empty until they are fixed. */
  grid: number[];
  /** For each threshold the share of the gathered confidences that reach it. */
  expected: number[];
  /** The place of the lowest certified threshold, -1 while there is none. */
  certified: number;
  wealth: Wealth;
  queue: AnswerQueue;
  drift: DriftAlarm;
  bands: Bands;
  /** Audited answers about released predictions, since the certified threshold last changed. */
  accepted: Count;
  /** Answers taken in this epoch. */
  answers: number;
  /** So many predictions more are audited at the raised rate. */
  raisedFor: number;
}

/** Counts for each band between two thresholds: that above the highest first, that below all last. */
export interface Bands {
  readonly arrived: number[];
  readonly answered: number[];
  readonly errors: number[];
}

export interface Count {
  errors: number;
  answers: number;
}

/** A stream of which nothing is known yet. */
export function startRiskControl(settings: RiskSettings): RiskControl {
  return { ...freshEpoch(settings, 1), seen: 0 };
}

/** Ends all certificates and begins a new epoch: for a new model version, a new target, or after a change of the world. */
export function startEpoch(control: RiskControl, settings: RiskSettings): void {
  Object.assign(control, freshEpoch(settings, control.epoch + 1));
}

/** Whether the epoch certifies something else than the settings ask for, so that a new one must begin. */
export function needsNewEpoch({ epoch, target, delta }: RiskControl, settings: RiskSettings): boolean {
  return target !== targetOf(settings) || delta !== deltaOfEpoch(settings, epoch);
}

function freshEpoch(settings: RiskSettings, epoch: number): Omit<RiskControl, 'seen'> {
  return {
    epoch,
    target: targetOf(settings),
    delta: deltaOfEpoch(settings, epoch),
    sample: [],
    grid: [],
    expected: [],
    certified: -1,
    wealth: startWealth(),
    queue: startQueue(),
    drift: startDriftAlarm(),
    bands: { arrived: noCounts(), answered: noCounts(), errors: noCounts() },
    accepted: { errors: 0, answers: 0 },
    answers: 0,
    raisedFor: 0,
  };
}

function noCounts(): number[] {
  return new Array<number>(gridSize + 1).fill(0);
}
