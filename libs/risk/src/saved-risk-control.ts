import { chargedLength, queueLength, type Awaited } from './certificates/answer-queue.ts';
import { gridSample, gridSize } from './certificates/threshold-grid.ts';
import { startRiskControl, type RiskControl } from './risk-control.ts';
import { flag, fields, list, number, numbers, readVersion } from './saving.ts';

/** Grows when a saved control of an older program would be misread. */
const version = 1;

/**
 * A risk control as JSON text. Loaded again at any point, it gives what the control itself would have given.
 */
export function saveRiskControl(control: RiskControl): string {
  const { waiting, charged, answered } = control.queue;
  return JSON.stringify({
    version,
    control: { ...control, queue: { waiting: waiting.map(packed), charged: charged.map(packed), answered } },
  });
}

/**
 * A risk control from the text that {@link saveRiskControl} gave.
 *
 * @throws Error for text of another version, or that is no saved control; it is then to be made again by replay
 */
export function loadRiskControl(text: string): RiskControl {
  const saved = fields(readVersion(text, version, 'risk control').control, 'control');
  const queue = fields(saved.queue, 'queue');
  const bands = fields(saved.bands, 'bands');
  const wealth = fields(saved.wealth, 'wealth');
  const accepted = fields(saved.accepted, 'accepted');
  const grid = numbers(saved.grid, 'grid', gridSize);
  const fresh = startRiskControl({
    target: 0.5,
    confidence: 0.5,
    spend: 'each-epoch',
    reviewBudget: 0,
    auditProbability: 0,
    reviewFirst: 0,
  });
  const same = (name: string, value: unknown, like: readonly number[]) =>
    numbers(value, name, like.length, like.length);
  return {
    epoch: number(saved.epoch, 'epoch'),
    target: number(saved.target, 'target'),
    delta: number(saved.delta, 'delta'),
    seen: number(saved.seen, 'seen'),
    sample: numbers(saved.sample, 'sample', gridSample),
    grid: grid.length === 0 ? grid : numbers(grid, 'grid', gridSize, gridSize),
    expected: numbers(saved.expected, 'expected', grid.length, grid.length),
    certified: number(saved.certified, 'certified'),
    wealth: {
      won: same('won', wealth.won, fresh.wealth.won),
      peak: same('peak', wealth.peak, fresh.wealth.peak),
      reserve: number(wealth.reserve, 'reserve'),
      settled: number(wealth.settled, 'settled'),
    },
    queue: {
      waiting: list(queue.waiting, 'waiting', queueLength).map(unpacked),
      charged: list(queue.charged, 'charged', chargedLength).map(unpacked),
      answered: number(queue.answered, 'answered'),
    },
    drift: { sums: same('drift', fields(saved.drift, 'drift').sums, fresh.drift.sums) },
    bands: {
      arrived: same('arrived', bands.arrived, fresh.bands.arrived),
      answered: same('answered', bands.answered, fresh.bands.answered),
      errors: same('errors', bands.errors, fresh.bands.errors),
    },
    accepted: { errors: number(accepted.errors, 'errors'), answers: number(accepted.answers, 'answers') },
    answers: number(saved.answers, 'answers'),
    raisedFor: number(saved.raisedFor, 'raisedFor'),
  };
}

/** Short, as there may be hundreds of them. */
function packed({
  ticket,
  place,
  probability,
  least,
  isReleased,
  isCertified,
  isError,
  isForfeit,
}: Awaited): unknown[] {
  const known = isError === null ? 0 : isError ? 2 : 1;
  return [ticket, place, probability, least, isReleased, isCertified, known, isForfeit];
}

function unpacked(saved: unknown): Awaited {
  const [ticket, place, probability, least, isReleased, isCertified, known, isForfeit] = list(saved, 'awaited', 8);
  return {
    ticket: number(ticket, 'ticket'),
    place: number(place, 'place'),
    probability: number(probability, 'probability'),
    least: number(least, 'least'),
    isReleased: flag(isReleased, 'isReleased'),
    isCertified: flag(isCertified, 'isCertified'),
    isError: known === 0 ? null : number(known, 'known') === 2,
    isForfeit: flag(isForfeit, 'isForfeit'),
  };
}
